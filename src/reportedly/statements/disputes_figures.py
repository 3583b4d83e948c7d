"""Two numbers for the same thing: differing figures for one measure by different sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from reportedly.data import DateExpression, Figure, Place
from reportedly.statements.disputes_contrast import Pair, cues
from reportedly.statements.disputes_statements import Account, Statement, group

#: How many sentences apart two figures may be; further apart they mostly count different things.
APART = 25
#: By how much two numbers for the same thing may differ.
FACTOR = 10
#: Measures that are told of many different things in one article.
MANIFOLD = frozenset({"other", "money", "share", "distance", "duration", "area", "age"})


def pairs(account: Account) -> Iterator[Pair]:
    """All pairs of figures that cannot both be right, or that somebody revises."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in account.doc._.figures:
        groups[figure.measure, _counted(account, figure)].append(figure)
    for (measure, counted), figures in groups.items():
        if counted and len(figures) > 1:
            yield from _rivals(account, figures, measure)
    yield from _tolls(account)
    yield from _revised(account)


def _tolls(account: Account) -> Iterator[Pair]:
    """ "190 civilians were killed", "it has acknowledged fewer than 20 deaths": one after the other, of two sources."""
    for one, other in pairwise(f for f in account.doc._.figures if f.measure == "killed"):
        if one.unit != other.unit or ((one.low or 0) <= high(other) and (other.low or 0) <= high(one)):
            continue
        first, second = statement(account, one), statement(account, other)
        if first.number is None or second.number is None or second.sentence - first.sentence != 1:
            continue
        if _counted(account, other) in group("deaths") and account.different(first, second):
            yield first, second


def _rivals(account: Account, figures: list[Figure], measure: str) -> Iterator[Pair]:
    for index, one in enumerate(figures[:20]):
        for other in figures[index + 1 : 20]:
            if differ(one, other) and _comparable(one, other) and _same_matter(account, one, other, measure):
                yield statement(account, one), statement(account, other)
                break


def _counted(account: Account, figure: Figure) -> str:
    """The head of what a figure counts, as a lemma."""
    token = account.figure_tokens(figure).root
    noun: Token = token.head if token.dep_ in ("nummod", "compound", "quantmod") else token
    return noun.lemma_.lower() if noun.pos_ == "NOUN" else (figure.of or "").split(" ")[-1].lower()


def differ(one: Figure, other: Figure) -> bool:
    """True if no number fits both."""
    least = max(one.low or 0.0, other.low or 0.0)
    most = min(high(one), high(other))
    return one.unit == other.unit and (least > most or (one.low, one.high) != (other.low, other.high))


def _comparable(one: Figure, other: Figure) -> bool:
    """False for numbers so far apart that they count different things ("half a million", "22 million")."""
    first, second = one.low or one.high or 0.0, other.low or other.high or 0.0
    return max(first, second) <= FACTOR * min(first, second)


def high(figure: Figure) -> float:
    """The highest number that a figure allows."""
    return figure.high if figure.high is not None else float("inf")


def _same_matter(account: Account, one: Figure, other: Figure, measure: str) -> bool:
    """True if two figures are of different sources and nothing says that they count different things."""
    if one.date is not None and other.date is not None and not _same_days(account, one.date, other.date):
        return False
    if one.place is not None and other.place is not None and not _same_place(account, one.place, other.place):
        return False
    first, second = statement(account, one), statement(account, other)
    if second.sentence - first.sentence > APART:
        return False
    if first.number is None or second.number is None or not account.different(first, second):
        return False
    shared = first.lemmas & second.lemmas
    return len(shared) >= (3 if measure in MANIFOLD else 2)


def _same_days(account: Account, one: int, other: int) -> bool:
    dates: list[DateExpression] = account.doc._.dates
    return one == other or (dates[one].from_, dates[one].to) == (dates[other].from_, dates[other].to)


def _same_place(account: Account, one: int, other: int) -> bool:
    places: list[Place] = account.doc._.places
    first, second = places[one], places[other]
    return (first.name or first.text) == (second.name or second.text)


def statement(account: Account, figure: Figure) -> Statement:
    """The attributed statement that a figure is in, else its sentence."""
    tokens = account.figure_tokens(figure)
    sentence = account.sentence_of(tokens.start)
    for said in account.statements[sentence]:
        if said.number == figure.attribution and said.tokens.start <= tokens.start < said.tokens.end:
            return said
    return account.whole(sentence)


def _revised(account: Account) -> Iterator[Pair]:
    """ "Coalition sources put the number lower, at 300": against the figure before it."""
    figures = account.doc._.figures
    for before, figure in pairwise(figures):
        token = account.figure_tokens(figure)
        sentence = account.sentence_of(token.start)
        words = set(account.lowered[sentence].replace(",", " ").split())
        if not words & group("totals") or not words & set(cues("revise")):
            continue
        first = statement(account, before)
        if 0 < sentence - first.sentence <= 2 and differ(before, figure):
            yield first, account.whole(sentence)
