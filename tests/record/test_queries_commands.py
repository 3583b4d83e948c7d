"""The record's commands as a user types them: tables that fit, JSON, CSV, one-line errors."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly import cli
from reportedly.record import setup
from reportedly.record.models import Decision, Event

Run = Callable[..., tuple[int, str, str]]
COMMANDS = ("events", "figures", "control", "disputes", "sources", "actors", "places")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    """Call `reportedly` in an empty folder: (exit code, standard output, standard error)."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["reportedly", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


@pytest.fixture
def war(run: Run, war_on_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The made-up war, as the record of the working folder."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "reportedly.db").write_bytes(war_on_sqlite.read_bytes())
    setup.open_record()
    return run


def shelled() -> str:
    """The id of the event that is disputed."""
    return Event.objects.get(disputed=True).public_id


def test_every_list_fits_eighty_columns_and_is_not_verified(war: Run) -> None:
    for command in COMMANDS:
        code, out, err = war(command)
        assert (code, err) == (0, ""), command
        assert max(map(len, out.splitlines())) <= 80, command
        assert "Machine coding, not verified." in out, command


def test_a_line_shows_who_says_it_how_certain_how_supported_and_its_id(war: Run) -> None:
    _, out, _ = war("events", "--place", "Hajin")
    for expected in (
        "2019-03-01",
        "shelled",
        "fact",
        "DISPUTED",
        "2 articles, 2 outlets, 3 origins",
        "rescuers",
        shelled(),
    ):
        assert expected in out
    _, out, _ = war("figures", "--measure", "killed")
    for expected in ("15 people", "killed", "Hajin", "12–15", "Monitor", "a2/figure/54-56"):
        assert expected in out
    _, out, _ = war("control")
    assert "CONTESTED" in out and "claim against" in out and "2019-03-05" in out
    _, out, _ = war("disputes")
    assert "it did not happen" in out and "“The army denied that it shelled Hajin on Friday.”" in out
    assert "[party to the conflict]" in out
    _, out, _ = war("sources")
    assert "F proposed" in out


def test_each_list_takes_the_options_that_narrow_it(run: Run) -> None:
    helped = {command: run(command, "--help")[1] for command in ("events", "figures", "control", "search")}
    assert [command for command, text in helped.items() if "--background" in text] == ["events"]
    assert [command for command, text in helped.items() if "--measure" in text] == ["figures"]
    assert [command for command, text in helped.items() if "--near" in text] == ["events", "figures", "control"]
    assert all("--from" in text and "--limit" in text for text in helped.values())
    code, _, err = run("control", "--measure", "killed")
    assert code == 2 and "No such option: --measure" in err


def test_one_in_full(war: Run) -> None:
    code, out, _ = war("events", shelled())
    assert code == 0 and max(map(len, out.splitlines())) <= 80
    for expected in (
        "WHAT THE REPORTS SAY",
        "it did not happen",
        "TOLLS",
        "INDEPENDENT ORIGINS (3)",
        "GRADES",
        "REPORTS (3)",
    ):
        assert expected in out
    assert out.count("“The army shelled the market in Hajin") == 1  # quoted once, then by its number
    assert "linked with [1] at 0.90 (prior" in out and "https://harbour.example/a1" in "".join(out.split())
    assert "whether it happened" in out and "not verified" in out
    assert "killed" in war("figures", "a2/figure/54-56")[1]
    assert "since when is not told" in war("control", "Baghuz")[1]
    assert "Credibility".upper() in war("sources", "The Monitor")[1]
    assert "CONTROL" in war("actors", "ISIS")[1] and "FIGURES" in war("places", "Baghuz")[1]
    assert "mode · heavy-weapons" in war("events", "a1/event/9-16")[1]


def test_json_is_one_complete_object_a_line(war: Run) -> None:
    for command in COMMANDS:
        code, out, _ = war(command, "--json")
        assert code == 0 and all(isinstance(json.loads(line), dict) for line in out.splitlines()), command
    (line,) = (json.loads(line) for line in war("events", "--json", "--place", "Hajin")[1].splitlines())
    assert [one["statement"] for one in line["support"]] == ["a1/event/9-16", "a2/event/9-16"]
    assert (
        line["support"][0]["quote"].startswith("The army shelled")
        and line["urls"]["a1"] == "https://harbour.example/a1"
    )
    assert (line["judgement"], line["killed_best"], line["origins"]) == ("", 15.0, 3)
    page = json.loads(war("events", shelled(), "--json")[1])
    assert page["number"] == 3 and page["positions"][0]["aspect"] == "happened"


def test_csv_has_a_head_and_a_row_a_line(war: Run) -> None:
    for command in COMMANDS:
        code, out, _ = war(command, "--csv")
        rows = list(csv.reader(io.StringIO(out)))
        assert code == 0 and len(rows) > 2 and len({len(row) for row in rows}) == 1, command
    rows = list(csv.DictReader(io.StringIO(war("events", "--csv", "--place", "Hajin")[1])))
    assert rows[0]["statements"] == "a1/event/9-16; a2/event/9-16" and rows[0]["disputed"] == "yes"
    claims = list(csv.DictReader(io.StringIO(war("disputes", "--csv")[1])))
    assert len(claims) == 5 and {row["stance"] for row in claims} == {"lead", "contradicts"}


def test_a_formula_is_no_formula_in_csv_and_a_control_character_none_in_the_terminal(war: Run) -> None:
    Event.objects.filter(disputed=True).update(label='=HYPERLINK("http://x")')
    rows = list(csv.DictReader(io.StringIO(war("events", "--csv", "--place", "Hajin")[1])))
    assert rows[0]["label"].startswith("'=")
    Event.objects.filter(disputed=True).update(label="shelled \x1b[31mred\x07")
    out = war("events", "--place", "Hajin")[1]
    assert "\x07" not in out and "\x1b[31mred" not in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("events", "--box", "1,2"),
        ("events", "--from", "soon"),
        ("events", "--near", "1,2", "--radius", "-1"),
        ("events", "--radius", "5"),
        ("events", "--type", "WAR"),
        ("figures", "--measure", "dead"),
        ("events", "--search", "***"),
        ("events", "--json", "--csv"),
        ("events", "--limit", "0"),
        ("events", "--offset", "99999999999999999999"),
        ("events", "--place", "\udcff"),
        ("events", "\udcff"),
        ("control", "--source", "a\0b"),
        ("history", "\udcff"),
        ("decide", "confirm", "\udcff", "--reason", "x", "--user", "ada"),
        ("decide", "confirm", "a1/event/9-16", "--reason", "\udcff", "--user", "ada"),
        ("events", "e-none"),
        ("events", "a1/event/0-1"),
        ("figures", "none"),
        ("control", "Nowhere"),
        ("disputes", "none"),
        ("sources", "Nobody"),
        ("actors", "Nobody"),
        ("places", "Nowhere"),
        ("search", "***"),
        ("history", "none"),
        ("undo", "99", "--reason", "x", "--user", "ada"),
        ("decide", "confirm", "none", "--reason", "x", "--user", "ada"),
        ("decide", "confirm", "a1/event/9-16", "--user", "ada"),
        ("decide", "confirm", "a1/event/9-16", "--reason", "x", "--user", ""),
        ("decide", "correct", "a1/event/9-16", "type", "WAR", "--reason", "x", "--user", "ada"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_one(war: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = war(*arguments)
    assert code == 1 and out == ""
    assert err.startswith("reportedly: ") and err.count("\n") == 1
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    "arguments", [*((command,) for command in COMMANDS), ("search", "x"), ("history",), ("undo", "1")]
)
def test_a_record_that_is_not_there_is_not_made(
    run: Run, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err == "reportedly: reportedly.db: no record there yet; begin one with: reportedly add SOURCE…\n"
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_says_so_too(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "reportedly.db").touch()
    assert (
        run("events")[2] == "reportedly: reportedly.db: no record in it yet; begin one with: reportedly add SOURCE…\n"
    )


def test_an_empty_list_says_so(war: Run) -> None:
    assert war("events", "--place", "Nowhere")[:2] == (0, "No events in the record that this would be.\n")
    assert war("events", "--offset", "50")[1] == "No events beyond the first 50.\n"
    assert war("figures", "--measure", "money", "--json")[1] == ""
    assert war("history")[1] == "Nobody has decided anything yet.\n"


def test_more_is_told(war: Run) -> None:
    assert "More: --offset 2" in war("events", "--limit", "2")[1]


def test_deciding_and_undoing_on_the_command_line(war: Run) -> None:
    event = shelled()
    code, out, _ = war("decide", "confirm", event, "--reason", "saw it", "--user", "ada")
    assert code == 0 and out == f"decision 1: {event} confirmed, by ada\n"
    out = war("events", "--place", "Hajin")[1]
    assert "confirmed by a person" in out and "but where it says" in out
    assert "Confirmed by a person." in war("events", event)[1]
    assert (
        war("decide", "correct", "a2/figure/54-56", "high", "20", "--reason", "as in the text", "--user", "ada")[0] == 0
    )
    assert "high: 20, set by a person (coded: 15)" in war("events", "a2/figure/54-56")[1]
    assert war("decide", "grade", "The Monitor", "B", "--reason", "long known", "--user", "ben")[0] == 0
    out = war("sources", "--source", "The Monitor")[1]
    assert "B set by ben" in " ".join(out.split()) and "proposed: F" in " ".join(out.split())
    met = Event.objects.get(label__contains="met").public_id
    assert (
        f"decision 4: {met} merged into {event}"
        in war("decide", "merge", event, met, "--reason", "one", "--user", "a")[1]
    )
    assert f"into {event}-s1" in war("decide", "split", event, "a2/event/9-16", "--reason", "two", "--user", "a")[1]
    assert war("decide", "reject", "a2/event/105-112", "--reason", "no", "--user", "a")[0] == 0
    assert "undid decision 1" in war("undo", "1", "--reason", "was wrong", "--user", "ada")[1]
    assert "confirmed by a person" not in war("events", "--place", "Hajin")[1]
    out = war("history")[1]
    assert "undone" in out and "was wrong" in out and "saw it" in out
    assert [json.loads(line)["decision"]["id"] for line in war("history", "--json")[1].splitlines()] == [
        7,
        6,
        5,
        4,
        3,
        2,
        1,
    ]
    assert json.loads(war("undo", "2", "--reason", "x", "--user", "y", "--json")[1])["undoes"] == 2


def test_the_user_is_the_systems_if_nobody_says(war: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.commands import decisions

    monkeypatch.setattr(decisions, "whoami", lambda: "carol")
    assert ", by carol" in war("decide", "confirm", shelled(), "--reason", "saw it")[1]


def test_search_leads_to_sentences(war: Run) -> None:
    code, out, _ = war("search", "denied hajin")
    assert code == 0 and "“The army denied that it shelled Hajin on Friday.”" in out and "Market toll rises" in out
    assert json.loads(war("search", '"an aid group"', "--json")[1])["article"] == "a6"
    assert war("search", '"group aid an"')[1] == "No article in the record that this would be.\n"
