"""Lists of names: counted over the record as it is kept, or over the latest statements that a filter holds."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable

from reportedly.record.models import Participation, Statement
from reportedly.record.queries import matching
from reportedly.record.queries.filters import Filter


def latest(chosen: Filter) -> list[int]:
    """The primary keys of the latest statements that a filter holds, at most `matching.COUNTED` of them. One query a
    layer, each in the order of its index."""
    found = []
    for layer in matching.LAYERS:
        rows = matching.statements(chosen, layer).order_by("-since", "-until", "-pk").values_list("since", "pk")
        found += [(day or datetime.date.min, pk) for day, pk in rows[: matching.COUNTED]]
    return [pk for _, pk in sorted(found, reverse=True)[: matching.COUNTED]]


def places(statements: Iterable[int]) -> Counter[int]:
    """How many of the statements are of each place."""
    found = Statement.objects.filter(pk__in=list(statements), place__isnull=False)
    return Counter(pk for pk in found.values_list("place", flat=True) if pk is not None)


def actors(statements: Iterable[int]) -> Counter[int]:
    """In how many of the statements each actor takes part."""
    rows = Participation.objects.filter(statement__in=list(statements)).values_list("actor", "statement").distinct()
    return Counter(actor for actor, _ in rows)


def page(counts: Counter[int], chosen: Filter) -> list[tuple[int, int]]:
    """The names of a page with their counts, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ordered[chosen.offset : chosen.offset + chosen.limit]
