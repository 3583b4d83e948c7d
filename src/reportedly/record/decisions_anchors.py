"""Finding a statement again after its article was coded anew, or was changed by its outlet.

A decision names a statement by its key: article, layer and span. A newer coder may find the same statement in a
slightly other stretch, and in a changed text all stretches move. An anchor therefore keeps the statement's words and
its sentence, and is put to the statement that has most of the same stretch in the same sentence; where the
sentence was cut otherwise, to the one that has most of the same stretch of the text and shares a word with it.
What is found nowhere has no target; its decision stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from reportedly.data import Span
from reportedly.events.reports import Statement

_KEY = re.compile(r"(?P<article>.+)/(?P<layer>[a-z]+)/(?P<start>\d+)-(?P<end>\d+)(?:~\d+)?")


class Anchor(Struct, frozen=True, kw_only=True):
    """A statement as it stood: its key, words and sentence, and where in the sentence the words start."""

    key: str
    text: str = ""
    quote: str = ""
    offset: int = 0


class Key(Struct, frozen=True):
    """The parts of a statement's key."""

    article: str
    layer: str
    span: Span


def parse(key: str) -> Key | None:
    """A statement's key in its parts; None if it is none."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    return Key(found["article"], found["layer"], Span(int(found["start"]), int(found["end"])))


def anchor(report: Statement) -> Anchor:
    """What a statement is found again by."""
    return Anchor(
        key=report.key, text=report.text, quote=report.quote, offset=max(0, report.start - report.sentence.start)
    )


def align(anchors: Iterable[Anchor], reports: Iterable[Statement]) -> dict[str, str | None]:
    """Where each anchor is among the statements of its article: the key now by the key then, None for nowhere.

    Args:
        anchors: of any articles and layers.
        reports: every statement that there is now, of at least those articles.
    """
    by_group: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for report in reports:
        parsed = parse(report.key)
        if parsed is not None:
            by_group[parsed.article, parsed.layer].append(report)
    return {one.key: _find(one, by_group) for one in anchors}


def _find(one: Anchor, by_group: Mapping[tuple[str, str], Sequence[Statement]]) -> str | None:
    parsed = parse(one.key)
    if parsed is None:
        return None
    candidates = by_group.get((parsed.article, parsed.layer), ())
    exact = [report for report in candidates if report.key == one.key and (not one.text or _same(one, report))]
    if exact:
        return exact[0].key
    return _in_sentence(one, parsed.span, candidates) or _in_text(one, parsed.span, candidates)


def _same(one: Anchor, report: Statement) -> bool:
    return report.quote == one.quote or report.text == one.text


def _in_sentence(one: Anchor, span: Span, candidates: Sequence[Statement]) -> str | None:
    length = span.end - span.start
    wanted = Span(one.offset, one.offset + length)
    spans = {
        report.key: Span(report.start - report.sentence.start, report.end - report.sentence.start)
        for report in candidates
        if one.quote and report.quote == one.quote
    }
    return _best(wanted, spans)


def _in_text(one: Anchor, span: Span, candidates: Sequence[Statement]) -> str | None:
    words = _words(one.text)
    spans = {
        report.key: Span(report.start, report.end) for report in candidates if not words or words & _words(report.text)
    }
    return _best(span, spans)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _best(wanted: Span, spans: Mapping[str, Span]) -> str | None:
    """The key of the stretch with the largest Jaccard overlap, the earliest of equals."""
    scored = [(_jaccard(wanted, span), -span.start, key) for key, span in spans.items()]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 else None


def _jaccard(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared > 0 else 0.0
