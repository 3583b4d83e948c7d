"""Reading files of every form, good and bad."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest

from reportedly.articles.archive import Archive
from reportedly.articles.reader import Reader
from reportedly.data import Article
from reportedly.errors import LeftOut, ReadError
from reportedly.settings import Settings
from tests.articles.conftest import PAGE, PARAGRAPH

EXAMPLES = Path(__file__).parents[2] / "examples" / "baghuz"
CHROME = (
    "Leave a",
    "email address",
    "Required fields",
    "All rights reserved",
    "©",
    "Copyright",
    "Share this",
    "cookies",
    "Sign up",
    "Related",
    "You may also",
    "Most read",
    "Read more",
    "Log in",
)


def read_one(path: Path, **settings: int) -> Article | ReadError:
    (result,) = Reader(Settings(**settings)).read(str(path))
    return result


@pytest.fixture
def examples() -> list[Article]:
    results = list(Reader(Settings()).read(str(EXAMPLES)))
    return [result for result in results if isinstance(result, Article)]


def test_the_examples_are_read_without_their_chrome(examples: list[Article]) -> None:
    assert len(examples) == len(list(EXAMPLES.glob("*.html"))) + len(list(EXAMPLES.glob("*.txt")))
    for article in examples:
        assert not [word for word in CHROME if word in article.text], article.title
        assert article.title and article.published and len(article.text) > 500


def test_the_examples_have_their_metadata(examples: list[Article]) -> None:
    first, gazette = examples[0], examples[-1]
    assert (first.publisher, first.author) == ("The Levant Courier", "Rima Daher")
    assert (first.published, first.modified) == ("2019-02-10T08:30:00+02:00", "2019-02-10T11:05:00+02:00")
    assert first.url == "https://levantcourier.example/2019/02/10/assault-last-pocket"
    assert gazette.title == "Aid workers say al-Hol camp is at breaking point"
    assert (gazette.published, gazette.author) == ("2019-03-28", "Samira Nouri")


def test_the_raw_bytes_are_archived(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    archive = Archive(tmp_path / "archive")
    for _ in range(2):
        (article,) = Reader(Settings(), archive).read(str(page))
        assert isinstance(article, Article) and article.archive
    assert article.archive == hashlib.sha256(PAGE.encode()).hexdigest()
    assert archive.path(article.archive).read_bytes() == PAGE.encode()
    notes = json.loads(archive.path(article.archive).with_suffix(".json").read_text())
    assert len(notes) == 2 and notes[0]["fetched"].endswith("Z")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.html", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "not text"),
        ("paper.html", b"%PDF-1.7 ...", "PDF"),
        ("menu.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        ("chrome.txt", b"Leave a Reply\nYour email address will not be published.\n", "no article"),
    ],
)
def test_what_is_no_article_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = read_one(path)
    assert isinstance(result, ReadError)
    assert str(result).startswith(str(path)) and reason in str(result) and "\n" not in str(result)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize(
    "stated", ["", "<meta charset='utf-8'>", "<meta charset='iso-8859-1'>", "<meta charset='no-such'>"]
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, stated: str) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(
        PAGE.replace("<head>", "<head>" + stated)
        .replace("Residents said", "“Café” residents’ spokesman said")
        .encode(encoding)
    )
    article = read_one(page)
    assert isinstance(article, Article)
    assert "“Café” residents’ spokesman" in article.text


def test_a_large_file_and_a_long_text(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("A headline\n\n" + (PARAGRAPH + "\n") * 200)
    assert "longer than 1,000 characters" in str(read_one(path, max_text=1000))
    assert "larger than 1,000 bytes" in str(read_one(path, max_download=1000))


def test_twenty_megabytes_of_text_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.write_text("A headline\n\n" + (PARAGRAPH + "\n") * 180_000)
    assert str(read_one(path)) == f"{path}: larger than 20,000,000 bytes"
    assert "longer than 1,000,000 characters" in str(read_one(path, max_download=30_000_000))


def test_another_language_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "fr.txt"
    path.write_text(
        "Le village est tombé\n\nLes forces arabo-kurdes ont repris samedi le dernier village que tenaient les djihadistes, a annoncé leur porte-parole.\n"
    )
    result = read_one(path)
    assert isinstance(result, LeftOut) and "its language is fr" in str(result)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in str(read_one(tmp_path / "none.html"))


def test_an_unread_page_does_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"")
    (tmp_path / "b.html").write_text(PAGE)
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    bad, good = Reader(Settings()).read(str(tmp_path))
    assert isinstance(bad, ReadError) and isinstance(good, Article)


def warc(*pages: bytes) -> bytes:
    """A WARC file of HTTP responses."""
    records = []
    for number, page in enumerate(pages):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000000{number}-0000-4000-8000-000000000000>\r\n"
            f"WARC-Target-URI: http://news.example/{number}\r\nWARC-Date: 2019-03-04T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        records.append(head.encode() + http + b"\r\n\r\n")
    return b"".join(records)


@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_a_warc_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    content = warc(PAGE.encode(), b"<html><body>nothing</body></html>", PAGE.encode())
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    first, empty, last = Reader(Settings()).read(str(path))
    assert isinstance(first, Article) and isinstance(last, Article)
    assert (first.url, first.fetched) == ("http://news.example/0", "2019-03-04T10:00:00Z")
    assert isinstance(empty, ReadError) and "http://news.example/1" in str(empty)


def test_a_broken_warc_file_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.warc.gz"
    whole = gzip.compress(warc(PAGE.encode())) + gzip.compress(warc(PAGE.encode(), PAGE.encode()))[:-120]
    path.write_bytes(whole)
    results = list(Reader(Settings()).read(str(path)))
    assert isinstance(results[0], Article)
    assert any(isinstance(result, ReadError) for result in results[1:])
    path.write_bytes(b"this is no archive" * 50)
    (result,) = Reader(Settings()).read(str(path))
    assert isinstance(result, ReadError)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))
    (article,) = Reader(Settings()).read("-")
    assert isinstance(article, Article) and article.title == "Village taken"


def test_articles_in_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n\nnot json\n[]\n{"id": 4}\n{"text": 5}\n{"text": "Two.", "id": 7}\n')
    results = list(Reader(Settings()).read(str(path)))
    assert [isinstance(result, Article) for result in results] == [True, False, False, False, False, True]
    assert [str(result).split(": ")[0].rsplit(":", 1)[1] for result in results[1:5]] == ["3", "4", "5", "6"]
