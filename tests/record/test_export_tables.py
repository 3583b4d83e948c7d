"""Tables that no cell can break, and files that are whole or not there."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from reportedly.errors import ComponentError, RecordError
from reportedly.record import exports
from reportedly.record.exports import files, tables
from reportedly.record.exports.formats import Format


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r@", " ="])
def test_no_text_is_a_formula(begins: str) -> None:
    assert tables.cell(f"{begins}HYPERLINK(1)").startswith("'")


def test_numbers_stay_numbers_and_unknown_is_empty() -> None:
    assert [tables.cell(value) for value in (-12.5, -3.0, 0, 40.95, None, "")] == ["-12.5", "-3", "0", "40.95", "", ""]


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_what_breaks_tables_is_read_back_in_one_cell(delimiter: str) -> None:
    nasty = 'He said: "go",\tnow;\r\nor\u2028never\x00\x0b\ud800'
    out = io.BytesIO()
    assert tables.write(out, ["a", "b"], [{"a": nasty, "b": 1}, {"b": None}], delimiter=delimiter) == 2
    assert out.getvalue().count(b"\n") == 3
    first, second = csv.DictReader(io.StringIO(out.getvalue().decode()), delimiter=delimiter)
    assert first == {"a": 'He said: "go", now; or never', "b": "1"} and second == {"a": "", "b": ""}


def test_a_column_that_the_table_has_not_is_an_error() -> None:
    with pytest.raises(ValueError, match="zz"):
        tables.write(io.BytesIO(), ["a"], [{"zz": 1}])


def test_values_in_one_cell_can_be_told_apart() -> None:
    assert tables.joined(["a; b", None, "c", "c", ""]) == "a, b; c"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError, match="half-way"), files.replacing(path) as out:
        out.write(b"half")
        raise RuntimeError("half-way")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
    with files.replacing(path) as out:
        out.write(b"new")
    assert path.read_text() == "new" and list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_one_line_that_names_it(tmp_path: Path) -> None:
    with (
        pytest.raises(RecordError, match=r"nowhere/x\.csv: No such file"),
        files.replacing(tmp_path / "nowhere" / "x.csv"),
    ):
        pass
    full = Path("/dev/full")
    if full.exists():
        with pytest.raises(RecordError, match="No space left"), files.told(Path("x")), full.open("wb") as out:
            out.write(b"x" * 100_000)


def test_formats_are_found_by_their_entry_points() -> None:
    built_in = {"acled", "articles", "geojson", "jsonl", "jsonld", "parquet", "polecat", "ucdp"}
    assert built_in <= set(exports.names())
    for name in built_in:
        found = exports.named(name)
        assert isinstance(found, Format) and found.name == name and found.about
    with pytest.raises(ComponentError, match=r"csv9: not installed \(installed: acled, articles"):
        exports.named("csv9")


def test_a_format_of_another_package_wins_over_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    theirs = Format("ucdp", "theirs", ())
    module = type("module", (), {"FORMAT": theirs})
    monkeypatch.setitem(__import__("sys").modules, "their_package", module)
    points = [
        EntryPoint("ucdp", "reportedly.record.exports.ucdp:FORMAT", exports.GROUP),
        EntryPoint("ucdp", "their_package:FORMAT", exports.GROUP),
        EntryPoint("bad", "os:sep", exports.GROUP),
    ]
    monkeypatch.setattr(exports, "entry_points", lambda group, name=None: [p for p in points if name in (None, p.name)])
    assert exports.named("ucdp") is theirs
    with pytest.raises(ComponentError, match="must load a Format"):
        exports.named("bad")
