"""What two groups of reports have in common: linking may err, so that only what else is the same makes a contradiction.

Two reports that name other towns are of two events rather than one, unless they tell of the same day and the same
actor or number. A contradiction that is not one costs more than one that is missed: people check them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reportedly.events import holding_actors
from reportedly.events.reports import EventReport, Statement

Trait = Literal["type", "place", "time", "actor", "number"]
#: A place that is only known by country, or a time of more days, says little of which event is meant.
COARSE = frozenset({"country", "region"})


def alike(one: Sequence[Statement], two: Sequence[Statement]) -> list[frozenset[Trait]]:
    """For each pair of reports, one of each group, what they say alike."""
    return [traits(a, b) for a in one for b in two if isinstance(a, EventReport) and isinstance(b, EventReport)]


def traits(one: EventReport, two: EventReport) -> frozenset[Trait]:
    """What two reports say alike."""
    found: list[Trait] = ["type"] if one.type is not None and one.type == two.type else []
    found += ["place"] if _places(one) & _places(two) else []
    found += ["time"] if one.days is not None and one.days == two.days and one.days.first == one.days.last else []
    found += ["actor"] if _actors(one) & _actors(two) else []
    found += ["number"] if _numbers(one) & _numbers(two) else []
    return frozenset(found)


def _places(report: EventReport) -> set[int | str]:
    place = report.place
    return {place.geonameid or place.name} if place is not None and place.precision not in COARSE else set()


def _actors(report: EventReport) -> set[str]:
    country = report.place.country if report.place else None
    known = (item.id or holding_actors.holder(item.name or item.text, None, country).id for item in report.actor)
    return {identifier for identifier in known if identifier}


def _numbers(report: EventReport) -> set[tuple[str, float | None, float | None]]:
    return {(f.measure, f.low, f.high) for f in report.figures if f.measure in ("killed", "injured", "detained")}
