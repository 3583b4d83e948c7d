"""Figures: series of one measure, place and actor over time, and the figures that are in none."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import Case, CharField, Count, F, Max, Min, QuerySet, When, Window
from django.db.models.functions import Cast, RowNumber
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.record.models import Participation, Statement
from reportedly.record.queries import evidence, matching
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.filters import Filter

#: Points of one series that are shown, and figures that are looked through first for a page of series.
POINTS, LOOKED_AT = 500, 1000


class Point(Struct, frozen=True, kw_only=True):
    """One figure. `low` and `high` are its range, None an open side; `first` and `last` the days that it is of, None
    where only its report has a day (`published`); `counting` is "new", "cumulative" or empty; `revises` is the key of the
    earlier figure that it corrects or overtakes, `because` why."""

    evidence: Evidence
    measure: str
    low: float | None
    high: float | None
    unit: str
    of: str
    actor: str | None
    place: str | None
    country: str | None
    first: datetime.date | None
    last: datetime.date | None
    counting: str
    revises: str
    because: str
    event: str | None


class SeriesLine(Struct, frozen=True, kw_only=True):
    """A series in a list; one figure alone where it belongs to none. `id` is the key of `latest`, by which the series
    is asked for; `low` and `high` are the lowest and highest figure in it; `points` and `articles` are counts."""

    id: str
    series: str
    latest: Point
    points: int
    articles: int
    low: float | None
    high: float | None
    since: datetime.date | None
    until: datetime.date | None


def listed(chosen: Filter) -> list[SeriesLine]:
    """The series with a figure that a filter holds, by their latest such figure, the latest first."""
    wanted = _latest(chosen)
    keys = {series for series, _ in wanted if series}
    summed = _summed(keys)
    rows = Statement.objects.filter(pk__in=[pk for _, pk in wanted])
    points = {point.evidence.statement: point for point in _points(rows_with_all(rows))}
    by_pk = dict(rows.values_list("pk", "key"))
    return [_series(series, points[by_pk[pk]], summed.get(series)) for series, pk in wanted]


def one(key: str) -> list[Point]:
    """The points of a series in time, by the key of any figure in it; the figure alone if it is in none.

    Raises:
        QueryError: the record has no such figure.
    """
    figure = Statement.objects.filter(key=key, layer="figure", current=True).first()
    series = figure.series if figure else key
    if figure is None and not Statement.objects.filter(series=key, current=True).exists():
        raise QueryError(f"{key}: no such figure in the record")
    if not series:
        return _points(rows_with_all(Statement.objects.filter(key=key, current=True)))
    found = Statement.objects.filter(series=series, current=True).exclude(judgement="rejected")
    return _points(rows_with_all(found).order_by("since", "published", "pk")[:POINTS])


def rows_with_all(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """Statements with all that a point shows."""
    return evidence.with_articles(rows).select_related("article", "article__outlet", "place", "event")


def _latest(chosen: Filter) -> list[tuple[str, int]]:
    """The series of a page, each with its latest figure that the filter holds.

    The latest figures are mostly of enough series. Where they are not, every figure that the filter holds is numbered
    within its series.
    """
    rows = matching.statements(chosen, "figure").order_by("-since", "-until", "-pk")
    end = chosen.offset + chosen.limit
    read = list(rows.values_list("series", "pk")[:LOOKED_AT])
    found: dict[str, tuple[str, int]] = {}
    for series, pk in read:
        found.setdefault(series or str(pk), (series, pk))
    if len(found) >= end or len(read) < LOOKED_AT:
        return list(found.values())[chosen.offset : end]
    same = Case(When(series="", then=Cast("pk", CharField())), default=F("series"))
    order = [F("since").desc(nulls_last=True), F("until").desc(nulls_last=True), F("pk").desc()]
    ranked = rows.annotate(rank=Window(RowNumber(), partition_by=same, order_by=order)).filter(rank=1)
    return list(ranked.values_list("series", "pk")[chosen.offset : end])


class _Sum(Struct, frozen=True):
    points: int
    articles: int
    low: float | None
    high: float | None
    since: datetime.date | None
    until: datetime.date | None


def _summed(series: Iterable[str]) -> dict[str, _Sum]:
    rows = Statement.objects.filter(series__in=series, current=True).exclude(judgement="rejected")
    counts = {
        "points": Count("pk"),
        "articles": Count("article", distinct=True),
        "least": Min("low"),
        "most": Max("high"),
        "most_low": Max("low"),
        "start": Min("since"),
        "end": Max("until"),
    }
    return {
        row["series"]: _Sum(
            row["points"],
            row["articles"],
            row["least"],
            _higher(row["most"], row["most_low"]),
            row["start"],
            row["end"],
        )
        for row in rows.values("series").annotate(**counts)
    }


def _higher(high: float | None, low: float | None) -> float | None:
    """The highest number in a series: a lower bound ("at least 30") may be above all upper ends."""
    return max((value for value in (high, low) if value is not None), default=None)


def _series(series: str, latest: Point, summed: _Sum | None) -> SeriesLine:
    day = latest.first or latest.last
    alone = _Sum(1, 1, latest.low, latest.high, day, latest.last or day)
    found = summed or alone
    return SeriesLine(
        id=latest.evidence.statement,
        series=series,
        latest=latest,
        points=found.points,
        articles=found.articles,
        low=found.low,
        high=found.high,
        since=found.since,
        until=found.until,
    )


def _points(chosen: QuerySet[Statement]) -> list[Point]:
    rows = list(chosen)
    counted = _counted(rows)
    return [_point(row, one, counted.get(row.pk)) for row, one in zip(rows, evidence.of_rows(rows), strict=True)]


def _counted(rows: Sequence[Statement]) -> dict[int, str]:
    """Whose people each figure counts, by primary key."""
    found = Participation.objects.filter(statement__in=[row.pk for row in rows], role="counted")
    return dict(found.values_list("statement_id", "actor__name"))


def _point(row: Statement, known: Evidence, actor: str | None) -> Point:
    return Point(
        evidence=known,
        measure=row.measure,
        low=row.low,
        high=row.high,
        unit=row.unit,
        of=row.of,
        actor=actor,
        place=row.place.name if row.place else None,
        country=row.place.country if row.place else None,
        first=row.first,
        last=row.last,
        counting=row.counting,
        revises=row.revises,
        because=row.revises_because,
        event=row.event.public_id if row.event else None,
    )
