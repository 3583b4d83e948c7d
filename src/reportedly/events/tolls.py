"""An event's figure of each measure: low, best and high, by the rule of the UCDP.

The Uppsala Conflict Data Program gives three figures for the deaths in an event. Best is what its coders hold for the
most reliable of the reported figures; where none can be told to be more reliable than another, the lower one. Low and
high are the lowest and the highest figure that can still be called reliable (Sundberg and Melander 2013; the
codebooks of the UCDP GED). What people judge there is counted here:

- **Reliable** is a figure that not only a party to the conflict gives. What only parties give is kept in `outside`,
  and never moves the range. If only parties give figures, the range stays empty.
- **Out of date** figures, overtaken by a later count, are left out of the range, forecasts and denied ones too.
- **Best** is the figure with most independent origins, in case of a tie the lower. Of a range it is the lower end
  ("15 to 20": 15), of a bound the bound ("at least 12": 12). "Fewer than 20" alone gives no best figure.
- **Low** and **high** are the ends of all reliable figures together. A high side stays open where a lower bound lies
  above everything else ("at least 30" beside "15 to 20").
- What cannot be of one thing, for it is of other days or places or too far apart, is a toll of its own, the one with
  most independent origins first.
- **New** counts ("20 more were killed") and counts that are cumulative or plain stand apart, a day's new ones each by
  itself; nothing is added up and nothing averaged.

Figures of different things (civilians, fighters of one side, children) are different tolls; a part is not the whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from reportedly.events import positions_numbers
from reportedly.events.findings import Origin, Toll
from reportedly.events.positions_grouping import Group
from reportedly.events.positions_numbers import Matter, Number
from reportedly.events.positions_support import Origins, of_party
from reportedly.events.reports import EventReport, FigureReport


def of_event(reports: Sequence[EventReport], origins: Sequence[Origin]) -> tuple[Toll, ...]:
    """The tolls of one event, whatever the order of its reports: those of everybody before those of parts, cumulative
    and plain counts before new ones."""
    known = Origins(origins)
    figures = sorted({f.key: f for report in reports for f in report.figures}.values(), key=lambda f: f.key)
    matters = positions_numbers.by_matter(f for f in figures if f.measure in positions_numbers.GROWING)
    return tuple(item for matter in sorted(matters, key=_order) for item in _tolls(matter, matters[matter], known))


def _order(matter: Matter) -> tuple[str, bool, bool, Matter]:
    return matter.measure, bool(matter.new), matter.thing != positions_numbers.EVERYBODY, matter


def _tolls(matter: Matter, figures: Sequence[FigureReport], origins: Origins) -> Iterator[Toll]:
    """The tolls of figures of one matter: one of those that may be of one thing with the best, then of the rest."""
    left = list(figures)
    while left:
        groups = positions_numbers.groups(left)
        able = [group for group in groups if not all(map(of_party, group.statements))] or groups
        late = positions_numbers.overtaken(able)
        best = min((group for group in able if group not in late), key=lambda group: _rank(group, origins))
        apart = [g for g in groups if g is not best and positions_numbers.relate(best, g)[0] == "beside"]
        yield toll(matter, [f for f in left if not any(f in group.statements for group in apart)], origins)
        left = [f for f in left if any(f in group.statements for group in apart)]


def toll(matter: Matter, figures: Sequence[FigureReport], origins: Origins) -> Toll:
    """Low, best and high of figures of one matter."""
    groups = positions_numbers.groups(figures)
    outside = [group for group in groups if all(map(of_party, group.statements))]
    reliable = [group for group in groups if group not in outside]
    late = positions_numbers.overtaken(reliable)
    counted = [group for group in reliable if group not in late]
    best = min(counted, key=lambda group: _rank(group, origins), default=None)
    first = figures[0]
    return Toll(
        measure=first.measure,
        unit=first.unit,
        of=None if matter.thing == positions_numbers.EVERYBODY else matter.thing.label,
        low=_low(counted),
        best=None if best is None else _finite(best.answer.low),
        high=_high(counted),
        statements=tuple(_keys(counted)),
        outside=tuple(_keys(outside)),
        rule="; ".join(_rule(matter, counted, outside, late, origins)),
    )


def _rank(group: Group[Number], origins: Origins) -> tuple[bool, int, float, float]:
    """Stated figures before mere upper bounds; then most independent origins, then the lower."""
    number = group.answer
    return math.isinf(number.low), -len(origins.sources(group.statements)), number.low, number.high


def _low(counted: Sequence[Group[Number]]) -> float | None:
    return _finite(min((g.answer.low for g in counted if math.isfinite(g.answer.low)), default=math.inf))


def _high(counted: Sequence[Group[Number]]) -> float | None:
    """The highest end; None where a lower bound lies above all of them."""
    ends = [group.answer.high for group in counted if math.isfinite(group.answer.high)]
    bounds = [group.answer.low for group in counted if math.isinf(group.answer.high)]
    return None if not ends or max(bounds, default=0.0) > max(ends) else max(ends)


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _keys(groups: Sequence[Group[Number]]) -> list[str]:
    return sorted(statement.key for group in groups for statement in group.statements)


def _rule(
    matter: Matter,
    counted: Sequence[Group[Number]],
    outside: Sequence[Group[Number]],
    late: Sequence[Group[Number]],
    origins: Origins,
) -> Iterator[str]:
    """Which cases of the rule applied, in words."""
    if matter.new:
        yield f"new count of {matter.new}"
    if not counted:
        yield "only parties to the conflict give figures"
    elif len(counted) == 1:
        yield "one figure"
    else:
        most = sorted((len(origins.sources(group.statements)) for group in counted), reverse=True)
        yield "most independent origins" if most[0] > most[1] else "equally supported figures: the lower"
    if counted and outside:
        yield "figures of parties stay outside"
    if late:
        yield "overtaken counts left out"
