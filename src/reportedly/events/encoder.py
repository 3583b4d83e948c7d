"""The event encoder at run time: the events an article mentions, and for each a vector of which event it is.

A MiniLM-L6 (Wang et al. 2020), taught on ECB+ (Cybulska and Vossen 2014): it tags every word or
phrase that names or predicates an event, and gives any trigger a vector whose cosine with that of
another, in the same or another article, tells whether they are of the same event.  The first
``TRIGGER`` numbers of a vector come from the trigger in its context, the others from what the
stretch of text around it is about; the cosine is the weighted mean of those of the two parts.
See ``models/events/MODEL_CARD.md``.  It runs on one CPU thread with onnxruntime.

    encoder = EventEncoder()
    reading = encoder.read(text, sentences, given=[event.trigger for event in events])
    reading.mentions             # [Mention(start=20, end=28, score=0.97), ...]
    reading.vectors @ reading.vectors.T
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reportedly.data import Span
from reportedly.events.encoder_windows import stretches, view
from reportedly.models import opening
from reportedly.models.windows import Ints, Pieces, Window, pieces_of, sentence_starts

__all__ = ["DIM", "TRIGGER", "EventEncoder", "Mention", "Reading"]

MODELS = Path(__file__).parent.parent / "models"
TRIGGER, TOPIC = 80, 48
DIM = TRIGGER + TOPIC
"""Length of a vector: what the trigger says, and what the text around it is about."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mention:
    """A word or phrase that names or predicates an event, in code points; ``score`` from 0 to 1."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder finds in an article.

    ``mentions`` are in text order and do not overlap.  ``vectors`` is [mentions + given, DIM],
    each of length 1: first those of the mentions, then those of the spans that were given.
    """

    mentions: list[Mention]
    vectors: Floats


@dataclass(frozen=True, slots=True)
class States:
    """The network's outputs for the pieces of a text, and what its windows give to vectors.

    ``tags`` is [pieces, 3], ``states`` [pieces, 384]; ``windows`` [pieces] says which window a
    piece was read in.  ``contexts`` [windows, 256] is the context's part in the inner layer of the
    trigger vectors, ``topics`` [windows, TOPIC] the other part of the vectors.
    """

    tags: Floats
    states: Floats
    windows: Ints
    contexts: Floats
    topics: Floats


class EventEncoder:
    """Reads articles with the network in ``model_dir``; weights are loaded at the first article.

    One window is run at a time, without padding, and each vector is worked out by itself: what an
    article gives does not depend on what is read before it or with it.
    """

    def __init__(self, model_dir: Path | None = None) -> None:
        self.model_dir = MODELS / "events" if model_dir is None else model_dir

    def read(
        self, text: str, sentences: Sequence[Span], given: Sequence[Span] = (), title: str | None = None
    ) -> Reading:
        """The event mentions of ``text``, and the vectors of these and of the spans ``given``.

        ``sentences`` say where a long text may be cut; ``title`` is the headline, where it is not
        part of the text.  Raises ``ComponentError`` where there are no weights.
        """
        pieces = pieces_of(text, self._tokenizer)
        states = self._run(pieces, self.windows(text, pieces, sentences, title))
        mentions = mentions_of(text, pieces, states)
        spans = [(m.start, m.end) for m in mentions] + [(s.start, s.end) for s in given]
        vectors = np.zeros((len(spans), DIM), dtype=np.float32)
        if len(pieces.ids):
            for row, (start, end) in enumerate(spans):
                vectors[row] = self._vector(states, pieces_under(pieces, start, end))
        return Reading(mentions, vectors)

    def windows(self, text: str, pieces: Pieces, sentences: Sequence[Span], title: str | None) -> list[Window]:
        """The windows in which the network reads ``text``."""
        starts = [s.start for s in sentences] or sentence_starts(text)
        apart = title is not None and title.strip() and not text.startswith(title.strip())
        heading = pieces_of(title, self._tokenizer) if title is not None and apart else None
        return [view(pieces, start, end, heading) for start, end in stretches(pieces, starts)]

    @cached_property
    def _tokenizer(self) -> Any:
        own = self.model_dir / "tokenizer.json"
        return opening.tokenizer(own if own.exists() else MODELS / "encoder" / "tokenizer.json")

    @cached_property
    def _session(self) -> Any:
        return opening.session(self.model_dir / "model.onnx")

    @cached_property
    def _head(self) -> dict[str, Floats]:
        """The layers behind pooled states, and the share of the topic: small, and run a trigger at a time."""
        with np.load(opening.present(self.model_dir / "head.npz")) as stored:
            return {name: np.ascontiguousarray(stored[name], dtype=np.float32) for name in stored.files}

    def _run(self, pieces: Pieces, views: list[Window]) -> States:
        size, head = len(pieces.ids), self._head
        tags, states = np.zeros((size, 3), dtype=np.float32), np.zeros((size, 384), dtype=np.float32)
        windows: Ints = np.zeros(size, dtype=np.int64)
        contexts, topics = [], []
        for n, window in enumerate(views):
            inputs = {"ids": window.ids[None], "shapes": window.shapes[None]}
            tag, state = self._session.run(["tags", "states"], inputs)
            inside = window.pieces >= 0
            index = window.pieces[inside]
            tags[index], states[index], windows[index] = tag[0, inside], state[0, inside], n
            mean = state[0].mean(0)
            contexts.append(head["context"] @ mean + head["inner_bias"])
            topics.append(unit(head["topic"] @ mean + head["topic_bias"]) * np.sqrt(head["share"]))
        return States(tags, states, windows, np.array(contexts), np.array(topics))

    def _vector(self, states: States, where: slice) -> Floats:
        head = self._head
        window = states.windows[where.start]
        inner = np.maximum(head["trigger"] @ states.states[where].mean(0) + states.contexts[window], 0.0)
        trigger = unit(head["outer"] @ inner + head["outer_bias"]) * np.sqrt(1.0 - head["share"])
        return unit(np.concatenate([trigger, states.topics[window]]))


def unit(vector: Floats) -> Floats:
    """``vector`` at length 1."""
    scaled: Floats = (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
    return scaled


def pieces_under(pieces: Pieces, start: int, end: int) -> slice:
    """The pieces that a span overlaps; the nearest one where it overlaps none (a span of spaces)."""
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    first = min(first, len(pieces.ids) - 1)
    return slice(first, max(first + 1, int(np.searchsorted(pieces.starts, end, side="left"))))


def mentions_of(text: str, pieces: Pieces, states: States) -> list[Mention]:
    """Runs of B I I ... over the words' first pieces; a run ends with its window."""
    if not len(pieces.ids):
        return []
    first = np.flatnonzero(np.r_[True, pieces.words[1:] != pieces.words[:-1]])
    last = np.r_[first[1:], len(pieces.ids)] - 1
    logits = states.tags[first].astype(np.float64)
    chances = np.exp(logits - logits.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    labels, windows = logits.argmax(1), states.windows[first]
    found: list[Mention] = []
    word = 0
    while word < len(first):
        stop = word + 1
        if labels[word]:
            while stop < len(first) and labels[stop] == 2 and windows[stop] == windows[word]:
                stop += 1
            start, end = int(pieces.starts[first[word]]), int(pieces.ends[last[stop - 1]])
            if any(c.isalnum() for c in text[start:end]):
                found.append(Mention(start, end, round(float(1.0 - chances[word, 0]), 4)))
        word = stop
    return found
