"""UCDP's Georeferenced Event Dataset: 49 columns, one event with deaths a row (docs/exports/ucdp.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from reportedly.data import Participant
from reportedly.events import counting
from reportedly.record.exports import dates, geography, people, tables, ucdp_deaths, wording
from reportedly.record.exports.formats import File, Format, Source, Written
from reportedly.record.exports.shapes import EventRecord
from reportedly.record.exports.tables import Cell, joined

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
#: The least exact where_prec at which a cell of PRIO-GRID can be told from the text.
CELL_PRECISION = 3


def write(source: Source, out: BinaryIO) -> Written:
    """Write the acts of violence in which, as somebody says, people were killed."""
    written = Written()
    written.rows = tables.write(out, tables.columns("ucdp"), _rows(source, written))
    return written


def _rows(source: Source, written: Written) -> Iterator[dict[str, Cell]]:
    for record in source.events():
        reason = wording.left_out(record) or _no_violence(record)
        if reason:
            written.left_out[reason] += 1
        else:
            yield row(record)


def _no_violence(record: EventRecord) -> str | None:
    if record.type != "ASSAULT":
        return "no act of violence"
    return None if ucdp_deaths.said(record) else "no figure of people killed"


def row(record: EventRecord) -> dict[str, Cell]:
    """One event as the columns of the GED; what is not known is missing."""
    kind, side_a, side_b = sides(record)
    names = [people.ucdp_name(side) if side else None for side in (side_a, side_b)]
    return {
        "id": number(record.id),
        "relid": record.id,
        "year": int(record.first[:4]) if record.first else None,
        "code_status": status(record),
        "type_of_violence": kind,
        "dyad_name": " - ".join(name or "" for name in names) if all(names) else None,
        "side_a": names[0],
        "side_b": names[1],
        **_sources(record),
        **_where(record),
        "event_clarity": clarity(record),
        "date_prec": dates.ucdp_precision(record),
        "date_start": record.first,
        "date_end": record.last,
        **ucdp_deaths.columns(record, side_a, side_b),
        "gwnoa": _state(side_a),
        "gwnob": _state(side_b),
    }


def number(public_id: str) -> int:
    """A number of our event id, for the GED's ids are numbers: 52 bits, which every program reads exactly."""
    return int.from_bytes(hashlib.sha256(public_id.encode()).digest()[:8], "big") >> 12


def status(record: EventRecord) -> str:
    """The verification, and what the columns of deaths cannot say."""
    said = [wording.checked(record), wording.toll(record), *wording.disputed(record)]
    said.append(f"independent origins: {record.origins}")
    return wording.sentence(said)


def sides(record: EventRecord) -> tuple[int | None, Participant | None, Participant | None]:
    """The type of violence and its sides. Of a state-based conflict a state is side A; of one-sided violence whoever
    does it; else the actor is side A. The type is empty where the reports do not tell what both sides are."""
    actor, recipient = (next(iter(people.leading(record, role)), None) for role in ("actor", "recipient"))
    one, two = (people.side(side) if side else None for side in (actor, recipient))
    organised = {"state", "armed"}
    if one in organised and two == "civilian":
        return ONE_SIDED, actor, recipient
    if one in organised and two in organised:
        if "state" not in (one, two):
            return NON_STATE, actor, recipient
        return (STATE_BASED, actor, recipient) if one == "state" else (STATE_BASED, recipient, actor)
    return None, actor, recipient


def _state(side: Participant | None) -> int | None:
    land = geography.country(side.country) if side and people.side(side) == "state" else None
    return land.gw if land else None


def clarity(record: EventRecord) -> int | None:
    """1 for an event of one day at one place, 2 where the reports count several together; None where neither shows."""
    known = dates.days(record)
    if known == 1 and record.place and record.place.precision in geography.EXACT:
        return 1
    killed = [figure for figure in wording.figures(record).values() if figure.measure == "killed"]
    if known and known > 1 and any(counting.kind(figure) == "cumulative" for figure in killed):
        return 2
    return None


def _sources(record: EventRecord) -> dict[str, Cell]:
    articles = record.articles
    return {
        "number_of_sources": len(articles),
        "source_article": joined(
            ", ".join(filter(None, (f'"{a.title or a.id}"', a.outlet, (a.published or "")[:10], *a.urls[:1])))
            for a in articles
        ),
        "source_office": joined(article.outlet for article in articles),
        "source_date": joined((article.published or "")[:10] for article in articles),
        "source_headline": joined(article.title for article in articles),
        "source_original": joined(wording.speakers(record)),
    }


def _where(record: EventRecord) -> dict[str, Cell]:
    place, precision = record.place, geography.ucdp_precision(record.place)
    if place is None:
        return {}
    areas, land = geography.areas(place), geography.country(place.country)
    found: dict[str, Cell] = {
        "where_prec": precision,
        "where_coordinates": place.name,
        "where_description": geography.described(place),
        "adm_1": areas.first,
        "adm_2": areas.second,
        "country": land.ucdp_name if land and land.gw else (land.name if land else None),
        "country_id": land.gw if land else None,
        "region": land.region if land else None,
    }
    if precision is None or place.latitude is None or place.longitude is None:
        return found
    found |= {"latitude": place.latitude, "longitude": place.longitude}
    found["geom_wkt"] = f"POINT ({tables.cell(place.longitude)} {tables.cell(place.latitude)})"
    if precision <= CELL_PRECISION:
        found["priogrid_gid"] = geography.priogrid(place.latitude, place.longitude)
    return found


FORMAT = Format("ucdp", "the 49 columns of UCDP's Georeferenced Event Dataset", (File("ucdp-ged.csv", write),))
