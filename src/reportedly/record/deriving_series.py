"""Series: which figure revises which earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportedly.events import counting
from reportedly.events import series as lines
from reportedly.events.findings import Dependency, SeriesPoint
from reportedly.events.reports import FigureReport
from reportedly.record import chunks, copying, deriving_reports, matter_rows, writing
from reportedly.record.matter_rows import Days, Group
from reportedly.record.models import Statement
from reportedly.record.writing import Report

#: Figures of one series that are held against each other: the whole series, or of a longer one those that are
#: nearest in time to what was added, as many before it as behind it.
POINTS = 80


def renew(series: Mapping[str, Days]) -> set[str]:
    """Find anew what revises what in some series, around some days.

    Returns:
        The keys of the figures that are revised now and were not before, or are no longer.
    """
    groups = [group for group in matter_rows.groups("series", series, POINTS) if not _alone(group)]
    rows = [row for group in groups for row in group.rows]
    reports = deriving_reports.reports(rows)
    copies = copying.among({row.article_id for row in rows})
    for group in groups:
        _renew(group, points(group, reports, copies))
    return _mark(rows)


def _alone(group: Group) -> bool:
    """True for a figure that has nothing to revise, and never had."""
    return len(group.rows) == 1 and not group.rows[0].revises and not group.rows[0].revised


def points(group: Group, reports: Mapping[str, Report], copies: Sequence[Dependency]) -> dict[str, SeriesPoint]:
    """The points of a series, by key."""
    listed = [reports[row.key] for row in group.rows if row.key in reports]
    figures = [report for report in listed if isinstance(report, FigureReport)]
    return {point.statement: point for point in lines.build(figures, copies)}


def _renew(group: Group, found: Mapping[str, SeriesPoint]) -> None:
    for row in group.rows:
        point = found.get(row.key)
        revises, because = (point.revises or "", point.because) if point else ("", "")
        if (row.revises, row.revises_because) != (revises, because):
            Statement.objects.filter(pk=row.pk).update(revises=revises, revises_because=because)


def _mark(rows: Sequence[Statement]) -> set[str]:
    """Set who is revised; returns the keys of those for whom that is new."""
    revised: set[str] = set()
    for chunk in chunks.split(row.key for row in rows):
        series = {row.series for row in rows}
        same = Statement.objects.filter(current=True, series__in=series, revises__in=chunk)
        revised.update(same.values_list("revises", flat=True))
    changed: set[str] = set()
    for flag in (True, False):
        wrong = [row for row in rows if (row.key in revised) == flag and row.revised != flag]
        for pks in chunks.split(row.pk for row in wrong):
            Statement.objects.filter(pk__in=pks).update(revised=flag)
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
    return lines.finding(
        figure,
        counting.kind(figure),
        forecast=figure.certainty == "forecast",
        revises=row.revises or None,
        because=row.revises_because,
    )
