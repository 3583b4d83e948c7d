"""Parquet: events and statements as two tables of typed columns (docs/exports/parquet.md)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from reportedly.record.exports import geography, people, wording
from reportedly.record.exports.formats import File, Format, Source, Written
from reportedly.record.exports.shapes import UNVERIFIED, EventRecord, StatementRecord

#: Rows that are held before they are written.
GROUP = 5_000
#: Columns of statements that are fields of the report as they are.
PLAIN = (
    *("start", "end", "text", "quote", "outlet", "published", "certainty", "hedged"),
    *("type", "mode", "polarity", "aside", "measure", "low", "high", "unit", "of", "approximate", "relation"),
)


@lru_cache(maxsize=1)
def events_schema() -> Any:
    """The columns of events.parquet; days are dates, both inclusive."""
    text, number = pa.string(), pa.float64()
    toll = pa.struct([("of", text), ("low", number), ("best", number), ("high", number), ("rule", text)])
    claim = pa.struct([("killed", text), ("by", text)])
    fields = [
        pa.field("event", text, nullable=False),
        pa.field("verification", text, nullable=False),
        *(pa.field(name, text) for name in ("label", "type", "mode", "certainty")),
        pa.field("background", pa.bool_(), nullable=False),
        *(pa.field(name, pa.date32()) for name in ("first", "last", "reported")),
        *(pa.field(name, text) for name in ("place", "country", "precision")),
        pa.field("geonameid", pa.int64()),
        pa.field("latitude", number),
        pa.field("longitude", number),
        *(pa.field(name, pa.list_(text)) for name in ("actors", "actor_ids", "recipients", "recipient_ids")),
        *(pa.field(name, number) for name in ("killed_low", "killed_best", "killed_high")),
        pa.field("killed_tolls", pa.list_(toll)),
        pa.field("killed_claimed_by_parties", pa.list_(claim)),
        pa.field("disputed", pa.bool_(), nullable=False),
        pa.field("disputes", pa.list_(text)),
        *(pa.field(name, pa.int32()) for name in ("outlets", "origins", "credibility")),
        pa.field("airwars", text),
        *(pa.field(name, pa.list_(text)) for name in ("articles", "statements", "decisions")),
    ]
    return pa.schema(fields, metadata=_metadata())


@lru_cache(maxsize=1)
def statements_schema() -> Any:
    """The columns of statements.parquet: those of all layers, then those of one layer alone."""
    text, number = pa.string(), pa.float64()
    fields = [
        *(pa.field(name, text, nullable=False) for name in ("statement", "layer", "article", "verification")),
        pa.field("event", text),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        *(pa.field(name, text) for name in ("text", "quote", "outlet", "published", "certainty")),
        pa.field("hedged", pa.bool_(), nullable=False),
        pa.field("speakers", pa.list_(text)),
        pa.field("party", pa.bool_()),
        *(pa.field(name, text) for name in ("place", "country", "precision")),
        pa.field("latitude", number),
        pa.field("longitude", number),
        pa.field("first", pa.date32()),
        pa.field("last", pa.date32()),
        *(pa.field(name, text) for name in ("type", "mode", "polarity", "aside")),
        pa.field("actors", pa.list_(text)),
        pa.field("recipients", pa.list_(text)),
        pa.field("measure", text),
        pa.field("low", number),
        pa.field("high", number),
        *(pa.field(name, text) for name in ("unit", "of")),
        pa.field("approximate", pa.bool_()),
        pa.field("relation", text),
    ]
    return pa.schema(fields, metadata=_metadata())


def _metadata() -> dict[str, str]:
    return {"note": f"unless a row says otherwise: {UNVERIFIED}"}


def write_events(source: Source, out: BinaryIO) -> Written:
    """Write the table of events."""
    return _write(out, events_schema(), map(event, source.events()))


def write_statements(source: Source, out: BinaryIO) -> Written:
    """Write the table of statements."""
    return _write(out, statements_schema(), map(statement, source.statements()))


def _write(out: BinaryIO, schema: Any, rows: Iterable[dict[str, Any]]) -> Written:
    written = Written()
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema))
            written.rows += len(group)
    return written


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group = []
    for row in rows:
        group.append(row)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


def event(record: EventRecord) -> dict[str, Any]:
    """One event as a row; what is not known is null."""
    low, best, high = record.killed
    actors, recipients = people.leading(record, "actor"), people.leading(record, "recipient")
    return {
        "event": record.id,
        "verification": record.verification,
        **_same(record, "label type mode certainty background disputed outlets origins credibility airwars"),
        **{name: _day(getattr(record, name)) for name in ("first", "last", "reported")},
        **_place(record.place),
        "geonameid": record.place.geonameid if record.place else None,
        "actors": [name for person in actors if (name := people.name(person))],
        "actor_ids": [person.id for person in actors if person.id],
        "recipients": [name for person in recipients if (name := people.name(person))],
        "recipient_ids": [person.id for person in recipients if person.id],
        "killed_low": low,
        "killed_best": best,
        "killed_high": high,
        "killed_tolls": [_same(toll, "of low best high rule") for toll in wording.killed(record)],
        "killed_claimed_by_parties": [
            {"killed": wording.span(figure), "by": wording.speaker(figure)} for figure in wording.outside(record)
        ],
        "disputes": wording.disputed(record),
        "articles": [article.id for article in record.articles],
        "statements": [report.key for report in record.reports],
        "decisions": [f"{one.made} {one.user}: {one.kind} ({one.reason})" for one in record.decisions],
    }


def _same(item: object, names: str) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names.split()}


def _place(place: Any) -> dict[str, Any]:
    if place is None:
        return {}
    return {"place": geography.described(place)} | _same(place, "country precision latitude longitude")


def _day(given: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(given[:10]) if given else None


def statement(record: StatementRecord) -> dict[str, Any]:
    """One statement as a row; what is not known, or is not of its layer, is null."""
    report = record.report
    chain, days = report.get("chain") or [], report.get("days") or {}
    return {
        "statement": record.key,
        "layer": record.layer,
        "article": record.article,
        "event": record.event,
        "verification": "confirmed by people" if record.judgement == "confirmed" else UNVERIFIED,
        **{name: report.get(name) for name in PLAIN},
        "speakers": [said["name"] for said in chain if said.get("name")],
        "party": chain[0].get("party") if chain else None,
        **{name: (report.get("place") or {}).get(name) for name in ("country", "precision", "latitude", "longitude")},
        "place": (report.get("place") or {}).get("name") or report.get("place_name"),
        **{name: _day(days.get(name)) for name in ("first", "last")},
        "actors": _names(report.get("actor")),
        "recipients": _names(report.get("recipient")),
    }


def _names(given: Any) -> list[str]:
    """Names of an event's participants; of other layers, the one name."""
    if isinstance(given, str):
        return [given]
    return [person.get("name") or person["text"] for person in given or ()]


FORMAT = Format(
    "parquet",
    "Parquet, events and statements as typed columns",
    (File("events.parquet", write_events), File("statements.parquet", write_statements)),
)
