"""The commands as a user types them: what they print, their exit codes, their one-line errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from reportedly import cli, settings
from reportedly.statements import language

EXAMPLES = Path(__file__).parents[1] / "examples" / "baghuz"
PAGE = EXAMPLES / "06-kestrel-camp-overrun.html"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nlp: Language, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Call `reportedly` with arguments: (exit code, standard output, standard error)."""
    monkeypatch.setattr(language, "load", lambda settings: nlp)
    monkeypatch.setenv("REPORTEDLY_ARCHIVE", str(tmp_path / "archive"))
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["reportedly", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        captured = capsys.readouterr()
        return int(left.value.code or 0), captured.out, captured.err

    return call


def test_read_prints_the_account(run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("read", PAGE)
    assert (code, err) == (0, "")
    for expected in (
        "US-backed forces overrun camp",
        "Kestrel News · 19 March 2019",
        "EVENTS",
        "FIGURES",
        "WHO SAID WHAT",
        "not verified",
    ):
        assert expected in out
    assert "157" in out and "Mustafa Bali" in out


def test_read_json_is_a_coded_article_a_line(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("read", "--json", EXAMPLES)
    articles = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(articles) == 9
    assert all(article["figures"] and article["events"] and article["archive"] for article in articles)


def test_read_html_and_summary(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("read", EXAMPLES, "--summary", "--html", tmp_path / "page.html")
    assert code == 0 and "9 articles" in out
    assert (tmp_path / "page.html").read_text().count("<article") == 9


def test_one_bad_source_does_not_stop_the_others(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.html").write_bytes(b"")
    code, out, err = run("read", tmp_path / "empty.html", PAGE, tmp_path / "none.txt")
    assert code == 1 and "US-backed forces overrun camp" in out
    assert err.splitlines() == [
        f"reportedly: {tmp_path}/empty.html: empty",
        f"reportedly: {tmp_path}/none.txt: no such file or folder",
    ]


def test_a_stage_that_fails_is_one_line(run, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*_: object) -> None:
        raise ValueError("first line\nsecond line")

    monkeypatch.setattr(language, "code", broken)
    code, _, err = run("read", PAGE)
    assert code == 1 and "could not be coded (ValueError: first line" in err and len(err.splitlines()) == 1


def test_code_and_its_bad_input(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("code", tmp_path / "none.jsonl", "-o", tmp_path / "out.jsonl")
    assert (code, err) == (1, f"reportedly: {tmp_path}/none.jsonl: no such file\n")
    (tmp_path / "in.jsonl").write_text("")
    code, _, err = run("code", tmp_path / "in.jsonl", "-o", tmp_path / "nowhere" / "out.jsonl")
    assert code == 1 and "no such folder" in err
    code, _, err = run("code", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert code == 0 and "0 coded" in err


def test_a_page_that_cannot_be_written_is_one_line(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("read", PAGE, "--html", tmp_path / "none" / "page.html")
    assert code == 1 and err.startswith("reportedly: ") and len(err.splitlines()) == 1


def test_a_setting_that_cannot_be_used(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("REPORTEDLY_TIMEOUT", "soon")
    code, _, err = run("read", PAGE)
    assert code == 1 and "timeout" in err and len(err.splitlines()) == 1


def test_evaluate_without_sets(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("evaluate", "--folder", tmp_path)
    assert (code, err) == (1, f"reportedly: {tmp_path}: no evaluation set is there\n")


def test_schema_and_version(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("schema")
    assert code == 0 and json.loads(out)["$ref"].endswith("CodedArticle")
    code, out, _ = run("--version")
    assert code == 0 and out.startswith("reportedly ")


def test_an_interrupt_says_how_to_go_on(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "app", stop)
    code, _, err = run()
    assert code == 130 and "goes on where it was" in err


def test_gazetteer_add_takes_a_geonames_dump(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from reportedly.statements import gazetteer, gazetteer_build

    folder = tmp_path / "data"
    folder.mkdir()
    shared = gazetteer.build(settings.data_folder(settings.load()))
    (folder / gazetteer_build.file_name()).symlink_to(shared)
    monkeypatch.setenv("REPORTEDLY_DATA_FOLDER", str(folder))
    row = (
        "99000001\tTal Ghazal\tTal Ghazal\t\t35.1\t40.2\tP\tPPL\tSY\t\t07\t\t\t\t1200\t\t200\tAsia/Damascus\t2019-01-01"
    )
    (tmp_path / "SY.txt").write_text(row + "\n")
    assert run("gazetteer", "add", tmp_path / "SY.txt")[:2] == (0, f"{tmp_path}/SY.txt: 1 places\n")
    (tmp_path / "bad.txt").write_text("one\ttwo\n")
    code, _, err = run("gazetteer", "add", tmp_path / "bad.txt")
    assert code == 1 and f"{tmp_path}/bad.txt:1" in err and len(err.splitlines()) == 1
