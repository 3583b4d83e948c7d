"""Quoted stretches of a text, read from its quotation marks alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reportedly.data import Span

# A quotation left open at the end of a paragraph, or opened again before it was closed, goes on in
# the next one. Where a text has no paragraphs, an open mark must not swallow the rest of it.
LONGEST_OPEN = 600
_QUOTED = re.compile(
    r"[“„][^“”\n]*(?:”|(?=[\n“])|$)|\"[^\"\n]*(?:\"|(?=\n)|$)|(?<!\w)‘[^‘\n]*?’(?!\w)|''[^\n]*?(?:''|(?=\n)|$)"
)


def quotations(text: str) -> Iterator[tuple[Span, bool]]:
    """Every quoted stretch with its marks, in order, and whether it is closed.

    Double quotation marks, curly and straight, single curly ones, and doubled straight ones.
    """
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        closed = end - start > 1 and text[end - 1] in "”\"’'"
        if closed or end - start <= LONGEST_OPEN or end < len(text):
            yield Span(start, end), closed


def apart(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences (start, end) that begin neither within a quotation nor with one.

    Where a text must be cut in parts, it is best cut before one of these: a quotation may go on with whoever spoke
    before it.
    """
    quoted = [(span.start, span.end) for span, _ in quotations(text)]
    starts = [start for start, _ in quoted]
    kept = []
    for start, end in sentences:
        before = bisect_right(starts, start) - 1
        if before < 0 or not quoted[before][0] <= start < quoted[before][1]:
            kept.append((start, end))
    return kept
