"""Where a content has to end: at the end of a line. In PolNeAR's training part no content goes over one: a quotation
that goes on in the next paragraph is a span of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportedly.data import Span
from reportedly.models.tagging import Logits, Tagged
from reportedly.statements.attributions_raw import RawAttribution

#: Words between two contents of one attribution on one side of its cue, at most.
GAP = 1
_WORD = re.compile(r"\w+")
_OPEN, _CLOSE = "\"“‘'", "\"”'"


def borders(text: str) -> list[int]:
    """Where contents are cut: the starts of lines."""
    return [match.end() for match in re.finditer(r"\n\s*", text)]


def cut(tagged: list[Tagged], logits: Logits, at: Sequence[int]) -> list[Tagged]:
    """The same labelled spans, contents in as many parts as there are borders in them."""
    found: list[Tagged] = []
    for item in tagged:
        inner = at[bisect_right(at, item.start) : bisect_left(at, item.end)] if item.label == "content" else ()
        found.extend(_parts(item, logits, inner) if inner else [item])
    return found


def _parts(item: Tagged, logits: Logits, inner: Sequence[int]) -> Iterator[Tagged]:
    starts = logits.starts[item.first : item.last + 1]
    firsts = sorted({item.first, *(item.first + int(bisect_left(starts, border)) for border in inner)})
    for first, behind in pairwise([*firsts, item.last + 1]):
        if first < behind:
            yield Tagged(item.label, int(logits.starts[first]), int(logits.ends[behind - 1]), first, behind - 1)


def apart(text: str, at: Sequence[int], sentences: Sequence[int], raw: RawAttribution) -> RawAttribution:
    """An attribution without the contents that lie beyond another one of it on the same side of its cue.

    What goes on behind a border, or behind more than `GAP` words that are no content, is said by somebody else or by
    nobody, unless it is quoted. So is what begins within a later sentence, if there is a content before the cue.

    Args:
        text: the article's text.
        at: its borders.
        sentences: where its sentences start.
        raw: the attribution.
    """
    if not raw.cue or len(raw.content) < 2:
        return raw
    cue = raw.cue[0]
    left = [span for span in raw.content if span.end <= cue.start]
    right = [span for span in raw.content if span.start >= cue.end]
    if left and right and _is_astray(text, sentences, cue, right[0]):
        right = []
    raw.content = sorted([*_near(text, at, left[::-1]), *_near(text, at, right)])
    return raw


def _is_astray(text: str, sentences: Sequence[int], cue: Span, span: Span) -> bool:
    """Whether a content begins within a later sentence than the cue's: it is somebody else's, or nobody's."""
    start = bisect_right(sentences, span.start) - 1
    return start >= 0 and sentences[start] >= cue.end and _WORD.search(text, sentences[start], span.start) is not None


def _near(text: str, at: Sequence[int], spans: Sequence[Span]) -> list[Span]:
    """The first of the spans, and those that follow it without a break; nearest to the cue first."""
    kept = list(spans[:1])
    for span in spans[1:]:
        low, high = sorted((kept[-1], span))
        broken = bisect_right(at, high.start) > bisect_left(at, low.end) and not _is_quoted(text, span)
        if not broken and len(_WORD.findall(text, low.end, high.start)) <= GAP:
            kept.append(span)
    return kept


def _is_quoted(text: str, span: Span) -> bool:
    return text[span.start] in _OPEN or text[span.end - 1] in _CLOSE
