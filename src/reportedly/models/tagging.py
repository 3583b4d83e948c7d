"""From the network's logits to labelled spans of characters: Viterbi for roles, greedy for entities."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reportedly.models.labels import ATTRIBUTION, ENTITY
from reportedly.models.windows import Ints, Pieces

Floats = npt.NDArray[np.float32]

_IMPOSSIBLE = np.float32(-1e4)

BLOCK = 12
"""Words that `viterbi` takes at once: any number gives the same labels, this one takes the least time."""


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


def _steps(logits: Floats, windows: Ints, chain: Chain) -> Floats:
    """What it scores to go from one label to another and get a word's logit there: [words, from, to]. Into the first
    word of a window all labels lead alike, so that the windows of a text are one chain."""
    steps = np.repeat((_transitions(logits.shape[1]) + chain.moves)[None], len(logits), axis=0)
    first = chain.first.copy()
    first[2::2] = _IMPOSSIBLE
    steps[np.r_[True, windows[1:] != windows[:-1]]] = first
    steps += logits[:, None]
    return steps


def viterbi(logits: Floats, windows: Ints, chain: Chain = PLAIN) -> Ints:
    """The best legal BIO sequence of each window; ``logits`` [words, labels], result [words].

    The chain is cut into blocks of `BLOCK` words, and what is best (Viterbi 1967) is worked out in all of them at
    once: from every label before a block to every label at its end, then from block to block, then inside.
    """
    count, size = logits.shape
    if not count:
        return np.zeros(0, dtype=np.int64)
    blocks = -(-count // BLOCK)
    padded = np.full((blocks * BLOCK, size, size), 100 * _IMPOSSIBLE)
    padded[:, range(size), range(size)] = 0.0  # behind the last word nothing changes
    padded[:count] = _steps(logits, windows, chain)
    steps = np.ascontiguousarray(
        padded.reshape(blocks, BLOCK, size, size).transpose(1, 3, 2, 0)
    )  # [k, to, from, block]
    ends = _between(steps)
    labels = np.empty((BLOCK, blocks), dtype=np.int64)
    labels[-1] = ends[1:]
    every = np.arange(blocks)
    best = [steps[0][:, ends[:-1], every]]
    for step in steps[1:-1]:
        best.append((step + best[-1]).max(1))
    for k in range(BLOCK - 1, 0, -1):
        labels[k - 1] = (steps[k][labels[k], :, every].T + best[k - 1]).argmax(0)
    return labels.T.ravel()[:count]


def _between(steps: Floats) -> Ints:
    """The labels before the first block and at the end of each; ``steps`` [position, to, from, block]."""
    whole = steps[0]
    for step in steps[1:]:
        whole = (step[:, :, None] + whole).max(1)
    best = [np.zeros(steps.shape[1], dtype=np.float32)]
    blocks = np.ascontiguousarray(whole.transpose(2, 0, 1))
    for block in blocks:
        best.append((block + best[-1]).max(1))
    ends = np.empty(len(best), dtype=np.int64)
    ends[-1] = best[-1].argmax()
    for number in range(len(blocks) - 1, -1, -1):
        ends[number] = (blocks[number, ends[number + 1]] + best[number]).argmax()
    return ends


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
