"""How something was said (direct, mixed or indirect), and which attribution stands in which."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reportedly.data import Kind, Span
from reportedly.statements.attributions_quotes import quotations
from reportedly.statements.attributions_raw import RawAttribution

_WORD = re.compile(r"\w+")


class Quoted:
    """The quoted stretches of an article, to be asked about its attributions."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.spans = [span for span, _ in quotations(text)]
        self._starts = [span.start for span in self.spans]
        self._ends = [span.end for span in self.spans]

    def near(self, span: Span) -> list[Span]:
        """The quotations that a span touches."""
        return self.spans[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]

    def kind(self, raw: RawAttribution) -> Kind:
        """`direct` where every word of the content is quoted, `mixed` where some are.

        Quotation marks round the cue too belong to somebody who quotes this attribution: they do
        not count.
        """
        outer = {quote for cue in raw.cue for quote in self.near(cue) if quote.covers(cue)}
        words = quoted = 0
        near = [[quote for quote in self.near(span) if quote not in outer] for span in raw.content]
        if not any(near):
            return "indirect"
        for span, marks in zip(raw.content, near, strict=True):
            for word in _WORD.finditer(self._text, span.start, span.end):
                words += 1
                quoted += any(quote.start <= word.start() < quote.end for quote in marks)
        return "indirect" if not quoted else "direct" if quoted == words else "mixed"


def nesting(raws: Sequence[RawAttribution]) -> list[int | None]:
    """For each attribution the index of the smallest other one whose content holds it entirely."""
    frames = [_frame(raw) for raw in raws]
    contents = sorted((span.start, -span.end, index) for index, raw in enumerate(raws) for span in raw.content)
    found: list[int | None] = [None] * len(raws)
    active: list[tuple[int, int, int]] = []
    at = 0
    for index in sorted(range(len(raws)), key=lambda i: frames[i].start):
        frame = frames[index]
        while at < len(contents) and contents[at][0] <= frame.start:
            active.append(contents[at])
            at += 1
        active = [content for content in active if -content[1] > frame.start]
        holders = [(-end - start, other) for start, end, other in active if other != index and -end >= frame.end]
        if holders:
            found[index] = min(holders)[1]
    for index, raw in enumerate(raws):
        if raw.through is not None:
            found[index] = next((n for n, other in enumerate(raws) if other is raw.through), found[index])
    return found


def _frame(raw: RawAttribution) -> Span:
    """The stretch that must lie inside another's content: cue, source and content together."""
    return Span(min((s.start for s in raw.spans), default=0), max((s.end for s in raw.spans), default=0))
