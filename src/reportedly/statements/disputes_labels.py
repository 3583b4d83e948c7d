"""What a dispute is about, in a few words that hold for both statements: "killed, Raqqa", "control of Baghuz"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from reportedly.data import Event, Figure, Place, Span
from reportedly.statements import spans
from reportedly.statements.disputes_statements import Statement, group

MOST = 3
#: Where a change of control hangs in a clause that tells of something else: "the fall of X is not …", "…, who had taken X".
ELSEWHERE = frozenset({"nsubj", "relcl", "acl", "advcl", "poss", "compound", "appos"})


def label(doc: Doc, one: Statement, other: Statement) -> str | None:
    """A short label from what both statements hold: measure and place, control of a place, shared words, a place; None
    where they share nothing that could be named."""
    places = [_place(doc, side.span) for side in (one, other)]
    measures = _measures(doc, one, other)
    if measures:
        return ", ".join(part for part in (min(measures), places[0] or places[1]) if part)
    held = _held(doc, one, other)
    if held:
        return f"control of {held}"
    shared = _shared(one, other)
    return ", ".join(shared) or (places[0] if places[0] == places[1] else None)


def _measures(doc: Doc, one: Statement, other: Statement) -> set[str]:
    """What both sides measure; what one measures where the other only speaks of the number ("the exact toll …")."""
    sides = (one, other)
    own: list[set[str]] = [{str(f.measure) for f in _inside(doc._.figures, side.span)} - {"other"} for side in sides]
    for at, side in ((0, other), (1, one)):
        if not own[1 - at] and any(token.lower_ in group("totals") for token in side.tokens):
            return own[at]
    return own[0] & own[1]


def _held(doc: Doc, one: Statement, other: Statement) -> str | None:
    """The place whose control is in question: one side says who has it, or both speak of it."""
    spoken: list[set[str]] = [set(), set()]
    for event in doc._.events:
        place = event.control.place if event.control else None
        if not place:
            continue
        for side, places in zip((one, other), spoken, strict=True):
            if _in(event, side.span):
                places.add(place)
                if _asserted(doc, event, side):
                    return str(place)
    return min(spoken[0] & spoken[1], default=None)


def _asserted(doc: Doc, event: Event, side: Statement) -> bool:
    """True if a control event is what a side says, or the object of that; not what it names by the way."""
    token = spans.tokens_at(doc, event.start, event.end).root
    while side.tokens.start <= token.i < side.tokens.end and token != side.tokens.root:
        if token.dep_ in ELSEWHERE or _by_the_way(token, event):
            return False
        token = token.head
    return True


def _by_the_way(token: Token, event: Event) -> bool:
    """ "after the fall of Baghuz", not "in control of Baghuz"."""
    return token.dep_ == "prep" and event.control is not None and event.control.relation in ("captures", "loses")


def _in(item: Event | Figure | Place | Span, span: Span) -> bool:
    return span.start <= item.start and item.end <= span.end


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
