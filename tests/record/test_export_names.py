"""What is handed on: no name of who decided unless it is asked for, and no address that a browser would run."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from reportedly import cli
from reportedly.record import decisions_making as making
from reportedly.record import exports, manifests, releases
from reportedly.record.decisions_making import By
from reportedly.record.exports import writing
from reportedly.record.exports.source import Record
from reportedly.record.models import Release
from tests.record.exporting import Stored, clash, market
from tests.record.factories import Draft

ESPOSITO = By("Editor-Esposito", "I called the hospital")


@pytest.fixture
def decided(sqlite_record: str, monkeypatch: pytest.MonkeyPatch) -> Stored:
    """A record with decisions of a person."""
    monkeypatch.setenv("DATABASE_URL", sqlite_record)
    stored = Stored()
    stored.add(market(), clash())
    event = stored.event("hit")
    making.confirm(event.id, ESPOSITO)
    making.correct(event.reports[0].figures[0].key, "high", "14", ESPOSITO)
    return stored


def told(place: Path) -> str:
    """Everything that the files of a folder say; tables are unpacked."""
    tables = [str(pq.read_table(path).to_pylist()) for path in sorted(place.glob("*.parquet"))]
    texts = [path.read_text() for path in sorted(place.iterdir()) if path.suffix != ".parquet" and path.is_file()]
    return "\n".join([*tables, *texts])


def test_no_format_names_who_decided_unless_asked_to(decided: Stored, tmp_path: Path) -> None:
    for name in exports.names():
        writing.to_folder(exports.named(name), Record(), tmp_path / "public")
        writing.to_folder(exports.named(name), Record(names=True), tmp_path / "ours")
    public, ours = told(tmp_path / "public"), told(tmp_path / "ours")
    assert "Esposito" not in public and "a person: correct high (I called the hospital)" in public
    assert "Editor-Esposito: correct high (I called the hospital)" in ours
    assert public.count("a person") > 4 and "a person" not in ours


def test_the_commands_name_nobody_unless_asked_to(decided: Stored, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli.app, list(arguments))
        assert result.exit_code == 0, result.output
        return result.stdout

    assert '"user":"a person"' in run("export", "jsonl") and "Esposito" not in run("export", "jsonl")
    assert '"user":"Editor-Esposito"' in run("export", "jsonl", "--with-names")
    few = ("--folder", str(tmp_path), "--formats", "ucdp")
    run("release", "ours", "--with-names", *few)
    run("release", "public", *few)
    assert "Editor-Esposito" in told(tmp_path / "ours") and "Esposito" not in told(tmp_path / "public")
    assert (manifests.read(tmp_path / "ours").names, manifests.read(tmp_path / "public").names) == (True, False)


def test_changes_name_nobody_though_the_release_before_did(decided: Stored, tmp_path: Path) -> None:
    fought = decided.event("fought").id
    releases.make("old", tmp_path, formats=["jsonl"], names=True)
    row = Release.objects.get()  # as releases were before manifests said whether names are in them
    del row.manifest["names"]
    row.save()
    making.undo(1, ESPOSITO)
    making.reject(fought, ESPOSITO)
    _, manifest = releases.make("public", tmp_path, formats=["jsonl"])
    assert manifest.previous == "old"
    assert manifest.changes["changed"] == manifest.changes["removed"] == 1
    text = told(tmp_path / "public")
    assert "Esposito" not in text and "taken back: a person decided to confirm" in text
    assert "a person decided to reject" in text


def test_a_release_for_everybody_tells_nothing_of_the_teams_own(decided: Stored, tmp_path: Path) -> None:
    releases.make("first", tmp_path, formats=["jsonl"])
    releases.make("ours", tmp_path, formats=["jsonl"], names=True)
    _, public = releases.make("second", tmp_path, formats=["jsonl"])
    _, own = releases.make("ours-again", tmp_path, formats=["jsonl"], names=True)
    assert (public.previous, own.previous) == ("first", "second") and "ours" not in told(tmp_path / "second")


def test_a_manifest_that_does_not_say_is_of_a_release_with_names(decided: Stored, tmp_path: Path) -> None:
    place, _ = releases.make("old", tmp_path, formats=["jsonl"])
    path = place / "manifest.json"
    told = json.loads(path.read_text())
    del told["names"]
    path.write_text(json.dumps(told))
    assert manifests.read(place).names


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,<b>", "ftp://news.example/x"])
def test_an_address_that_is_not_of_the_web_is_in_no_file(sqlite_record: str, tmp_path: Path, scheme: str) -> None:
    stored = Stored()
    draft = Draft("runs", "Ridge Post", "2019-03-02", url=scheme)
    draft.sentence("Shells hit Hajin on Friday.").place("Hajin", 34.69, 40.83).event("hit")
    stored.add(draft, clash())
    (event,) = [one for one in stored.events() if one.articles[0].id == "runs"]
    assert event.articles[0].urls == () and stored.event("fought").articles[0].urls == ("https://news.example/b1",)
    for name in exports.names():
        writing.to_folder(exports.named(name), Record(), tmp_path / "out")
    text = told(tmp_path / "out")
    assert scheme not in text and "https://news.example/b1" in text
