"""Filters: what people may write, what is told of what they may not, and boxes and circles on the globe."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import QueryError
from reportedly.record.queries import filters
from reportedly.record.queries.filters import Box, Near


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2019-03-05", (2019, 3, 5), (2019, 3, 5)),
        ("2019-02", (2019, 2, 1), (2019, 2, 28)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("2019-12", (2019, 12, 1), (2019, 12, 31)),
        ("2019", (2019, 1, 1), (2019, 12, 31)),
    ],
)
def test_days_months_and_years(written: str, first: Any, last: Any) -> None:
    found = filters.read(since=written, until=written)
    assert (found.since, found.until) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"since": "yesterday"}, "from: 'yesterday' is no day"),
        ({"until": "2019-02-30"}, "to: '2019-02-30' is no day"),
        ({"since": "2019-13"}, "no day"),
        ({"since": ""}, "no day"),
        ({"since": "2019-03-05-01"}, "no day"),
        ({"since": "2020", "until": "2019"}, "ends before it begins"),
        ({"box": "1,2,3"}, "is not W,S,E,N"),
        ({"box": "a,b,c,d"}, "is not W,S,E,N"),
        ({"box": "0,nan,1,2"}, "is not W,S,E,N"),
        ({"box": "0,91,1,92"}, "degrees that do not exist"),
        ({"box": "0,-91,1,9"}, "degrees that do not exist"),
        ({"box": "-200,0,1,2"}, "degrees that do not exist"),
        ({"box": "0,5,1,2"}, "south above its north"),
        ({"near": "34.7"}, "is not LAT,LON"),
        ({"near": "134.7,40"}, "degrees that do not exist"),
        ({"near": "34.7,40", "radius": 0.0}, "radius"),
        ({"near": "34.7,40", "radius": -1.0}, "radius"),
        ({"radius": 5.0}, "goes with --near"),
        ({"type": "WAR"}, "'WAR' is none of AGREE"),
        ({"measure": "dead"}, "'dead' is none of killed"),
        ({"limit": 0}, "limit"),
        ({"offset": -1}, "offset"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(given: dict[str, Any], told: str) -> None:
    with pytest.raises(QueryError) as raised:
        filters.read(**given)
    assert told in str(raised.value) and "\n" not in str(raised.value)


def test_words_are_read_as_people_write_them() -> None:
    found = filters.read(type="assault", measure="Killed", limit=5000)
    assert (found.type, found.measure, found.limit) == ("ASSAULT", "killed", filters.MOST)
    assert filters.read(near="34.7,40.8").near == Near(34.7, 40.8, 10.0)


def test_how_far_a_filter_reaches() -> None:
    assert filters.read(near="34,40", radius=25.0).reach == 25.0
    box = filters.read(box="40,34,42,35").reach
    assert box is not None and abs(box - 55.6) < 0.1  # one degree of latitude is the shorter side
    narrow = filters.read(box="40,60,40.5,62").reach
    assert narrow is not None and abs(narrow - 0.25 * 111.195 * 0.4848) < 0.1
    assert filters.read().reach is None
    assert Box(179.0, 0.0, -179.0, 5.0).reach == pytest.approx(111.1, abs=0.2)
    assert Box(-180.0, -5.0, 180.0, 5.0).reach == pytest.approx(556, abs=1)


@given(st.floats(-89.5, 89.5), st.floats(-180, 180), st.floats(0.1, 15_000), st.floats(-90, 90), st.floats(-180, 180))
def test_the_box_of_a_circle_holds_all_of_it(
    latitude: float, longitude: float, km: float, other: float, other_longitude: float
) -> None:
    near = Near(latitude, longitude, km)
    if near.holds(other, other_longitude):
        box, slack = near.box, 1e-6
        assert box.south - slack <= other <= box.north + slack
        if box.west > box.east:
            assert other_longitude >= box.west - slack or other_longitude <= box.east + slack
        else:
            assert box.west - slack <= other_longitude <= box.east + slack or abs(other_longitude) == 180


def test_a_circle_is_round() -> None:
    near = Near(34.69, 40.83, 30.0)
    assert near.holds(34.45, 40.95) and not near.holds(34.40, 40.95)  # 28.9 and 34.1 km
    over = Near(0.0, 179.9, 50.0)
    assert over.holds(0.0, -179.8) and over.box.west > over.box.east
