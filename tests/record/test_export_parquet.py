"""Parquet: two tables of typed columns."""

from __future__ import annotations

import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reportedly.errors import RecordError
from tests.record.exporting import Stored, clash, market


@pytest.fixture
def stored(sqlite_record: str) -> Stored:
    return Stored()


def written(folder: Path) -> tuple[pa.Table, pa.Table]:
    from reportedly.record import exports
    from reportedly.record.exports import writing
    from reportedly.record.exports.source import Record

    writing.to_path(exports.named("parquet"), Record(), folder)
    return pq.read_table(folder / "events.parquet"), pq.read_table(folder / "statements.parquet")


def test_columns_are_typed_and_say_what_nobody_checked(stored: Stored, tmp_path: Path) -> None:
    stored.add(market(), market("a2", "Ridge Post", "15"), clash())
    events, statements = written(tmp_path / "out")
    assert events.schema.field("first").type == pa.date32() and events.schema.field("killed_low").type == pa.float64()
    assert b"machine coding, not verified" in events.schema.metadata[b"note"]
    rows = {row["event"]: row for row in events.to_pylist()}
    hit = rows[stored.event("hit").id]
    assert (hit["killed_low"], hit["killed_high"], hit["first"]) == (12.0, 15.0, datetime.date(2019, 3, 1))
    assert hit["actor_ids"] == ["SYR-MIL"] and hit["articles"] == ["a1", "a2"] and hit["geonameid"]
    assert rows[stored.event("fought").id]["killed_best"] is None
    of_event = [row for row in statements.to_pylist() if row["event"] == hit["event"]]
    assert {row["statement"] for row in of_event if row["layer"] == "event"} == set(hit["statements"])
    figures = [row for row in statements.to_pylist() if row["layer"] == "figure"]
    assert {row["low"] for row in figures} == {12.0, 15.0} and figures[0]["speakers"] == ["the rescuers"]
    assert all(row["verification"] == "machine coding, not verified" for row in statements.to_pylist())


def test_the_same_record_gives_the_same_bytes(stored: Stored, tmp_path: Path) -> None:
    stored.add(market(), clash())
    written(tmp_path / "one"), written(tmp_path / "two")
    for name in ("events.parquet", "statements.parquet"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_two_files_do_not_fit_a_stream(stored: Stored) -> None:
    with pytest.raises(RecordError, match="give a folder with -o"):
        stored.bytes("parquet")


def test_an_empty_record_has_empty_tables(stored: Stored, tmp_path: Path) -> None:
    events, statements = written(tmp_path / "out")
    assert (events.num_rows, statements.num_rows) == (0, 0) and "event" in events.column_names
