"""Reading date expressions against the day of publication: which days they mean.

The conventions are those of docs/stages/dates.md. A relative expression without a publication date,
or one that leaves the calendar (years 1 to 9999), reads as open on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reportedly.statements import dates_calendar as calendar
from reportedly.statements.dates_calendar import Interval
from reportedly.statements.dates_points import Expression, Part, Point

OPEN = Interval(None, None)
#: What a broken number of units is counted in: half a year is six months.
_FINER = {"decade": ("year", 10), "year": ("month", 12), "month": ("week", 4), "week": ("day", 7), "hour": ("day", 1)}


@dataclass(frozen=True)
class Reading:
    """How to read: the day of publication, if known, and whether the sentence is about the future."""

    published: date | None
    future: bool = False

    def interval(self, expression: Expression) -> Interval:
        """The days that an expression means."""
        try:
            whole = self._cover(_shared(expression.points))
        except (ValueError, OverflowError):
            return OPEN
        if expression.bound == "since":
            return Interval(whole.start, self.published if whole != OPEN else None)
        return Interval(None, whole.end) if expression.bound else whole

    def _cover(self, points: tuple[Point, ...]) -> Interval:
        """From the first day of all points to the last; the later are read first where they are past."""
        found: list[Interval] = []
        beside = self.published
        for point in points if self.future else reversed(points):
            found.append(self.point(point, beside))
            beside = found[-1].start or beside
        if len(found) == 1:
            return found[0]
        starts, ends = [one.start for one in found], [one.end for one in found]
        if None in starts or None in ends:
            return OPEN
        return Interval(min(day for day in starts if day), max(day for day in ends if day))

    def point(self, point: Point, beside: date | None) -> Interval:
        """The days of one point; a bare weekday or month is the nearest to `beside`."""
        if point.kind == "decade" and point.year is not None:
            return self._parts(calendar.years(point.year, 10), point.parts)
        year = point.year
        if year is None and point.shift is not None and self.published and point.kind != "unit":
            year = self.published.year + point.shift
        if year is not None and point.kind != "weekday":
            return self._parts(_in_year(point, year), point.parts)
        if self.published is None or beside is None:
            return OPEN
        if point.kind in ("unit", "shift", "rolling"):
            return self._parts(self._counted(point, self.published), point.parts)
        return self._nearest(point, self.published, beside)

    def _counted(self, point: Point, published: date) -> Interval:
        if point.kind == "unit":
            moved = calendar.back(published, point.name, -(point.shift or 0))
            return calendar.around(moved, point.name)
        sign, count, name = point.value, point.count, point.name
        if count is None:
            return Interval(published, None) if sign > 0 else Interval(None, published)
        if count != int(count):
            name, times = _FINER.get(name, ("day", 1))
            count = round(count * times)
        moved = calendar.back(published, name, -count)
        if point.kind == "rolling":
            return Interval(min(moved, published), max(moved, published))
        unit = point.side or ("year" if name == "decade" else name)
        return calendar.around(moved, unit)

    def _nearest(self, point: Point, published: date, beside: date) -> Interval:
        """The last occurrence that has begun by `beside`, or the next that has not ended; "last" and
        "next" leave out the one that holds publication."""
        found = [self._parts(one, point.parts) for one in _occurrences(point, published)]
        if point.side == "this" or point.shift is not None:
            return self._this(point, found, published)
        tests: dict[str, Callable[[Interval], bool]] = {
            "last": lambda one: one.end is not None and one.end < published,
            "next": lambda one: one.start is not None and one.start > published,
        }
        forward = point.side == "next" or (self.future and point.side != "last")
        ahead: Callable[[Interval], bool] = lambda one: one.end is not None and one.end >= beside  # noqa: E731
        begun: Callable[[Interval], bool] = lambda one: one.start is not None and one.start <= beside  # noqa: E731
        test = tests.get(point.side, ahead if forward else begun)
        right = [one for one in found if test(one)]
        if point.kind == "weekend" and point.side == "last":
            right = [one for one in found if one.end is not None and one.end < calendar.around(published, "week").start]  # type: ignore[operator]
        if not right:
            return OPEN
        return right[0] if forward else right[-1]

    def _this(self, point: Point, found: list[Interval], published: date) -> Interval:
        """The occurrence in the week or year of publication ("this May", "Thursday next week")."""
        weekly = point.kind in ("weekday", "weekend")
        home = calendar.around(published + timedelta(days=7 * (point.shift or 0)), "week")
        if not weekly:
            year = published.year - (point.name == "winter" and published.month < 3)
            return self._parts(_in_year(point, year), point.parts)
        inside = [one for one in found if one.start and home.start and home.end and home.start <= one.start <= home.end]
        passed = bool(inside) and inside[0].end is not None and inside[0].end < published
        if self.future and passed and point.shift is None:
            return next(one for one in found if one.start is not None and one.start > published)
        return inside[0] if inside else OPEN

    def _parts(self, whole: Interval, parts: tuple[Part, ...]) -> Interval:
        for part in parts:
            whole = self._part(whole, part)
        return whole

    def _part(self, whole: Interval, part: Part) -> Interval:
        if whole.start is None or whole.end is None:
            return whole
        if part.name == "slice":
            return calendar.slice_of(whole, part.unit, part.ordinal, part.count)
        if part.name == "earlier":
            return Interval(whole.start, min(whole.end, max(whole.start, self.published or whole.end)))
        if part.name in ("later", "rest"):
            return Interval(max(whole.start, min(whole.end, self.published or whole.start)), whole.end)
        first = calendar.third(whole, part.name)
        last = calendar.third(whole, part.to) if part.to in ("early", "mid", "late") else first
        return Interval(first.start, last.end)


def _in_year(point: Point, year: int) -> Interval:
    """A point in a year: the whole year, a month of it, days of a month, a season, a holiday."""
    if point.kind == "season":
        return calendar.season(year, point.name)
    if point.kind == "holiday":
        return calendar.holiday(point.name, year)
    if point.month is None:
        return calendar.years(year)
    if point.day is None:
        return calendar.months(year, point.month)
    first = date(year, point.month, point.day)
    return Interval(first, date(year, point.month, point.last_day or point.day))


def _occurrences(point: Point, near: date) -> Iterator[Interval]:
    """What a point without a year can mean, in order: some weeks or years on either side."""
    if point.kind in ("weekday", "weekend"):
        monday = near - timedelta(days=near.weekday())
        for week in range(-3, 4):
            first = monday + timedelta(days=7 * week + (5 if point.kind == "weekend" else point.value))
            yield calendar.days(first, 2 if point.kind == "weekend" else 1)
        return
    for year in range(max(1, near.year - 5), near.year + 6):
        try:
            yield _in_year(point, year)
        except ValueError:  # 29 February
            continue


def _shared(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The points with the year, week, side or part that only one of them says ("June and July 2018",
    "Thursday and Friday next week", "last May and June")."""
    last = points[-1]
    shared = []
    for point in points:
        if point.kind != last.kind:
            shared.append(point)
            continue
        if point.year is None and point.shift is None and (last.year is not None or last.shift is not None):
            wraps = point.month is not None and last.month is not None and point.month > last.month
            year = last.year - wraps if last.year is not None else None
            shift = last.shift - wraps if last.shift is not None and last.kind != "weekday" else last.shift
            point = replace(point, year=year, shift=shift)
        shared.append(point)
    first = shared[0]
    if first.side in ("last", "next") and not last.side:
        shared[1:] = [replace(point, side=first.side) if point.kind == first.kind else point for point in shared[1:]]
    return tuple(shared)
