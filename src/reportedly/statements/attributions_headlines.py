"""Claims in a headline, where neither "said" nor a full stop shows them: "Army: rebels used gas", "Rebels used gas –
army", "Isis ‘executed 40’".

A headline is the first line of a text if it does not end a sentence and another line follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.attributions_tidy import trim

#: Words of a headline, and of a source in one, at most.
LONGEST, LONGEST_SOURCE = 25, 6
_FIRST = re.compile(r"\s*([^\n]+?)[ \t]*\n\s*\S")
_LEADING = re.compile(r"([^:\n]{2,60}):\s+(?=\S)")
_TRAILING = re.compile(r"\s*(?:\s[–—-]|:)\s+([^:–—\n]{2,60})$")


def headline(text: str) -> Span | None:
    """The headline of a text, if it has one."""
    match = _FIRST.match(text)
    if match is None or match.group(1)[-1] in ".?!…" or len(match.group(1).split()) > LONGEST:
        return None
    return Span(*match.span(1))


def claims(doc: Doc, parse: Parse, quotations: Sequence[Span]) -> Iterator[RawAttribution]:
    """What a headline has somebody say by a colon or a dash, and what it only puts in quotation marks.

    Args:
        doc: the article, with its entities.
        parse: its parse.
        quotations: its quoted stretches.
    """
    text = doc._.article.text
    whole = headline(text)
    if whole is None:
        return
    named = _leading(text, whole), _trailing(text, whole)
    for raw in named:
        if raw is not None and _can_speak(doc, parse, raw.source[0]) and _says(parse, raw.content[0]):
            yield raw
            return
    for quote in quotations:
        if whole.covers(quote) and _says(parse, quote) and text[quote.end - 2] not in ".?!":
            yield RawAttribution(content=[quote])


def _leading(text: str, whole: Span) -> RawAttribution | None:
    match = _LEADING.match(text, whole.start, whole.end)
    if match is None:
        return None
    return _raw(text, Span(*match.span(1)), Span(match.end(1), match.end(1) + 1), Span(match.end(), whole.end))


def _trailing(text: str, whole: Span) -> RawAttribution | None:
    match = _TRAILING.search(text, whole.start, whole.end)
    if match is None:
        return None
    mark = _mark(text, Span(match.start(), match.start(1)))
    return _raw(text, Span(*match.span(1)), mark, Span(whole.start, match.start()))


def _mark(text: str, span: Span) -> Span:
    """A stretch without the white space at its ends."""
    start, end = span.start, span.end
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _raw(text: str, source: Span, cue: Span, content: Span) -> RawAttribution | None:
    who, what = trim(text, source), trim(text, content)
    if who is None or what is None or len(text[who.start : who.end].split()) > LONGEST_SOURCE:
        return None
    return RawAttribution(source=[who], cue=[cue], content=[what])


def _can_speak(doc: Doc, parse: Parse, source: Span) -> bool:
    """Whether the words before a colon or behind a dash are a person, a body or people who speak, not a topic."""
    if any(
        e.type in ("Person", "Organisation") and e.start <= source.start and source.end <= e.end for e in doc._.entities
    ):
        return True
    lemma = parse.lemma[max(0, bisect_left(parse.start, source.end) - 1)]
    return any(
        lemma in lexicons.words(name)
        for name in ("attributions_offices.txt", "attributions_bodies.txt", "attributions_witnesses.txt")
    )


def _says(parse: Parse, content: Span) -> bool:
    """Whether something with a verb is said, so that it can be false."""
    inside = range(bisect_left(parse.start, content.start), bisect_left(parse.start, content.end))
    return any(parse.tag[i][:1] == "V" for i in inside)
