"""What two groups of reports have in common: linking may err, so that only what else is the same makes a contradiction.

Two reports that name other towns are of two events rather than one, unless they tell of the same day and the same
actor or number. A contradiction that is not one costs more than one that is missed: people check them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from reportedly.events import holding_actors
from reportedly.events.reports import EventReport, FigureReport, Statement

Trait = Literal["type", "place", "time", "actor", "number"]
#: A place that is only known by country, or a time of more days, says little of which event is meant.
COARSE = frozenset({"country", "region"})
#: Of a group of more reports, the first to come are looked at.
MOST = 40
#: Types of what is done with force, by several together or against several; all else is the act of those that are named.
DEEDS = frozenset({"ASSAULT", "COERCE"})
#: Numbers further apart than this factor count different things.
FACTOR = 10
#: PLOVER's agent codes of those who do not fight and of those who do.
CIVILIANS, FIGHTERS = frozenset({"CVL", "REF", "MED", "EDU", "REL", "JRN"}), frozenset({"REB", "MIL", "COP"})


def alike(one: Sequence[Statement], two: Sequence[Statement]) -> Iterator[frozenset[Trait]]:
    """For each pair of reports, one of each group (of the first of very many), what they say alike."""
    first, second = ([report for report in group[:MOST] if isinstance(report, EventReport)] for group in (one, two))
    return (traits(a, b) for a in first for b in second)


def traits(one: EventReport, two: EventReport) -> frozenset[Trait]:
    """What two reports say alike."""
    found: list[Trait] = ["type"] if one.type is not None and one.type == two.type else []
    found += ["place"] if _places(one) & _places(two) else []
    found += ["time"] if one.days is not None and one.days == two.days and one.days.first == one.days.last else []
    found += ["actor"] if _actors(one) & _actors(two) else []
    found += ["number"] if _numbers(one) & _numbers(two) else []
    return frozenset(found)


def apart(one: EventReport, two: EventReport) -> bool:
    """True if two reports tell of rivals that say, ask or threaten something, of others hit (civilians, fighters), or of
    counts too far apart to be of one thing: what one asks for is no request of another."""
    if one.type not in DEEDS and two.type not in DEEDS and _rivals(one, two):
        return True
    first, second = _hit(one), _hit(two)
    return bool(first and second and not first & second) or any(
        a.measure == b.measure and far(a, b) for a in one.figures for b in two.figures
    )


def _rivals(one: EventReport, two: EventReport) -> bool:
    """True if both name known actors and all of them are rivals."""
    pairs = [(a, b) for a in _actors(one) for b in _actors(two)]
    holders = ((holding_actors.holder(a, a), holding_actors.holder(b, b)) for a, b in pairs)
    return bool(pairs) and all(holding_actors.rivals(a, b) for a, b in holders)


def far(one: FigureReport, two: FigureReport) -> bool:
    """True if two figures are further apart than `FACTOR`, whatever they leave open."""
    first, second = (figure.low if figure.low is not None else figure.high or 0.0 for figure in (one, two))
    return max(first, second) > FACTOR * max(min(first, second), 1.0)


def _hit(report: EventReport) -> set[str]:
    """Whether civilians or fighters are hit, as far as the recipients' sectors tell."""
    sectors = {item.sector for item in report.recipient if item.sector}
    return {kind for kind, members in (("civilians", CIVILIANS), ("fighters", FIGHTERS)) if sectors & members}


def _places(report: EventReport) -> set[int | str]:
    place = report.place
    return {place.geonameid or place.name} if place is not None and place.precision not in COARSE else set()


def _actors(report: EventReport) -> set[str]:
    country = report.place.country if report.place else None
    known = (item.id or holding_actors.holder(item.name or item.text, None, country).id for item in report.actor)
    return {identifier for identifier in known if identifier}


def _numbers(report: EventReport) -> set[tuple[str, float | None, float | None]]:
    return {(f.measure, f.low, f.high) for f in report.figures if f.measure in ("killed", "injured", "detained")}
