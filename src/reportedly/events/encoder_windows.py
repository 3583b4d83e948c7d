"""The windows the event encoder reads: a stretch of whole sentences behind the article's beginning.

Which instance of a kind of event is meant is told by names, places and numbers, and a news story
gives most of them in its headline and first sentence.  So every window begins with that lead.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import ceil

import numpy as np

from reportedly.models.labels import SHAPES
from reportedly.models.windows import CLS, SEP, Ints, Pieces, Window

LEAD = 32
"""Pieces of the article's beginning that every window repeats at most."""

ROOM = 216
"""Pieces of the article's text in a window at most, the lead aside."""

_NONE = SHAPES.index("none")


def stretches(pieces: Pieces, sentences: Sequence[int], room: int = ROOM) -> list[tuple[int, int]]:
    """Piece ranges of about even length and at most ``room`` that cover the text, cut between sentences.

    ``sentences`` are the code points at which sentences begin.  A sentence longer than a range is
    cut between words.
    """
    total = len(pieces.ids)
    breaks = sorted(set(np.searchsorted(pieces.starts, np.asarray(sentences, dtype=np.int64)).tolist()))
    out = []
    start = 0
    while total - start > room:
        rest = total - start
        cut = _cut(pieces, breaks, start, start + ceil(rest / ceil(rest / room)), start + room)
        out.append((start, cut))
        start = cut
    return [*out, (start, total)] if total else []


def _cut(pieces: Pieces, breaks: list[int], start: int, wish: int, limit: int) -> int:
    """The sentence break nearest to ``wish`` behind ``start`` and not behind ``limit``; else a word's beginning."""
    near = [
        b for b in breaks[bisect_right(breaks, start) : bisect_right(breaks, limit)] if 2 * (b - start) >= wish - start
    ]
    if near:
        return min(near, key=lambda b: abs(b - wish))
    cut = limit
    while cut > wish and pieces.words[cut] == pieces.words[cut - 1]:
        cut -= 1
    return cut


def lead_of(pieces: Pieces, size: int = LEAD) -> slice:
    """The pieces of whole words at the beginning of a text, ``size`` at most."""
    end = min(size, len(pieces.ids))
    while 0 < end < len(pieces.ids) and pieces.words[end] == pieces.words[end - 1]:
        end -= 1
    return slice(0, end)


def view(pieces: Pieces, start: int, end: int, title: Pieces | None = None) -> Window:
    """``[CLS] title and beginning [SEP] stretch [SEP]``; a stretch that begins the text repeats no beginning of it."""
    beginning = lead_of(pieces, min(LEAD, start))
    parts = [] if title is None else [(title, lead_of(title))]
    used = sum(where.stop for _, where in parts)
    if start and used < LEAD:
        parts.append((pieces, lead_of(pieces, min(beginning.stop, LEAD - used))))
    ids, shapes = [np.array([CLS])], [np.array([_NONE])]
    for text, where in parts:
        ids.append(text.ids[where])
        shapes.append(text.shapes[where])
    if sum(map(len, ids)) > 1:
        ids.append(np.array([SEP]))
        shapes.append(np.array([_NONE]))
    before = sum(map(len, ids))
    ids += [pieces.ids[start:end], np.array([SEP])]
    shapes += [pieces.shapes[start:end], np.array([_NONE])]
    index: Ints = np.full(before + end - start + 1, -1, dtype=np.int64)
    index[before : before + end - start] = np.arange(start, end)
    return Window(np.concatenate(ids), np.concatenate(shapes), index)
