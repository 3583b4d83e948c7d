"""Filters as conditions on tables: which places, actors and sources are meant, which statements and events.

A condition that few statements meet is looked up first and given on as a list; one that many meet is asked of each
row in the list's order, until the page is full. Either takes little, however large the record is.
"""

from __future__ import annotations

import itertools
from typing import Any, TypeVar

import msgspec
import pycountry
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from reportedly.record import search
from reportedly.record.identity import fold
from reportedly.record.models import Actor, Event, Place, Source, Statement, Voice
from reportedly.record.queries.filters import Box, Filter
from reportedly.statements import actors_registry

#: Statements that are looked up first, at most; and those that are counted for a list of names, at most.
FEW, COUNTED = 1000, 5000
#: Kilometres by which a place of each precision may be off; one that is off by more than a filter reaches is not
#: inside. A point always can be.
EXTENT = {"point": 0.0, "near": 20.0, "area": 40.0, "": 40.0, "region": 150.0, "country": 600.0}

LAYERS = ("event", "figure", "control", "said")

M = TypeVar("M", bound=Model)


def days(chosen: Filter) -> Q:
    """What happened, or was reported if it has no day, in the days of a filter."""
    found = Q(until__gte=chosen.since) if chosen.since else Q()
    return found & Q(since__lte=chosen.until) if chosen.until else found


def located(chosen: Filter) -> Q | None:
    """Where the filter is, as a condition on the columns `place` and `precision`; None if it is not about places."""
    found = Q(place__in=named_places(chosen.place)) if chosen.place else None
    inside = within(chosen)
    if inside is None:
        return found
    exact = Q(place__in=inside, precision__in=precisions(chosen))
    return exact if found is None else found & exact


def precisions(chosen: Filter) -> list[str]:
    """The precisions with which a place can be said to be inside a box or circle."""
    return [name for name, extent in EXTENT.items() if chosen.reach is None or extent <= chosen.reach]


def within(chosen: Filter) -> QuerySet[Place, Any] | list[int] | None:
    """The places inside the box and circle of a filter; None if it has neither."""
    if chosen.box is None and chosen.near is None:
        return None
    found = Place.objects.filter(_inside(chosen.box)) if chosen.box else Place.objects.all()
    near = chosen.near
    if near is None:
        return found.values("pk")
    around = found.filter(_inside(near.box)).values_list("pk", "latitude", "longitude")
    return [pk for pk, latitude, longitude in around if near.holds(latitude or 0.0, longitude or 0.0)]


def _inside(box: Box) -> Q:
    east, west = Q(longitude__lte=box.east), Q(longitude__gte=box.west)
    across = (west | east) if box.west > box.east else (west & east)
    return Q(latitude__gte=box.south, latitude__lte=box.north) & across & Q(longitude__isnull=False)


def named_places(name: str) -> QuerySet[Place, Any]:
    """The places of a name, and all places of a country if it is one's name."""
    country = _country(name)
    found = Q(name__iexact=name) | Q(key=f"n{fold(name)}") | Q(key=name)
    return Place.objects.filter(found | Q(country=country) if country else found).values("pk")


def _country(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country by any name that the registry has."""
    for alias in actors_registry.aliases():
        if alias.naming == "name" and alias.actor in actors_registry.states() and fold(alias.text) == fold(name):
            known = pycountry.countries.get(alpha_3=alias.actor)
            return str(known.alpha_2) if known else None
    return None


def actors(name: str) -> list[int]:
    """The actors of a name, an alias or a registry id, by primary key."""
    folded = fold(name)
    ids = {alias.actor for alias in actors_registry.aliases() if alias.actor and fold(alias.text) == folded}
    keys = [f"n{folded}", name, *(f"r{one}" for one in (*sorted(ids), name.upper()))]
    return list(Actor.objects.filter(key__in=keys).values_list("pk", flat=True))


def sources(name: str) -> dict[str, list[int]]:
    """The outlets and speakers of a name (or key), and the speakers of an organisation of that name: primary keys by
    kind."""
    folded = fold(name)
    found = Q(key__in=[f"outlet:{folded}", f"speaker:{folded}", name]) | Q(organisation__iexact=name)
    listed: dict[str, list[int]] = {"outlet": [], "speaker": []}
    for kind, pk in Source.objects.filter(found).values_list("kind", "pk"):
        listed[kind].append(pk)
    return listed


def said_by(known: dict[str, list[int]]) -> Q:
    """What these outlets report and these speakers say, as a condition on statements."""
    if not known["outlet"]:
        return Q(voices__source__in=known["speaker"])
    outlets = Q(article__outlet__in=known["outlet"])
    if not known["speaker"]:
        return outlets
    return outlets | Q(pk__in=Voice.objects.filter(source__in=known["speaker"]).values("statement"))


def about_statements(chosen: Filter) -> bool:
    """True if a filter asks anything of statements beside who makes them."""
    plain = Filter(source=chosen.source, rejected=chosen.rejected, background=chosen.background)
    return msgspec.structs.replace(chosen, limit=plain.limit, offset=plain.offset) != plain


def statements(chosen: Filter, layer: str) -> QuerySet[Statement]:
    """The current statements of a layer that a filter holds, without order or page."""
    found = Statement.objects.filter(days(chosen), layer=layer, current=True)
    where = located(chosen)
    found = found if where is None else found.filter(where)
    found = found if chosen.rejected else found.exclude(judgement="rejected")
    found = found.filter(measure=chosen.measure) if chosen.measure else found
    found = found.filter(type=chosen.type) if chosen.type else found
    for condition in said(chosen):
        found = narrowed(found, "pk", condition)
    return found


def events(chosen: Filter) -> QuerySet[Event]:
    """The events that a filter holds: its days and place are those of the event, all else of any of its reports."""
    found = Event.objects.filter(days(chosen), merged_into=None, articles__gt=0)
    where = located(chosen)
    found = found if where is None else found.filter(where)
    found = found if chosen.rejected else found.exclude(judgement="rejected")
    found = found if chosen.background else found.filter(background=False)
    found = found.filter(type=chosen.type) if chosen.type else found
    for condition in said(chosen):
        kept = condition if chosen.rejected else condition.exclude(judgement="rejected")
        found = narrowed(found, "event", kept)
    return found


def said(chosen: Filter) -> list[QuerySet[Statement]]:
    """What a filter asks of statements themselves: who takes part, who says it, in which words."""
    current, found = Statement.objects.filter(current=True), []
    if chosen.actor:
        found.append(current.filter(participations__actor__in=actors(chosen.actor)))
    if chosen.source:
        found.append(current.filter(said_by(sources(chosen.source))))
    if chosen.search:
        found.append(search.statements(chosen.search))
    return found


def narrowed(rows: QuerySet[M], of: str, condition: QuerySet[Statement]) -> QuerySet[M]:
    """The rows that a statement which meets the condition leads to.

    Args:
        of: the column of the statement that has the row's primary key.
    """
    few = list(itertools.islice(condition.values_list(of, flat=True)[: FEW + 1], FEW + 1))
    if len(few) <= FEW:
        return rows.filter(pk__in={key for key in few if key is not None})
    return rows.filter(Exists(condition.filter(**{of: OuterRef("pk")})))
