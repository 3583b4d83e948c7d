"""Events: a list, and one in full."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.db.models import QuerySet
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.events.findings import EventFindings, Grade, Origin, Position, Support, Toll
from reportedly.record import decisions, decisions_standing, search
from reportedly.record.decisions import Decided
from reportedly.record.exports.shapes import UNVERIFIED
from reportedly.record.models import Actor, Decision, Event, Statement
from reportedly.record.prepared import Prepared
from reportedly.record.queries import disputes, matching, statements
from reportedly.record.queries.disputes import Dispute
from reportedly.record.queries.filters import Filter
from reportedly.record.queries.statements import Report

#: Reports of one event that its page holds, at most.
REPORTS = 200
#: Events that the page of a place and that of an actor show.
AT_PLACE, OF_ACTOR = 10, 10
#: Columns that a place is made of, that an event's line has as they are, and that a point of a map is made of.
_PLACE = ("name", "latitude", "longitude", "country", "geonameid", "precision")
_WHERE = (*(f"place__{name}" for name in _PLACE[:-1]), "precision")
_OF_LINE = (
    *("label", "type", "mode", "first", "last", "reported", "certainty", "disputed", "articles", "outlets", "origins"),
    *("credibility", "airwars", "killed_low", "killed_best", "killed_high", "background", "judgement"),
)
_OF_POINT = ("public_id", "label", "since", "certainty", "disputed", "judgement", *_WHERE)
#: What a line is made of, in the order in which `_line` takes it.
COLUMNS = ("pk", "findings", "public_id", *_OF_LINE, *_WHERE)
_of_pks = Prepared(lambda pks: Event.objects.filter(pk__in=pks).values_list(*COLUMNS))
_by_id = Prepared(
    lambda public_id: Event.objects.filter(public_id=public_id).values_list(*COLUMNS, "merged_into__public_id")
)
_at_place = Prepared(
    lambda place: (
        Event.objects.filter(place=place, background=False, articles__gt=0)
        .exclude(judgement="rejected")
        .order_by("-since", "-pk")
        .values_list(*COLUMNS)[:AT_PLACE]
    )
)
_of_actor = Prepared(
    lambda actor: (
        Event.objects.filter(
            background=False,
            articles__gt=0,
            pk__in=Statement.objects.filter(participations__actor=actor, current=True, event__isnull=False)
            .exclude(judgement="rejected")
            .values("event"),
        )
        .exclude(judgement="rejected")
        .order_by("-since", "-until", "-pk")
        .values_list("pk")[:OF_ACTOR]
    )
)
_merged = Prepared(lambda pk: Event.objects.filter(merged_into=pk).order_by("pk").values_list("public_id"))
_reports = Prepared(
    lambda pk: (
        Statement.objects.filter(event=pk, current=True)
        .order_by("published", "pk")
        .values_list(*statements.COLUMNS)[:REPORTS]
    )
)
_decided = Prepared(lambda public_id: Decision.objects.filter(target_kind="event", target=public_id).values_list("pk"))
_decode = msgspec.json.Decoder(EventFindings).decode


class Where(Struct, frozen=True, kw_only=True):
    """A place; degrees are WGS 84, None where they are not known. `precision` says how exact the text is."""

    name: str
    latitude: float | None
    longitude: float | None
    country: str
    geonameid: int | None
    precision: str = ""


class EventLine(Struct, frozen=True, kw_only=True):
    """An event in a list. `first` and `last` are its days, `reported` the day of its first report; `says` are those
    who say that it happened, the first first, `support` their statements. `verified` is true only where a person
    confirmed it."""

    id: str
    label: str
    type: str
    mode: str
    first: datetime.date | None
    last: datetime.date | None
    reported: datetime.date | None
    place: Where | None
    certainty: str
    disputed: bool
    articles: int
    outlets: int
    origins: int
    credibility: int
    airwars: str
    killed_low: float | None
    killed_best: float | None
    killed_high: float | None
    background: bool
    judgement: str
    says: tuple[str, ...]
    support: tuple[Support, ...]
    urls: dict[str, str]

    @property
    def verified(self) -> bool:
        """True where a person confirmed it."""
        return self.judgement == "confirmed"

    @property
    def verification(self) -> str:
        """How far people have looked at it, for every list to say."""
        return "confirmed by people" if self.verified else UNVERIFIED


class EventPoint(Struct, frozen=True, kw_only=True):
    """An event on a map and a timeline. `day` is its first day, else that of its first report."""

    id: str
    label: str
    day: datetime.date | None
    place: Where | None
    certainty: str
    disputed: bool
    verified: bool


class EventPage(Struct, frozen=True, kw_only=True):
    """One event in full. `number` counts its reports, of which `reports` are the first `REPORTS`; `decisions` are all
    that people decided of it, those that were undone among them; `since_confirmed` counts the articles that came
    after it was last confirmed; `merged` are the events that people found to be this one."""

    line: EventLine
    positions: tuple[Position, ...]
    tolls: tuple[Toll, ...]
    origins: tuple[Origin, ...]
    grade: Grade | None
    reports: tuple[Report, ...]
    number: int
    disputes: tuple[Dispute, ...]
    decisions: tuple[Decided, ...]
    corrections: dict[str, Any]
    merged: tuple[str, ...]
    merged_into: str | None
    since_confirmed: int


def listed(chosen: Filter) -> list[EventLine]:
    """The events that a filter holds, the latest first."""
    ordered = matching.events(chosen).order_by("-since", "-until", "-pk").values_list("pk", flat=True)
    return _of_these(list(ordered[chosen.offset : chosen.offset + chosen.limit]))


def _of_these(pks: Sequence[int]) -> list[EventLine]:
    """Events by their primary keys, in this order. Two queries: findings are read of these alone."""
    rows = {row[0]: row for row in _of_pks(pks)}
    return _lines([rows[pk] for pk in pks])


def points(chosen: Filter) -> list[EventPoint]:
    """The events that a filter holds as points of a map, the latest first; their findings are not read. One query."""
    ordered = matching.events(chosen).order_by("-since", "-until", "-pk").values_list(*_OF_POINT)
    return [_point(*row) for row in ordered[chosen.offset : chosen.offset + chosen.limit]]


def _point(id: str, label: str, day: Any, certainty: str, disputed: bool, judgement: str, *place: Any) -> EventPoint:
    return EventPoint(
        id=id,
        label=label,
        day=day,
        place=_where(*place),
        certainty=certainty,
        disputed=disputed,
        verified=judgement == "confirmed",
    )


def at_place(pk: int) -> list[EventLine]:
    """The latest events of a place by its primary key. Two queries."""
    return _lines(_at_place(pk))


def of_actor(row: Actor) -> list[EventLine]:
    """The latest events that an actor is part of. Three queries; a few more for one that is named very often."""
    if row.named > matching.FEW:
        return listed(Filter(actor=row.key, limit=OF_ACTOR))
    return _of_these([pk for (pk,) in _of_actor(row.pk)])


def _lines(rows: Sequence[Sequence[Any]]) -> list[EventLine]:
    """Rows of `COLUMNS` as lines. One query."""
    found = [_findings(row[1]) for row in rows]
    urls = search.addresses_of(one.article for event in found if event for one in support(event))
    return [_line(event, urls, *row[2 : len(COLUMNS)]) for row, event in zip(rows, found, strict=True)]


def line(public_id: str) -> EventLine:
    """One event as in a list, by its id. At most four queries.

    Raises:
        QueryError: the record has no such event.
    """
    found = _lines(_by_id(public_id))
    if not found:
        raise QueryError(f"{public_id}: no such event in the record")
    return found[0]


def page(public_id: str) -> EventPage:
    """One event in full, by its id; a merged one too, which says where it went.

    Raises:
        QueryError: the record has no such event.
    """
    rows = _by_id(public_id)
    if not rows:
        raise QueryError(f"{public_id}: no such event in the record")
    pk, stored, *columns, merged_into = rows[0]
    found = _findings(stored)
    reports = statements.of_values(_reports(pk))
    every = Statement.objects.filter(event=pk, current=True)
    decided = decisions_standing.all_of(_decisions(public_id))
    judged = decisions.Judgement()
    for one in decided:
        if one.stands:
            judged.add(one)
    return EventPage(
        line=_line(found, {one.evidence.article: one.evidence.url for one in reports if one.evidence.url}, *columns),
        positions=found.positions if found else (),
        tolls=found.tolls if found else (),
        origins=found.origins if found else (),
        grade=found.grade if found else None,
        reports=tuple(reports),
        number=every.count() if len(reports) == REPORTS else len(reports),
        disputes=tuple(disputes.of_event(pk)),
        decisions=tuple(decided),
        corrections=judged.corrections,
        merged=tuple(one for (one,) in _merged(pk)),
        merged_into=merged_into,
        since_confirmed=_since(decided, every),
    )


def _decisions(public_id: str) -> list[Decision]:
    made = [pk for (pk,) in _decided(public_id)]
    return list(Decision.objects.filter(pk__in=made)) if made else []


def _since(decided: Iterable[Decided], every: QuerySet[Statement]) -> int:
    """How many articles came after an event was last confirmed."""
    made = [one.made for one in decided if one.stands and one.kind == "confirm"]
    return every.filter(coding__added__gt=made[-1]).values("article").distinct().count() if made else 0


def _findings(stored: bytes | None) -> EventFindings | None:
    """What the reports of an event give together; None where it has none left."""
    return _decode(bytes(stored)) if stored else None


def support(found: EventFindings) -> tuple[Support, ...]:
    """Who says that an event happened, or whatever leads in its reports."""
    leading = [position for position in found.positions if position.stance == "lead"]
    happened = [position for position in leading if position.aspect == "happened"]
    return (happened or leading)[0].supporters if leading else ()


def _line(found: EventFindings | None, urls: Mapping[str, str], public_id: str, *columns: Any) -> EventLine:
    supporters = support(found) if found else ()
    names = [one.speakers[0] if one.speakers else one.outlet or "an unnamed outlet" for one in supporters]
    return EventLine(
        id=public_id,
        **dict(zip(_OF_LINE, columns, strict=False)),
        place=_where(*columns[len(_OF_LINE) :]),
        says=tuple(dict.fromkeys(names)),
        support=supporters,
        urls={one.article: urls[one.article] for one in supporters if one.article in urls},
    )


def _where(*columns: Any) -> Where | None:
    """A place as people see it, from the columns `_WHERE`; None where there is none."""
    return Where(**dict(zip(_PLACE, columns, strict=True))) if columns[0] is not None else None
