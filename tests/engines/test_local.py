"""Coding many articles: order, failures, resuming. A small pipeline stands in for the whole one."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportedly.engines import local
from reportedly.errors import InputError
from reportedly.settings import Settings

FRENCH = "Les forces arabo-kurdes ont repris samedi le dernier village des djihadistes, a dit leur porte-parole."
ONE = Settings(workers=1, batch_size=3)


def write(path: Path, rows: list[object]) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def articles() -> list[object]:
    return [{"id": f"a{n}", "text": f"The army shelled {n + 2} villages on Monday.", "mine": n} for n in range(8)]


@pytest.fixture(scope="module")
def whole(articles: list[object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run over good articles and bad lines."""
    folder = tmp_path_factory.mktemp("coded")
    rows = [
        *articles[:4],
        "{broken",
        {"id": "no-text"},
        {"id": "half", "text": "\ud800"},
        {"id": 9, "text": ""},
        {"id": "fr", "text": FRENCH},
        *articles[4:],
    ]
    source = folder / "in.jsonl.gz"
    source.write_bytes(gzip.compress(write(folder / "in.jsonl", rows).read_bytes()))
    output = folder / "out.jsonl"
    assert local.code([source], output, ONE, lambda done: None) == (9, 4)
    return output


def test_order_ids_text_and_other_fields_are_kept(whole: Path, articles: list[object]) -> None:
    coded = lines(whole)
    assert [row["id"] for row in coded] == ["a0", "a1", "a2", "a3", 9, "a4", "a5", "a6", "a7"]
    assert [{k: row[k] for k in ("id", "text", "mine")} for row in coded if "mine" in row] == articles
    assert all(row["figures"] and row["coder"] for row in coded if row["text"])


def test_failures_are_told_with_their_line(whole: Path) -> None:
    failed = lines(local.failures(whole))
    assert [(str(row["where"]).rsplit(":", 1)[1], row["id"]) for row in failed] == [
        ("5", None),
        ("6", "no-text"),
        ("7", "half"),
        ("9", "fr"),
    ]
    assert all(row["reason"] for row in failed)


def test_a_second_run_goes_on_behind_a_cut_line(whole: Path, tmp_path: Path) -> None:
    source, output = whole.with_name("in.jsonl.gz"), tmp_path / "out.jsonl"
    content = whole.read_bytes().splitlines(keepends=True)
    output.write_bytes(b"".join(content[:3]) + content[3][:50])
    done: list[object] = []
    assert local.code([source], output, ONE, done.append) == (9, 4)
    assert len(done) == 10
    assert output.read_bytes() == whole.read_bytes()
    again: list[object] = []
    assert local.code([source], output, ONE, again.append) == (9, 4)
    assert again == []


def test_another_input_is_not_mixed_in(whole: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other.jsonl", [{"id": "a0", "text": "Something else."}])
    with pytest.raises(InputError, match="holds other articles"):
        local.done_before([other], whole)


@pytest.mark.slow
def test_killed_and_stopped_runs_lose_nothing(articles: list[dict[str, object]], tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": n, "text": f"{articles[n % 8]['text']} " * 15} for n in range(60)])
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "reportedly.cli", "code", str(source), "-o", str(output), "--workers", "1"]
    small = {**os.environ, "REPORTEDLY_BATCH_SIZE": "4"}
    for stop in (signal.SIGKILL, signal.SIGINT):
        run = subprocess.Popen(command, stderr=subprocess.PIPE, env=small)
        before = output.stat().st_size if output.exists() else 0
        while run.poll() is None and (not output.exists() or output.stat().st_size <= before):
            time.sleep(0.05)
        run.send_signal(stop)
        assert run.wait(60) != 0
    assert subprocess.run(command, capture_output=True, check=False, env=small).returncode == 0
    assert [row["id"] for row in lines(output)] == list(range(60))


def test_what_is_done_is_held_against_the_input(tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.jsonl", [{"text": f"t{n}"} for n in range(4)]), tmp_path / "out.jsonl"
    write(output, [{"text": "t0"}, {"text": "t1"}])
    assert local.done_before([source], output) == 2
    write(output, [{"text": f"t{n}"} for n in range(5)])
    with pytest.raises(InputError, match="holds more articles"):
        local.done_before([source], output)
    write(output, [{"text": "t0"}])
    write(local.failures(output), [{"id": None, "where": "another.jsonl:9", "reason": "broken"}])
    with pytest.raises(InputError, match="holds more articles"):
        local.done_before([source], output)
