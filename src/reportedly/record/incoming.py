"""What comes in: articles of any source, and articles that are coded already.

A line of JSON Lines that has `sentences` and `coder` is a coded article (what `reportedly code` writes) and is taken
as it is.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from reportedly.articles import jsonlines, reader
from reportedly.articles.language import check_english
from reportedly.articles.reader import Reader
from reportedly.data import Article, CodedArticle
from reportedly.errors import ReadError


class Known(Struct, frozen=True):
    """Stands for an article that the record has already."""


Incoming = Article | CodedArticle | ReadError | Known
#: As JSON writes it.
NUL = rb"\u0000"
LINES = (".jsonl", ".jsonl.gz")
_KNOWN = frozenset(CodedArticle.__struct_fields__)


def read(reader_: Reader, source: str) -> Iterator[Incoming]:
    """The articles of a source in order, coded or not, and an error for each that cannot be read."""
    path = Path(source)
    if source.startswith(("http://", "https://")) or source == "-":
        yield from reader_.read(source)
    elif path.is_dir():
        yield from _folder(reader_, path)
    elif source.lower().endswith(LINES) and path.exists():
        yield from lines(path, reader_.settings.max_text)
    else:
        yield from reader_.read(source)


def _folder(reader_: Reader, folder: Path) -> Iterator[Incoming]:
    files = _files(folder)
    if not files:
        yield ReadError(str(folder), "no page or text in this folder")
    for path in files:
        yield from read(reader_, str(path))


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.name.lower().endswith(reader.SUFFIXES) and path.is_file())
    return sorted(found)


def lines(path: Path, longest: int) -> Iterator[Incoming]:
    """The articles of a JSON Lines file, coded or not."""
    for number, row in jsonlines.rows(path):
        try:
            yield _checked(f"{path}:{number}", row, longest)
        except ReadError as error:
            yield error


def _checked(where: str, row: dict[str, Any] | ReadError, longest: int) -> Incoming:
    if isinstance(row, ReadError):
        return row
    found = _coded(where, row) if row.get("coder") and "sentences" in row else jsonlines.article(where, row)
    if len(found.text) > longest:
        raise ReadError(where, f"its text is longer than {longest:,} characters")
    if not isinstance(found, CodedArticle):
        check_english(where, found.text)
    return found


def _coded(where: str, row: dict[str, Any]) -> CodedArticle:
    given = {key: value for key, value in row.items() if key in _KNOWN}
    if isinstance(given.get("id"), int):
        given["id"] = str(given["id"])
    try:
        return msgspec.convert(given, CodedArticle)
    except msgspec.ValidationError as error:
        raise ReadError(where, f"not a coded article ({error})") from None


def storable(article: Article) -> Article:
    """The article, if a database can keep it.

    Raises:
        ReadError: it holds a NUL character or half a surrogate pair.
    """
    where = article.url or article.id or article.title or ""
    try:
        whole = msgspec.json.encode(article)
    except UnicodeEncodeError:
        whole = NUL
    if NUL in whole:
        raise ReadError(where, "holds a NUL character or half a surrogate pair, which the record cannot keep")
    return article


def count(sources: list[str]) -> int | None:
    """How many articles sources hold, for the progress bar; None where only reading tells."""
    total = 0
    for source in sources:
        number = _count(source)
        if number is None:
            return None
        total += number
    return total


def _count(source: str) -> int | None:
    path = Path(source)
    if source.startswith(("http://", "https://")) or source == "-":
        return None
    if path.is_dir():
        return count([str(found) for found in _files(path)])
    if source.lower().endswith(LINES) and path.is_file():
        return _lines(path)
    return None if source.lower().endswith((".warc", ".warc.gz", ".xml", ".rss", ".atom")) else 1


def _lines(path: Path) -> int | None:
    """Lines that are not blank; None for a file that cannot be read, of which reading will tell."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as found:
            return sum(1 for line in found if line.strip())
    except (EOFError, OSError):
        return None
