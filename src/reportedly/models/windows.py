"""Text into windows of word pieces: whole paragraphs, packed, each piece with its place in the text.

A window holds whole paragraphs with ``[SEP]`` between them.  A paragraph that is too long for
one window is cut between sentences, and a sentence that is too long between words, so any text
at all can be read.  Nothing overlaps and nothing is padded: every piece is computed once.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from reportedly.models.labels import SHAPES

LENGTH = 224
"""Pieces in a window at most, with ``[CLS]`` and every ``[SEP]``."""

CLS, SEP = 101, 102

Ints = npt.NDArray[np.int64]

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_LEAD_IN = " \t\xa0\"“”‘’'([«—–-"
_ENDS = ".!?…:;\n\r"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text; every array is [pieces].

    ``words`` numbers the word that each piece belongs to; ``starts`` and ``ends`` are code
    points of the text.
    """

    ids: Ints
    shapes: Ints
    words: Ints
    starts: Ints
    ends: Ints


@dataclass(frozen=True, slots=True)
class Window:
    """What the network reads at once.

    ``ids`` and ``shapes`` are [length]; ``pieces`` is [length] too: the index of the piece in
    the text's ``Pieces``, or -1 for ``[CLS]`` and ``[SEP]``.
    """

    ids: Ints
    shapes: Ints
    pieces: Ints


@lru_cache(maxsize=65536)
def shape_of(word: str) -> int:
    """The index in ``SHAPES`` of a word's shape, wherever it stands."""
    if not any(c.isalnum() for c in word):
        return SHAPES.index("none")
    if word[0].isdigit():
        return SHAPES.index("digit")
    if word.islower():
        return SHAPES.index("lower")
    if word.isupper():
        return SHAPES.index("upper" if len(word) > 1 else "capitalised")
    if word[0].isupper() and word[1:].islower():
        return SHAPES.index("capitalised")
    return SHAPES.index("mixed" if any(c.isupper() for c in word) else "caseless")


def begins_sentence(text: str, start: int) -> bool:
    """Whether the word at ``start`` follows an end of sentence, quotation marks aside."""
    for i in range(start - 1, max(start - 6, -1), -1):
        if text[i] not in _LEAD_IN:
            return text[i] in _ENDS
    return start < 6


_CAPITALISED, _FIRST = SHAPES.index("capitalised"), SHAPES.index("first")
#: Space and line break part words for every tokenizer of BERT's kind: what lies between is cut by itself.
_STRETCH = re.compile(r"[^ \n]+")
#: Stretches no longer than this, in code points, are remembered.
_LONGEST_KNOWN = 48


class _Cut(NamedTuple):
    """A stretch of text in pieces: (id, shape, word, start, end) of each in turn, the word counted and start and end
    measured from its beginning; and how many pieces and words it has."""

    rows: array[int]
    pieces: int
    words: int


def _cut(tokenizer: Any, stretch: str) -> _Cut:
    encoding = tokenizer.encode(stretch, add_special_tokens=False)
    # A piece without width (an accent that the tokenizer strips) cannot slice the text.
    pieces = [
        row for row in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True) if row[2][1] > row[2][0]
    ]
    rows: list[int] = []
    number = -1
    for number, (_, group) in enumerate(groupby(pieces, key=itemgetter(1))):
        word = list(group)
        start, end = word[0][2][0], word[-1][2][1]
        shape = shape_of(stretch[start : min(end, start + 64)])
        for piece, _, (first, last) in word:
            rows += (piece, shape, number, first, last)
    return _Cut(array("q", rows), len(pieces), number + 1)


_known_cut = lru_cache(maxsize=32768)(_cut)


