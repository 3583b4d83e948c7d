"""The grammar of date expressions: a recursive descent over the pieces of a text.

A rule takes the index of a piece and returns what it found with the index after it, or None. Where
several rules match, the one that reaches furthest wins. Written for the conventions of
docs/stages/dates.md; the words are in lexicons/dates_words.tsv.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from reportedly.statements.dates_days import Days
from reportedly.statements.dates_points import Expression, Part, Point
from reportedly.statements.dates_steps import JOINERS, REACH, Found
from reportedly.statements.dates_units import Units
from reportedly.statements.dates_words import TRIGGERS

_HEDGES = ("at least", "about", "around", "roughly", "approximately", "as early as", "the")
_STARTERS = frozenset(("the", "a", "an", "these", "'", "’", "‘"))  # and every word of the calendar


def expressions(text: str) -> Iterator[Expression]:
    """Every date expression of a text, left to right, not overlapping."""
    grammar = Grammar(text)
    at = 0
    for trigger in [i for i, piece in enumerate(grammar.pieces) if piece.kind in TRIGGERS]:
        for start in range(max(at, trigger - REACH), trigger + 1):
            if not grammar.kind(start) and grammar.word(start) not in _STARTERS:
                continue
            found = grammar.expression(start)
            if found and found[1] > trigger:
                yield found[0]
                at = found[1]
                break


class Grammar(Days, Units):
    """The rules, over the pieces of one text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.rules: tuple[Callable[[int], Found], ...] = (
            self.stamp, self.dated, self.month_first, self.month, self.weekday, self.year, self.decade,
            self.season, self.holiday, self.weekend, self.deictic, self.unit, self.rolling, self.ago, self.ahead,
            self.anniversary,
        )  # fmt: skip

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
        between = self.word(i - 1) in ("from", "between")
        while len(found) < 6:
            more = self.joined(end, found[-1], between)
            if more is None:
                break
            found.append(more[0])
            end = more[1]
        return tuple(found), end

    def joined(self, i: int, before: Point, between: bool = False) -> Found:
        """A further point of the same grain (any, in "from … until …") after "and", "to", a dash; or after a
        comma in a list."""
        if before.kind in ("rolling", "shift"):
            return None
        comma = self.word(i) == ","
        if not comma and self.word(i) not in JOINERS:
            return None
        j = i + 1
        if self.word(i) in "-–/" and self.kind(j) == "number" and len(self.word(j)) == 2 and self.glued(j):
            return self.short_year(i, before)
        more = self.point(j)
        if more is None or (more[0].grain != before.grain and not between) or more[0].kind in ("rolling", "shift"):
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


def _fits(part: Part, point: Point) -> bool:
    """True if a point can have this part: no "end of" a day or window, a slice only of what is longer."""
    if point.kind in ("weekday", "shift"):
        return part.name in ("early", "late", "earlier", "later", "mid")
    return point.kind not in ("rolling",) and point.grain != "day"
