"""The gazetteer: places of the world by name, from a prebuilt index and the user's own additions.

The index is opened read-only at the first look-up, one connection a process and thread, so that
forked and spawned workers are safe. `add` takes GeoNames' own dump files.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from reportedly import settings as settings_
from reportedly.errors import ComponentError
from reportedly.settings import Settings
from reportedly.statements import gazetteer_build, gazetteer_dump, gazetteer_names

ADDED = "gazetteer-added.sqlite"
_FIELDS = gazetteer_build.COLUMNS[:-1]
_COLUMNS = ", ".join(_FIELDS)
_BATCH = 400  # SQLite's limit of variables in one statement is 999 in old builds


class Record(msgspec.Struct, frozen=True):
    """A place of the gazetteer.

    `id` is GeoNames' (negative for the supplement's). `kind` is country, capital, admin1, admin2 (areas
    by level), city, continent or a word of the supplement (river, camp, region …). `admin1` and `admin2`
    are the ids of the areas that hold it. `main` is False where an alternate name was asked for.
    """

    id: int
    name: str
    kind: str
    latitude: float
    longitude: float
    country: str | None
    admin1: int | None
    admin2: int | None
    population: int
    precision: str
    main: bool = True

    def km(self, other: Record) -> float:
        """Great-circle distance in kilometres."""
        return gazetteer_build.km(self.latitude, self.longitude, other.latitude, other.longitude)

    @property
    def geonameid(self) -> int | None:
        """GeoNames' id, None for a place of the supplement."""
        return self.id if self.id > 0 else None


class Gazetteer:
    """Look-ups in the index of one data folder.

    Args:
        folder: where the index is, or is built at the first look-up.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()
        self._known: dict[str, tuple[Record, ...]] = {}

    def __reduce__(self) -> tuple[Any, tuple[Path]]:
        """Pickled for another process as its folder: connections stay where they are."""
        return opened, (self.folder,)

    def find(self, names: Iterable[str]) -> dict[str, tuple[Record, ...]]:
        """The places of each name, the most populous first; names without any are left out."""
        wanted = {name: gazetteer_names.key(name) for name in names}
        found = self.by_key(set(wanted.values()))
        return {name: found[key] for name, key in wanted.items() if found.get(key)}

    def by_key(self, keys: Iterable[str]) -> dict[str, tuple[Record, ...]]:
        """The places by exact key (`gazetteer_names.key`)."""
        return self._asked("name", keys)

    def by_fold(self, folds: Iterable[str]) -> dict[str, tuple[Record, ...]]:
        """The places of countries with romanised names, by folding key (`gazetteer_names.fold`)."""
        return self._asked("folded", folds)

    def _asked(self, table: str, keys: Iterable[str]) -> dict[str, tuple[Record, ...]]:
        asked = {key: f"{table}:{key}" for key in keys if key}
        new = [key for key, stored in asked.items() if stored not in self._known]
        if len(self._known) > 200_000:  # a long run over many articles must not grow for ever
            self._known = {stored: v for stored, v in self._known.items() if stored in set(asked.values())}
        if new:
            self._known.update(self._read(table, new))
        return {key: self._known[stored] for key, stored in asked.items()}

    def _read(self, table: str, keys: list[str]) -> dict[str, tuple[Record, ...]]:
        found: dict[str, dict[int, Record]] = {f"{table}:{key}": {} for key in keys}
        main = "n.main" if table == "name" else "0"
        for connection in self._connections():
            for first in range(0, len(keys), _BATCH):
                batch = keys[first : first + _BATCH]
                query = f"SELECT n.key, {_COLUMNS}, {main} FROM {table} n JOIN place p ON p.id = n.place WHERE n.key IN ({','.join('?' * len(batch))})"
                for key, *values, is_main in connection.execute(query, batch):
                    if values[3] is not None:
                        found[f"{table}:{key}"][values[0]] = _record(values, bool(is_main))
        return {key: tuple(sorted(of.values(), key=lambda r: -r.population)) for key, of in found.items()}

    def get(self, identifier: int) -> Record | None:
        """The place with this id, or None."""
        for connection in self._connections():
            row = connection.execute(f"SELECT {_COLUMNS} FROM place WHERE id = ?", (identifier,)).fetchone()
            if row and row[3] is not None:
                return _record(row)
        return None

    def area(self, code: str) -> int | None:
        """The id of the administrative area with GeoNames' code ("SY.09"), or None."""
        for connection in self._connections():
            row = connection.execute("SELECT id FROM place WHERE code = ?", (code,)).fetchone()
            if row:
                return int(row[0])
        return None

    def forget(self) -> None:
        """Drop what was read, so that what was added since is found."""
        self._known = {}
        self._local = threading.local()

    def _connections(self) -> list[sqlite3.Connection]:
        """This process's and thread's connections: SQLite's must not be carried over a fork."""
        if getattr(self._local, "process", None) != os.getpid():
            self._local.process = os.getpid()
            files = [build(self.folder), self.folder / ADDED]
            self._local.connections = [_open(path) for path in files if path.exists()]
        found: list[sqlite3.Connection] = self._local.connections
        return found


def _record(values: Sequence[Any], main: bool = True) -> Record:
    return Record(**dict(zip(_FIELDS, values, strict=True)), main=main)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def build(folder: Path) -> Path:
    """The index, in this folder or, where that cannot be written, in the system's temporary folder.

    Raises:
        ComponentError: neither can be written.
    """
    with suppress(ComponentError):
        return gazetteer_build.build(folder)
    user = getattr(os, "getuid", lambda: "user")()
    return gazetteer_build.build(Path(tempfile.gettempdir()) / f"reportedly-{user}")


@lru_cache(maxsize=4)
def opened(folder: Path) -> Gazetteer:
    """The gazetteer of a data folder, the same object at each call."""
    return Gazetteer(folder)


def default() -> Gazetteer:
    """The gazetteer of the data folder that the settings name."""
    return opened(settings_.data_folder(settings_.load()))


def add(path: Path, settings: Settings | None = None) -> int:
    """Take a GeoNames dump file (SY.txt, SY.zip, alternateNamesV2.txt …) into the user's gazetteer.

    A file may be added again: its places replace those of the same id. Of an alternate-names file only
    the names of places that are in the gazetteer are taken.

    Args:
        path: the dump file, plain or zipped.
        settings: whose data folder it goes to; the environment's by default.

    Returns:
        How many places, or alternate names, were read into the gazetteer.

    Raises:
        InputError: the file is not such a dump; the message names the file and the line.
    """
    folder = settings_.data_folder(settings or settings_.load())
    known = opened(folder)
    count = gazetteer_dump.add(path, folder / ADDED, known.get, known.area)
    known.forget()
    return count
