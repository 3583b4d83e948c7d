"""Training windows: word pieces with the labels of the three heads, and batches of like length.

A text is cut anew in every epoch, into windows of another length and with other neighbours: cut always alike, its
windows are learnt by heart, and a window of any other length is then read worse (a point and a half of F1).
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from swaps import renamed
from tokenizers import Tokenizer
from torch import Tensor

from reportedly.models.labels import ATTRIBUTION, ENTITY, ROLES, SHAPES, SIDES
from reportedly.models.windows import LENGTH, Ints, Pieces, pack, pieces_of, window

IGNORE = -100
MASK = 103
SHORTEST = 96
SWAPPED = 0.3  # share of the texts, each epoch, in which towns get other names


@dataclass
class Example:
    """One window; every array is [length]; labels are ``IGNORE`` where they teach nothing."""

    ids: Ints
    shapes: Ints
    attribution: Ints
    side: Ints
    entity: Ints
    weight: np.ndarray
    labelled: bool
    first: np.ndarray
    """Where a word begins, true or false."""


@dataclass
class Labelled:
    """A text's pieces with their labels, before it is cut; arrays are [pieces]."""

    text: str
    pieces: Pieces
    attribution: Ints
    side: Ints
    entity: Ints
    weight: np.ndarray
    labelled: bool
    first: np.ndarray


def covered(pieces: Pieces, start: int, end: int) -> slice:
    """The pieces that the characters ``start`` to ``end`` overlap."""
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    return slice(first, int(np.searchsorted(pieces.starts, end, side="left")))


def tag(labels: Ints, where: slice, begin: int) -> None:
    """Writes B then I (``begin`` and the label after it) over the pieces ``where``."""
    labels[where] = begin + 1
    labels[where.start : where.start + 1] = begin


def side_of(own: dict[str, int], others: list[dict[str, int]]) -> int:
    """Where the first of ``others`` lies, seen from ``own``."""
    if not others:
        return SIDES.index("none")
    return SIDES.index("left" if others[0]["start"] < own["start"] else "right")


def attribution_labels(pieces: Pieces, attributions: list[dict[str, Any]]) -> tuple[Ints, Ints]:
    """BIO of the roles, and the sides: [pieces] each."""
    labels = np.zeros(len(pieces.ids), dtype=np.int64)
    sides = np.full(len(pieces.ids), IGNORE, dtype=np.int64)
    for role in ("content", "source", "cue"):  # the few overlaps go to the shorter role
        for item in attributions:
            for span in item[role]:
                where = covered(pieces, span["start"], span["end"])
                tag(labels, where, ATTRIBUTION.index(f"B-{role}"))
                sides[where] = IGNORE
                if role != "source":
                    sides[where] = side_of(span, item["cue" if role == "content" else "source"])
    return labels, sides


def entity_labels(pieces: Pieces, entities: list[tuple[int, int, str, float]]) -> tuple[Ints, np.ndarray]:
    """BIO of the silver entities and how much each piece's label is trusted: [pieces] each."""
    labels = np.zeros(len(pieces.ids), dtype=np.int64)
    weights = np.ones(len(pieces.ids), dtype=np.float32)
    for start, end, kind, weight in sorted(entities, key=lambda e: e[2] != "O"):
        where = covered(pieces, start, end)
        if kind != "O":
            tag(labels, where, ENTITY.index(f"B-{kind}"))
        weights[where] = weight
    return labels, weights


def begin_again(labels: Ints) -> Ints:
    """A span that goes on from the window before begins anew: I after no piece becomes B."""
    if len(labels) and labels[0] > 0 and labels[0] % 2 == 0:
        labels = labels.copy()
        labels[0] -= 1
    return labels


def labelled(row: dict[str, Any], tokenizer: Tokenizer) -> Labelled:
    """One row of the silver file, in pieces."""
    annotated = row["attributions"]
    pieces = pieces_of(row["text"], tokenizer)
    roles, sides = attribution_labels(pieces, annotated or [])
    kinds, weights = entity_labels(pieces, row["entities"])
    begins = np.diff(pieces.words, prepend=-1) != 0
    return Labelled(row["text"], pieces, roles, sides, kinds, weights, annotated is not None, begins)


