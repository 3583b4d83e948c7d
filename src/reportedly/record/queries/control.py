"""Control: who holds which place, from when to when, according to whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.db.models import F, Q, QuerySet
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.events.findings import ControlInterval as Finding
from reportedly.record.identity import fold
from reportedly.record.models import Actor, ControlInterval, Place, Statement, Voice
from reportedly.record.prepared import Prepared
from reportedly.record.queries import evidence, matching
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.filters import Filter

_decode = msgspec.json.Decoder(Finding).decode
#: Holdings of one actor that are shown.
HOLDINGS = 10
#: The fields of a line that are not of its finding, each with its column.
_FIELDS = {
    **{"id": "held", "place": "place_name", "actor": "actor__name", "actor_id": "actor__registry_id"},
    **{name: f"place__{name}" for name in ("latitude", "longitude", "country")},
    **{name: name for name in ("first", "last", "contested", "certainty", "precision")},
}
COLUMNS = ("finding", *_FIELDS.values())
#: Fields and columns of a point on the map.
_DRAWN_FIELDS = tuple(name for name in _FIELDS if name not in ("id", "actor_id"))
_DRAWN = tuple(_FIELDS[name] for name in _DRAWN_FIELDS)
_of_place = Prepared(
    lambda pk, held: (
        ControlInterval.objects.filter(Q(place=pk) | Q(held=held)).order_by("held", "first", "pk").values_list(*COLUMNS)
    )
)
_of_actor = Prepared(
    lambda pk: (
        ControlInterval.objects.filter(actor=pk)
        .order_by(F("first").desc(nulls_last=True), "-pk")
        .values_list(*COLUMNS)[:HOLDINGS]
    )
)


_names = Prepared(
    lambda keys: Statement.objects.filter(key__in=keys, current=True).values_list("pk", "key", "article__outlet__name")
)
_speakers = Prepared(
    lambda pks: Voice.objects.filter(statement__in=pks, number=0).values_list("statement_id", "source__name")
)


class IntervalPoint(Struct, frozen=True, kw_only=True):
    """One holding of one place on a map, as an `IntervalLine`, but with no more than the names of who says it and of who
    says otherwise."""

    place: str
    latitude: float | None
    longitude: float | None
    country: str | None
    actor: str
    first: datetime.date | None
    last: datetime.date | None
    contested: bool
    certainty: str
    precision: str
    says: tuple[str, ...]
    against: tuple[str, ...]
    because: str
    seen_first: str | None
    seen_last: str | None


class IntervalLine(Struct, frozen=True, kw_only=True):
    """One holding of one place. None in `first` or `last` is open or not known; `evidence` says it, `against` says
    otherwise; `because` says why the interval ends or is contested. `id` names the place that is held, `precision` says
    how exact the text is about where; `seen_first` and `seen_last` are the ISO days between which the holder is
    attested."""

    id: str
    place: str
    latitude: float | None
    longitude: float | None
    country: str | None
    actor: str
    actor_id: str
    first: datetime.date | None
    last: datetime.date | None
    contested: bool
    certainty: str
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...]
    because: str
    precision: str = ""
    seen_first: str | None = None
    seen_last: str | None = None


def listed(chosen: Filter, each: int | None = None) -> list[IntervalLine]:
    """The intervals that a filter holds, place by place and in time. An open side reaches as far as need be: who took a
    town in March and is not known to have lost it holds it in June.

    Args:
        each: so much of the evidence, and of what stands against it, is enough for each; None is all.
    """
    return of_rows(_page(chosen), each)


def points(chosen: Filter) -> list[IntervalPoint]:
    """The same intervals for a map: their statements are not read, only who says them. Three queries."""
    rows = list(_page(chosen).values_list("finding", *_DRAWN))
    found = [_decode(bytes(row[0])) for row in rows]
    known = _who(key for one in found for key in (*one.evidence, *one.against))
    return [_drawn(one, known, *row[1:]) for row, one in zip(rows, found, strict=True)]


def _page(chosen: Filter) -> QuerySet[ControlInterval]:
    found = ControlInterval.objects.filter(_days(chosen))
    where = matching.located(chosen)
    if chosen.place and where is not None:
        where = where | Q(held=fold(chosen.place)) | Q(place_name__iexact=chosen.place)
    found = found if where is None else found.filter(where)
    if chosen.actor:
        found = found.filter(actor__in=matching.actors(chosen.actor))
    for condition in matching.said(msgspec.structs.replace(chosen, actor="")):
        found = matching.resting_on(found, "control_intervals", condition)
    ordered = found.order_by("place_name", "held", "first", "pk")
    return ordered[chosen.offset : chosen.offset + chosen.limit]


def _who(keys: Iterable[str]) -> dict[str, str]:
    """Who says each of these statements, by key, as `Evidence.says` has it."""
    rows = _names(set(keys))
    speakers: dict[int, str] = dict(_speakers([pk for pk, _, _ in rows]))
    return {key: speakers.get(pk) or outlet or evidence.UNNAMED for pk, key, outlet in rows}


def _drawn(found: Finding, known: dict[str, str], *columns: Any) -> IntervalPoint:
    return IntervalPoint(
        **dict(zip(_DRAWN_FIELDS, columns, strict=True)),
        says=tuple(dict.fromkeys(known[key] for key in found.evidence if key in known)),
        against=tuple(dict.fromkeys(known[key] for key in found.against if key in known)),
        because=found.because,
        seen_first=found.seen_first,
        seen_last=found.seen_last,
    )


def one(name: str) -> list[IntervalLine]:
    """The whole history of one place, by the id that a list gives or by its name.

    Raises:
        QueryError: the record has no statement on who holds such a place.
    """
    held = ControlInterval.objects.filter(Q(held=name) | Q(held=fold(name)) | Q(place_name__iexact=name))
    rows = of_rows(held.order_by("held", "first", "pk"))
    if not rows:
        raise QueryError(f"{name}: the record does not say who holds such a place")
    return rows


def of_place(row: Place) -> list[IntervalLine]:
    """The history of a place by its row."""
    return _of_values(_of_place(row.pk, fold(row.name)))


def of_actor(row: Actor) -> list[IntervalLine]:
    """The latest holdings of an actor."""
    return _of_values(_of_actor(row.pk))


def _days(chosen: Filter) -> Q:
    found = (Q(last__gte=chosen.since) | Q(last=None)) if chosen.since else Q()
    return found & (Q(first__lte=chosen.until) | Q(first=None)) if chosen.until else found


def of_rows(rows: QuerySet[ControlInterval], each: int | None = None) -> list[IntervalLine]:
    """Rows as they are shown, in their order. Four queries."""
    return _of_values(list(rows.values_list(*COLUMNS)), each)


def _of_values(rows: Sequence[Sequence[Any]], each: int | None = None) -> list[IntervalLine]:
    found = [_decode(bytes(row[0])) for row in rows]
    known = evidence.of_keys(key for one in found for key in (*one.evidence[:each], *one.against[:each]))
    return [_line(one, known, *row[1:]) for row, one in zip(rows, found, strict=True)]


def _line(found: Finding, known: dict[str, Evidence], *columns: Any) -> IntervalLine:
    return IntervalLine(
        **dict(zip(_FIELDS, columns, strict=True)),
        evidence=tuple(known[key] for key in found.evidence if key in known),
        against=tuple(known[key] for key in found.against if key in known),
        because=found.because,
        seen_first=found.seen_first,
        seen_last=found.seen_last,
    )
