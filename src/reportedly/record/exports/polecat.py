"""POLECAT's weekly files: 40 tab-separated columns, one event a row (docs/exports/polecat.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO

from reportedly import __version__, lexicons
from reportedly.data import Participant
from reportedly.record.exports import dates, geography, people, tables, wording
from reportedly.record.exports.formats import File, Format, Source, Written
from reportedly.record.exports.people import Role
from reportedly.record.exports.shapes import EventRecord
from reportedly.record.exports.tables import Cell, joined

#: Kinds of the gazetteer that POLECAT's City may hold.
CITIES = frozenset({"city", "capital"})


def write(source: Source, out: BinaryIO) -> Written:
    """Write the events that PLOVER has a type for."""
    written = Written()
    written.rows = tables.write(out, tables.columns("polecat"), _rows(source, written), delimiter="\t")
    return written


def _rows(source: Source, written: Written) -> Iterator[dict[str, Cell]]:
    for record in source.events():
        reason = wording.left_out(record) or (None if record.type else "no PLOVER type")
        if reason:
            written.left_out[reason] += 1
        else:
            yield row(record)


def row(record: EventRecord) -> dict[str, Cell]:
    """One event as POLECAT's columns; what is not known is missing."""
    return {
        "Event ID": record.id,
        "Event Date": record.first if record.first == record.last else None,
        "Event Type": record.type,
        "Event Mode": mode(record),
        "Quad Code": _quads().get(record.type or ""),
        **_who(record, "actor", "Actor"),
        **_who(record, "recipient", "Recipient"),
        **_where(record),
        "Source": joined(article.outlet for article in record.articles),
        "Publication Date": dates.first_published(record),
        "Language": joined(article.language for article in record.articles),
        "Version": f"reportedly {__version__}; {wording.checked(record)}",
    }


def mode(record: EventRecord) -> str | None:
    """The mode by the name that POLECAT's coder gives it."""
    renamed = _modes().get((record.type or "", record.mode or ""))
    return renamed or record.mode


def _who(record: EventRecord, role: Role, name: str) -> dict[str, Cell]:
    found = people.leading(record, role)
    lands = [geography.country(person.country) for person in found]
    return {
        f"{name} Name": joined(map(people.name, found)),
        f"{name} Country": joined(land.alpha3 if land else None for land in lands),
        f"{name} COW": joined(str(land.cow) if land and land.cow else None for land in lands),
        f"Primary {name} Sector": _sector(found),
        f"{name} Sectors": joined(person.sector for person in found),
        f"{name} Name Raw": joined(person.text for person in found),
    }


def _sector(found: Sequence[Participant]) -> str | None:
    return next((person.sector for person in found if person.sector), None)


def _where(record: EventRecord) -> dict[str, Cell]:
    place = record.place
    if place is None:
        return {}
    areas, land = geography.areas(place), geography.country(place.country)
    exact = place.precision in geography.EXACT
    return {
        "Placename": geography.described(place),
        "City": place.name if areas.kind in CITIES and place.precision == "point" else None,
        "District": areas.second,
        "Province": areas.first,
        "Country": land.alpha3 if land else None,
        "Latitude": place.latitude if exact else None,
        "Longitude": place.longitude if exact else None,
        "GeoNames ID": place.geonameid,
    }


@lru_cache(maxsize=1)
def _quads() -> dict[str, str]:
    return {row["type"]: row["quad"] for row in lexicons.rows("exports_polecat_types.tsv")}


@lru_cache(maxsize=1)
def _modes() -> dict[tuple[str, str], str]:
    return {(row["type"], row["mode"]): row["polecat"] for row in lexicons.rows("exports_polecat_modes.tsv")}


FORMAT = Format("polecat", "POLECAT's 40 tab-separated columns", (File("polecat.tsv", write),))
