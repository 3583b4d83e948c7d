"""By which matter a statement is looked up: the series of a figure, what it can be disputed by, the place held."""

from __future__ import annotations

import datetime

from reportedly.events import counting as counts
from reportedly.events import disputes_numbers, holding, positions_numbers
from reportedly.events import series as lines
from reportedly.events.reports import ControlReport, FigureReport
from reportedly.record.hashing import number

#: As long as the columns are.
LONGEST = 200


def counting(figure: FigureReport) -> str | None:
    """Whether a figure is a new count or a cumulative one."""
    return counts.kind(figure)


def series(figure: FigureReport) -> str:
    """The key of the series that a figure belongs to; empty for one that belongs to none."""
    key = lines.key(figure)
    return _short("|".join(key)) if key else ""


def held(control: ControlReport) -> str:
    """The key of the place that a statement of control is about; empty where it cannot be told."""
    return _short(holding.place_key(control) or "")


def matter(figure: FigureReport) -> str:
    """The key of the figures that a figure can be held against (`events.disputes.of_figures`): one measure and the
    same days, or the same day for what there is at one time. Empty for one that is comparable with none."""
    if figure.place is None or figure.place.precision == "country" or figure.measure not in COMPARED:
        return ""
    if figure.measure in positions_numbers.GROWING:
        days = figure.days
        return f"{figure.measure}|{days.first}|{days.last}" if days and days.first and days.last else ""
    day = disputes_numbers.as_of(figure)
    return f"{figure.measure}|{day[:10]}" if day else ""


def days_beside(key: str) -> tuple[str, str]:
    """The matters of the day before and the day after; the matter itself where it has several days."""
    parts = key.split("|")
    if len(parts) != 2:
        return key, key
    day = datetime.date.fromisoformat(parts[1])
    before, after = (day + datetime.timedelta(days=step) for step in (-1, 1))
    return f"{parts[0]}|{before}", f"{parts[0]}|{after}"


COMPARED = positions_numbers.GROWING | positions_numbers.STANDING


def _short(key: str) -> str:
    return key if len(key) <= LONGEST else f"{key[: LONGEST - 20]}#{number(key)}"
