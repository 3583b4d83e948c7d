"""Figures: series of one measure, place and actor over time, and the figures that are in none."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Min, When, Window
from django.db.models.functions import Cast, RowNumber
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.record.models import Participation, Place, Statement
from reportedly.record.prepared import Prepared
from reportedly.record.queries import evidence, matching
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.filters import Filter

#: Points of one series that are shown, and figures that are looked through first for a page of series.
POINTS, LOOKED_AT = 500, 1000
#: The fields of a point beside its evidence and actor, each with its column.
_FIELDS = {
    **{name: name for name in ("measure", "low", "high", "unit", "of", "first", "last", "counting", "revises")},
    **{"because": "revises_because", "place": "place__name", "country": "place__country", "event": "event__public_id"},
}
#: What a point is made of, in the order in which `_points` takes it.
COLUMNS = (*evidence.COLUMNS, *_FIELDS.values())
_of_pks = Prepared(lambda pks: Statement.objects.filter(pk__in=pks).values_list(*COLUMNS))
_of_key = Prepared(lambda key: Statement.objects.filter(key=key, current=True).values_list(*COLUMNS))
_figure = Prepared(
    lambda key: Statement.objects.filter(key=key, layer="figure", current=True).order_by("pk").values_list("series")[:1]
)
_of_series = Prepared(
    lambda series: (
        Statement.objects.filter(series=series, current=True)
        .exclude(judgement="rejected")
        .order_by("since", "published", "pk")
        .values_list(*COLUMNS)[:POINTS]
    )
)
#: Figures are told by their measure here, for an index of layers and days would be gone through for their order.
_at_place = Prepared(
    lambda place: (
        Statement.objects.filter(place=place, measure__gt="", current=True)
        .exclude(judgement="rejected")
        .order_by("-since", "-until", "-pk")
        .values_list("series", "pk")[:LOOKED_AT]
    )
)
#: Whose people each figure counts, by primary key.
_counted = Prepared(
    lambda statements: Participation.objects.filter(statement__in=statements, role="counted").values_list(
        "statement_id", "actor__name"
    )
)


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
    return _lines(_latest(chosen))


def of_place(pk: int, number: int) -> list[SeriesLine]:
    """The series of a place by its primary key: those with the latest figures, so many at most. Five queries."""
    read = _at_place(pk)
    found = _by_series(read)
    if len(found) < number and len(read) == LOOKED_AT:
        key = Place.objects.values_list("key", flat=True).get(pk=pk)
        return listed(Filter(place=key, limit=number))
    return _lines(found[:number])


def _lines(wanted: Sequence[tuple[str, int]]) -> list[SeriesLine]:
    """Series, each with its latest figure, as lines."""
    summed = _summed({series for series, _ in wanted if series})
    points = _by_pk([pk for _, pk in wanted])
    return [_series(series, points[pk], summed.get(series)) for series, pk in wanted]


def _by_series(read: Iterable[Sequence[Any]]) -> list[tuple[str, int]]:
    """The first figure of each series, and each that is in none."""
    found: dict[str, tuple[str, int]] = {}
    for series, pk in read:
        found.setdefault(series or str(pk), (series, pk))
    return list(found.values())


def one(key: str) -> list[Point]:
    """The points of a series in time, by the key of any figure in it; the figure alone if it is in none.

    Raises:
        QueryError: the record has no such figure.
    """
    figure = _figure(key)
    series = figure[0][0] if figure else key
    if not figure and not Statement.objects.filter(series=key, current=True).exists():
        raise QueryError(f"{key}: no such figure in the record")
    return _points(_of_series(series) if series else _of_key(key))


def _latest(chosen: Filter) -> list[tuple[str, int]]:
    """The series of a page, each with its latest figure that the filter holds.

    The latest figures are mostly of enough series. Where they are not, every figure that the filter holds is numbered
    within its series.
    """
    rows = matching.statements(chosen, "figure").order_by("-since", "-until", "-pk")
    end = chosen.offset + chosen.limit
    read = list(rows.values_list("series", "pk")[:LOOKED_AT])
    found = _by_series(read)
    if len(found) >= end or len(read) < LOOKED_AT:
        return found[chosen.offset : end]
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


_sums = Prepared(
    lambda series: (
        Statement.objects.filter(series__in=series, current=True)
        .exclude(judgement="rejected")
        .values("series")
        .annotate(
            points=Count("pk"),
            articles=Count("article", distinct=True),
            least=Min("low"),
            most=Max("high"),
            most_low=Max("low"),
            start=Min("since"),
            end=Max("until"),
        )
        .values_list("series", "points", "articles", "least", "most", "most_low", "start", "end")
    )
)


def _summed(series: Collection[str]) -> dict[str, _Sum]:
    return {
        name: _Sum(points, articles, least, _higher(most, most_low), start, end)
        for name, points, articles, least, most, most_low, start, end in _sums(series)
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


def _by_pk(pks: Sequence[int]) -> dict[int, Point]:
    rows = _of_pks(pks)
    return {row[0]: point for row, point in zip(rows, _points(rows), strict=True)}


def _points(rows: Sequence[Sequence[Any]]) -> list[Point]:
    """Points, in their order, from rows of `COLUMNS`."""
    counted: dict[int, str] = dict(_counted([row[0] for row in rows]))
    width = len(evidence.COLUMNS)
    return [
        _point(one, counted.get(row[0]), *row[width:]) for row, one in zip(rows, evidence.of_values(rows), strict=True)
    ]


def _point(known: Evidence, actor: str | None, *columns: Any) -> Point:
    return Point(evidence=known, actor=actor, **dict(zip(_FIELDS, columns, strict=True)))
