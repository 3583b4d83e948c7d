"""Releases: frozen, whole or not there, verifiable, and honest about what changed and why."""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import connection

from reportedly.errors import ComponentError, RecordError
from reportedly.record import decisions_making as making
from reportedly.record import manifests, releases
from reportedly.record.decisions_making import By
from reportedly.record.exports.selection import Selection
from reportedly.record.models import Release
from reportedly.record.queries import filters
from tests.record.exporting import Stored, clash, market
from tests.record.factories import Draft

FEW = ("ucdp", "jsonl")
ADA = By("ada", "I called the hospital")


@pytest.fixture
def stored(record: str) -> Stored:
    return Stored()


@pytest.fixture
def one(sqlite_record: str) -> Stored:
    """A record for what is not about the database."""
    return Stored()


def changes(folder: Path, name: str) -> dict[str, dict[str, Any]]:
    """The changes of a release by event."""
    return {change["event"]: change for change in json.loads((folder / name / "changes.json").read_text())}


def test_a_release_holds_every_format_and_says_what_it_is(stored: Stored, tmp_path: Path) -> None:
    stored.add(market(), market("a2", "Ridge Post", "15"), clash())
    place, manifest = releases.make("first", tmp_path / "out")
    names = {path.name for path in place.iterdir()}
    assert names == {*manifest.files, "manifest.json"} and len(manifest.files) == 10
    assert {"acled.csv", "ucdp-ged.csv", "polecat.tsv", "events.parquet", "statements.parquet"} <= names
    assert manifest.counts == {"events": 2, "statements": 3, "confirmed": 0, "articles": 3}
    assert manifest.record["articles"] == 3 and manifest.record["statements: event"] == 3
    assert manifest.record["statements: figure"] == 2 and manifest.record["events"] == 2
    assert manifest.files["ucdp-ged.csv"].rows == 1
    assert manifest.files["ucdp-ged.csv"].left_out == {"no figure of people killed": 1}
    assert manifest.versions["coders"] == [{"program": "1", "model": "m", "lexicons": "l"}]
    assert manifest.versions["program"].startswith("reportedly ") and manifest.versions["schema"]
    assert manifest.previous is None and manifest.changes == {"added": 2, "removed": 0, "merged": 0, "changed": 0}
    assert manifests.verify(place) == []
    row = Release.objects.get(name="first")
    assert row.folder == str(place.resolve()) and row.manifest["counts"]["events"] == 2


def test_a_name_is_taken_once_and_nothing_is_overwritten(one: Stored, tmp_path: Path) -> None:
    one.add(market())
    place, _ = releases.make("first", tmp_path, formats=FEW)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    one.add(clash())
    with pytest.raises(RecordError, match="first: there is a release of that name"):
        releases.make("first", tmp_path, formats=FEW)
    with pytest.raises(RecordError, match="first: there is a release of that name"):
        releases.make("first", tmp_path / "elsewhere", formats=FEW)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "-x", "x" * 81, "a b"])
def test_a_name_is_a_name(one: Stored, tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError, match="named by letters"):
        releases.make(name, tmp_path, formats=FEW)


def test_a_changed_or_missing_file_is_told(one: Stored, tmp_path: Path) -> None:
    one.add(market())
    place, _ = releases.make("first", tmp_path, formats=FEW)
    with (place / "ucdp-ged.csv").open("a") as file:
        file.write("one more row\n")
    (place / "changes.md").unlink()
    (place / "notes.txt").write_text("mine")
    assert manifests.verify(place) == [
        "changes.md: missing",
        "ucdp-ged.csv: not as it was released (SHA-256)",
        "notes.txt: not part of the release",
    ]
    (place / "manifest.json").write_text("{}")
    with pytest.raises(RecordError, match=r"manifest\.json: Object missing required field"):
        manifests.verify(place)


