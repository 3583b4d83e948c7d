"""`reportedly link` as a user types it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from reportedly import cli

ARTICLE = {
    "text": "Jets bombed the port of Dornheim on Monday. The bombing killed 4 dockers.",
    "title": "Port bombed",
    "events": [{"start": 5, "end": 11, "text": "bombed", "type": "ASSAULT"}],
}


def call(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["reportedly", "link", *map(str, arguments)])
    try:
        cli.main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def test_coded_articles_are_linked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source, target = tmp_path / "coded.jsonl.gz", tmp_path / "linked.jsonl"
    source.write_bytes(gzip.compress("\n".join(json.dumps({**ARTICLE, "id": name}) for name in "ab").encode()))
    assert call(monkeypatch, source, source, "-o", target) == 0
    first, second = (json.loads(line) for line in target.read_text().splitlines())
    assert first["events"][0]["event"] == second["events"][0]["event"]
    assert all(event["event"].startswith("e-") for event in first["events"])


def test_an_article_without_an_id_gets_the_readers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source, target = tmp_path / "coded.jsonl", tmp_path / "linked.jsonl"
    source.write_text(json.dumps(ARTICLE))
    assert call(monkeypatch, source, "-o", target) == 0
    assert len(json.loads(target.read_text())["id"]) == 16


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "coded.jsonl:1: "),
        (json.dumps({"text": "No events."}), "not a coded article"),
        (json.dumps([1]), "coded.jsonl:1: "),
        (json.dumps({"text": "x", "events": [{"start": 5, "end": 9, "text": "y"}]}), "outside the text"),
    ],
)
def test_bad_input_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str, told: str
) -> None:
    source, target = tmp_path / "coded.jsonl", tmp_path / "linked.jsonl"
    source.write_text(content)
    assert call(monkeypatch, source, "-o", target) == 1
    complaint = capsys.readouterr().err
    assert told in complaint and "Traceback" not in complaint
    assert not target.exists()


def test_a_missing_file_and_folder_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert call(monkeypatch, tmp_path / "none.jsonl", "-o", tmp_path / "out.jsonl") == 1
    assert "no such file" in capsys.readouterr().err
    assert call(monkeypatch, tmp_path, "-o", tmp_path / "none" / "out.jsonl") == 1
    assert "no such folder" in capsys.readouterr().err
