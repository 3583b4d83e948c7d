"""How the pages say things: days, places with their precision, who says it, numbers with their range."""

from __future__ import annotations

import datetime
from typing import Any

from django import template

from reportedly.account import words
from reportedly.events.findings import Support, Toll
from reportedly.record.queries.figures import Point

register = template.Library()


def _iso(day: datetime.date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, datetime.date) else day


@register.filter
def when(line: Any) -> str:
    """The days of something that has `first` and `last`; where there are none, the day it was reported."""
    days = words.interval(_iso(line.first), _iso(line.last))
    if days:
        return days
    reported = _iso(getattr(line, "reported", None))
    return f"day not known, reported {words.day(reported)}" if reported else "day not known"


@register.filter
def day(value: datetime.date | str | None) -> str:
    """An ISO day or date-time as people write it; "" for None."""
    return words.day(_iso(value) or "")


@register.filter
def where(place: Any) -> str:
    """A place's name with its precision in words, so that an area is not taken for a point."""
    precision = words.PRECISION.get(place.precision or "", "")
    kind = f" ({place.precision})" if place.precision in ("region", "country") else ""
    return f"{precision}{place.name}{kind}"


@register.filter
def says(support: Support) -> str:
    """Who says it: the speaker, quoted by whom, in which outlet."""
    chain = ", quoted by ".join(support.speakers)
    outlet = support.outlet or "an unnamed outlet"
    party = " [party to the conflict]" if support.party else ""
    return f"{chain}{party}, in {outlet}" if chain else outlet


@register.filter
def number(value: float | None) -> str:
    """1234567.0 as "1,234,567"; "" for None."""
    return "" if value is None else words.number(value)


@register.filter
def spread(toll: Toll) -> str:
    """A toll's range: "12–19", "at least 12", "up to 40"; "no figure" where only parties to the conflict gave one."""
    low, high = toll.low, toll.high
    if low is None and high is None:
        return "no figure"
    if low is None or high is None:
        return f"up to {words.number(high or 0)}" if low is None else f"at least {words.number(low)}"
    return words.number(low) if low == high else f"{words.number(low)}–{words.number(high)}"


@register.filter
def range_of(point: Point) -> str:
    """A figure's range: "15,000–20,000", "at least 30", "up to 500", with its unit where it is not a person."""
    unit = "" if point.unit in ("", "person") else f" {point.unit}"
    if point.low is None and point.high is None:
        return point.evidence.text
    if point.low is None or point.high is None:
        bound = f"up to {words.number(point.high)}" if point.low is None else f"at least {words.number(point.low)}"
        return bound + unit
    both = (
        words.number(point.low) if point.low == point.high else f"{words.number(point.low)}–{words.number(point.high)}"
    )
    return both + unit
