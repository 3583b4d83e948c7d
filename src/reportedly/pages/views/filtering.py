"""A list's filter from the address of the page, with what is wrong in it as a line for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from reportedly.account import words
from reportedly.errors import QueryError
from reportedly.record.queries import filters
from reportedly.record.queries.filters import Filter

#: The fields of the filter form, as they stand in an address.
FIELDS = ("since", "until", "place", "box", "near", "actor", "type", "source", "measure", "search")
#: What stands before a value that is filtered by.
WORDS = {
    "since": "from",
    "until": "to",
    "box": "area of the map",
    "near": "near",
    "actor": "actor:",
    "type": "type:",
    "source": "source:",
    "place": "place:",
    "measure": "measure:",
    "search": "words:",
}
#: Rows on one page of a list.
ROWS = 20


@dataclass(frozen=True)
class Chip:
    """One thing that a list is filtered by, in words, and the address of the list without it."""

    label: str
    without: str


@dataclass(frozen=True)
class Asked:
    """What a reader asked for: the words as typed, the filter (empty where they cannot be read), what is wrong."""

    given: dict[str, str]
    chosen: Filter
    error: str
    page: int

    @property
    def active(self) -> bool:
        """True if anything is filtered by."""
        return any(self.given.values())

    def address(self, **changed: object) -> str:
        """The query string of the same list with some fields changed; "" if nothing is left."""
        fields = {**self.given, "page": self.page if self.page > 1 else "", **changed}
        return encoded(fields) or "?"

    @property
    def chips(self) -> list[Chip]:
        """What is filtered by, one by one."""
        return [
            Chip(_said(name, value), self.address(page="", **{name: ""})) for name, value in self.given.items() if value
        ]

    @property
    def query(self) -> str:
        """The query string of the whole list, for its feed and its data."""
        found = self.address(page="")
        return "" if found == "?" else found

    @property
    def next(self) -> str:
        """The address of the next page."""
        return self.address(page=self.page + 1)

    @property
    def previous(self) -> str:
        """The address of the page before."""
        return self.address(page=self.page - 1 if self.page > 2 else "")


def encoded(fields: Mapping[str, object]) -> str:
    """Fields as a query string; "" if none has a value."""
    kept = {name: value for name, value in fields.items() if value not in ("", None)}
    return f"?{urlencode(kept)}" if kept else ""


def _said(name: str, value: str) -> str:
    if name == "box":
        return WORDS["box"]
    return f"{WORDS[name]} {words.day(value) if name in ('since', 'until') else value}"


def asked(request: HttpRequest, rows: int = ROWS) -> Asked:
    """The filter of a request; one row more than a page holds is asked for, which tells whether there is a next."""
    given = {name: request.GET.get(name, "").strip() for name in FIELDS}
    number = request.GET.get("page", "1")
    page = min(int(number), 10_000) if number.isascii() and number.isdigit() and int(number) > 0 else 1
    wanted = {name: value or None for name, value in given.items()}
    try:
        chosen = filters.read(**wanted, limit=rows + 1, offset=(page - 1) * rows)  # type: ignore[arg-type]
        return Asked(given, chosen, "", page)
    except QueryError as error:
        return Asked(given, Filter(limit=rows + 1), str(error), page)
