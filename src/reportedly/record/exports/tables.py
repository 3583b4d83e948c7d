"""Rows to CSV or TSV: what is unknown is empty, and no cell can break the table or run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from reportedly import lexicons

Cell = str | int | float | None
#: A spreadsheet takes a cell that starts with one of these for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@")
#: Control characters, line and paragraph separators, and halves of a character.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def columns(name: str) -> list[str]:
    """The columns of a format, in order (`exports_columns.tsv`)."""
    return [row["column"] for row in lexicons.rows("exports_columns.tsv") if row["format"] == name]


def write(out: BinaryIO, header: Sequence[str], rows: Iterable[Mapping[str, Cell]], *, delimiter: str = ",") -> int:
    """Write a header and rows, UTF-8, lines ended by a newline; give how many rows.

    Raises:
        ValueError: a row has a column that the table has not.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, header, delimiter=delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(dict(_cells(row)))
        count += 1
    text.flush()
    text.detach()
    return count


def _cells(row: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    for column, value in row.items():
        yield column, cell(value)


def cell(value: Cell) -> str:
    """One cell: numbers plain and whole where they are whole, text on one line and never a formula."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if not isinstance(value, str):
        return str(value)
    text = " ".join(UNPRINTABLE.sub(" ", value).split())
    return f"'{text}" if text.startswith(FORMULA) else text


def joined(values: Iterable[str | None], separator: str = "; ") -> str:
    """Several values in one cell, each once and in order; one that holds the separator loses it."""
    clean = (value.replace(separator.strip(), ",") for value in values if value)
    return separator.join(dict.fromkeys(clean))
