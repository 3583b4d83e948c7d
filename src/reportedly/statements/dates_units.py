"""The rules for units counted from publication: "last week", "the past two years", "a month ago"."""

from __future__ import annotations

from reportedly.statements.dates_points import Part, Point
from reportedly.statements.dates_steps import Found, Steps, scaled, shift_of
from reportedly.statements.dates_words import Piece


class Units(Steps):
    """Rules for units and windows."""

    def unit(self, i: int) -> Found:
        """This week, last month, next year."""
        side, j = self.side(i)
        name = self.piece(j).value
        if side and self.kind(j) == "unit" and name in ("week", "month", "year", "decade") and self.word(i) != "the":
            if self.word(i + 1) in ("past", "coming"):
                return Point("rolling", count=1 if self.word(i + 1) == "coming" else -1, name=name), j + 1
            return Point("unit", name=name, shift=shift_of(side)), j + 1
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
        factor, name = scaled(piece.value)
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
        factor, name = scaled(piece.value)
        amount = None if count is None else -(count + (half > j + 1) * 0.5) * factor
        return Point("shift", count=amount, name=name), end + 1

    def ahead(self, i: int) -> Found:
        """In two weeks’ time, two weeks from now, the weeks ahead."""
        j = self.skip(i, "the")
        if j > i and self.kind(j) == "units" and (end := self.skip(j + 1, "ahead", "to come")) > j + 1:
            return Point("rolling", value=1, name=scaled(self.piece(j).value)[1]), end
        count, j = (1.0, i + 1) if self.word(i) in ("a", "an") else self.number(i)
        piece = self.piece(j)
        if count is None or piece.kind not in ("unit", "units"):
            return None
        end = self.skip(j + 1, "from now", "’ time", "' time", "’ s time", "' s time", "’s time")
        factor, name = scaled(piece.value)
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
