"""Queries that are written once: their rows are those of the query set, whatever the values."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reportedly.record.models import Event, Place
from reportedly.record.prepared import SIZES, Prepared

MANY = SIZES[-1] + 3
DAY = datetime.date(2019, 3, 2)
BY_KEYS = Prepared(lambda keys: Place.objects.filter(key__in=keys).order_by("key").values_list("key", "latitude"))
LATEST = Prepared(
    lambda kind, pks: (
        Event.objects.filter(type=kind, pk__in=pks).order_by("-pk").values_list("pk", "first", "disputed")[:2]
    )
)


@pytest.fixture
def named(record: str) -> list[str]:
    """Places by their keys, and events of two types on one day; the keys."""
    keys = [f"n{number:04}" for number in range(MANY)]
    Place.objects.bulk_create(Place(key=key, name=key, latitude=float(key[1:])) for key in keys)
    for number in range(5):
        Event.objects.create(public_id=f"e-{number}", type="ASSAULT" if number % 2 else "COERCE", first=DAY)
    return keys


@pytest.mark.parametrize("number", [1, 2, 3, 5, 40, MANY])
def test_rows_are_those_of_the_query_set(named: list[str], number: int) -> None:
    for wanted in (named[:number], named[-number:], [*named[: number - 1], "nowhere"]):
        with CaptureQueriesContext(connection) as asked:
            found = BY_KEYS(wanted)
        assert found == [(key, float(key[1:])) for key in wanted if key != "nowhere"]
        assert len(asked) == 1


def test_values_of_every_kind(named: list[str]) -> None:
    pks = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    assert LATEST("ASSAULT", pks) == [(pks[3], DAY, False), (pks[1], DAY, False)]
    assert LATEST("COERCE", pks) == [(pks[4], DAY, False), (pks[2], DAY, False)]
    assert LATEST("COERCE", pks[:1]) == [(pks[0], DAY, False)]
    assert LATEST("'; DROP TABLE record_event; --", pks) == []


def test_nothing_is_asked_where_a_list_is_empty(named: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert BY_KEYS([]) == [] and LATEST("ASSAULT", []) == []
    assert len(asked) == 0


def test_a_value_that_is_changed_on_its_way_is_refused(named: list[str]) -> None:
    changing: Any = Prepared(lambda key: Place.objects.filter(key=key.upper()).values_list("key"))
    with pytest.raises(TypeError, match="as it is"):
        changing("n0001")
