"""The statements of many matters at once: of series, places held, figures that can be held against each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Count, QuerySet
from msgspec import Struct

from reportedly.record import chunks
from reportedly.record.models import Statement

Days = set[datetime.date | None]


class Group(Struct, frozen=True):
    """Statements of one matter, in time. `whole` is false for a part of very many: those nearest to some day."""

    key: str
    rows: list[Statement]
    whole: bool = True


def statements() -> QuerySet[Statement]:
    """The statements that count now, without what only linking needs of them, in time."""
    rows = Statement.objects.filter(current=True).select_related("article").defer("features", "because")
    return rows.order_by("since", "pk")


def groups(column: str, matters: Mapping[str, Days], most: int) -> Iterator[Group]:
    """The statements of matters by the column that holds the matter's key; of those with more than `most` the ones
    that are nearest to the days given, half before and half behind."""
    counts = _counts(column, matters)
    small = [key for key in matters if counts.get(key, 0) <= most]
    found: dict[str, list[Statement]] = {key: [] for key in small}
    for chunk in chunks.split(small):
        for row in statements().filter(**{f"{column}__in": chunk}):
            found[getattr(row, column)].append(row)
    for key in sorted(matters):
        if key in found:
            yield Group(key, found[key])
        else:
            yield from _nearest(column, key, matters[key], most)


def _counts(column: str, matters: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks.split(matters):
        rows = Statement.objects.filter(current=True, **{f"{column}__in": chunk}).values_list(column)
        found |= dict(rows.annotate(n=Count("pk")).order_by())
    return found


def _nearest(column: str, key: str, days: Days, most: int) -> Iterator[Group]:
    every = statements().filter(**{column: key})
    for day in sorted(day for day in days if day):
        before = list(every.filter(since__lte=day).reverse()[: most // 2])
        yield Group(key, [*reversed(before), *every.filter(since__gt=day)[: most // 2]], whole=False)
