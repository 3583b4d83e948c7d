"""Spans as a tagger leaves them, made whole: ends trimmed, quotation marks in pairs, quotations to their end.

PolNeAR's conventions (Newell et al. 2018): a content has its quotation marks, and no punctuation at its ends but what
stands within them. A quotation that goes on behind the words that say whose it is belongs to the same attribution.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reportedly.data import Span
from reportedly.statements.attributions_kinds import Quoted
from reportedly.statements.attributions_raw import RawAttribution

_ENDS = " \t\r\n\xa0,;:–—-"
_MARKS = "\"”'’"
#: A quotation of fewer words may be a title or a word that is only mentioned.
LEAST_WORDS = 4
#: Of a quotation's words, what must be taken already for the rest to be taken with it, if not its beginning is.
ENOUGH = 0.34

Part = tuple[Span, int, str]
"""A span, the number of its attribution, and its role there."""


def tidied(text: str, raws: Sequence[RawAttribution], quoted: Quoted) -> list[RawAttribution]:
    """The same attributions with whole spans; what has no content left is dropped.

    Args:
        text: the article's text.
        raws: attributions whose spans do not overlap.
        quoted: the text's quotations.
    """
    trimmed = [_trimmed(text, raw) for raw in raws]
    _grow(text, quoted, trimmed)
    _go_on(text, quoted, trimmed)
    return [_joined(text, raw) for raw in trimmed if raw.content]


def trim(text: str, span: Span) -> Span | None:
    """A span without white space and stops at its ends; None if nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _ENDS + ".?!":
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None


def _trimmed(text: str, raw: RawAttribution) -> RawAttribution:
    source, content = ([t for span in spans if (t := trim(text, span))] for spans in (raw.source, raw.content))
    return RawAttribution(source=source, cue=list(raw.cue), content=content)


class Taken:
    """All spans of an article's attributions, in text order, with whose they are."""

    def __init__(self, raws: Sequence[RawAttribution]) -> None:
        listed = sorted(
            (span, number, role)
            for number, raw in enumerate(raws)
            for role, spans in (("content", raw.content), ("cue", raw.cue), ("source", raw.source))
            for span in spans
        )
        self.listed = listed
        self._starts = [span.start for span, _, _ in listed]

    def before(self, at: int) -> Part | None:
        """The last span that begins before a point."""
        index = bisect_right(self._starts, at - 1) - 1
        return self.listed[index] if index >= 0 else None

    def within(self, start: int, end: int) -> list[Part]:
        """The spans that overlap a stretch."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_right(self._starts, end - 1)
        return [item for item in self.listed[first:last] if item[0].end > start]


def _words(text: str, start: int, end: int) -> int:
    return sum(any(c.isalnum() for c in word) for word in text[start:end].split())


def _silent(text: str, start: int, end: int) -> bool:
    """Whether nothing but punctuation and white space stands between two points."""
    return not any(c.isalnum() for c in text[start:end])


def _grow(text: str, quoted: Quoted, raws: list[RawAttribution]) -> None:
    """Contents that hold a part of a quotation take the whole of it, where nobody else has a part in it."""
    taken = Taken(raws)
    for quote in quoted.spans:
        inside = taken.within(quote.start, quote.end)
        if any(role != "content" for _, _, role in inside):
            continue
        owner = _owner(raws, {number for _, number, _ in inside})
        held = sum(_words(text, max(s.start, quote.start), min(s.end, quote.end)) for s, _, _ in inside)
        opened = bool(inside) and inside[0][0].start <= quote.start + 1
        if (
            owner is not None
            and text[quote.end - 1] in _MARKS
            and (opened or held >= ENOUGH * _words(text, quote.start, quote.end))
        ):
            _take(raws, owner, inside, quote)
            taken = Taken(raws)


def _owner(raws: Sequence[RawAttribution], numbers: set[int]) -> int | None:
    """The one attribution of several that has a cue; a part without one was cut off from the rest."""
    cued = [number for number in numbers if raws[number].cue]
    return cued[0] if len(cued) == 1 else numbers.pop() if len(numbers) == 1 else None


def _take(raws: list[RawAttribution], owner: int, parts: list[Part], quote: Span) -> None:
    """Give an attribution one span for those that a quotation holds parts of."""
    spans = {span for span, _, _ in parts}
    whole = Span(min(quote.start, *(s.start for s in spans)), max(quote.end, *(s.end for s in spans)))
    for number in {number for _, number, _ in parts}:
        raws[number].content = [span for span in raws[number].content if span not in spans]
    raws[owner].content = sorted([*raws[owner].content, whole])


def _go_on(text: str, quoted: Quoted, raws: list[RawAttribution]) -> None:
    """A quotation of nobody's goes on with the attribution right before it."""
    taken = Taken(raws)
    for quote in quoted.spans:
        before = taken.before(quote.start)
        if before is None or taken.within(quote.start, quote.end) or not _silent(text, before[0].end, quote.start):
            continue
        # "X said the bridge fell. “We ran,” …": behind words that are not quoted it may be anybody's.
        quoting = before[2] != "content" or text[before[0].end - 1] in _MARKS
        if quoting and _words(text, quote.start, quote.end) >= LEAST_WORDS:
            raw = raws[before[1]]
            raw.content = sorted([*raw.content, quote])
            taken = Taken(raws)


def _joined(text: str, raw: RawAttribution) -> RawAttribution:
    """Contents that only white space parts are one, but for quotations of their own."""
    content: list[Span] = []
    for span in sorted(raw.content):
        between = text[content[-1].end : span.start] if content else "-"
        if content and between.strip() == "" and "\n" not in between and text[span.start] not in '"“':
            content[-1] = Span(content[-1].start, span.end)
        else:
            content.append(span)
    raw.content = content
    return raw
