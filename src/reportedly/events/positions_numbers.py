"""Numbers of one thing: which agree, which are more precise, overtaken, or cannot both be right."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from reportedly.data import Measure
from reportedly.events import positions_places, positions_things
from reportedly.events.findings import Position
from reportedly.events.positions_alike import far
from reportedly.events.positions_grouping import Group, Relation, gather, positions
from reportedly.events.positions_support import Origins, day, of_party
from reportedly.events.positions_things import Thing
from reportedly.events.reports import Days, FigureReport, Location

#: Counts that only grow while an event goes on.
GROWING: frozenset[Measure] = frozenset(
    {"killed", "injured", "missing", "abducted", "detained", "surrendered", "displaced", "evacuated", "returned"}
)
#: Counts of what is there at one time.
STANDING: frozenset[Measure] = frozenset({"fighters", "civilians", "population", "attacks", "weapons", "area"})
#: How far a round or "about" number may be off, as a share of it.
ROUGH = 0.1


class Number(Struct, frozen=True, order=True):
    """A range; infinite where a side is open."""

    low: float
    high: float


class Matter(Struct, frozen=True, order=True):
    """What is counted: two numbers are compared only if all of this is the same. `unit` is empty for people."""

    measure: str
    unit: str
    thing: Thing
    new: str = ""

    @property
    def aspect(self) -> str:
        """ "number/killed", "number/killed/civilians", "number/killed/new 2019-03-05"."""
        parts = ["number", self.measure, *([self.thing.label] if self.thing != EVERYBODY else [])]
        parts += [self.unit] if self.unit not in ("", "person") else []
        return "/".join([*parts, f"new {self.new}"] if self.new else parts)


EVERYBODY = Thing(positions_things.EVERYBODY)


def matter(figure: FigureReport, new: str = "") -> Matter:
    """What a figure counts; `new` is the day of a new count, by which new and cumulative ones stay apart."""
    unit = "" if figure.measure in GROWING else figure.unit or ""
    return Matter(figure.measure, unit, positions_things.of(figure), new)


def by_matter(figures: Iterable[FigureReport]) -> dict[Matter, list[FigureReport]]:
    """The countable figures by what they count, in order; forecasts and denied figures count nothing."""
    found: dict[Matter, dict[str, FigureReport]] = defaultdict(dict)
    for figure in figures:
        stated = figure.certainty not in ("forecast", "denied") and (figure.low, figure.high) != (None, None)
        if stated and (figure.measure in GROWING or figure.measure in STANDING):
            found[matter(figure, _new(figure))][figure.key] = figure
    return {key: list(found[key].values()) for key in sorted(found)}


def _new(figure: FigureReport) -> str:
    """The day of a new count ("20 more were killed on Tuesday"); "" for any other count."""
    from reportedly.events import counting

    if counting.kind(figure) != "new":
        return ""
    return (figure.days and (figure.days.last or figure.days.first)) or day(figure) or "undated"


def groups(figures: Iterable[FigureReport]) -> list[Group[Number]]:
    """The different numbers among figures of one matter."""
    return gather((_number(f), {"low": f.low, "high": f.high}, label(f), f) for f in figures)


def of_matter(
    key: Matter, figures: Sequence[FigureReport], origins: Origins, set_against: bool = False
) -> list[Position]:
    """The positions on one number. `set_against` is true where an article sets the figures against each other: of
    two by one source the lower is then what it said before."""
    listed = groups(figures)
    before = overtaken(listed)
    if set_against and key.measure in GROWING:
        before += [g for g in listed if g not in before and any(_raised(g, other, origins) for other in listed)]
    found = positions(key.aspect, listed, relate, origins, before)
    old = {support.key for group in before for support in group.statements}
    return [_dated(position) if position.supporters[0].statement in old else position for position in found]


def _raised(one: Group[Number], two: Group[Number], origins: Origins) -> bool:
    """True if one source gives a higher count than this."""
    same = origins.sources(one.statements) & origins.sources(two.statements)
    return bool(same) and not _meet(_loose(one), _loose(two)) and two.answer.low > one.answer.low


def _dated(position: Position) -> Position:
    if position.stance in ("lead", "out of date"):
        return position
    return structs.replace(position, stance="out of date", because="an earlier count of the same source")


def _number(figure: FigureReport) -> Number:
    low = -math.inf if figure.low is None else figure.low
    return Number(low, math.inf if figure.high is None else figure.high)


def label(figure: FigureReport) -> str:
    """A figure for people: its words, and what is counted."""
    return " ".join(filter(None, (" ".join(figure.text.split()), figure.of)))


def relate(lead: Group[Number], other: Group[Number]) -> Relation:
    """What another number has to do with the leading one."""
    if overtakes(lead, other):
        return "out of date", f"an earlier count, of {day(_latest(other))}"
    if far(_figure(lead), _figure(other)):
        return "beside", "so far apart that it must count something else"
    one, two = _loose(lead), _loose(other)
    if one.low <= two.high and two.low <= one.high:
        return _within(lead.answer, other.answer)
    if _other_days(lead, other):
        return "beside", "of other days"
    if _elsewhere(lead, other):
        return "beside", "of other places"
    return "contradicts", "no number fits both"


def _within(one: Number, two: Number) -> Relation:
    if one.low <= two.low and two.high <= one.high:
        return "more precise", "lies within it"
    if two.low <= one.low and one.high <= two.high:
        return "less precise", "holds it"
    return "agrees", "a number fits both"


def overtaken(listed: Sequence[Group[Number]]) -> list[Group[Number]]:
    """The numbers that a later one has overtaken."""
    told = [(group, day(group.first), day(_latest(group))) for group in listed]
    return [
        group
        for group, _, last in told
        if last and any(first > last and overtakes(other, group) for other, first, _ in told)
    ]


def overtakes(later: Group[Number], earlier: Group[Number]) -> bool:
    """True if the later of two counts replaces the earlier: it was all published on a later day, and is a higher
    count of what only grows, or a new one of what is there at one time. A count that only parties give replaces
    none but theirs."""
    after, before = _latest(earlier), later.first
    if not day(after) or day(after) >= day(before):
        return False
    if all(map(of_party, later.statements)) and not all(map(of_party, earlier.statements)):
        return False
    measure = _figure(earlier).measure
    if measure in STANDING:
        return not _meet(_loose(later), _loose(earlier))
    return later.answer.low > max(earlier.answer.low, earlier.answer.high if math.isfinite(earlier.answer.high) else 0)


def _latest(group: Group[Number]) -> FigureReport:
    found = group.statements[-1]
    dated = [statement for statement in group.statements if day(statement)]
    figure = dated[-1] if dated else found
    assert isinstance(figure, FigureReport)
    return figure


def _figure(group: Group[Number]) -> FigureReport:
    assert isinstance(group.first, FigureReport)
    return group.first


def _loose(group: Group[Number]) -> Number:
    """The range with what rounding allows: "about 3,000" may be 3,012."""
    low, high = group.answer.low, group.answer.high
    if not any(isinstance(s, FigureReport) and s.approximate for s in group.statements):
        return group.answer
    return Number(low - ROUGH * abs(low) if math.isfinite(low) else low, high * (1 + ROUGH))


def _meet(one: Number, two: Number) -> bool:
    return one.low <= two.high and two.low <= one.high


def _other_days(one: Group[Number], two: Group[Number]) -> bool:
    """True if all that is told of the days that two numbers are of differs."""
    first, second = _days(one), _days(two)
    return bool(first and second) and not first & second


def _elsewhere(one: Group[Number], two: Group[Number]) -> bool:
    """True if both are told of places, and none of the one may be one of the other."""
    first, second = _places(one), _places(two)
    apart = (positions_places.relate(a, b)[0] in ("contradicts", "beside") for a in first for b in second)
    return bool(first and second) and all(apart)


def _places(group: Group[Number]) -> list[Location]:
    return [s.place for s in group.statements if isinstance(s, FigureReport) and s.place is not None]


def _days(group: Group[Number]) -> set[Days]:
    return {s.days for s in group.statements if isinstance(s, FigureReport) and s.days is not None}
