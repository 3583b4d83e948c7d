"""The statements of a coding as rows: a few queries an article, however many statements it has."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from reportedly.data import Participant
from reportedly.events import reports as reported
from reportedly.events.reports import ControlReport, EventReport, FigureReport, Reports, SaidReport
from reportedly.record import matters, naming
from reportedly.record.decisions import Standing
from reportedly.record.models import Actor, Coding, Participation, Place, Source, Statement, Voice
from reportedly.statements import actors_registry

Part = tuple[str, Participant]
Report = EventReport | FigureReport | ControlReport | SaidReport
encode = msgspec.json.Encoder().encode
LAYERS: dict[type, str] = {
    EventReport: "event",
    FigureReport: "figure",
    ControlReport: "control",
    SaidReport: "said",
}
_TYPES: dict[str, type[Report]] = {
    "event": EventReport,
    "figure": FigureReport,
    "control": ControlReport,
    "said": SaidReport,
}
_decoders: dict[str, msgspec.json.Decoder[Report]] = {
    layer: msgspec.json.Decoder(kind) for layer, kind in _TYPES.items()
}


def report(row: Statement) -> Report:
    """The whole statement of a row."""
    return decoded(row.layer, row.report)


def decoded(layer: str, stored: bytes | memoryview[int]) -> Report:
    """The whole statement from the columns `layer` and `report` of its row."""
    return _decoders[layer].decode(bytes(stored))


def day(given: str | None) -> datetime.date | None:
    """The day of an ISO date or date-time; None if it is none."""
    try:
        return datetime.date.fromisoformat((given or "")[:10])
    except ValueError:
        return None


def listed(found: Reports) -> list[Report]:
    """All statements of an article in the order of their rows: events, figures, control, said."""
    return [*found.events, *found.figures, *found.control, *found.said]


def rows(coding: Coding, reports: Sequence[Report], standing: Standing) -> list[Statement]:
    """A row for each statement, not stored yet, with what people decided over it."""
    corrected = standing.corrected(reports)
    judged = standing.judgements(reports) if standing.decided else {}
    places = naming.stored(naming.place(where) for item in corrected if (where := _where(item)))
    return [
        Statement(
            key=item.key,
            layer=LAYERS[type(item)],
            article_id=coding.revision.article_id,
            coding=coding,
            start=item.start,
            end=item.end,
            text=item.text,
            quote=item.quote,
            judgement=judged.get(item.key, ""),
            report=encode(item),
            **_columns(over, places),
        )
        for item, over in zip(reports, corrected, strict=True)
    ]


def store(found: Sequence[Statement], reports: Sequence[Report]) -> None:
    """Store rows with the actors and sources of the statements that they are of."""
    Statement.objects.bulk_create(found)
    write_parts(found, reports)


def write_parts(found: Sequence[Statement], reports: Sequence[Report]) -> None:
    """Store the actors and sources of statements, whose rows are there and have none."""
    _write_participations(found, reports)
    _write_voices(found, reports)


def columns(item: Report) -> dict[str, Any]:
    """The columns of a statement by which people filter and sort; its place is stored."""
    where = _where(item)
    return _columns(item, naming.stored([naming.place(where)] if where else []))


def _where(item: Report) -> reported.Location | None:
    return None if isinstance(item, SaidReport) else item.place


def _columns(item: Report, places: dict[str, Place]) -> dict[str, Any]:
    where = _where(item)
    return {
        "published": day(item.published),
        "certainty": item.certainty or "",
        "hedged": item.hedged,
        "party": item.chain[0].party if item.chain else None,
        "place": places[naming.place(where).key] if where else None,
        "precision": (where.precision or "") if where else "",
        **_days(item),
        **_own(item),
    }


def _days(item: Report) -> dict[str, Any]:
    meant = None if isinstance(item, SaidReport) else item.days
    return {"first": day(meant.first) if meant else None, "last": day(meant.last) if meant else None}


def _own(item: Report) -> dict[str, Any]:
    """The columns of one layer alone."""
    if isinstance(item, EventReport):
        return {
            "type": item.type or "",
            "mode": item.mode or "",
            "polarity": item.polarity,
            "aside": item.aside or "",
        }
    if isinstance(item, FigureReport):
        return {
            "measure": item.measure,
            "low": item.low,
            "high": item.high,
            "unit": (item.unit or "")[:40],
            "of": item.of or "",
            "counting": matters.counting(item) or "",
            "series": matters.series(item),
            "matter": matters.matter(item),
        }
    if isinstance(item, ControlReport):
        return {"relation": item.relation, "held": matters.held(item)}
    return {}


def _parts(item: Report) -> Iterator[Part]:
    if isinstance(item, EventReport):
        yield from (("actor", who) for who in item.actor)
        yield from (("recipient", who) for who in item.recipient)
    elif isinstance(item, FigureReport) and item.actor:
        yield "counted", counted(item.actor)
    elif isinstance(item, ControlReport) and item.actor:
        yield "holder", holder(item)


def holder(item: ControlReport) -> Participant:
    """Who a statement of control is about, as a participant."""
    name = item.actor or ""
    return Participant(start=item.start, end=item.end, text=name, name=name, id=item.actor_id)


def counted(actor: str) -> Participant:
    """Whom a figure counts, as a participant: by the registry's id, or by a name."""
    known = actors_registry.find(actor)
    if known is None:
        return Participant(start=0, end=0, text=actor, name=actor)
    return Participant(start=0, end=0, text=known.name, name=known.name, id=known.id)


def _write_participations(found: Sequence[Statement], reports: Sequence[Report]) -> None:
    parts = [(row, *part) for row, item in zip(found, reports, strict=True) for part in _parts(item)]
    actors: dict[str, Actor] = naming.stored(naming.actor(who) for _, _, who in parts)
    numbers: dict[tuple[int, str], int] = {}
    made = []
    for row, role, who in parts:
        number = numbers[(row.pk, role)] = numbers.get((row.pk, role), -1) + 1
        actor = actors[naming.actor(who).key]
        made.append(Participation(statement=row, actor=actor, role=role, text=who.text, number=number))
    Participation.objects.bulk_create(made)


def _write_voices(found: Sequence[Statement], reports: Sequence[Report]) -> None:
    said = [
        (row, number, link)
        for row, item in zip(found, reports, strict=True)
        for number, link in enumerate(item.chain)
        if link.name
    ]
    sources: dict[str, Source] = naming.stored(naming.speaker(link) for _, _, link in said)
    Voice.objects.bulk_create(
        Voice(statement=row, source=sources[naming.speaker(link).key], number=number, channel=link.channel or "")
        for row, number, link in said
    )