def examples_of(whole: Labelled, rng: random.Random) -> Iterator[Example]:
    """The windows of a text, of a length that is drawn for it, the first of them cut short."""
    length = rng.randint(SHORTEST, LENGTH)
    for ranges in pack(whole.text, whole.pieces, length=length, used=rng.randint(1, length // 2)):
        view = window(whole.pieces, ranges)
        inside = view.pieces >= 0
        out = [np.full(len(view.ids), IGNORE, dtype=np.int64) for _ in range(3)]
        index = view.pieces[inside]
        if whole.labelled:
            out[0][inside], out[1][inside] = begin_again(whole.attribution[index]), whole.side[index]
        out[2][inside] = begin_again(whole.entity[index])
        weight = np.zeros(len(view.ids), dtype=np.float32)
        weight[inside] = whole.weight[index]
        first = np.zeros(len(view.ids), dtype=bool)
        first[inside] = whole.first[index]
        yield Example(view.ids, view.shapes, *out, weight, whole.labelled, first)


class Corpus:
    """All training texts; each epoch draws its own windows from them.

    Args:
        path: the silver file.
        size: windows of the longest kind in a batch; of shorter ones there are more.
        share: how much of the texts without attributions is read in an epoch, in turn.
    """

    def __init__(self, path: Path, tokenizer: Tokenizer, size: int, share: float, seed: int, limit: int | None = None):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines][:limit]
        self.tokenizer, self.size, self.share, self.seed = tokenizer, size, share, seed
        self.rows = [row for row in rows if row["attributions"] is not None]
        self.plain = [row for row in rows if row["attributions"] is None]
        random.Random(seed).shuffle(self.plain)
        self.known: dict[int, Labelled] = {}

    def _labelled(self, row: dict[str, Any], rng: random.Random) -> Labelled:
        if rng.random() < SWAPPED:
            return labelled(renamed(row, rng), self.tokenizer)
        if id(row) not in self.known:
            self.known[id(row)] = labelled(row, self.tokenizer)
        return self.known[id(row)]

    def batches(self, epoch: int) -> list[list[Example]]:
        """One epoch: all texts with attributions and a rotating share of the others, like lengths together."""
        rng = random.Random(f"{self.seed}-{epoch}")
        step = int(len(self.plain) * self.share)
        turn = [self.plain[(epoch * step + i) % len(self.plain)] for i in range(step)]
        chosen = [e for row in self.rows + turn for e in examples_of(self._labelled(row, rng), rng)]
        chosen.sort(key=lambda e: len(e.ids) + rng.random() * 8)
        groups: list[list[Example]] = [[]]
        for example in chosen:
            if (len(groups[-1]) + 1) * len(example.ids) > self.size * LENGTH:
                groups.append([])
            groups[-1].append(example)
        rng.shuffle(groups)
        return groups


def recase(shapes: Ints, rng: random.Random) -> Ints:
    """Now and then the shapes of a headline in capitals or of careless lower case."""
    turn = rng.random()
    if turn > 0.06:
        return shapes
    words = (shapes != SHAPES.index("none")) & (shapes != SHAPES.index("digit"))
    return np.where(words, SHAPES.index("upper" if turn < 0.04 else "lower"), shapes)


def collate(group: list[Example], rng: random.Random, masked: float) -> dict[str, Tensor]:
    """Padded tensors [batch, length]; a few pieces are masked so that no single word decides."""
    length = max(len(e.ids) for e in group)

    def pad(rows: list[np.ndarray], value: float) -> Tensor:
        return torch.from_numpy(np.stack([np.pad(row, (0, length - len(row)), constant_values=value) for row in rows]))

    ids = pad([e.ids for e in group], 0)
    noise = torch.from_numpy(np.random.default_rng(rng.getrandbits(32)).random(ids.shape))
    real = pad([e.weight for e in group], 0) > 0
    attend = torch.zeros(ids.shape).masked_fill(ids == 0, -1e4)[:, None, None, :]
    return {
        "ids": ids.masked_fill(real & (noise < masked), MASK),
        "unmasked": ids,
        "shapes": pad([recase(e.shapes, rng) for e in group], 0),
        "mask": attend,
        "attribution": pad([e.attribution for e in group], IGNORE),
        "side": pad([e.side for e in group], IGNORE),
        "entity": pad([e.entity for e in group], IGNORE),
        "weight": pad([e.weight for e in group], 0),
        "first": pad([e.first for e in group], False) & (pad([e.attribution for e in group], IGNORE) != IGNORE),
    }


assert len(ROLES) * 2 + 1 == len(ATTRIBUTION)
