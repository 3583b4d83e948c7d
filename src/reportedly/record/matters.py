"""By which matter a statement is looked up: the series of a figure, the place that is held."""

from __future__ import annotations

from reportedly.events import counting as counts
from reportedly.events.reports import ControlReport, FigureReport
from reportedly.record.identity import fold

#: As long as the columns are.
LONGEST = 200


def counting(figure: FigureReport) -> str | None:
    """Whether a figure is a new count or a cumulative one."""
    return counts.kind(figure)


def series(figure: FigureReport) -> str:
    """The key of the series that a figure belongs to; empty for one that belongs to none."""
    where = figure.place.name if figure.place else ""
    return "|".join(fold(part or "") for part in (figure.measure, figure.unit, figure.of, figure.actor, where))[
        :LONGEST
    ]


def held(control: ControlReport) -> str:
    """The key of the place that a statement of control is about; empty if it names none."""
    return fold(control.place_name or "")[:LONGEST]
