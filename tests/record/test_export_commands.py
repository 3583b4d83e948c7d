"""The commands `export` and `release`, as a user calls them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportedly import cli
from reportedly.errors import ReportedlyError
from tests.record.exporting import Stored, clash, market

runner = CliRunner()


@pytest.fixture
def stored(sqlite_record: str, monkeypatch: pytest.MonkeyPatch) -> Stored:
    monkeypatch.setenv("DATABASE_URL", sqlite_record)
    found = Stored()
    found.add(market(), clash())
    return found


def run(*arguments: str) -> Result:
    return runner.invoke(cli.app, list(arguments))


def wrong(*arguments: str) -> str:
    """The one line that a command fails with."""
    result = run(*arguments)
    assert result.exit_code != 0 and isinstance(result.exception, ReportedlyError)
    line = str(result.exception)
    assert "\n" not in line and "Traceback" not in result.output
    return line


def test_a_table_goes_to_standard_output_and_what_was_left_out_beside_it(stored: Stored) -> None:
    result = run("export", "ucdp")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert result.exit_code == 0 and row["best"] == "12"
    assert "ucdp-ged.csv: 1 rows; left out: 1 no figure of people killed" in result.stderr


def test_a_file_and_a_folder(stored: Stored, tmp_path: Path) -> None:
    assert run("export", "acled", "-o", str(tmp_path / "a.csv")).exit_code == 0
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 3
    assert run("export", "parquet", "-o", str(tmp_path / "tables")).exit_code == 0
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {"events.parquet", "statements.parquet"}
    assert run("export", "geojson", "-o", str(tmp_path / "tables")).exit_code == 0
    assert (tmp_path / "tables" / "events.geojson").is_file()


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (("--place", "Hajin"), 1),
        (("--from", "2019-03-09"), 1),
        (("--to", "2019-02"), 0),
        (("--type", "assault"), 2),
        (("--actor", "SYR-SDF"), 1),
        (("--source", "Ridge Post"), 1),
        (("--box", "40.8,34.6,41,34.8"), 1),
        (("--near", "34.69,40.83", "--radius", "5"), 1),
        (("--confirmed",), 0),
        ((), 2),
    ],
)
def test_filters(stored: Stored, filters: tuple[str, ...], rows: int) -> None:
    assert len(run("export", "jsonl", *filters).stdout.splitlines()) == rows


def test_what_cannot_be_is_one_line(stored: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wrong("export", "xml").startswith("export format xml: not installed (installed: acled")
    assert (
        wrong("export", "ucdp", "--from", "soon")
        == "from: 'soon' is no day (YYYY-MM-DD), month (YYYY-MM) or year (YYYY)"
    )
    assert wrong("export", "ucdp", "--type", "battle").startswith("type: 'BATTLE' is none of ")
    assert wrong("export", "ucdp", "-o", str(tmp_path / "no" / "x.csv")).endswith("no/x.csv: No such file or directory")
    assert wrong("export", "parquet").endswith("give a folder with -o")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert "no record there yet" in wrong("export", "ucdp") and not (tmp_path / "none.db").exists()


def test_release_and_verify(stored: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = ("--folder", str(tmp_path / "releases"))
    made = run("release", "2019-03", "--formats", "ucdp,acled", *folder)
    assert made.exit_code == 0 and "2 events from 2 articles" in made.stdout
    assert "the first release: 2 added" in made.stdout
    assert {path.name for path in (tmp_path / "releases" / "2019-03").iterdir()} == {
        *("acled.csv", "ucdp-ged.csv", "events.jsonl", "manifest.json", "changes.json", "changes.md")
    }
    assert run("release", "2019-03", "--verify", *folder).exit_code == 0
    assert wrong("release", "2019-03", *folder).startswith("2019-03: there is a release of that name")
    (tmp_path / "releases" / "2019-03" / "acled.csv").write_text("")
    assert wrong("release", "2019-03", "--verify", *folder).endswith("acled.csv: not as it was released (SHA-256)")
    assert "no such release" in wrong("release", "nothing", "--verify", *folder)
    monkeypatch.setenv(
        "DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}"
    )  # whoever was given a release needs no record
    (tmp_path / "given").mkdir()
    (tmp_path / "releases" / "2019-03").rename(tmp_path / "given" / "2019-03")
    again = wrong("release", "2019-03", "--verify", "--folder", str(tmp_path / "given"))
    assert again.endswith("acled.csv: not as it was released (SHA-256)")
