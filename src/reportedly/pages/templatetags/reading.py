"""How the pages say things: days, places with their precision, who says it, numbers with their range."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pycountry
from django import template

from reportedly.account import words
from reportedly.events.findings import Position, Support, Toll
from reportedly.record.queries import headings
from reportedly.record.queries.disputes import Dispute
from reportedly.record.queries.figures import Point, SeriesLine
from reportedly.record.queries.matching import EXTENT
from reportedly.record.queries.releases import ReleaseLine

register = template.Library()
#: The days at the end of an event's label, which pages tell beside it in words.
_DAYS = re.compile(r"(^|, )\d{4}-\d\d-\d\d( to \d{4}-\d\d-\d\d)?$")


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
def held(line: Any) -> str:
    """The days of a holding: from when to when, or between which days it is attested where neither is told."""
    days = words.interval(_iso(line.first), _iso(line.last))
    first, last = line.seen_first, line.seen_last
    if not first and not last:
        return days or "days not known"
    seen = f"attested on {words.day(first or last)}" if first == last else f"attested {words.interval(first, last)}"
    return f"{days}; {seen}" if days else seen


@register.filter
def day(value: datetime.date | str | None) -> str:
    """An ISO day or date-time as people write it; "" for None."""
    return words.day(_iso(value) or "")


@register.filter
def headline(label: str) -> str:
    """An event's label as a headline: without its days, beginning with a capital. Labels made by earlier versions have an
    arrow from who to whom, and nothing before it where nobody is said to have done it."""
    bare = _DAYS.sub("", label) or label
    named = f"unknown actor {bare}" if bare.startswith("→") else bare
    return named[:1].upper() + named[1:]


@register.filter
def matter(dispute: Dispute) -> str:
    """What a dispute is about, as a heading."""
    found = headings.dispute(dispute)
    return found[:1].upper() + found[1:]


@register.filter
def voice(name: str) -> str:
    """A source as it stands in a sentence: "neither side", "Northern Wire"."""
    return headings.source(name)


@register.filter
def unnamed(name: str) -> bool:
    """True if a source is only described by an article's words."""
    return headings.unnamed(name)


@register.filter
def certain(certainty: str | None) -> str:
    """A code of certainty in words: "stated as fact", "reported", "possible", "expected", "denied"."""
    return words.CERTAINTY.get(certainty or "", certainty or "")


@register.filter
def origin_count(position: Position) -> str:
    """How many independent origins a position has: "by 2 independent origins"."""
    return f"by {_counted(position.origins, 'independent origin')}"


@register.filter
def origins(line: Any) -> str:
    """How widely something is reported: "2 independent origins, in 3 articles of 2 outlets"."""
    outlets = _counted(line.outlets, "outlet") if line.outlets else "an unnamed outlet"
    return f"{_counted(line.origins, 'independent origin')}, in {_counted(line.articles, 'article')} of {outlets}"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


@register.filter
def answer(position: Position) -> str:
    """A position's answer as people write it: days as days, all else as it is labelled."""
    if position.aspect == "time":
        found = words.interval(position.value.get("first"), position.value.get("last"))
        return found or position.label
    return position.label


@register.filter
def stance(position: Position) -> str:
    """What a position has to do with the leading one, in a few words."""
    if position.stance == "lead":
        return f"leading: {_counted(position.origins, 'independent origin')}"
    if position.stance == "beside":
        return "another answer beside it"
    return position.stance


@register.filter
def where(place: Any) -> str:
    """A place's name with its precision in words, so that an area is not taken for a point."""
    precision = words.PRECISION.get(place.precision or "", "")
    kind = f" ({place.precision})" if place.precision in ("region", "country") else ""
    return f"{precision}{place.name}{kind}"


@register.filter
def country(code: str | None) -> str:
    """A country's name by its ISO 3166-1 code of two or three letters; the code itself where it is none."""
    given = code or ""
    known = pycountry.countries
    found = known.get(alpha_3=given) if len(given) == 3 else known.get(alpha_2=given) if len(given) == 2 else None
    return str(getattr(found, "common_name", found.name)) if found else given


@register.filter
def exactness(place: Any) -> str:
    """How exact a place is, in a sentence."""
    reach = EXTENT.get(place.precision or "", 0.0)
    if place.precision == "country":
        return "The text says no more than the country."
    if place.precision == "point":
        return "The text names the place itself."
    return f"The text is not exact: it may be up to about {words.number(reach)} km off."


@register.filter
def says(support: Support) -> str:
    """Who says it: the speaker, quoted by whom, in which outlet."""
    chain = ", quoted by ".join(map(headings.source, support.speakers))
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
def bounds(line: SeriesLine) -> str:
    """The lowest and the highest figure of a series: "5–140"; an open side is not closed."""
    ends = [words.number(value) for value in (line.low, line.high) if value is not None]
    return "–".join(dict.fromkeys(ends)) or "open"


@register.filter
def quotes(sentence: str) -> bool:
    """True if a sentence brings quotation marks of its own, so that it needs none around it."""
    return sentence.startswith(("“", '"', "‘", "«", "„"))


@register.filter
def released(line: ReleaseLine) -> str:
    """What a release holds: "1,203 events from 201 articles; 3 events confirmed by people, the others machine coding, not
    verified"."""
    events, confirmed = line.counts["events"], line.counts["confirmed"]
    held = f"{words.number(events)} event{'' if events == 1 else 's'} from {words.number(line.counts['articles'])} "
    held += f"article{'' if line.counts['articles'] == 1 else 's'}; "
    if not confirmed:
        return f"{held}machine coding, not verified"
    return f"{held}{words.number(confirmed)} confirmed by people, the others machine coding, not verified"


@register.filter
def size(count: int) -> str:
    """A number of bytes: "512 bytes", "1.4 MB"."""
    if count < 1000:
        return f"{count} bytes"
    unit, scale = ("kB", 1e3) if count < 999_950 else ("MB", 1e6) if count < 999_950_000 else ("GB", 1e9)
    return f"{count / scale:.1f} {unit}"


def _unit(unit: str, single: bool) -> str:
    """A unit behind a number: " years", "%"; nothing for people."""
    if unit in ("", "person"):
        return ""
    if unit == "percent":
        return "%"
    plural = f"{unit[:-1]}ies" if unit.endswith("y") and unit[-2:] not in ("ay", "ey") else f"{unit}s"
    return f" {unit if single or unit.endswith('s') else plural}"


@register.filter
def range_of(point: Point) -> str:
    """A figure's range: "15,000–20,000", "at least 30", "up to 500", with its unit where it is not a person."""
    unit = _unit(point.unit, point.low == point.high == 1)
    if point.low is None and point.high is None:
        return point.evidence.text
    if point.low is None or point.high is None:
        bound = f"up to {words.number(point.high or 0)}" if point.low is None else f"at least {words.number(point.low)}"
        return bound + unit
    both = (
        words.number(point.low) if point.low == point.high else f"{words.number(point.low)}–{words.number(point.high)}"
    )
    return both + unit
