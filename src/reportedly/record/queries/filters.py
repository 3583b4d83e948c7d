"""What a list is filtered by, read from words and checked."""

from __future__ import annotations

import datetime
import math
from typing import Any, get_args

from msgspec import Struct

from reportedly import lexicons
from reportedly.data import Measure
from reportedly.errors import QueryError

MEASURES: tuple[str, ...] = get_args(Measure)
#: Rows of a list if nobody says how many, and at most.
ROWS, MOST = 50, 1000
#: Rows that can be passed over, at most.
FARTHEST = 1_000_000_000
#: Kilometres of one degree of latitude.
DEGREE = 111.195


class Box(Struct, frozen=True):
    """A box in degrees (WGS 84). Where `west` is greater than `east` it lies across the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def reach(self) -> float:
        """Half of its shorter side in kilometres."""
        width = (self.east - self.west) % 360 if self.east != self.west + 360 else 360.0
        middle = math.radians((self.south + self.north) / 2)
        return min(width * DEGREE * math.cos(middle), (self.north - self.south) * DEGREE) / 2


class Near(Struct, frozen=True):
    """A circle: its centre in degrees (WGS 84) and its radius in kilometres."""

    latitude: float
    longitude: float
    km: float

    @property
    def box(self) -> Box:
        """The smallest box around it; all the way round where it holds a pole."""
        high = self.km / DEGREE
        south, north = self.latitude - high, self.latitude + high
        if south <= -90 or north >= 90:
            return Box(-180.0, max(south, -90.0), 180.0, min(north, 90.0))
        sine = math.sin(self.km / 6371.0088) / math.cos(math.radians(self.latitude))
        wide = math.degrees(math.asin(sine)) if abs(sine) < 1 else 180.0
        if wide >= 180:
            return Box(-180.0, south, 180.0, north)
        return Box(_around(self.longitude - wide), south, _around(self.longitude + wide), north)

    def holds(self, latitude: float, longitude: float) -> bool:
        """True if a point is not farther from the centre than the radius (haversine, mean earth radius)."""
        a, b, c, d = map(math.radians, (self.latitude, self.longitude, latitude, longitude))
        h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
        return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h))) <= self.km


class Filter(Struct, frozen=True, kw_only=True):
    """What a list holds; empty fields do not filter.

    `since` and `until` are days, both inclusive: what happened in between, and what has no day but was reported
    in between. `place` is the name of a place or of a country, `actor` a name or the registry's id, `source` the name of
    an outlet or a speaker. `rejected` and `background` also list what people rejected, and events of which only
    background mentions are there.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    place: str = ""
    box: Box | None = None
    near: Near | None = None
    actor: str = ""
    type: str = ""
    source: str = ""
    measure: str = ""
    search: str = ""
    rejected: bool = False
    background: bool = False
    limit: int = ROWS
    offset: int = 0

    @property
    def reach(self) -> float | None:
        """How far the filter reaches around its middle, in kilometres; None if it is not about degrees."""
        reaches = [self.box.reach] if self.box else []
        return min([*reaches, self.near.km] if self.near else reaches, default=None)


def read(
    *,
    since: str | None = None,
    until: str | None = None,
    box: str | None = None,
    near: str | None = None,
    radius: float | None = None,
    type: str | None = None,
    measure: str | None = None,
    limit: int = ROWS,
    offset: int = 0,
    **plain: Any,
) -> Filter:
    """A filter from what people write.

    Args:
        since: an ISO day, or a month or year of which the first day counts; `until` likewise, the last day.
        box: "W,S,E,N" in degrees.
        near: "LAT,LON" in degrees, with `radius` in kilometres (10 if it is not given).
        plain: the other fields of `Filter`, as they are.

    Raises:
        QueryError: a value cannot be used.
    """
    first, last = _day("from", since, first=True), _day("to", until, first=False)
    if first and last and first > last:
        raise QueryError(f"from {first} to {last}: ends before it begins")
    if near is None and radius is not None:
        raise QueryError("radius: goes with --near LAT,LON")
    return Filter(
        since=first,
        until=last,
        box=None if box is None else _box(box),
        near=None if near is None else _near(near, 10.0 if radius is None else radius),
        type=_one_of("type", (type or "").upper(), tuple(lexicons.tree("events_types.json"))),
        measure=_one_of("measure", (measure or "").lower(), MEASURES),
        limit=_count("limit", limit, 1),
        offset=_count("offset", offset, 0),
        **{name: text(name, value) for name, value in plain.items() if value is not None},
    )


def text(name: str, given: Any) -> Any:
    """A value as it is, if a database can hold it.

    Raises:
        QueryError: it is a text with bytes that are none in UTF-8, or with a null character.
    """
    if isinstance(given, str) and ("\0" in given or any("\ud800" <= c <= "\udfff" for c in given)):
        raise QueryError(f"{name}: {given!r} is no text")
    return given


def _day(name: str, given: str | None, *, first: bool) -> datetime.date | None:
    if given is None:
        return None
    try:
        parts = [int(part) for part in given.split("-")]
        if len(parts) == 3:
            return datetime.date.fromisoformat(given)
        year, month = (*parts, 1) if len(parts) == 1 else parts
        start = datetime.date(year, month, 1)
        return start if first else _end(start, len(parts))
    except (ValueError, OverflowError):
        raise QueryError(f"{name}: {given!r} is no day (YYYY-MM-DD), month (YYYY-MM) or year (YYYY)") from None


def _end(start: datetime.date, parts: int) -> datetime.date:
    if parts == 1:
        return start.replace(month=12, day=31)
    following = start.replace(day=28) + datetime.timedelta(days=4)
    return following.replace(day=1) - datetime.timedelta(days=1)


def _numbers(name: str, given: str, form: str) -> list[float]:
    try:
        found = [float(part) for part in given.split(",")]
    except ValueError:
        found = []
    if len(found) != len(form.split(",")) or not all(map(math.isfinite, found)):
        raise QueryError(f"{name}: {given!r} is not {form} in degrees")
    return found


def _box(given: str) -> Box:
    west, south, east, north = _numbers("box", given, "W,S,E,N")
    _check_degrees("box", given, (south, north), (west, east))
    if south > north:
        raise QueryError(f"box: {given!r} has its south above its north")
    return Box(west, south, east, north)


def _near(given: str, km: float) -> Near:
    latitude, longitude = _numbers("near", given, "LAT,LON")
    _check_degrees("near", given, (latitude,), (longitude,))
    if not 0 < km <= 20_000:
        raise QueryError(f"radius: {km:g} is not between 0 and 20,000 km")
    return Near(latitude, longitude, km)


def _check_degrees(name: str, given: str, latitudes: tuple[float, ...], longitudes: tuple[float, ...]) -> None:
    if any(abs(value) > 90 for value in latitudes) or any(abs(value) > 180 for value in longitudes):
        raise QueryError(f"{name}: {given!r} has degrees that do not exist")


def _around(longitude: float) -> float:
    return (longitude + 180) % 360 - 180


def _one_of(name: str, given: str, known: tuple[str, ...]) -> str:
    if given and given not in known:
        raise QueryError(f"{name}: {given!r} is none of {', '.join(known)}")
    return given


def _count(name: str, given: int, least: int) -> int:
    if not least <= given <= FARTHEST:
        raise QueryError(f"{name}: {given} is not between {least} and {FARTHEST:,}")
    return min(given, MOST) if name == "limit" else given