def pieces_of(text: str, tokenizer: Any) -> Pieces:
    """The pieces of ``text``, with ``tokenizer`` a ``tokenizers.Tokenizer`` that neither cuts nor pads.

    The same words come again and again, so that their pieces are looked up rather than cut anew.
    """
    rows = array("q")
    bases, counts, words = [], [], []
    for match in _STRETCH.finditer(text):
        stretch = match.group()
        cut = (_known_cut if len(stretch) <= _LONGEST_KNOWN else _cut)(tokenizer, stretch)
        rows.extend(cut.rows)
        bases.append(match.start())
        counts.append(cut.pieces)
        words.append(cut.words)
    ids, shapes, number, starts, ends = np.frombuffer(rows, dtype=np.int64).reshape(-1, 5).T.copy()
    base = np.repeat(np.array(bases, dtype=np.int64), counts)
    number += np.repeat(np.cumsum([0, *words[:-1]]), counts) if words else number
    starts, ends = starts + base, ends + base
    return Pieces(ids, _with_firsts(text, shapes, number, starts), number, starts, ends)


def _with_firsts(text: str, shapes: Ints, words: Ints, starts: Ints) -> Ints:
    """The shapes, with the words told apart that are capitalised because a sentence begins; all are [pieces]."""
    begins = np.flatnonzero((shapes == _CAPITALISED) & (np.r_[-1, words[:-1]] != words))
    first = [words[i] for i in begins.tolist() if begins_sentence(text, int(starts[i]))]
    shapes[(shapes == _CAPITALISED) & np.isin(words, first)] = _FIRST
    return shapes


def paragraph_starts(text: str) -> list[int]:
    """Where paragraphs begin: after blank lines, or after every line where there is no blank one."""
    pattern = _BLANK_LINE if _BLANK_LINE.search(text) else re.compile(r"\n")
    return [0, *(match.end() for match in pattern.finditer(text))]


def sentence_starts(text: str) -> list[int]:
    """A rough guess of where sentences begin, for callers that give none."""
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


def _cuts(pieces: Pieces, offsets: Sequence[int]) -> list[int]:
    """The piece indices at which a unit that begins at one of ``offsets`` begins."""
    inner = np.searchsorted(pieces.starts, np.asarray(offsets, dtype=np.int64), side="left")
    return sorted({0, len(pieces.ids), *inner.tolist()})


def _chunks(start: int, end: int, room: int, sentences: list[int], pieces: Pieces) -> list[tuple[int, int]]:
    """A paragraph as parts of at most ``room`` pieces, cut between sentences where there are any."""
    out = []
    while end - start > room:
        i = bisect_left(sentences, start + room + 1) - 1
        cut = sentences[i]
        if cut <= start:  # one sentence fills the window: cut before the word that does not fit
            cut = start + room
            while cut > start + room // 2 and pieces.words[cut] == pieces.words[cut - 1]:
                cut -= 1
        out.append((start, cut))
        start = cut
    return [*out, (start, end)]


def pack(
    text: str, pieces: Pieces, sentences: Sequence[int] | None = None, length: int = LENGTH, used: int = 1
) -> list[list[tuple[int, int]]]:
    """The piece ranges of each window: paragraphs in order, as many as fit.

    The first window has ``used`` of its ``length`` pieces taken already, by ``[CLS]`` or more.
    """
    if not len(pieces.ids):
        return []
    breaks = _cuts(pieces, sentence_starts(text) if sentences is None else sentences)
    paragraphs = _cuts(pieces, paragraph_starts(text))
    windows: list[list[tuple[int, int]]] = [[]]
    for start, end in pairwise(paragraphs):
        for a, b in _chunks(start, end, length - 2, breaks, pieces):
            if windows[-1] and used + b - a + 1 > length:
                windows.append([])
                used = 1
            windows[-1].append((a, b))
            used += b - a + 1
    return windows


def window(pieces: Pieces, ranges: list[tuple[int, int]]) -> Window:
    """``[CLS] paragraph [SEP] paragraph [SEP]``."""
    none = SHAPES.index("none")
    ids, shapes, index = [np.array([CLS])], [np.array([none])], [np.array([-1])]
    for start, end in ranges:
        ids += [pieces.ids[start:end], np.array([SEP])]
        shapes += [pieces.shapes[start:end], np.array([none])]
        index += [np.arange(start, end), np.array([-1])]
    return Window(np.concatenate(ids), np.concatenate(shapes), np.concatenate(index))