def test_stopped_half_way_it_is_not_there(one: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one.add(market())
    out = tmp_path / "out"

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(releases.changes, "write", stopped)
        with pytest.raises(KeyboardInterrupt):
            releases.make("first", out, formats=FEW)
    assert [path.name for path in out.iterdir()] == [".lock"]
    (out / ".killed.unfinished").mkdir()  # as SIGKILL leaves it
    place, _ = releases.make("first", out, formats=FEW)
    assert manifests.verify(place) == [] and not (out / ".killed.unfinished").exists()


def test_stopped_just_after_it_was_put_in_its_place_it_is_taken_in(one: Stored, tmp_path: Path) -> None:
    one.add(market())
    releases.make("first", tmp_path / "out", formats=FEW)
    Release.objects.all().delete()
    with pytest.raises(RecordError, match="there is a release of that name"):
        releases.make("first", tmp_path / "out", formats=FEW)
    assert Release.objects.get().name == "first"
    _, second = releases.make("second", tmp_path / "out", formats=FEW)
    assert second.previous == "first"


def test_two_at_a_time_in_a_folder_do_not_mix(one: Stored, tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(RecordError, match="another release is being made"):
            releases.make("first", tmp_path, formats=FEW)


def test_an_unknown_format_is_told_before_anything_is_written(one: Stored, tmp_path: Path) -> None:
    with pytest.raises(ComponentError, match="xml: not installed"):
        releases.make("first", tmp_path / "out", formats=["xml"])
    assert not (tmp_path / "out").exists()


def test_two_formats_cannot_write_one_file(one: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = releases.exports.named("jsonl")
    monkeypatch.setattr(releases.exports, "named", lambda name: msgspec.structs.replace(ours, name=name))
    with pytest.raises(RecordError, match=r"jsonl: events\.jsonl is a file of another format"):
        releases.make("first", tmp_path / "out", formats=["theirs"])
    assert [path.name for path in (tmp_path / "out").iterdir()] == [".lock"]


def test_a_new_report_changes_an_event_and_adds_another(stored: Stored, tmp_path: Path) -> None:
    stored.add(market())
    releases.make("first", tmp_path, formats=FEW)
    stored.add(market("a2", "Ridge Post", "15"), clash())
    _, manifest = releases.make("second", tmp_path, formats=FEW)
    assert manifest.previous == "first"
    assert manifest.changes == {"added": 1, "removed": 0, "merged": 0, "changed": 1}
    found = changes(tmp_path, "second")
    changed = found[stored.event("hit").id]
    assert changed["fields"]["killed"] == [
        {"low": 12.0, "best": 12.0, "high": 12.0},
        {"low": 12.0, "best": 12.0, "high": 15.0},
    ]
    assert changed["fields"]["outlets"] == [1, 2]
    assert changed["because"] == ["new report: Ridge Post, “Report a2”, 2019-03-02"]
    added = found[stored.event("fought").id]
    assert added["kind"] == "added" and added["because"] == ["new report: Ridge Post, “Report b1”, 2019-03-20"]
    text = (tmp_path / "second" / "changes.md").read_text()
    assert "- killed: low 12, best 12, high 12 → low 12, best 12, high 15" in text
    assert "- because: new report: Ridge Post, “Report a2”, 2019-03-02" in text
    assert "Altogether: 1 added, 0 removed, 0 merged, 1 changed." in text


def test_decisions_of_people_are_reasons(stored: Stored, tmp_path: Path) -> None:
    other = Draft("c1").sentence("Jets bombed a camp near Hajin.").place("Hajin", 34.69, 40.83)
    stored.add(market(), clash(), other.event("bombed", mode="aerial"))
    hit, fought, bombed = (stored.event(word).id for word in ("hit", "fought", "bombed"))
    releases.make("first", tmp_path, formats=FEW)
    making.confirm(hit, ADA)
    making.reject(fought, By("bo", "a drill"))
    making.merge(hit, [bombed], By("ada", "the same raid"))
    _, manifest = releases.make("second", tmp_path, formats=FEW)
    found = changes(tmp_path, "second")
    assert found[hit]["kind"] == "changed" and found[hit]["fields"]["judgement"] == ["", "confirmed"]
    assert found[hit]["because"][0].startswith("a person decided to confirm on 20")
    assert found[hit]["because"][0].endswith(": I called the hospital")
    assert found[fought]["kind"] == "removed" and found[fought]["because"][0].endswith(": a drill")
    assert (found[bombed]["kind"], found[bombed]["into"]) == ("merged", hit)
    assert found[bombed]["because"][0].startswith("a person decided to merge")
    assert manifest.counts["confirmed"] == 1


def test_a_correction_shows_in_every_format_and_can_be_taken_back(one: Stored, tmp_path: Path) -> None:
    one.add(market())
    event = one.event("hit")
    releases.make("first", tmp_path, formats=FEW)
    (figure,) = event.reports[0].figures
    making.correct(figure.key, "high", "14", ADA)
    making.correct(figure.key, "low", "14", ADA)
    (row,) = one.rows("ucdp")
    assert (row["low"], row["best"], row["high"]) == ("14", "14", "14")
    assert "a person: correct high (I called the hospital)" in row["code_status"]
    assert one.rows("acled")[0]["fatalities"] == "14" and one.rows("acled")[0]["tags"] == ""
    releases.make("second", tmp_path, formats=FEW)
    assert changes(tmp_path, "second")[event.id]["fields"]["killed"][1]["best"] == 14
    making.undo(2, By("bo", "it was 12 after all"))
    making.undo(1, By("bo", "it was 12 after all"))
    releases.make("third", tmp_path, formats=FEW)
    back = changes(tmp_path, "third")[event.id]
    assert back["fields"]["killed"][1]["best"] == 12
    assert [why.split(":")[0] for why in back["because"]] == ["taken back", "taken back"]


def test_a_newer_coder_is_a_reason(one: Stored, tmp_path: Path) -> None:
    one.add(market())
    event = one.event("hit").id
    releases.make("first", tmp_path, formats=FEW)
    from reportedly import settings
    from reportedly.record.adding import Adder
    from tests.record.exporting import Linker

    draft = market()
    assert draft.coded.coder is not None
    draft.coded.coder.program = "2"
    draft.coded.figures[0].low = draft.coded.figures[0].high = 13.0
    Adder(settings.load(), Linker(), recode=True).add(draft.article())  # type: ignore[arg-type]
    releases.make("second", tmp_path, formats=FEW)
    (why,) = changes(tmp_path, "second")[event]["because"]
    assert why.startswith("coded anew by 2, m, l (before: 1, m, l): Harbour Times")


def test_events_that_a_newer_coder_does_not_see_are_removed(one: Stored, tmp_path: Path) -> None:
    one.add(market())
    event = one.event("hit").id
    releases.make("first", tmp_path, formats=FEW)
    from reportedly import settings
    from reportedly.record.adding import Adder
    from tests.record.exporting import Linker

    draft = market()
    assert draft.coded.coder is not None
    draft.coded.coder.program, draft.coded.events = "2", []
    Adder(settings.load(), Linker(), recode=True).add(draft.article())  # type: ignore[arg-type]
    _, manifest = releases.make("second", tmp_path, formats=FEW)
    assert changes(tmp_path, "second")[event]["because"] == ["its reports are no longer coded as an event"]
    assert manifest.counts["events"] == 0


def test_filters_are_kept_and_told(one: Stored, tmp_path: Path) -> None:
    one.add(market(), clash())
    hit, fought = one.event("hit").id, one.event("fought").id
    releases.make("all", tmp_path, formats=FEW)
    chosen = Selection(filters.read(place="Hajin", since="2019-03", background=True))
    _, manifest = releases.make("hajin", tmp_path, formats=FEW, selection=chosen)
    assert manifest.selection == {"since": "2019-03-01", "place": "Hajin"} and manifest.counts["events"] == 1
    assert changes(tmp_path, "hajin")[fought]["because"] == ["the filters leave it out now"]
    releases.make("again", tmp_path, formats=FEW)
    found = changes(tmp_path, "again")
    assert hit not in found and found[fought]["because"][0].startswith("it was in the record before and left out")


def test_what_cannot_be_compared_is_not_guessed(one: Stored, tmp_path: Path) -> None:
    one.add(market())
    place, _ = releases.make("first", tmp_path, formats=FEW)
    with (place / "events.jsonl").open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(RecordError, match="not as it was released"):
        releases.make("second", tmp_path, formats=FEW)
    (place / "events.jsonl").unlink()
    _, manifest = releases.make("second", tmp_path, formats=FEW)
    assert manifest.previous is None


def test_all_files_are_from_one_state_of_the_record(
    one: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process adds an article between two formats: neither file has it."""
    one.add(market())
    url = f"sqlite:///{connection.settings_dict['NAME']}"
    script = (
        "import sys; from reportedly.record import setup; setup.open_record(sys.argv[1]);"
        "from tests.record.exporting import Stored, clash; Stored().add(clash())"
    )
    real = releases.writing.to_folder

    def adding(form: Any, *given: Any) -> Any:
        if form.name == "jsonl":
            subprocess.run([sys.executable, "-c", script, url], check=True, cwd=Path(__file__).parents[2])
        return real(form, *given)

    monkeypatch.setattr(releases.writing, "to_folder", adding)
    place, manifest = releases.make("first", tmp_path, formats=["geojson"])
    assert manifest.counts["events"] == len((place / "events.jsonl").read_text().splitlines()) == 1
    assert len(json.loads((place / "events.geojson").read_text())["features"]) == 1
    assert len(one.events()) == 2
