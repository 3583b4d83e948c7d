"""Series: which figure revises which earlier one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from reportedly.events import counting
from reportedly.events import series as lines
from reportedly.events.findings import SeriesPoint
from reportedly.events.reports import FigureReport
from reportedly.record import chunks, copying, deriving_reports, writing
from reportedly.record.models import Statement

#: Figures of one series that are held against each other: the whole series, or of a longer one those that are
#: nearest in time to what was added, as many before it as behind it.
POINTS = 80
Days = set[datetime.date | None]


def renew(series: Mapping[str, Days]) -> set[str]:
    """Find anew what revises what in some series, around some days.

    Returns:
        The keys of the figures that are revised now and were not before, or are no longer.
    """
    changed: set[str] = set()
    for key in sorted(series):
        for rows in _windows(key, series[key]):
            _renew(rows)
            changed |= _mark(key, rows)
    return changed


def _windows(key: str, days: Days) -> Iterable[list[Statement]]:
    """The rows of a series that are looked at together."""
    every = Statement.objects.filter(series=key, current=True).select_related("article").order_by("since", "pk")
    rows = list(every[: POINTS + 1])
    if len(rows) <= POINTS:
        yield rows
        return
    for day in sorted(day for day in days if day):
        before = list(every.filter(since__lte=day).reverse()[: POINTS // 2])
        yield [*reversed(before), *every.filter(since__gt=day)[: POINTS // 2]]


def points(rows: list[Statement]) -> dict[str, SeriesPoint]:
    """The points of some rows of one series, by key."""
    reports = deriving_reports.reports(rows)
    figures = [report for report in reports.values() if isinstance(report, FigureReport)]
    copies = copying.among({row.article_id for row in rows})
    return {point.statement: point for point in lines.build(figures, copies)}


def _renew(rows: list[Statement]) -> None:
    found = points(rows)
    for row in rows:
        point = found.get(row.key)
        revises, because = (point.revises or "", point.because) if point else ("", "")
        if (row.revises, row.revises_because) != (revises, because):
            Statement.objects.filter(pk=row.pk).update(revises=revises, revises_because=because)


def _mark(series: str, rows: list[Statement]) -> set[str]:
    """Set who is revised; returns the keys of those for whom that is new."""
    same = Statement.objects.filter(series=series, current=True, revises__in=[row.key for row in rows])
    revised = set(same.values_list("revises", flat=True))
    changed: set[str] = set()
    for flag in (True, False):
        wrong = [row for row in rows if (row.key in revised) == flag and row.revised != flag]
        Statement.objects.filter(pk__in=[row.pk for row in wrong]).update(revised=flag)
        changed |= {row.key for row in wrong}
    return changed


def revising(keys: Iterable[str]) -> list[SeriesPoint]:
    """The points that revise one of some figures."""
    found: list[SeriesPoint] = []
    for chunk in chunks.split(keys):
        revised = Statement.objects.filter(key__in=chunk, revised=True, current=True)
        series = set(revised.values_list("series", flat=True))
        rows = Statement.objects.filter(series__in=series, revises__in=chunk, current=True).order_by("pk")
        found += [_point(row) for row in rows]
    return found


def _point(row: Statement) -> SeriesPoint:
    """A stored figure as a point of its series."""
    figure = writing.report(row)
    assert isinstance(figure, FigureReport)
    return SeriesPoint(
        statement=figure.key,
        measure=figure.measure,
        unit=figure.unit,
        of=figure.of,
        actor=figure.actor,
        place=figure.place,
        days=figure.days,
        low=figure.low,
        high=figure.high,
        approximate=figure.approximate,
        counting=counting.kind(figure),
        forecast=figure.certainty == "forecast",
        speakers=tuple(said.name for said in figure.chain if said.name),
        outlet=figure.outlet,
        published=figure.published,
        revises=row.revises or None,
        because=row.revises_because,
    )
