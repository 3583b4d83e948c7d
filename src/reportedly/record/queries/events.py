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
from reportedly.record.models import Article, Decision, Disagreement, Event, Place, Statement
from reportedly.record.queries import disputes, matching, statements
from reportedly.record.queries.disputes import Dispute
from reportedly.record.queries.filters import Filter
from reportedly.record.queries.statements import Report

#: Reports of one event that its page holds, at most.
REPORTS = 200
#: Columns that a point of a map is made of: rows, thousands of them, are not.
_OF_PLACE = ("name", "latitude", "longitude", "country", "geonameid")
_OF_POINT = (
    *("public_id", "label", "since", "certainty", "disputed", "judgement"),
    *(f"place__{name}" for name in _OF_PLACE),
    "precision",
)
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
    pks = list(ordered[chosen.offset : chosen.offset + chosen.limit])  # findings are read of these alone
    rows = Event.objects.select_related("place").in_bulk(pks)
    return lines([rows[pk] for pk in pks])


def points(chosen: Filter) -> list[EventPoint]:
    """The events that a filter holds as points of a map, the latest first; their findings are not read. One query."""
    ordered = matching.events(chosen).order_by("-since", "-until", "-pk").values_list(*_OF_POINT)
    return [_point(*row) for row in ordered[chosen.offset : chosen.offset + chosen.limit]]


def _point(id: str, label: str, day: Any, certainty: str, disputed: bool, judgement: str, *place: Any) -> EventPoint:
    *known, precision = place
    return EventPoint(
        id=id,
        label=label,
        day=day,
        place=Where(**dict(zip(_OF_PLACE, known, strict=True)), precision=precision) if known[0] is not None else None,
        certainty=certainty,
        disputed=disputed,
        verified=judgement == "confirmed",
    )


def lines(rows: Sequence[Event]) -> list[EventLine]:
    """Rows (with their places) as lines. One query."""
    found = {row.pk: findings(row) for row in rows}
    urls = urls_of(one.article for event in found.values() if event for one in support(event))
    return [_line(row, found[row.pk], urls) for row in rows]


def line(public_id: str) -> EventLine:
    """One event as in a list, by its id. At most four queries.

    Raises:
        QueryError: the record has no such event.
    """
    found = lines(list(Event.objects.select_related("place").filter(public_id=public_id)[:1]))
    if not found:
        raise QueryError(f"{public_id}: no such event in the record")
    return found[0]


def urls_of(articles: Iterable[str]) -> dict[str, str]:
    """The addresses of articles by their public ids. Two queries."""
    ids = dict(Article.objects.filter(public_id__in=set(articles)).values_list("pk", "public_id"))
    return {ids[pk]: url for pk, url in search.addresses(ids).items()}


def page(public_id: str) -> EventPage:
    """One event in full, by its id; a merged one too, which says where it went.

    Raises:
        QueryError: the record has no such event.
    """
    row = Event.objects.select_related("place", "merged_into").filter(public_id=public_id).first()
    if row is None:
        raise QueryError(f"{public_id}: no such event in the record")
    found = findings(row)
    every = Statement.objects.filter(event=row, current=True)
    reports = statements.reports(every.order_by("published", "pk")[:REPORTS])
    number = every.count() if len(reports) == REPORTS else len(reports)
    decided = decisions_standing.all_of(Decision.objects.filter(target_kind="event", target=public_id))
    judged = decisions.Judgement()
    for one in decided:
        if one.stands:
            judged.add(one)
    return EventPage(
        line=_line(row, found, {one.evidence.article: one.evidence.url for one in reports if one.evidence.url}),
        positions=found.positions if found else (),
        tolls=found.tolls if found else (),
        origins=found.origins if found else (),
        grade=found.grade if found else None,
        reports=tuple(reports),
        number=number,
        disputes=tuple(disputes.of_rows(list(Disagreement.objects.filter(event=row).order_by("pk")))),
        decisions=tuple(decided),
        corrections=judged.corrections,
        merged=tuple(row.merged.order_by("pk").values_list("public_id", flat=True)),
        merged_into=row.merged_into.public_id if row.merged_into else None,
        since_confirmed=_since(decided, every),
    )


def _since(decided: Iterable[Decided], every: QuerySet[Statement]) -> int:
    """How many articles came after an event was last confirmed."""
    made = [one.made for one in decided if one.stands and one.kind == "confirm"]
    return every.filter(coding__added__gt=made[-1]).values("article").distinct().count() if made else 0


def findings(row: Event) -> EventFindings | None:
    """What the reports of an event give together; None where it has none left."""
    return _decode(bytes(row.findings)) if row.findings else None


def support(found: EventFindings) -> tuple[Support, ...]:
    """Who says that an event happened, or whatever leads in its reports."""
    leading = [position for position in found.positions if position.stance == "lead"]
    happened = [position for position in leading if position.aspect == "happened"]
    return (happened or leading)[0].supporters if leading else ()


def where(place: Place | None, precision: str) -> Where | None:
    """A place's row as people see it."""
    if place is None:
        return None
    return Where(
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        country=place.country,
        geonameid=place.geonameid,
        precision=precision,
    )


def _line(row: Event, found: EventFindings | None, urls: Mapping[str, str]) -> EventLine:
    supporters = support(found) if found else ()
    names = [one.speakers[0] if one.speakers else one.outlet or "an unnamed outlet" for one in supporters]
    return EventLine(
        id=row.public_id,
        label=row.label,
        type=row.type,
        mode=row.mode,
        first=row.first,
        last=row.last,
        reported=row.reported,
        place=where(row.place, row.precision),
        certainty=row.certainty,
        disputed=row.disputed,
        articles=row.articles,
        outlets=row.outlets,
        origins=row.origins,
        credibility=row.credibility,
        airwars=row.airwars,
        killed_low=row.killed_low,
        killed_best=row.killed_best,
        killed_high=row.killed_high,
        background=row.background,
        judgement=row.judgement,
        says=tuple(dict.fromkeys(names)),
        support=supporters,
        urls={one.article: urls[one.article] for one in supporters if one.article in urls},
    )
