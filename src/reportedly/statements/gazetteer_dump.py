"""GeoNames' own dump files, read into the user's additions to the gazetteer.

The files are described in GeoNames' readme: a country or cities file has 19 tab-separated columns a
line, an alternate-names file 4 to 10. Both are taken plain or zipped. What is read goes in with one
transaction, so that a malformed line leaves the gazetteer as it was.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportedly import lexicons
from reportedly.errors import InputError
from reportedly.statements import gazetteer_build
from reportedly.statements.gazetteer_sources import Row

_PLACE_COLUMNS = 19
_FEATURES = "places_feature_codes.tsv"
_LANGUAGES = frozenset(("", "en", "abbr"))


def add(path: Path, target: Path, known: Callable[[int], Any], area: Callable[[str], int | None]) -> int:
    """Read a dump file into the database `target`, made if it is not there.

    Args:
        path: the dump file.
        target: the user's additions.
        known: gives the record of an id that the gazetteer has, or None.
        area: gives the id of an administrative area by GeoNames' code ("SY.09").

    Returns:
        How many places or alternate names were taken.

    Raises:
        InputError: the file cannot be read, is not a dump, or a line of it is malformed.
    """
    rows = list(_rows(path, known, area))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(target, timeout=30)) as connection:
            connection.executescript(gazetteer_build.TABLES)
            with connection:
                gazetteer_build.insert(connection, rows)
    except (OSError, sqlite3.Error) as error:
        raise InputError(f"{target}: cannot be written: {error}") from None
    return len(rows)


def _rows(path: Path, known: Callable[[int], Any], area: Callable[[str], int | None]) -> Iterator[Row]:
    found = False
    with _opened(path) as lines:
        for number, line in enumerate(_decoded(path, lines), 1):
            cells = line.rstrip("\r\n").split("\t")
            if line.strip() and not line.startswith("#"):
                found = True
                try:
                    row = _place(cells, area) if len(cells) == _PLACE_COLUMNS else _alternate(cells, known)
                except ValueError as error:
                    raise InputError(f"{path}:{number}: {error}") from None
                if row:
                    yield row
    if not found:
        raise InputError(f"{path}: holds no lines")


@contextmanager
def _opened(path: Path) -> Iterator[io.TextIOBase]:
    """The lines of a dump, plain or zipped; the archive's readme.txt is not it."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open(encoding="utf-8") as lines:
                yield lines
            return
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n and "iso-lang" not in n]
            if len(names) != 1:
                raise InputError(f"{path}: must hold one dump file, holds {len(names)}")
            with archive.open(names[0]) as raw, io.TextIOWrapper(raw, encoding="utf-8") as lines:
                yield lines
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{path}: {error}") from None


def _decoded(path: Path, lines: io.TextIOBase) -> Iterator[str]:
    number = 0
    try:
        for number, line in enumerate(lines, 1):  # noqa: B007
            yield line
    except UnicodeDecodeError:
        raise InputError(f"{path}:{number + 1}: is not UTF-8 text") from None


@lru_cache(maxsize=1)
def _features() -> dict[str, tuple[str, str]]:
    return {row["code"]: (row["kind"], row["precision"]) for row in lexicons.rows(_FEATURES)}


def _place(cells: list[str], area: Callable[[str], int | None]) -> Row | None:
    identifier, name, plain, alternates, latitude, longitude, class_, code, country, _, admin1, admin2, *_ = cells
    features = _features()
    kind, precision = features.get(code) or features.get(class_) or ("", "")
    if not kind:
        return None
    first = area(f"{country}.{admin1}") if admin1 else None
    return Row(
        id=_number(identifier, "geonameid"),
        names=[name, plain, *alternates.split(",")],
        kind=kind,
        latitude=_degrees(latitude, 90, "latitude"),
        longitude=_degrees(longitude, 180, "longitude"),
        country=country or None,
        admin1=first,
        admin2=area(f"{country}.{admin1}.{admin2}") if admin2 else None,
        population=_number(cells[14] or "0", "population"),
        precision=precision,
    )


def _alternate(cells: list[str], known: Callable[[int], Any]) -> Row | None:
    if not 4 <= len(cells) <= 10:
        raise ValueError(f"has {len(cells)} columns, not GeoNames' {_PLACE_COLUMNS} (or 4 to 10 of alternate names)")
    _number(cells[0], "alternateNameId")
    record = known(_number(cells[1], "geonameid")) if cells[2] in _LANGUAGES else None
    if record is None:
        return None
    fields = ("kind", "latitude", "longitude", "country", "admin1", "admin2", "population", "precision")
    return Row(id=record.id, names=[record.name, cells[3]], **{field: getattr(record, field) for field in fields})


def _number(text: str, what: str) -> int:
    if not text.isdigit():
        raise ValueError(f"{what} is not a number: {text[:40]!r}")
    return int(text)


def _degrees(text: str, limit: int, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{what} is not a number: {text[:40]!r}") from None
    if not -limit <= value <= limit:
        raise ValueError(f"{what} is out of range: {text[:40]}")
    return value
