"""The text encoder at run time: who said what, and which names occur, from one small network.

A MiniLM-L6 (Wang et al. 2020) with three heads, taught on PolNeAR (Newell et al. 2018) and on
silver entities; see ``models/encoder/MODEL_CARD.md``.  It runs on one CPU thread with
onnxruntime; torch is needed only for training.

    encoder = Encoder()
    reading = encoder.read(text)
    reading.attributions  # [Attribution(source=((0, 5),), cue=((6, 10),), content=((11, 40),))]
    reading.entities      # [(0, 5, "PERSON")]
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from reportedly.models import linking, opening, tagging
from reportedly.models.labels import ATTRIBUTION, ENTITY, SIDES
from reportedly.models.linking import Attribution, Span
from reportedly.models.tagging import Floats, Logits
from reportedly.models.windows import LENGTH, Ints, Pieces, Window, pack, pieces_of, window

__all__ = ["MODEL_DIR", "Attribution", "Encoder", "Entity", "Logits", "Reading", "Span"]

MODEL_DIR = Path(__file__).parent.parent / "models" / "encoder"

Entity = tuple[int, int, str]
"""Start, end (code points, end exclusive) and kind: OntoNotes' (`labels.ENTITY_KINDS`)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder finds in a text, in text order; every span slices the text as it was given."""

    attributions: list[Attribution]
    entities: list[Entity]


class Encoder:
    """Reads texts with the network in ``model_dir``; weights are loaded at the first text.

    One window is run at a time, without padding.  That is as fast as a batch on one thread, and
    makes the result of a text independent of the texts that are read before and after it.
    """

    def __init__(self, model_dir: Path | None = None) -> None:
        self.model_dir = MODEL_DIR if model_dir is None else model_dir

    @cached_property
    def _tokenizer(self) -> Any:
        return opening.tokenizer(self.model_dir / "tokenizer.json")

    @cached_property
    def _session(self) -> Any:
        return opening.session(self.model_dir / "model.onnx")

    @cached_property
    def chain(self) -> tagging.Chain:
        """Which role follows which, as the weights' file tells; nothing is preferred where it is silent."""
        told = self._session.get_modelmeta().custom_metadata_map.get("chain")
        if told is None:
            return tagging.PLAIN
        moves, first = (np.array(values, dtype=np.float32) for values in json.loads(told))
        return tagging.Chain(moves, first)

    @cached_property
    def roles(self) -> int:
        """The width of what a word gives to the head for the roles of incidents; 0 if the weights have none."""
        return int(self._session.get_modelmeta().custom_metadata_map.get("roles", "0"))

    def windows(self, text: str, sentences: Sequence[Span] | None = None) -> tuple[Pieces, list[Window]]:
        """The word pieces of ``text`` and the windows they are read in.

        ``sentences`` (start, end) say where a paragraph too long for one window may be cut.
        """
        pieces = pieces_of(text, self._tokenizer)
        starts = None if sentences is None else [start for start, _ in sentences]
        return pieces, [window(pieces, ranges) for ranges in pack(text, pieces, starts, LENGTH)]

    def run(self, view: Window) -> tuple[Floats, ...]:
        """The outputs for one window's pieces: [pieces, 7], [pieces, 3], [pieces, 37] and, if there is that
        head, [pieces, `roles`]."""
        inputs = {"ids": view.ids[None], "shapes": view.shapes[None]}
        names = ["attribution", "side", "entity", *(["roles"] if self.roles else [])]
        inside = view.pieces >= 0
        return tuple(output[0, inside] for output in self._session.run(names, inputs))

    def encode(self, text: str, sentences: Sequence[Span] | None = None) -> Logits:
        """The logits of every word of ``text``."""
        pieces, views = self.windows(text, sentences)
        widths = (len(ATTRIBUTION), len(SIDES), len(ENTITY), self.roles)
        a, s, e, r = (np.zeros((len(pieces.ids), width), dtype=np.float32) for width in widths)
        number: Ints = np.zeros(len(pieces.ids), dtype=np.int64)
        for n, view in enumerate(views):
            index = view.pieces[view.pieces >= 0]
            number[index] = n
            # Where the weights have no head for roles, nothing is filled into its columns, of which there are none.
            for output, values in zip((a, s, e, r), self.run(view), strict=False):
                output[index] = values
        return tagging.by_word(pieces, (a, s, e, r), number)

    def read(self, text: str, sentences: Sequence[Span] | None = None) -> Reading:
        """Attributions and entities of ``text``."""
        logits = self.encode(text, sentences)
        entities = [(e.start, e.end, e.label) for e in tagging.entity_spans(logits)]
        return Reading(linking.attributions(logits, tagging.role_spans(logits, self.chain)), entities)
