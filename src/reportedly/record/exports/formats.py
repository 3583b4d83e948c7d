"""What an export format is: the files it writes, and how each is written from the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from msgspec import Struct, field

from reportedly.record.exports.shapes import EventRecord, StatementRecord


class Source(Protocol):
    """The record as a format reads it. Each call starts anew; nothing is held but the item at hand."""

    def events(self) -> Iterator[EventRecord]:
        """The events, by id."""

    def statements(self) -> Iterator[StatementRecord]:
        """The statements, by key."""

    def articles(self) -> Iterator[bytes]:
        """The coded articles, by id, each one line of JSON in the coded-article format."""


class Written(Struct):
    """How many rows a file got, and how many events were left out of it, by reason."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


class File(Struct, frozen=True):
    """One file of a format: its name, and what writes it."""

    name: str
    write: Callable[[Source, BinaryIO], Written]


class Format(Struct, frozen=True):
    """An export format. `about` is one line for people; several files need a folder to go to."""

    name: str
    about: str
    files: tuple[File, ...]
