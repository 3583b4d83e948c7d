"""Stage `dates`: date expressions and the days that they mean, read against publication.

The expressions come from a grammar over the text (dates_grammar), the direction of a bare weekday or
month ("on Thursday") from the tense of the verb that governs it (dates_tense), the days from
dates_reading. Conventions: docs/stages/dates.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from reportedly import lexicons
from reportedly.data import DateExpression
from reportedly.statements import layers
from reportedly.statements.dates_calendar import Interval
from reportedly.statements.dates_grammar import expressions
from reportedly.statements.dates_points import Expression, Point
from reportedly.statements.dates_reading import Reading
from reportedly.statements.dates_tense import is_future, is_past

SLOT = "dates"
layers.declare()

_NAMES = re.compile("|".join(sorted(map(re.escape, lexicons.words("dates_names.txt")), key=len, reverse=True)))
_NOT_YEARS = lexicons.words("dates_not_years.txt")
_ATTRIBUTIVE = frozenset(("compound", "nmod", "amod", "poss", "nummod", "npadvmod"))
_REPEATED = frozenset(("every", "each", "any", "most"))
_ANAPHORIC = frozenset(("that", "same", "following", "previous", "preceding", "subsequent"))
_PERSONAL = frozenset(("may", "april", "june", "august"))
_BEFORE_MONTH = frozenset(("in", "of", "during", "from", "between", "throughout", "before", "after", "around", "and"))


@Language.component(
    "reportedly_dates",
    requires=["doc._.article", "doc._.entities", "token.dep", "token.head", "token.tag", "token.pos", "token.lemma"],
    assigns=["doc._.dates"],
)
def run(doc: Doc) -> Doc:
    """Fill `doc._.dates`. Without a publication date relative expressions stay open on both sides."""
    published = publication(doc._.article.published)
    text = doc._.article.text
    names = [match.span() for match in _NAMES.finditer(text)]
    people = [(entity.start, entity.end) for entity in doc._.entities if entity.type == "Person"]
    found = []
    for expression in expressions(text):
        if any(start < expression.end and expression.core < end for start, end in names):
            continue
        tokens = doc[_token_at(doc, expression.core) : _token_at(doc, expression.end - 1) + 1]
        if is_date(text, expression, tokens, people):
            found.append(coded(text, expression, tokens.root, published))
    doc._.dates = found
    return doc


def _token_at(doc: Doc, offset: int) -> int:
    """The index of the token that holds a character (or ends before it)."""
    return max(0, bisect_right(range(len(doc)), offset, key=lambda i: doc[i].idx) - 1)


def publication(stamp: str | None) -> date | None:
    """The day of an ISO date or date-time; None if there is none or it is not one."""
    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None


def coded(text: str, expression: Expression, head: Token, published: date | None) -> DateExpression:
    """The expression with its days. A bound before a date that qualifies something else ("since last
    year's defeat") is about that thing and is left out."""
    if expression.bound and _qualifies(text, expression, head):
        expression = expression.unbound()
    point = expression.points[0]
    sure = point.kind == "weekend" and not point.side  # "the weekend" is the past one unless something says more
    future = expression.bound != "since" and not _cited(text, expression)
    future = future and is_future(head, limit=expression.bound == "by", sure=sure)
    days: Interval = Reading(published, future).interval(expression)
    start, end = expression.start, expression.end
    return DateExpression(
        start=start,
        end=end,
        text=text[start:end],
        from_=days.start.isoformat() if days.start else None,
        to=days.end.isoformat() if days.end else None,
    )


def _qualifies(text: str, expression: Expression, head: Token) -> bool:
    after = text[expression.end : expression.end + 2]
    beyond = head.head.idx >= expression.end and head.head.pos_ in ("NOUN", "PROPN")
    return after in ("’s", "'s") or (head.dep_ in _ATTRIBUTIVE and beyond)


def _cited(text: str, expression: Expression) -> bool:
    """True for the date of something printed: "(Opinion, 4 January)"."""
    return text[expression.end : expression.end + 1] in (")", "]") and text[: expression.start][-2:] == ", "


def is_date(text: str, expression: Expression, tokens: Span, people: list[tuple[int, int]]) -> bool:
    """False for what only looks like a date: a quantity, a person called May, "every Friday"."""
    point = expression.points[0]
    if point.kind == "rolling" and (point.value > 0 or (point.count or 0) > 0) and is_past(tokens.root):
        return False  # "the next day he left" is read against the story
    first, head = tokens[0], tokens.root
    before = first.nbor(-1) if first.i else None
    if before is not None and before.lower_ in _ANAPHORIC and point.kind != "shift" and not point.side:
        return False  # "that May", "the following Tuesday": of the story
    if point.kind in ("unit", "rolling") and before is not None and before.tag_ == "PRP$":
        return False  # "his last week in office"
    following = text[expression.end : expression.end + 4]
    if point.kind == "unit" and point.shift and before is not None and before.lower_ == "the" and following == " of ":
        return False  # "the last year of the war"
    if (
        point.kind == "unit"
        and (point.shift or 0) > 0
        and before is not None
        and before.lower_ == "the"
        and is_past(head)
    ):
        return False  # "the next year they left"
    if point.kind == "weekend" and not point.side and any(child.dep_ == "relcl" for child in head.children):
        return False  # "the weekend he was born"
    if point.kind == "weekday" and before is not None and not point.side:
        indefinite = before.lower_ in ("a", "one") and not _qualifies(text, expression, head)
        return before.lower_ not in _REPEATED and not indefinite
    if len(expression.points) == 1 and point == Point("date", year=point.year):
        return _is_year(text, expression, first, before)
    if len(expression.points) == 1 and point == Point("date", month=point.month) and not expression.bound:
        return not _is_person(expression, head, before, people)
    return point.kind != "holiday" or not _named(head, expression.core)


def _is_year(text: str, expression: Expression, token: Token, before: Token | None) -> bool:
    """False for a number in the range of years: "resolution 1973", "2000 troops", part of an address."""
    around = text[max(0, expression.core - 1) : expression.core] + text[expression.end : expression.end + 1]
    if any(sign in "/_@#$£€" for sign in around):
        return False
    if not expression.bound and before is not None and before.lower_ in _NOT_YEARS:
        return False
    counted = token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.i > token.i
    return not counted or (
        before is not None and (before.pos_ in ("DET", "ADP", "PRON", "ADJ") or before.tag_ == "POS")
    )


def _is_person(expression: Expression, head: Token, before: Token | None, people: list[tuple[int, int]]) -> bool:
    """True for May, April, June and August as names: a Person, after a first name or title, or with
    nothing beside them that a month has ("in May", "the May elections")."""
    if head.tag_ == "MD" or any(start <= expression.start and expression.end <= end for start, end in people):
        return True
    if head.lower_ not in _PERSONAL or (before is not None and before.lower_ in _BEFORE_MONTH):
        return False
    attributive = before is not None and before.pos_ in ("DET", "PRON", "ADJ") and head.dep_ == "compound"
    acts = head.dep_ == "nsubj" and head.head.pos_ in ("VERB", "AUX")
    return _named(head, expression.core) or acts or (head.lower_ == "may" and not attributive)


def _named(head: Token, start: int) -> bool:
    """True if a first name or title stands before the expression (which starts at `start`)."""
    return any(child.dep_ == "compound" and child.text.istitle() and child.idx < start for child in head.lefts)
