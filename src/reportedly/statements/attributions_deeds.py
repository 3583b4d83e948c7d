"""Which of the encoder's attributions nobody makes: "the victory was hailed" only tells of an event."""

from __future__ import annotations

from bisect import bisect_left

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements.attributions_contents import head_of
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution


def is_deed(parse: Parse, raw: RawAttribution) -> bool:
    """Whether an attribution has no source, neither clause nor quotation, and for its cue a passive that does not
    ascribe by itself (lexicon attributions_hearsay.txt)."""
    head = head_of(parse, raw.cue[0]) if raw.cue and not raw.source else None
    if head is None or parse.tag[head] != "VBN" or any(_is_said(parse, span) for span in raw.content):
        return False
    return parse.lemma[head] not in lexicons.words("attributions_hearsay.txt")


def _is_said(parse: Parse, span: Span) -> bool:
    inside = range(bisect_left(parse.start, span.start), bisect_left(parse.start, span.end))
    return any(parse.tag[i][:1] == "V" or parse.quote_of[i] >= 0 for i in inside)
