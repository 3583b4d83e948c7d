"""Articles in JSON Lines, plain or .gz: the input of `reportedly code`.

A line that is not an article is an error that names file and line; the other lines go on.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from reportedly.data import Article
from reportedly.errors import ReadError

_KNOWN = frozenset(Article.__struct_fields__)


def rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | ReadError]]:
    """The line number and the object of every line that is not blank."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opener(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _row(path, number, line)
    except (EOFError, gzip.BadGzipFile, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error) or "broken"
        yield number + 1, ReadError(f"{path}:{number + 1}", reason)


def _row(path: Path, number: int, line: bytes) -> dict[str, Any] | ReadError:
    where = f"{path}:{number}"
    try:
        row = json.loads(line)
    except ValueError as error:
        return ReadError(where, f"not JSON ({error})")
    if not isinstance(row, dict):
        return ReadError(where, "not an object")
    return row


def article(where: str, row: dict[str, Any]) -> Article:
    """The article of a row; what else is in the row is not looked at.

    Raises:
        ReadError: `text` is missing, or a field is of the wrong type.
    """
    if "text" not in row:
        raise ReadError(where, 'no "text"')
    given = {key: value for key, value in row.items() if key in _KNOWN}
    if isinstance(given.get("id"), int):
        given["id"] = str(given["id"])
    try:
        return msgspec.convert(given, Article)
    except msgspec.ValidationError as error:
        raise ReadError(where, str(error)) from None


def articles(path: Path) -> Iterator[Article | ReadError]:
    """The articles of a file, and an error for each line that is none."""
    for number, row in rows(path):
        if isinstance(row, ReadError):
            yield row
            continue
        try:
            yield article(f"{path}:{number}", row)
        except ReadError as error:
            yield error
