"""How lists and pages of the record look: tables for people, one JSON object a line, CSV.

What comes from articles is shown as text only: control characters are taken out, and a cell of CSV that a spreadsheet
would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.account import words
from reportedly.errors import QueryError

CONFIRMED = "confirmed by a person"
#: As wide as anything is laid out, however wide the terminal.
WIDEST = 110
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def console() -> Console:
    """Where lists and pages go."""
    found = Console(highlight=False)
    return found if found.width <= WIDEST else Console(highlight=False, width=WIDEST)


def form(json: bool, as_csv: bool) -> str:
    """ "json", "csv" or "table".

    Raises:
        QueryError: both were asked for.
    """
    if json and as_csv:
        raise QueryError("--json and --csv: one of them")
    return "json" if json else "csv" if as_csv else "table"


def plain(text: str) -> str:
    """A text on one line, without characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "�" for c in text).split())


def text(*parts: tuple[str, str] | str) -> Text:
    """Parts, each a text or a text and its style."""
    found = Text()
    for part in parts:
        content, style = part if isinstance(part, tuple) else (part, "")
        before = " " if content[:1] == " " else ""
        after = " " if content[-1:] == " " and content.strip() else ""
        found.append(before + plain(content) + after, style=style)
    return found


def joined(parts: Iterable[Text | tuple[str, str] | str], between: str = " · ") -> Text:
    """Parts with something in between."""
    made = [part if isinstance(part, Text) else text(part) for part in parts]
    return Text(between).join(part for part in made if part.plain)


def table(columns: Sequence[tuple[str, Mapping[str, Any]]]) -> Table:
    """An empty table."""
    made = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), expand=True, show_edge=False)
    for name, options in columns:
        made.add_column(name, **options)
    return made


def heading(title: str, out: Console) -> None:
    """The title of a part of a page."""
    out.print()
    out.print(Text(plain(title).upper(), style="bold reverse"))


def indented(content: Text, out: Console, by: int = 2) -> None:
    """A line or paragraph of a page."""
    out.print(Padding(content, (0, 0, 0, by)))


def foot(lines: Sequence[Any], out: Console, *, offset: int, limit: int, confirmed: bool | None = None) -> None:
    """Below a list: that it is machine coding, and how to see more."""
    some = any(getattr(line, "judgement", "") == "confirmed" for line in lines) if confirmed is None else confirmed
    note = words.UNVERIFIED if not some else f"Machine coding, not verified, but where it says “{CONFIRMED}”."
    more = f" More: --offset {offset + limit}" if len(lines) == limit else ""
    out.print(Text(note + more, style="italic dim"))


def nothing(out: Console, what: str, offset: int) -> None:
    """What an empty list says."""
    out.print(f"No {what} beyond the first {offset}." if offset else f"No {what} in the record that this would be.")


def as_json(lines: Iterable[Struct]) -> None:
    """One object a line."""
    for line in lines:
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table with a head, in UTF-8, with CR LF at the ends of lines (RFC 4180)."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    sys.stdout.buffer.write(made.getvalue().encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(one) for one in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.15g}" if isinstance(value, float) else value


# ---- words for values


def days(first: date | str | None, last: date | str | None, reported: date | str | None = None) -> str:
    """Days as "2019-03-01", "2019-03-01–05", "from …"; "rep. 2019-03-02" where only the report has a day."""
    start, end = (day.isoformat() if isinstance(day, date) else (day or "") for day in (first, last))
    if start and end:
        return start if start == end else f"{start} – {end}"
    if start or end:
        return f"from {start}" if start else f"until {end}"
    return f"rep. {str(reported)[:10]}" if reported else "no date"


def span(low: float | None, high: float | None) -> str:
    """A range: "12", "10–15", "at least 30", "up to 20", "" where nothing is known."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"at least {words.number(low)}" if low is not None else f"up to {words.number(high or 0)}"
    return words.number(low) if low == high else f"{words.number(low)}–{words.number(high)}"


def toll(low: float | None, best: float | None, high: float | None) -> str:
    """A toll: its range, and the best figure where it is not the only one."""
    found = span(low, high)
    if best is None or not found or low == high:
        return found
    return f"{found}, best {words.number(best)}"


def where(name: str | None, precision: str = "") -> str:
    """A place, with how exact it is where it is not a point."""
    if not name:
        return ""
    return f"{words.PRECISION.get(precision, '')}{name}"


def voices(names: Sequence[str], most: int = 2) -> str:
    """The first of those who say it, and how many more."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
