"""`reportedly add` and `reportedly check`: what a user types, and what goes wrong with the database."""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from reportedly import cli
from reportedly.errors import RecordError
from reportedly.record import adding, coding, incoming, models, setup
from reportedly.settings import Settings
from tests.record import working
from tests.record.factories import StemLinker

EXAMPLES = Path(__file__).parents[2] / "examples" / "baghuz"
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line with a record in an empty folder, linking without models."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(adding, "Linker", lambda settings, **least: StemLinker())

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])

    return invoke


def test_add_takes_what_is_coded_and_says_what_became_of_it(run: Run, tmp_path: Path) -> None:
    """Plain and compressed files, alone and in a folder; a line that is no article is named and does not stop."""
    folder = tmp_path / "coded"
    folder.mkdir()
    lines = working.write(folder / "a.jsonl", range(3)).read_bytes()
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(msgspec.json.encode(working.story(3)) + b"\n{\n" + lines))
    found = run("add", folder)
    assert found.exit_code == 1
    assert "4 added, 3 already there, 0 revised, 1 failed; the record is reportedly.db" in found.stderr
    assert "b.jsonl.gz:2: not JSON" in found.stderr
    assert "4 added" not in found.stdout
    again = run("add", folder / "a.jsonl")
    assert (again.exit_code, "0 added, 3 already there" in again.stderr) == (0, True)
    assert run("check").stdout == "The record is sound: 4 articles, 16 statements, 8 events.\n"


def test_add_reads_and_codes_pages(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A page, then its whole folder: the page is not coded again."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("06-kestrel-camp-overrun.html", "09-riverbank-gazette-camp.txt"):
        shutil.copy(EXAMPLES / name, pages)
    assert run("add", pages / "06-kestrel-camp-overrun.html").exit_code == 0
    coded: list[str] = []
    kept = coding._code_one
    monkeypatch.setattr(
        coding, "_code_one", lambda nlp, article: coded.append(article.title or "") or kept(nlp, article)
    )
    found = run("add", pages)
    assert "1 added, 1 already there" in found.stderr and len(coded) == 1
    first = models.Article.objects.get(title__startswith="US-backed")
    assert first.statements.filter(layer="event").exists() and first.revision and first.revision.archive


def test_many_articles_are_coded_on_several_processes(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In the order in which they came, with what is known and what fails between them."""
    monkeypatch.setattr(coding, "FEW", 1)
    texts = [
        f"Shells hit the town of Hajin on Friday, and {n + 3} people were killed, rescuers said." for n in range(4)
    ]
    rows = [{"text": text, "id": f"t{n}", "published": "2019-03-02"} for n, text in enumerate(texts)]
    rows[2]["text"] = "\ud800 half a character"
    lines = [msgspec.json.encode(row) if n != 2 else b'{"text": "\\ud800 half"}' for n, row in enumerate(rows)]
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join([lines[0], lines[1], lines[0], *lines[2:]]))
    found = run("add", path, "--workers", 2)
    assert "3 added, 1 already there, 0 revised, 1 failed" in found.stderr
    assert list(models.Article.objects.order_by("pk").values_list("public_id", flat=True)) == ["t0", "t1", "t3"]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://localhost/x", "DATABASE_URL: mysql://localhost/x is neither sqlite:///FILE nor postgres://"),
        ("nonsense", "DATABASE_URL:"),
        ("sqlite:////no/such/folder/r.db", "/no/such/folder/r.db: unable to open database file"),
        ("postgres://me:secret@127.0.0.1:1/x", "postgresql://127.0.0.1:1/x: connection failed"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(url: str, told: str) -> None:
    with pytest.raises(RecordError) as error:
        setup.open_record(url)
    assert str(error.value).startswith(told)
    assert "\n" not in str(error.value) and "secret" not in str(error.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "r.db").write_text("notes\n" * 2000)
    with pytest.raises(RecordError, match=r"r\.db: file is not a database$"):
        setup.open_record(f"sqlite:///{tmp_path / 'r.db'}")
    assert (tmp_path / "r.db").read_text() == "notes\n" * 2000


def test_without_the_driver_of_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("psycopg", "django.db.backends.postgresql"))]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("psycopg", "psycopg2"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(RecordError, match=r"PostgreSQL needs psycopg: pip install 'reportedly\[postgres\]'"):
        setup.open_record("postgres://localhost/x")
    setup.close()


def test_a_record_of_a_newer_version(sqlite_record: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('record', '0999_later', '2030-01-01')"
        )
    with pytest.raises(RecordError, match="made by a newer version of reportedly"):
        setup.open_record(sqlite_record)


def test_a_disk_without_room_for_tables(run: Run, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{small_disk / 'r.db'}")
    found = run("add", working.write(small_disk.parent / "a.jsonl", range(2)))
    assert isinstance(found.exception, RecordError)
    assert str(found.exception) in ("small/r.db: database or disk is full", "small/r.db: disk I/O error")


def test_what_is_to_come_is_counted_where_it_can_be(tmp_path: Path) -> None:
    """Lines of files and pages of folders; a feed's reports only reading can tell."""
    working.write(tmp_path / "a.jsonl", range(3))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"{}\n\n{}\n"))
    (tmp_path / "c.html").write_text("<p>Text.</p>")
    (tmp_path / "picture.png").write_bytes(b"")
    assert incoming.count([str(tmp_path)]) == 6
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 900)[:-9])
    assert incoming.count([str(tmp_path / "cut.jsonl.gz")]) is None
    assert incoming.count([str(tmp_path / "a.jsonl"), "https://news.example/feed"]) is None


def test_a_single_article_starts_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.engines import local

    monkeypatch.setattr(local, "in_order", None)
    article = msgspec.convert({"text": "Shells hit the town on Friday.", "id": "a"}, type=working.CodedArticle)
    found = list(coding.code(iter([article]), Settings()))
    assert found == [article]
