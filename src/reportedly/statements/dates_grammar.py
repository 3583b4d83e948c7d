"""The grammar of date expressions: a recursive descent over the pieces of a text.

A rule takes the index of a piece and returns what it found with the index after it, or None. Where
several rules match, the one that reaches furthest wins. Written for the conventions of
docs/stages/dates.md; the words are in lexicons/dates_words.tsv.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from reportedly.statements.dates_points import Expression, Part, Point
from reportedly.statements.dates_words import TRIGGERS, Piece, pieces

Found = tuple[Point, int] | None
_REACH = 9  # pieces from the start of an expression to its first calendar word
_JOINERS = frozenset(("-", "–", "to", "and", "or", "until", "through", "&", "/"))
_HEDGES = ("at least", "about", "around", "roughly", "approximately", "as early as", "the")
_STARTERS = frozenset(("the", "a", "an", "these", "'", "’", "‘"))  # and every word of the calendar
_EMPTY = Piece(-1, -1, "", "", "")


def expressions(text: str) -> Iterator[Expression]:
    """Every date expression of a text, left to right, not overlapping."""
    grammar = Grammar(text)
    at = 0
    for trigger in [i for i, piece in enumerate(grammar.pieces) if piece.kind in TRIGGERS]:
        for start in range(max(at, trigger - _REACH), trigger + 1):
            if not grammar.kind(start) and grammar.word(start) not in _STARTERS:
                continue
            found = grammar.expression(start)
            if found and found[1] > trigger:
                yield found[0]
                at = found[1]
                break


class Grammar:
    """The rules, over the pieces of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = pieces(text)
        self._padded = [*self.pieces, *[_EMPTY] * _REACH * 4]  # rules look ahead, and one piece back
        self.rules: tuple[Callable[[int], Found], ...] = (
            self.stamp, self.dated, self.month_first, self.month, self.weekday, self.year, self.decade,
            self.season, self.holiday, self.weekend, self.deictic, self.unit, self.rolling, self.ago, self.ahead,
            self.anniversary,
        )  # fmt: skip

    # -- small steps -------------------------------------------------------------------------------

    def piece(self, i: int) -> Piece:
        """The i-th piece; an empty one just outside the text."""
        return self._padded[i]

    def kind(self, i: int) -> str:
        """The kind of the i-th piece."""
        return self._padded[i].kind

    def word(self, i: int) -> str:
        """The i-th piece in lower case."""
        return self._padded[i].word

    def skip(self, i: int, *phrases: str) -> int:
        """The index after the first of the phrases that stands at i, else i."""
        first = self.word(i)
        for phrase in phrases:
            if phrase.startswith(first) and first:
                parts = _split(phrase)
                if parts[0] == first and [self.word(i + n) for n in range(len(parts))] == parts:
                    return i + len(parts)
        return i

    def glued(self, i: int) -> bool:
        """True if no white space parts the piece from the one before."""
        return self.piece(i - 1).end == self.piece(i).start

    # -- the whole ---------------------------------------------------------------------------------

    def expression(self, i: int) -> tuple[Expression, int] | None:
        """A bound ("since", "by", "until") and points; or points alone."""
        bound, j = "", i
        if self.kind(i) == "bound":
            bound, j = self.piece(i).value, self.skip(i + 1, *_HEDGES[:-1])
        found = self.points(j)
        if found is None:
            return None
        points, end = found
        start, stop = self.piece(i).start, self.piece(end - 1).end
        return Expression(start, stop, points, bound, self.piece(j).start), end

    def points(self, i: int) -> tuple[tuple[Point, ...], int] | None:
        """One point, or a range or list of points of one kind."""
        first = self.point(i)
        if first is None:
            return None
        found, end = [first[0]], first[1]
        while len(found) < 6:
            more = self.joined(end, found[-1])
            if more is None:
                break
            found.append(more[0])
            end = more[1]
        return tuple(found), end

    def joined(self, i: int, before: Point) -> Found:
        """A further point of the same grain after "and", "to", a dash; or after a comma in a list."""
        if before.kind in ("rolling", "shift"):
            return None
        comma = self.word(i) == ","
        if not comma and self.word(i) not in _JOINERS:
            return None
        j = i + 1
        if self.word(i) in "-–/" and self.kind(j) == "number" and len(self.word(j)) == 2 and self.glued(j):
            return self.short_year(i, before)
        more = self.point(j)
        if more is None or more[0].grain != before.grain or more[0].kind in ("rolling", "shift"):
            return None
        if comma and self.joined(more[1], more[0]) is None:
            return None  # a comma joins only in a list that goes on
        return more

    def short_year(self, i: int, before: Point) -> Found:
        """The second year of "2014-16"."""
        if before.grain != "year" or before.year is None:
            return None
        year = before.year // 100 * 100 + int(self.word(i + 1))
        return (Point("date", year=year), i + 2) if year > before.year else None

    def point(self, i: int) -> Found:
        """A point with the parts before it ("the end of", "early", "the first week of")."""
        best = self.base(i)
        part = self.part(i)
        if part is not None:
            for inner in (self.point(part[1]), self.plain_unit(part[1])):
                if inner is not None and _fits(part[0], inner[0]) and (best is None or inner[1] > best[1]):
                    best = replace(inner[0], parts=(*inner[0].parts, part[0])), inner[1]
        return best

    def base(self, i: int) -> Found:
        """The rule that reaches furthest from here."""
        if not self.kind(i) and self.word(i) not in _STARTERS:
            return None
        found = [result for rule in self.rules if (result := rule(i)) is not None]
        return max(found, key=lambda result: result[1], default=None)

    # -- parts -------------------------------------------------------------------------------------

    def part(self, i: int) -> tuple[Part, int] | None:
        """ "early", "mid-", "the end of", "later in", "the first two weeks of", "the rest of"."""
        j = self.skip(i, "the very", "the")
        if self.kind(j) == "part":
            return self.adverb(j)
        if self.kind(j) == "part-noun" and (end := self.skip(j + 1, "of")) > j + 1:
            return Part(self.piece(j).value), end
        if self.kind(j) == "half-way" and (end := self.skip(j + 1, "through", "into")) > j + 1:
            return Part("mid"), end
        return self.slice(j)

    def adverb(self, i: int) -> tuple[Part, int]:
        """ "early", "mid-", "later in", "mid-to-late"."""
        name = self.piece(i).value
        end = self.skip(i + 1, "-", "–", "in", "on", "into", "through")
        to = self.skip(i + 1, "- to -", "to", "or")
        if to > i + 1 and self.kind(to) == "part":
            return Part(name, to=self.piece(to).value), self.skip(to + 1, "-", "–", "in")
        return Part(name), end

    def slice(self, i: int) -> tuple[Part, int] | None:
        """ "first half of", "third quarter of", "last two weeks of", "first few days of"."""
        ordinal = -1 if self.word(i) == "last" else int(self.piece(i).value) if self.kind(i) == "ordinal" else 0
        if not ordinal:
            return None
        count, j = self.number(i + 1)
        vague = self.kind(j) == "vague"
        unit, end = self.piece(j + vague), self.skip(j + vague + 1, "of", "in")
        if end == j + vague + 1 or unit.kind not in ("unit", "units", "half", "quarter"):
            return None
        name = unit.word if unit.kind in ("half", "quarter") else unit.value
        if vague or (unit.kind == "units" and count is None):
            return Part("early" if ordinal > 0 else "late"), end
        return Part("slice", unit=name, ordinal=ordinal, count=int(count or 1)), end

    def number(self, i: int) -> tuple[float | None, int]:
        """A cardinal number, also "two and a half", "a", "half a", "a couple of"; None if there is none."""
        if self.kind(i) in ("number", "year") and self.word(i).isdigit():
            value, j = float(self.word(i)), i + 1
        elif self.kind(i) == "number":
            value, j = float(self.piece(i).value), i + 1
        elif self.word(i) == "half" and self.word(i + 1) in ("a", "an"):
            return 0.5, i + 2
        elif self.kind(i) == "couple" or self.kind(i + 1) == "couple":
            j = i + 1 + (self.kind(i) != "couple")
            return (2.0, self.skip(j, "of")) if self.kind(i) == "couple" or self.word(i) == "a" else (None, i)
        else:
            return None, i
        if j < len(self.pieces) and self.word(j) == "-" and self.kind(j + 1) == "number" and value in range(20, 91, 10):
            value, j = value + float(self.piece(j + 1).value or 0), j + 2
        half = self.skip(j, "and a half", "- and - a - half")
        return (value + 0.5, half) if half > j else (value, j)

    # -- days, months, years -----------------------------------------------------------------------

    def stamp(self, i: int) -> Found:
        """2019-01-10, 10/01/2019, 10.1.2019; an ambiguous day and month are read day first."""
        if self.kind(i) != "stamp":
            return None
        head = self.word(i).split("T")[0]
        first, middle, last = (int(n) for n in head.replace("/", "-").replace(".", "-").split("-"))
        year, month, day = (first, middle, last) if first > 31 else (last, middle, first)
        if month > 12:
            month, day = day, month
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return Point("date", year=year, month=month, day=day), i + 1

    def day(self, i: int) -> int | None:
        """A day of the month: 10, 10th."""
        value = self.piece(i).value if self.kind(i) in ("nth", "number") else ""
        return int(value) if self.word(i)[:1].isdigit() and value and 1 <= int(value) <= 31 else None

    def dated(self, i: int) -> Found:
        """10 January 2019, the 10th of January, 10-12 January."""
        i = self.skip(i, "the")
        first = self.day(i)
        if first is None:
            return None
        last, j = self.last_day(i + 1)
        j = self.skip(j, "of")
        if self.kind(j) not in ("month", "short-month"):
            return None
        year, end = self.of_year(self.skip(j + 1, ".") if self.kind(j) == "short-month" else j + 1)
        if (
            year is None
            and self.kind(end) == "number"
            and len(self.word(end)) == 2
            and not self.word(end + 1).isalpha()
        ):
            year, end = 1900 + int(self.word(end)), end + 1
            year += 100 if year < 1970 else 0
        return self.located(Point("date", year, int(self.piece(j).value), first, last), end)

    def last_day(self, i: int) -> tuple[int | None, int]:
        """The second day of "10-12", "10 and 11"."""
        if self.word(i) in _JOINERS and (day := self.day(i + 1)) is not None:
            return day, i + 2
        return None, i

    def month_first(self, i: int) -> Found:
        """January 10th 2019, Jan. 10-12."""
        if self.kind(i) not in ("month", "short-month"):
            return None
        j = self.skip(i + 1, ". the", ".", "the")
        first = self.day(j)
        if first is None or self.kind(j + 1) in ("month", "short-month"):
            return None
        last, j = self.last_day(j + 1)
        year, end = self.of_year(j)
        return self.located(Point("date", year, int(self.piece(i).value), first, last), end)

    def of_year(self, i: int) -> tuple[int | None, int]:
        """The year that follows a day or month: "2019", ", 2019", "of 2019"."""
        j = self.skip(i, ", of", ",", "of", "in")
        return (int(self.piece(j).value), j + 1) if self.kind(j) == "year" else (None, i)

    def month(self, i: int) -> Found:
        """January, January 2019, last January, this past May."""
        side, j = self.side(i)
        kind = self.kind(j)
        if kind not in ("month", "short-month"):
            return None
        if side:
            return Point("date", month=int(self.piece(j).value), side=side), j + 1
        year, end = self.of_year(self.skip(j + 1, ".") if kind == "short-month" else j + 1)
        if kind == "short-month" and year is None:
            return None
        return self.located(Point("date", year, int(self.piece(j).value)), end)

    def located(self, point: Point, i: int) -> Found:
        """A date without a year, with the year that follows: "last year", "of this year". A year of the
        story ("that year", "the following year") cannot be read: no date."""
        j = self.skip(i, "of", "in")
        the = self.skip(j, "the")
        if self.word(j) in ("that", "the") and self.word(j + 1) in ("year", "same", "following", "previous", "next"):
            ends = self.word(j + 1) == "year" if self.word(j) == "that" else self.word(j + 2) == "year"
            return None if ends else (point, i)
        if point.year is None and self.kind(the) == "side" and self.word(the + 1) == "year":
            return replace(point, shift=_shift(self.piece(the).value)), the + 2
        if point.year is None and point.month and point.day and self.word(j) == "this" and self.word(j + 1) == "month":
            return None
        return point, i

    def side(self, i: int) -> tuple[str, int]:
        """ "last", "next", "this", "this past", "this coming", "the coming"; "" if there is none."""
        j = self.skip(i, "this past", "this coming")
        if j > i:
            return ("last" if self.word(i + 1) == "past" else "next"), j
        if self.word(i) in ("last", "next", "this"):
            return self.word(i), i + 1
        coming = self.word(i) == "the" and self.piece(i + 1).value == "coming"
        return ("next", i + 2) if coming else ("", i)

    def year(self, i: int) -> Found:
        """2014, the year 2014."""
        j = self.skip(i, "the year", "year")
        if self.kind(j) == "year":
            return Point("date", year=int(self.piece(j).value)), j + 1
        return None

    def decade(self, i: int) -> Found:
        """The 1990s, the ’90s, the nineties."""
        j = self.skip(i, "the")
        if self.kind(j) == "decade-name" and j > i:
            return Point("decade", year=int(self.piece(j).value)), j + 1
        short = self.word(j) in ("'", "’", "‘") and self.kind(j + 1) == "decade" and self.glued(j + 1)
        piece = self.piece(j + short)
        if piece.kind != "decade" or (len(piece.value) == 2) != short:
            return None
        return Point("decade", year=int(piece.value) + (1900 if short else 0)), j + 1 + short

    # -- weekdays, seasons, names ------------------------------------------------------------------

    def weekday(self, i: int) -> Found:
        """Tuesday, last Tuesday, early on Tuesday morning, Tuesday 10 January, Thursday next week."""
        j = self.hours(i)
        side, j = self.side(j)
        short = self.kind(j) == "short-weekday"
        if self.kind(j) != "weekday" and not short:
            return None
        value, end = int(self.piece(j).value), self.part_of_day(j + 1)
        dated = self.dated_after(self.skip(end, ".") if short else end)
        if dated is not None or short:
            return dated
        point = Point("weekday", value=value, side=side)
        week = self.skip(end, "of")
        if self.kind(week) == "side" and self.word(week + 1) == "week":
            return replace(point, shift=_shift(self.piece(week).value)), self.part_of_day(week + 2)
        return point, end

    def dated_after(self, i: int) -> Found:
        """The date after a weekday: "Tuesday, 10 January"."""
        j = self.skip(i, ", the", ",", "the")
        found = self.dated(j) or self.month_first(j) or self.stamp(j)
        return found if found is not None and found[0].day else None

    def hours(self, i: int) -> int:
        """The index after a part of the day that leads a weekday: "the early hours of", "late on"."""
        j = self.skip(i, "the")
        j += self.kind(j) == "part"
        if self.word(j) == "hours" or self.kind(j) == "part-of-day":
            return self.skip(j + 1, "of", "on")
        return self.skip(j, "on") if j > i and self.kind(j - 1) == "part" else i

    def part_of_day(self, i: int) -> int:
        """The index after "morning", "at night", "late afternoon"."""
        j = i + (self.kind(i) == "part")
        return j + 1 if self.kind(j) == "part-of-day" else i

    def season(self, i: int) -> Found:
        """Last summer, the summer of 2016, spring 2018, the winter."""
        side, j = self.side(i)
        the = self.skip(j, "the")
        piece = self.piece(the)
        if piece.kind not in ("season", "fall"):
            return None
        year, end = self.of_year(the + 1)
        point = Point("season", year, name=piece.value, side=side)
        if year is None and self.kind(self.skip(end, "of")) == "side" and self.word(self.skip(end, "of") + 1) == "year":
            j = self.skip(end, "of")
            return replace(point, shift=_shift(self.piece(j).value)), j + 2
        if year is not None:
            if self.word(end) in "-–/" and self.kind(end + 1) == "number" and len(self.word(end + 1)) == 2:
                end += 2  # the winter of 2015-16
            return point, end
        said = side or (the > j and piece.kind == "season") or (self.kind(i - 1) == "bound" and piece.kind == "season")
        return (point, end) if said else None

    def holiday(self, i: int) -> Found:
        """Christmas, last Ramadan, Easter 2018."""
        side, j = self.side(i)
        if self.kind(j) != "holiday":
            return None
        year, end = self.of_year(j + 1)
        return self.located(Point("holiday", year, name=self.piece(j).value, side=side), end)

    def weekend(self, i: int) -> Found:
        """This weekend, the weekend."""
        side, j = self.side(i)
        j = j if side else self.skip(i, "the past", "the")
        return (Point("weekend", side=side), j + 1) if self.kind(j) == "weekend" and j > i else None

    def deictic(self, i: int) -> Found:
        """Today, yesterday morning, last night, this evening, the day before yesterday."""
        if self.kind(i) == "deictic":
            return Point("shift", count=int(self.piece(i).value), name="day"), self.part_of_day(i + 1)
        if self.word(i) in ("this", "last") and self.kind(i + 1) == "part-of-day":
            return Point("shift", count=-1 if self.word(i) == "last" else 0, name="day"), i + 2
        for phrase, count in (("the day before yesterday", -2), ("the day after tomorrow", 2)):
            if (end := self.skip(i, phrase)) > i:
                return Point("shift", count=count, name="day"), end
        part = self.kind(i) == "part" and self.skip(i + 1, "on")
        return self.deictic(part) if part and self.kind(part) == "deictic" else None

    # -- units -------------------------------------------------------------------------------------

    def unit(self, i: int) -> Found:
        """This week, last month, next year."""
        side, j = self.side(i)
        name = self.piece(j).value
        if side and self.kind(j) == "unit" and name in ("week", "month", "year", "decade") and self.word(i) != "the":
            if self.word(i + 1) in ("past", "coming"):
                return Point("rolling", count=1 if self.word(i + 1) == "coming" else -1, name=name), j + 1
            return Point("unit", name=name, shift=_shift(side)), j + 1
        return None

    def plain_unit(self, i: int) -> Found:
        """ "the year", "the current month" after a part ("the end of the year"), "the year’s" before "end"."""
        j = self.skip(i, "the current", "the")
        name = self.piece(j).value
        if j > i and self.kind(j) == "unit" and name in ("week", "month", "year", "decade"):
            return Point("unit", name=name, shift=0), j + 1
        return None

    def rolling(self, i: int) -> Found:
        """The past two weeks, the last 48 hours, the next few days, the coming weeks, these past days."""
        j = self.skip(i, "the", "these")
        if self.kind(j) != "side" or self.word(j) == "this":
            return None
        sign = -1 if self.piece(j).value in ("last", "past") else 1
        count, k = self.number(j + 1)
        k = self.skip(k, "full", "or so")
        vague = self.kind(k) == "vague"
        k = self.skip(k + 1, "of") if vague else k
        piece = self.piece(k)
        if piece.kind not in ("unit", "units") or (j == i and count is None and not vague and self.word(i) != "past"):
            return None
        if count is None and piece.kind == "unit":
            if piece.value in ("day", "100 year") or (j == i) or vague or (sign > 0 and not self.windowed(i)):
                return None
            count = 1
        if self.whose(k + 1, named=count is not None):
            return None
        return self.window(count, sign, piece, self.skip(k + 1, "or so", "and a half"))

    def windowed(self, i: int) -> bool:
        """True if "the next week" is a window from publication on: after "in", "over", "within", or "coming"."""
        return self.word(i - 1) in ("in", "over", "within", "for", "during") or self.word(i + 1) in (
            "coming",
            "upcoming",
        )

    def whose(self, i: int, named: bool) -> bool:
        """True if the units are those of another thing: "the last days of the battle"."""
        return self.word(i) == "of" and (not named or self.word(i + 1) in ("the", "his", "her", "their", "its", "a"))

    def window(self, count: float | None, sign: int, piece: Piece, end: int) -> Found:
        """A rolling window, its unit taken apart ("fortnight" is two weeks)."""
        factor, name = _scaled(piece.value)
        return Point("rolling", count=None if count is None else sign * count * factor, value=sign, name=name), end

    def ago(self, i: int) -> Found:
        """Three days ago, a few weeks ago, a year and a half ago, months ago."""
        if self.word(i) in ("a", "an") and self.kind(i + 1) == "unit":
            count: float | None = 1
            j = i + 1
        else:
            count, j = self.number(i)
            a = self.skip(i, "a", "quite a", "a good")
            if count is None and self.kind(a) == "vague":
                j = self.skip(a + 1, "of")
        piece = self.piece(j)
        half = self.skip(j + 1, "and a half")
        end = self.skip(half, "or so", "or more")
        if piece.kind not in ("unit", "units") or self.kind(end) != "ago":
            return None
        factor, name = _scaled(piece.value)
        amount = None if count is None else -(count + (half > j + 1) * 0.5) * factor
        return Point("shift", count=amount, name=name), end + 1

    def ahead(self, i: int) -> Found:
        """In two weeks’ time, two weeks from now, the weeks ahead."""
        j = self.skip(i, "the")
        if j > i and self.kind(j) == "units" and (end := self.skip(j + 1, "ahead", "to come")) > j + 1:
            return Point("rolling", value=1, name=_scaled(self.piece(j).value)[1]), end
        count, j = (1.0, i + 1) if self.word(i) in ("a", "an") else self.number(i)
        piece = self.piece(j)
        if count is None or piece.kind not in ("unit", "units"):
            return None
        end = self.skip(j + 1, "from now", "’ time", "' time", "’ s time", "' s time", "’s time")
        factor, name = _scaled(piece.value)
        return (Point("shift", count=count * factor, name=name), end) if end > j + 1 else None

    def anniversary(self, i: int) -> Found:
        """This time last year; a year ago this month; year’s end."""
        j = self.skip(i, "the year", "year", "this year")
        end = self.skip(j, "’ s end", "' s end", "- end")
        if j > i and end > j:
            return Point("unit", name="year", shift=0, parts=(Part("late"),)), end
        j = self.skip(i, "this time", "this day", "this week", "this month")
        if j == i or self.word(j) not in ("last", "next") or self.word(j + 1) != "year":
            return None
        unit = self.word(i + 1).replace("time", "week")
        return Point("shift", count=-1 if self.word(j) == "last" else 1, name="year", side=unit), j + 2


@cache
def _split(phrase: str) -> list[str]:
    return phrase.split()


def _shift(side: str) -> int:
    return {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}[side]


def _scaled(value: str) -> tuple[float, str]:
    """The factor and unit of a lexicon value: "2 week" is (2, week)."""
    factor, _, name = value.rpartition(" ")
    return float(factor or 1), name


def _fits(part: Part, point: Point) -> bool:
    """True if a point can have this part: no "end of" a day or window, a slice only of what is longer."""
    if point.kind in ("weekday", "shift"):
        return part.name in ("early", "late", "earlier", "later", "mid")
    return point.kind not in ("rolling",) and point.grain != "day"
