"""What a dispute is about, in a few words of the two statements: "killed, Raqqa", "control of Baghuz"."""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.data import Figure, Place, Span
from reportedly.statements.disputes_statements import Statement

MOST = 3


def label(doc: Doc, one: Statement, other: Statement) -> str | None:
    """A short label from what both statements hold: measure and place, control of a place, or shared words."""
    place = _place(doc, one.span) or _place(doc, other.span)
    measures = {f.measure for f in _inside(doc._.figures, one.span)} & {
        f.measure for f in _inside(doc._.figures, other.span)
    }
    measures.discard("other")
    if measures:
        return ", ".join(part for part in (min(measures), place) if part)
    for event in doc._.events:
        if event.control is not None and _in(event, one.span, other.span):
            return f"control of {event.control.place}"
    shared = _shared(one, other)
    return ", ".join(shared) if shared else place


def _in(item: Figure | Place | Span, *spans: Span) -> bool:
    return any(span.start <= item.start and item.end <= span.end for span in spans)


def _inside(items: list[Figure], span: Span) -> list[Figure]:
    return [item for item in items if _in(item, span)]


def _place(doc: Doc, span: Span) -> str | None:
    found: list[Place] = [place for place in doc._.places if _in(place, span)]
    return found[0].text if found else None


def _shared(one: Statement, other: Statement) -> list[str]:
    """Words of the first statement whose lemma the second has too: names first."""
    common = one.lemmas & other.lemmas
    tokens = [
        token for token in one.tokens if token.lemma_.lower() in common and token.pos_ in ("NOUN", "PROPN", "VERB")
    ]
    tokens.sort(key=lambda token: (token.pos_ == "VERB", token.i))
    words: list[str] = []
    for token in tokens:
        word = token.text if token.pos_ == "PROPN" else token.lower_
        if word not in words:
            words.append(word)
    return words[:MOST]
