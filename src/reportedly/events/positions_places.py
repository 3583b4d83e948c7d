"""Where: a place inside another is more precise; two contradict only beyond what both leave open."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from reportedly.data import Precision
from reportedly.events.findings import Position
from reportedly.events.positions_alike import alike
from reportedly.events.positions_grouping import Group, Relation, gather, positions
from reportedly.events.positions_support import Origins
from reportedly.events.reports import EventReport, Location, Statement

EARTH = 6371.0
#: How far, in kilometres, what is meant may lie from a place's coordinates.
REACH: dict[Precision, float] = {"point": 10, "near": 25, "area": 50, "region": 300, "country": 1000}
FINENESS: tuple[Precision, ...] = ("country", "region", "area", "near", "point")
#: Two places contradict each other if they lie this many times further apart than both reach, but not further than
#: so many kilometres: then it is likelier that two events are meant.
BEYOND, ANOTHER = 2.0, 300.0


class Where(Struct, frozen=True, order=True):
    """A place as an answer: GeoNames' id, else the name; and how exactly it is meant."""

    identity: str
    precision: str


def of_event(reports: Sequence[EventReport], origins: Origins) -> list[Position]:
    """The positions on where it happened."""
    return positions("place", gather(_answers(reports)), _relate, origins)


def _answers(reports: Sequence[EventReport]) -> Iterator[tuple[Where, dict[str, Any], str, Statement]]:
    for report in reports:
        place = report.place
        if place is not None and report.certainty != "denied":
            where = Where(str(place.geonameid or place.name.casefold()), place.precision or "")
            yield where, _value(place), _label(place), report


def _value(place: Location) -> dict[str, Any]:
    return {key: getattr(place, key) for key in place.__struct_fields__ if getattr(place, key) is not None}


def _label(place: Location) -> str:
    return f"near {place.name}" if place.precision == "near" else place.name


def _relate(lead: Group[Where], other: Group[Where]) -> Relation:
    one, two = (place for group in (lead, other) if (place := _place(group)) is not None)
    stance, because = relate(one, two)
    if stance != "contradicts" or any(
        "time" in same and same & {"actor", "number"} for same in alike(lead.statements, other.statements)
    ):
        return stance, because
    return "beside", f"{because}, and little else in common"


def _place(group: Group[Where]) -> Location | None:
    first = group.first
    return first.place if isinstance(first, EventReport) else None


def relate(one: Location, two: Location) -> Relation:
    """What a second place has to do with a first."""
    finer = _fineness(two) - _fineness(one)
    if one.geonameid is not None and one.geonameid == two.geonameid:
        return _finer(finer, "the same place")
    apart = distance(one, two)
    if apart is None:
        return "beside", "one of them is on no map"
    if _holds(one, two, apart) or _holds(two, one, apart):
        return _finer(finer, f"{apart:.0f} km apart, within what the wider one reaches")
    if BEYOND * (_reach(one) + _reach(two)) < apart < ANOTHER:
        return "contradicts", f"{apart:.0f} km apart"
    return "beside", f"{apart:.0f} km apart"


def _holds(wide: Location, narrow: Location, apart: float) -> bool:
    """True if one place may lie in another: in its country, or within its reach."""
    if wide.precision == "country":
        return wide.country is not None and wide.country == narrow.country
    return apart <= _reach(wide)


def _finer(steps: int, because: str) -> Relation:
    return ("agrees" if steps == 0 else "more precise" if steps > 0 else "less precise"), because


def _fineness(place: Location) -> int:
    return FINENESS.index(place.precision) if place.precision else 0


def _reach(place: Location) -> float:
    return REACH[place.precision or "region"]


def distance(one: Location, two: Location) -> float | None:
    """Kilometres between two places on the globe (haversine); None where one has no coordinates."""
    if one.latitude is None or one.longitude is None or two.latitude is None or two.longitude is None:
        return None
    first, second = math.radians(one.latitude), math.radians(two.latitude)
    span = math.radians(two.longitude - one.longitude)
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(span / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))
