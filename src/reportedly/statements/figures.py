"""Stage `figures`: stated quantities with their range, what they count and the measure.

Numbers are found by a grammar over the text (figures_numbers, figures_quantities), what they count by the
parse (figures_counted). Conventions: docs/stages/figures.md. `attribution`, `place` and `date` are set by
`binding`, `hedged` and `certainty` by `certainty`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from reportedly.data import Figure, Measure, Participant
from reportedly.statements import layers
from reportedly.statements.figures_counted import Counted, counted, of_people, pronoun
from reportedly.statements.figures_excluded import is_age, is_figure
from reportedly.statements.figures_lexicon import noun
from reportedly.statements.figures_measure import measure
from reportedly.statements.figures_quantities import Quantity, quantities

SLOT = "figures"
layers.declare()

Mentions = list[tuple[tuple[int, int], Participant]]


@dataclass(frozen=True, slots=True)
class _Before:
    """The figure before one: the start of its sentence, what it counts and its measure."""

    sentence: int = -1
    what: Counted | None = None
    measure: Measure = "other"


_MANY = 10
_ELLIPTIC = frozenset(("killed", "injured", "displaced", "detained", "surrendered", "missing", "abducted", "evacuated"))
_COUNTS = frozenset(("number", "figure", "total", "count", "estimate"))
_JOINED = frozenset(("conj", "appos", "npadvmod", "dep", "ROOT", "nummod"))
_CLAUSES = frozenset(("relcl", "acl", "appos", "advcl", "parataxis", "punct"))


@Language.component(
    "reportedly_figures",
    requires=[
        "doc._.article",
        "doc._.dates",
        "doc._.mentions",
        "token.dep",
        "token.head",
        "token.tag",
        "token.pos",
        "token.lemma",
    ],
    assigns=["doc._.figures"],
)
def run(doc: Doc) -> Doc:
    """Fill `doc._.figures`. Quantities inside date expressions belong to those."""
    doc._.figures = list(_figures(doc, doc._.article.text))
    return doc


def _figures(doc: Doc, text: str) -> Iterator[Figure]:
    dated = sorted((item.start, item.end) for item in doc._.dates)
    starts = [start for start, _ in dated]
    mentions: Mentions = sorted(doc._.mentions.items(), key=lambda item: item[0])
    before = _Before()
    for quantity, listed in quantities(text):
        nearest = bisect_right(starts, quantity.number) - 1
        if nearest >= 0 and dated[nearest][1] > quantity.number:
            continue
        tokens = doc[_token_at(doc, quantity.number) : _token_at(doc, quantity.end - 1) + 1]
        what = counted(tokens)
        if not is_figure(quantity, listed, tokens, what):
            continue
        sentence, bare = tokens.root.sent.start, (what.noun is None or pronoun(what)) and not quantity.unit
        age = is_age(quantity, tokens, what)
        if bare and not age and _goes_on(before, sentence, tokens):
            what = Counted(before.what.noun if before.what else None, what.anchor)
        unit, kind = _unit(quantity, tokens, what, age)
        near = before.sentence == sentence and _elliptic(kind, tokens)
        if bare and before.measure in _ELLIPTIC and (near or (what.noun and _restated(tokens))):
            kind = before.measure
        yield _figure(mentions, text, quantity, what, unit, kind)
        before = _Before(sentence, what, kind) if not quantity.unit and not age else before


def _goes_on(before: _Before, sentence: int, tokens: Span) -> bool:
    """True if a number without a noun counts what the figure before it does: in one sentence, or in the
    next where it is an estimate of the same ("put the number at 300", "we forecast a few hundred")."""
    if before.sentence == sentence:
        return True
    return sentence > 0 and tokens.doc[sentence - 1].sent.start == before.sentence


def _restated(tokens: Span) -> bool:
    """True for the same said anew: "the observers put the number at 300"."""
    above = tokens.root.head
    objects = above.children if above.pos_ == "VERB" else above.head.children
    return tokens.root.dep_ == "pobj" and any(
        child.dep_ in ("dobj", "nsubj", "nsubjpass") and child.lemma_ in _COUNTS for child in objects
    )


def _elliptic(kind: Measure, tokens: Span) -> bool:
    """True for a number that has no verb of its own: "killed 250 people, and two dozen on Sunday alone"."""
    root = tokens.root
    compared = root.dep_ == "pobj" and root.head.lower_ in ("from", "to", "than")
    return kind in ("other", "civilians", "fighters") and (root.dep_ in _JOINED or compared)


def _token_at(doc: Doc, offset: int) -> int:
    """The index of the token that holds a character (or ends before it)."""
    return max(0, bisect_right(range(len(doc)), offset, key=lambda i: doc[i].idx) - 1)


def _figure(
    mentions: Mentions, text: str, quantity: Quantity, what: Counted, unit: str | None, kind: Measure
) -> Figure:
    of, actor = _counted_phrase(mentions, text, quantity, what)
    return Figure(
        start=quantity.start,
        end=quantity.end,
        text=text[quantity.start : quantity.end],
        low=quantity.low,
        high=quantity.high,
        measure=kind,
        unit=unit,
        of=of,
        actor=actor,
        approximate=quantity.approximate,
    )


def _unit(quantity: Quantity, tokens: Span, what: Counted, age: bool) -> tuple[str | None, Measure]:
    """The unit and measure: of the unit of measure if there is one, else of what is counted."""
    if age:
        return "year" if not quantity.unit else quantity.unit, "age"
    if quantity.measure == "strength":
        return "person", "fighters"
    if quantity.measure == "members":
        return quantity.unit, "other"
    if quantity.measure:
        return quantity.unit, quantity.measure  # type: ignore[return-value]
    most = quantity.high if quantity.high is not None else quantity.low
    kind = measure(what, tokens, many=most is not None and most >= _MANY)
    known = noun(what.lemma)
    if known is not None:
        return known.unit, kind
    if of_people(what) and (what.noun is not None or kind != "other"):
        return "person", kind
    return what.lemma or None, kind


def _counted_phrase(mentions: Mentions, text: str, quantity: Quantity, what: Counted) -> tuple[str | None, str | None]:
    """The noun phrase that is counted, without the number, and its actor if `mentions` knows it."""
    head = what.noun
    if head is None:
        return None, None
    start = max(quantity.end, _left(head).idx)
    if head.idx < quantity.end:  # of the figure before
        start = _left(head).idx
    end = _right(head)
    phrase = text[start:end].strip(" -–,’'")
    for joined in ("of ", "old ", "long ", "wide ", "strong "):
        phrase = phrase.removeprefix(joined)
    return phrase or None, _actor(mentions, start, end)


def _left(head: Token) -> Token:
    """The first token of a noun phrase that is no number or determiner."""
    left = head
    for child in head.lefts:
        if child.dep_ in ("amod", "compound", "nmod", "poss") and child.left_edge.i < left.i:
            left = child.left_edge
    return left


def _right(head: Token) -> int:
    """Where a noun phrase ends, clauses on it and places left out."""
    last = head
    for child in head.rights:
        if child.dep_ in _CLAUSES or (child.dep_ == "prep" and child.lower_ not in ("of", "from", "for")):
            break
        last = child.right_edge
    end: int = last.idx + len(last.text)
    return end


def _actor(mentions: Mentions, start: int, end: int) -> str | None:
    """The actor of the first mention inside the counted phrase."""
    at = bisect_left(mentions, (start, 0), key=lambda item: item[0])
    while at < len(mentions) and mentions[at][0][0] < end:
        (_, last), mention = mentions[at]
        if last <= end and (mention.id or mention.name):
            return mention.id or mention.name
        at += 1
    return None
