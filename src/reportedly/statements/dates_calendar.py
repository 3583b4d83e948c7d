"""Intervals of calendar days and the arithmetic on them: units, parts of units, seasons, holidays.

Weeks run from Monday to Sunday, seasons by whole months (spring is March to May), winter is named
after the year of its December. Every function may raise ValueError or OverflowError where a day lies
outside the years 1 to 9999; the reading stage turns that into an open interval.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from reportedly import lexicons


class Interval(NamedTuple):
    """Days from `start` to `end`, both inclusive; None is an open or unknown side."""

    start: date | None
    end: date | None


#: First month of each season.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_YEARS = {"year": 1, "decade": 10}


def days(first: date, count: int = 1) -> Interval:
    """`count` days from the first on."""
    return Interval(first, first + timedelta(days=count - 1))


def months(year: int, month: int, count: int = 1) -> Interval:
    """`count` whole calendar months from one on; `month` may run over the year's end."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last = date(year + (month + count - 2) // 12, (month + count - 2) % 12 + 1, 1)
    return Interval(first, last.replace(day=monthrange(last.year, last.month)[1]))


def years(year: int, count: int = 1) -> Interval:
    """`count` whole calendar years from one on."""
    return Interval(date(year, 1, 1), date(year + count - 1, 12, 31))


def season(year: int, name: str) -> Interval:
    """The season that begins in a year."""
    return months(year, SEASONS[name], 3)


def back(day: date, unit: str, count: float) -> date:
    """The day so many units earlier (later if negative); a month's day is cut to its last.

    Hours count as days by the 24; half a month or year is read as days or months.
    """
    if unit == "hour":
        return day - timedelta(days=round(count / 24))
    if unit in ("day", "week"):
        return day - timedelta(days=round(count * (7 if unit == "week" else 1)))
    whole = round(count * 12 * _YEARS[unit]) if unit in _YEARS else int(count)
    month = day.year * 12 + day.month - 1 - whole
    year, month = divmod(month, 12)
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return moved if unit in _YEARS or count == whole else moved - timedelta(days=15)


def around(day: date, unit: str) -> Interval:
    """The whole calendar unit that holds a day."""
    if unit == "week":
        return days(day - timedelta(days=day.weekday()), 7)
    if unit == "month":
        return months(day.year, day.month)
    if unit == "year":
        return years(day.year)
    if unit == "decade":
        return years(day.year // 10 * 10, 10)
    return days(day)


def size(interval: Interval) -> str:
    """The unit that an interval is one of, by its length: day, week, month, season, year or decade."""
    if interval.start is None or interval.end is None:
        return "day"
    length = (interval.end - interval.start).days + 1
    for limit, unit in ((2, "day"), (7, "week"), (31, "month"), (92, "season"), (366, "year")):
        if length <= limit:
            return unit
    return "decade"


def third(interval: Interval, which: str) -> Interval:
    """The early, mid or late part of a unit, by the conventions of docs/stages/dates.md."""
    assert interval.start is not None and interval.end is not None
    place = ("early", "mid", "late").index(which)
    first, last, unit = interval.start, interval.end, size(interval)
    if unit == "month":
        starts = [first, first + timedelta(days=10), first + timedelta(days=20)]
    elif unit in ("season", "year"):
        step = 1 if unit == "season" else 4
        starts = [back(first, "month", -step * n) for n in range(3)]
    elif unit == "decade":
        starts = [first, back(first, "year", -4), back(first, "year", -7)]
    else:
        starts = [first, first + timedelta(days=2), first + timedelta(days=4)] if unit == "week" else [first] * 3
    if unit == "day":
        return interval
    end = last if place == 2 else starts[place + 1] - timedelta(days=1)
    return Interval(starts[place], end)


def slice_of(interval: Interval, unit: str, ordinal: int, count: int) -> Interval:
    """The n-th (from the end if negative) run of `count` units in an interval: "the last two weeks of
    August" is (week, -1, 2). Weeks are counted off the interval's first or last day; `unit` may be
    "half" or "quarter" of a year or month."""
    first, last = interval.start, interval.end
    assert first is not None and last is not None
    if unit in ("half", "quarter"):
        if size(interval) != "year":
            middle = first + timedelta(days=((last - first).days + 1) // 2)
            return Interval(first, middle - timedelta(days=1)) if ordinal == 1 else Interval(middle, last)
        unit, count = "month", 6 if unit == "half" else 3
        ordinal = ordinal if ordinal > 0 else 12 // count
    if ordinal < 0:
        return Interval(max(first, back(last + timedelta(days=1), unit, count)), last)
    start = back(first, unit, -count * (ordinal - 1))
    return Interval(start, min(last, back(start, unit, -count) - timedelta(days=1)))


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm, Nature 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    p = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * p) // 451
    month, day = divmod(h + p - 7 * m + 114, 31)
    return date(year, month, day + 1)


def islamic(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar (civil epoch): a day off the sighted moon at times."""
    number = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + 227014
    return date.fromordinal(number)


def _holiday_day(rule: str, year: int) -> date:
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:]))
    month, day = (int(part) for part in rule.removeprefix("islamic ").split("-"))
    if not rule.startswith("islamic"):
        return date(year, month, day)
    # an Islamic year is 354 days: of those that touch this year, take the first that falls in it
    near = int((year - 622) * 33 / 32)
    found = [islamic(n, month, min(day, 29)) for n in range(near - 1, near + 4)]
    return next(one for one in found if one.year == year)


def holiday(name: str, year: int) -> Interval:
    """A holiday of the lexicon, in a year."""
    first, last = HOLIDAYS[name]
    start, end = _holiday_day(first, year), _holiday_day(last, year)
    return Interval(start, end if end >= start else start)


HOLIDAYS = {row["name"]: (row["first"], row["last"]) for row in lexicons.rows("dates_holidays.tsv")}
