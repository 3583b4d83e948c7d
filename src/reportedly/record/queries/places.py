"""Places that the record speaks of, and one of them with what is told of it."""

from __future__ import annotations

import msgspec
from django.db.models import Q
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.record.identity import fold
from reportedly.record.models import Place
from reportedly.record.queries import control, events, figures, matching, names
from reportedly.record.queries.control import IntervalLine
from reportedly.record.queries.events import EventLine
from reportedly.record.queries.figures import SeriesLine
from reportedly.record.queries.filters import Filter

#: Series that the page of a place shows.
SHOWN = 10


class PlaceLine(Struct, frozen=True, kw_only=True):
    """A place; degrees are WGS 84, `country` ISO 3166-1 alpha-2. `statements` counts those of the record, or with a
    filter those of the latest that it holds."""

    id: str
    name: str
    geonameid: int | None
    latitude: float | None
    longitude: float | None
    country: str
    statements: int


class PlacePage(Struct, frozen=True, kw_only=True):
    """A place, who holds it over time, and the latest events and figures of it."""

    line: PlaceLine
    control: tuple[IntervalLine, ...]
    events: tuple[EventLine, ...]
    figures: tuple[SeriesLine, ...]


def listed(chosen: Filter) -> list[PlaceLine]:
    """Places, those with most statements first. A box or circle asks whether the place is inside; how exact a statement
    is about it does not matter here."""
    if matching.about_statements(msgspec.structs.replace(chosen, box=None, near=None, place="")) or chosen.source:
        counted = names.page(names.places(names.latest(chosen)), chosen)
        known = Place.objects.in_bulk([pk for pk, _ in counted])
        return [_line(known[pk], number) for pk, number in counted]
    found = Place.objects.filter(named__gt=0)
    inside = matching.within(chosen)
    found = found if inside is None else found.filter(inside)
    found = found.filter(pk__in=matching.named_places(chosen.place)) if chosen.place else found
    rows = found.order_by("-named", "pk")[chosen.offset : chosen.offset + chosen.limit]
    return [_line(row, row.named) for row in rows]


def page(name: str) -> PlacePage:
    """One place by its id or name; of several of one name that with most statements.

    Raises:
        QueryError: the record has no such place.
    """
    rows = Place.objects.filter(Q(key=name) | Q(key=f"n{fold(name)}") | Q(name__iexact=name))
    row = rows.order_by("-named", "pk").first()
    if row is None:
        raise QueryError(f"{name}: no such place in the record")
    return PlacePage(
        line=_line(row, row.named),
        control=tuple(control.of_place(row)),
        events=tuple(events.at_place(row.pk)),
        figures=tuple(figures.of_place(row.pk, SHOWN)),
    )


def _line(row: Place, statements: int) -> PlaceLine:
    return PlaceLine(
        id=row.key,
        name=row.name,
        geonameid=row.geonameid,
        latitude=row.latitude,
        longitude=row.longitude,
        country=row.country,
        statements=statements,
    )
