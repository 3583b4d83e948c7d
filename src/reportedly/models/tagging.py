"""From the network's logits to labelled spans of characters: Viterbi for roles, greedy for entities."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reportedly.models.labels import ATTRIBUTION, ENTITY
from reportedly.models.windows import Ints, Pieces

Floats = npt.NDArray[np.float32]

_IMPOSSIBLE = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Logits:
    """The network's outputs for the words of a text.

    ``attribution`` is [words, 7], ``side`` [words, 3], ``entity`` [words, 37]; ``starts`` and
    ``ends`` [words] are code points, ``windows`` [words] says which window each word was read in.
    ``roles`` [words, width] are no logits yet: what the head for the roles of incidents works on
    (``statements/incidents_heads``); of width 0 where the weights have no such head.
    """

    attribution: Floats
    side: Floats
    entity: Floats
    starts: Ints
    ends: Ints
    windows: Ints
    roles: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Chain:
    """Which role follows which, as the CRF learned it: ``moves`` [7, 7] from row to column, ``first`` [7]."""

    moves: Floats
    first: Floats


PLAIN = Chain(np.zeros((len(ATTRIBUTION),) * 2, dtype=np.float32), np.zeros(len(ATTRIBUTION), dtype=np.float32))
"""Every legal move is as good as another."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span that one of the heads found; ``first`` and ``last`` number its words, inclusive."""

    label: str
    start: int
    end: int
    first: int
    last: int


def by_word(pieces: Pieces, outputs: tuple[Floats, Floats, Floats, Floats], windows: Ints) -> Logits:
    """What each word's first piece got; all arguments are [pieces, ...]."""
    if not len(pieces.ids):
        none = np.zeros(0, dtype=np.int64)
        a, s, e, r = outputs
        return Logits(a, s, e, none, none, none, r)
    first = np.flatnonzero(np.r_[True, pieces.words[1:] != pieces.words[:-1]])
    last = np.r_[first[1:], len(pieces.ids)] - 1
    a, s, e, r = (output[first] for output in outputs)
    return Logits(a, s, e, pieces.starts[first], pieces.ends[last], windows[first], r)


def _transitions(size: int) -> Floats:
    """[size, size]: forbids I after anything but its own B or I (labels go O, B, I, B, I, ...)."""
    table = np.zeros((size, size), dtype=np.float32)
    for inner in range(2, size, 2):
        table[:, inner] = _IMPOSSIBLE
        table[inner - 1 : inner + 1, inner] = 0.0
    return table


def _batched(values: Floats, windows: Ints) -> tuple[Floats, Ints, Ints, list[int]]:
    """[words, labels] as [longest, windows, labels], the longest window first and the others padded with zeros; each
    word's place there (row of its window, position), and how many windows reach each position."""
    _, number, counts = np.unique(windows, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    row = np.empty_like(order)
    row[order] = np.arange(len(order))
    position = np.arange(len(windows)) - np.repeat(np.cumsum(counts) - counts, counts)
    batch = np.zeros((int(counts.max()), len(counts), values.shape[1]), dtype=np.float32)
    batch[position, row[number]] = values
    reaching = np.searchsorted(-counts[order], -np.arange(len(batch)), side="left")
    return batch, row[number], position, reaching.tolist()


def viterbi(logits: Floats, windows: Ints, chain: Chain = PLAIN) -> Ints:
    """The best legal BIO sequence of each window; ``logits`` [words, labels], result [words].

    All windows are decoded at once, one position after the other (Viterbi 1967); each drops out behind its last word.
    """
    if not len(logits):
        return np.zeros(0, dtype=np.int64)
    batch, row, position, reaching = _batched(logits, windows)
    table = np.ascontiguousarray((_transitions(logits.shape[1]) + chain.moves).T)[None]
    best = batch[0] + chain.first
    best[:, 2::2] = _IMPOSSIBLE
    back = np.zeros(batch.shape, dtype=np.int64)
    for t in range(1, len(batch)):
        inside = reaching[t]
        paths = best[:inside, None, :] + table
        paths.argmax(2, out=back[t, :inside])
        np.add(paths.max(2), batch[t, :inside], out=best[:inside])
    labels = np.zeros(batch.shape[:2], dtype=np.int64)
    last, every = best.argmax(1), np.arange(batch.shape[1])
    for t in range(len(batch) - 1, -1, -1):
        inside = reaching[t]
        labels[t, :inside] = last[:inside]
        last[:inside] = back[t, every[:inside], last[:inside]]
    return labels[position, row]


def legal(labels: Ints, windows: Ints) -> Ints:
    """Greedy labels made legal: an I that continues nothing of its kind becomes B; [words]."""
    before = np.r_[0, labels[:-1]]
    same = (before == labels) | (before == labels - 1)
    same &= np.r_[False, windows[1:] == windows[:-1]] if len(windows) else same
    inner = (labels > 0) & (labels % 2 == 0)
    return np.where(inner & ~same, labels - 1, labels)


def spans(labels: Ints, names: tuple[str, ...], logits: Logits) -> list[Tagged]:
    """The runs of B I I ... in text order."""
    firsts = np.flatnonzero(labels % 2 == 1)
    inner = (labels > 0) & (labels % 2 == 0)
    stops = np.flatnonzero(~np.r_[inner, False])
    found = []
    for first in firsts.tolist():
        last = int(stops[np.searchsorted(stops, first, side="right")]) - 1
        start, end = int(logits.starts[first]), int(logits.ends[last])
        found.append(Tagged(names[labels[first]][2:], start, end, first, last))
    return found


def role_spans(logits: Logits, chain: Chain = PLAIN) -> list[Tagged]:
    """Sources, cues and contents."""
    return spans(viterbi(logits.attribution, logits.windows, chain), ATTRIBUTION, logits)


def entity_spans(logits: Logits) -> list[Tagged]:
    """Persons, organisations, places ...; greedy, as BIO errors are rare at so few inner words."""
    if not len(logits.entity):
        return []
    labels = legal(logits.entity.argmax(1).astype(np.int64), logits.windows)
    return spans(labels, ENTITY, logits)
