"""ACLED's data file: 31 columns, one event a row (docs/exports/acled.md)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from reportedly.data import Participant
from reportedly.record.exports import acled_fatalities, acled_types, dates, geography, people, tables, wording
from reportedly.record.exports.acled_fatalities import Fatalities
from reportedly.record.exports.dates import Dated
from reportedly.record.exports.formats import File, Format, Source, Written
from reportedly.record.exports.geography import Country
from reportedly.record.exports.shapes import EventRecord
from reportedly.record.exports.tables import Cell, joined

CIVILIANS = 7
TARGETING = "Civilian targeting"
#: Kinds of events in which ACLED marks civilians as the target.
VIOLENT = frozenset({"Explosions/Remote violence", "Violence against civilians"})


def write(source: Source, out: BinaryIO) -> Written:
    """Write the events that have a place in ACLED's hierarchy."""
    written = Written()
    written.rows = tables.write(out, tables.columns("acled"), _rows(source, written))
    return written


def _rows(source: Source, written: Written) -> Iterator[dict[str, Cell]]:
    for record in source.events():
        reason = wording.left_out(record)
        if reason is None and acled_types.of(record) is None:
            reason = "not a kind of event that ACLED codes"
        if reason:
            written.left_out[reason] += 1
        else:
            yield row(record)


def row(record: EventRecord) -> dict[str, Cell]:
    """One event as ACLED's columns; what is not known is missing."""
    kind = acled_types.of(record) or acled_types.NOTHING
    land = geography.country(record.place.country) if record.place else None
    dated, deaths = dates.acled(record), acled_fatalities.of(record)
    return {
        "event_id_cnty": record.id,
        "event_date": dated.day,
        "year": int(dated.day[:4]) if dated.day else None,
        "time_precision": dated.precision,
        "disorder_type": kind.disorder,
        "event_type": kind.event,
        "sub_event_type": kind.sub_event,
        **_who(record, kind, land),
        **_where(record, land),
        "source": joined(article.outlet for article in record.articles),
        "notes": notes(record, dated, deaths),
        "fatalities": deaths.number,
        "tags": "fatalities imputed" if deaths.rule else None,
        "timestamp": int(datetime.datetime.fromisoformat(record.updated).timestamp()) if record.updated else None,
    }


def _who(record: EventRecord, kind: acled_types.Kind, land: Country | None) -> dict[str, Cell]:
    where = land.alpha3 if land else None
    actors, recipients = people.leading(record, "actor"), people.leading(record, "recipient")
    inter1, inter2 = _inter(kind, actors, where), _inter(acled_types.NOTHING, recipients, where)
    return {
        "actor1": next(iter(_names(actors)), None),
        "assoc_actor_1": joined(_names(actors)[1:]),
        "inter1": inter1,
        "actor2": next(iter(_names(recipients)), None),
        "assoc_actor_2": joined(_names(recipients)[1:]),
        "inter2": inter2,
        "interaction": interaction(inter1, inter2, bool(recipients)),
        "civilian_targeting": TARGETING if inter2 == CIVILIANS and kind.event in VIOLENT else None,
    }


def _names(found: Sequence[Participant]) -> list[str]:
    return [name for person in found if (name := people.name(person))]


def _inter(kind: acled_types.Kind, found: Sequence[Participant], where: str | None) -> int | None:
    """ACLED's code of the first participant; who protests or riots is that, whoever it is."""
    if kind.demonstrators:
        return kind.demonstrators
    return people.acled_inter(found[0], where) if found else None


def interaction(inter1: int | None, inter2: int | None, two_sided: bool) -> int | None:
    """ACLED's joint code: the smaller number first, 0 for an empty side; None where a side is there and unknown."""
    if inter1 is None or (two_sided and inter2 is None):
        return None
    if inter2 is None:
        return inter1 * 10
    return min(inter1, inter2) * 10 + max(inter1, inter2)


def _where(record: EventRecord, land: Country | None) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    if land:
        found = {"iso": land.numeric, "region": land.acled_region, "country": land.name}
    place, precision = record.place, geography.acled_precision(record.place)
    if place is None or precision is None:
        return found
    areas = geography.areas(place)
    return found | {
        "admin1": areas.first,
        "admin2": areas.second,
        "location": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geo_precision": precision,
    }


def notes(record: EventRecord, dated: Dated, deaths: Fatalities) -> str:
    """What was reported, in the words of the first report, and all that the columns cannot say."""
    said = [wording.checked(record)]
    if record.reports:
        first = min(record.reports, key=lambda report: (report.published or "9", report.key))
        said.append(f"{first.outlet or 'a report'}: “{first.quote}”")
    if record.place:
        said.append(f"place: {geography.described(record.place)}")
    if dated.chosen:
        said.append(f"between {record.first} and {record.last}, the middle by ACLED's rule")
    if deaths.rule:
        said.append(f"fatalities imputed: {deaths.rule}")
    said += filter(None, [wording.toll(record), *wording.disputed(record)])
    said.append(", ".join(url for article in record.articles for url in article.urls[:1]))
    return wording.sentence(said)


FORMAT = Format("acled", "ACLED's 31 columns", (File("acled.csv", write),))
