"""The rules for days, months, years, decades, weekdays, seasons and holidays."""

from __future__ import annotations

from dataclasses import replace

from reportedly.statements.dates_points import Point
from reportedly.statements.dates_steps import JOINERS, Found, Steps, shift_of

#: "in her early 70s" is an age.
OWNERS = frozenset(("his", "her", "their", "my", "your", "our", "its", "s", "men", "women", "aged"))


class Days(Steps):
    """Rules for what has a name or number in the calendar."""

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
        if self.word(i) in JOINERS and (day := self.day(i + 1)) is not None:
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
            return replace(point, shift=shift_of(self.piece(the).value)), the + 2
        if point.year is None and point.month and point.day and self.word(j) == "this" and self.word(j + 1) == "month":
            return None
        return point, i

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
        bare = not short and len(piece.value) == 2 and self.in_century(j)
        if piece.kind != "decade" or (len(piece.value) == 2) != (short or bare):
            return None
        return Point("decade", year=int(piece.value) + (1900 if short or bare else 0)), j + 1 + short

    def in_century(self, i: int) -> bool:
        """True for "the early 70s", not for "in her early 70s"."""
        before = [self.word(n) for n in (i - 1, i - 2, i - 3, i - 4) if n >= 0]
        placed = before[:1] in (["the"], ["early"], ["mid"], ["late"]) or before[:2] == ["-", "mid"]
        return placed and int(self.piece(i).value) >= 50 and not OWNERS & set(before)

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
            return replace(point, shift=shift_of(self.piece(week).value)), self.part_of_day(week + 2)
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
        owned = piece.kind == "fall" and self.word(i - 1) in OWNERS  # "their fall in 2003"
        if piece.kind not in ("season", "fall") or owned:
            return None
        year, end = self.of_year(the + 1)
        point = Point("season", year, name=piece.value, side=side)
        if year is None and self.kind(self.skip(end, "of")) == "side" and self.word(self.skip(end, "of") + 1) == "year":
            j = self.skip(end, "of")
            return replace(point, shift=shift_of(self.piece(j).value)), j + 2
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
