"""Quotations that are opened again before they were closed: one speaker's, from paragraph to paragraph.

A mark that opens each paragraph of a long quotation, and one that closes only the last, says whose all of it is, also
where a text has lost its paragraphs ("… to the river. “We lost everything,” …").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.data import Span
from reportedly.statements.attributions_raw import RawAttribution

_CLOSING = "\"”’'"
#: Characters behind a quotation within which a cue may stand that says whose it is.
_BEHIND = 80


def joined(text: str, raws: Sequence[RawAttribution], quotations: Sequence[Span]) -> list[RawAttribution]:
    """The same attributions, each quotation that was opened again in the hands of one of them.

    Args:
        text: the article's text.
        raws: its attributions.
        quotations: its quoted stretches, in order.
    """
    for run in _runs(text, quotations):
        whole = Span(run[0].start, run[-1].end)
        holders = [_holder(raws, quote, whole) for quote in run]
        owner = _owner(text, run[-1], holders)
        if owner is not None:
            _hand_over(raws, owner, run, whole)
    return [raw for raw in raws if raw.content]


def _runs(text: str, quotations: Sequence[Span]) -> Iterator[list[Span]]:
    """Quotations that are left open, each with those that open it again."""
    run: list[Span] = []
    for quote in quotations:
        if run and text[run[-1].end : quote.start].strip() == "" and text[quote.start] == text[run[-1].start]:
            run.append(quote)
        else:
            run = [quote]
        if quote.end - quote.start > 1 and text[quote.end - 1] in _CLOSING:
            if len(run) > 1:
                yield run
            run = []


def _holder(raws: Sequence[RawAttribution], quote: Span, whole: Span) -> RawAttribution | None:
    """Whose most of a quotation is, of those who do not speak within it."""
    held = [(_shared(raw.content, quote), -number) for number, raw in enumerate(raws) if not _speaks_within(raw, whole)]
    most, number = max(held, default=(0, 0))
    return raws[-number] if most * 2 > quote.end - quote.start else None


def _speaks_within(raw: RawAttribution, whole: Span) -> bool:
    return bool(raw.cue) and whole.covers(raw.cue[0])


def _shared(content: Sequence[Span], quote: Span) -> int:
    return sum(max(0, min(span.end, quote.end) - max(span.start, quote.start)) for span in content)


def _owner(text: str, last: Span, holders: Sequence[RawAttribution | None]) -> RawAttribution | None:
    """Whose a run is: who is named behind a comma at its end, else who has its beginning."""
    behind = holders[-1]
    closed_by_comma = text[last.start : last.end].rstrip(_CLOSING).endswith((",", "?", "!"))
    if behind is not None and behind.cue and closed_by_comma and 0 <= behind.cue[0].start - last.end < _BEHIND:
        return behind
    return next((holder for holder in holders if holder is not None), None)


def _hand_over(raws: Sequence[RawAttribution], owner: RawAttribution, run: Sequence[Span], whole: Span) -> None:
    for raw in raws:
        if raw is owner or _speaks_within(raw, whole):
            continue
        raw.content = [span for span in raw.content if not _shared([span], whole)]
    apart = [span for span in owner.content if not _shared([span], whole)]
    owner.content = sorted([*apart, *run])
