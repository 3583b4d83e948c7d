"""When: a day inside a week is more precise; two times contradict only if both are exact and apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from reportedly.events.findings import Position
from reportedly.events.positions_alike import alike
from reportedly.events.positions_grouping import Group, Relation, gather, positions
from reportedly.events.positions_support import Origins, day
from reportedly.events.reports import Days, EventReport, Statement

#: A time of at most so many days is exact: "on the night of 5 to 6 March".
EXACT = 2
#: Reports so many days apart may mean the same night, or another time zone.
SLACK = 1
#: Times more days apart are likelier of two events, or of two parts of a long one.
ANOTHER = 10
Interval = tuple[str, str]


def of_event(reports: Sequence[EventReport], origins: Origins) -> list[Position]:
    """The positions on when it happened."""
    return positions("time", gather(_answers(reports)), _relate, origins)


def _answers(reports: Sequence[EventReport]) -> Iterator[tuple[Interval, dict[str, Any], str, Statement]]:
    for report in reports:
        days = report.days
        if days is not None and report.certainty not in ("denied", "forecast"):
            yield (days.first or "", days.last or ""), {"first": days.first, "last": days.last}, label(days), report


def label(days: Days) -> str:
    """Days for people: "2019-03-05", "2019-03-01 to 2019-03-05", "since 2019-03-01"."""
    if days.first == days.last:
        return days.first or ""
    if days.first is None or days.last is None:
        return f"since {days.first}" if days.first else f"until {days.last}"
    return f"{days.first} to {days.last}"


def _relate(lead: Group[Interval], other: Group[Interval]) -> Relation:
    stance, because = relate(lead.answer, other.answer)
    if stance == "contradicts" and (_only_dated(lead) or _only_dated(other)):
        return "beside", f"{because}, but it may be the day of the report"
    if stance == "contradicts" and not any(
        "place" in same and same & {"actor", "number"} for same in alike(lead.statements, other.statements)
    ):
        return "beside", f"{because}, and little else in common"
    return stance, because


def _only_dated(group: Group[Interval]) -> bool:
    """True if all reports give the day of their publication: it may be read from a dateline."""
    return all(day(statement) == group.answer[0][:10] for statement in group.statements)


def relate(one: Interval, two: Interval) -> Relation:
    """What a second time has to do with a first; each an ISO day from and to, "" where it is open."""
    (start, end), (first, last) = _closed(one), _closed(two)
    if start <= first and last <= end:
        return "more precise", "lies within it"
    if first <= start and end <= last:
        return "less precise", "holds it"
    if start <= last and first <= end:
        return "agrees", "overlaps it"
    gap = _gap(one, two)
    if gap <= SLACK:
        return "agrees", "the day before or after"
    if gap <= ANOTHER and _exact(one) and _exact(two):
        return "contradicts", f"{gap} days apart"
    return "beside", f"{gap} days apart"


def _closed(interval: Interval) -> Interval:
    return interval[0] or "0001-01-01", interval[1] or "9999-12-31"


def _gap(one: Interval, two: Interval) -> int:
    """Days between two intervals that do not meet."""
    (start, end), (first, last) = _closed(one), _closed(two)
    return apart(end, first) if end < first else apart(last, start)


def apart(one: str, two: str) -> int:
    """Days between two ISO days."""
    return abs((date.fromisoformat(two[:10]) - date.fromisoformat(one[:10])).days)


def _exact(interval: Interval) -> bool:
    if not all(interval):
        return False
    return apart(*interval) < EXACT
