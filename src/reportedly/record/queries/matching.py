"""Filters as conditions on tables: which places, actors and sources are meant, which statements and events.

A condition that few statements meet is looked up first and given on as a list; one that many meet is asked of each
row in the list's order, until the page is full. Either takes little, however large the record is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial, reduce
from operator import or_
from typing import NamedTuple, TypeVar

import msgspec
import pycountry
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from reportedly.record import search
from reportedly.record.identity import fold
from reportedly.record.models import Actor, Article, Event, Participation, Place, Source, Statement, Voice
from reportedly.record.queries.filters import Box, Filter
from reportedly.statements import actors_registry

#: Statements that are looked up first, at most; and those that are counted for a list of names, at most.
FEW, COUNTED = 5000, 1000
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
    inside = within(chosen)
    if not chosen.place and inside is None:
        return None
    exact = Q() if inside is None else Q(precision__in=precisions(chosen))
    return Q(place__in=_places(chosen, inside)) & exact


def _places(chosen: Filter, inside: Q | None) -> QuerySet[Place]:
    named = named_places(chosen.place) if chosen.place else Place.objects.all()
    return named if inside is None else named.filter(inside)


def at_places(rows: QuerySet[M], chosen: Filter) -> QuerySet[M]:
    """The rows (of anything with `place` and `precision`) that are where the filter is."""
    where = located(chosen)
    if where is None:
        return rows
    few = list(rows.model._default_manager.filter(where).values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return rows.filter(pk__in=few)
    inside = within(chosen)
    there = Exists(_places(chosen, inside).filter(pk=OuterRef("place")))
    return rows.filter(there) if inside is None else rows.filter(there, precision__in=precisions(chosen))


def precisions(chosen: Filter) -> list[str]:
    """The precisions with which a place can be said to be inside a box or circle."""
    return [name for name, extent in EXTENT.items() if chosen.reach is None or extent <= chosen.reach]


def within(chosen: Filter) -> Q | None:
    """Inside the box and the circle of a filter, as a condition on places; None if it has neither."""
    if chosen.box is None and chosen.near is None:
        return None
    found = _inside(chosen.box) if chosen.box else Q()
    near = chosen.near
    if near is None:
        return found
    around = Place.objects.filter(found, _inside(near.box)).values_list("pk", "latitude", "longitude")
    return Q(pk__in=[pk for pk, latitude, longitude in around if near.holds(latitude or 0.0, longitude or 0.0)])


def _inside(box: Box) -> Q:
    east, west = Q(longitude__lte=box.east), Q(longitude__gte=box.west)
    across = (west | east) if box.west > box.east else (west & east)
    return Q(latitude__gte=box.south, latitude__lte=box.north) & across & Q(longitude__isnull=False)


def named_places(name: str) -> QuerySet[Place]:
    """The places of a name, and all places of a country if it is one's name."""
    country = _country(name)
    found = Q(name__iexact=name) | Q(key=f"n{fold(name)}") | Q(key=name)
    return Place.objects.filter(found | Q(country=country) if country else found)


def _country(name: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country by any name that the registry has."""
    for alias in _aliases().get(fold(name), ()):
        if alias.naming == "name" and alias.actor in actors_registry.states():
            known = pycountry.countries.get(alpha_3=alias.actor)
            return str(known.alpha_2) if known else None
    return None


@cache
def _aliases() -> dict[str, list[actors_registry.Alias]]:
    """The registry's names by their folded form."""
    found: dict[str, list[actors_registry.Alias]] = {}
    for alias in actors_registry.aliases():
        found.setdefault(fold(alias.text), []).append(alias)
    return found


def actors(name: str) -> list[int]:
    """The actors of a name, an alias or a registry id, by primary key."""
    return list(Actor.objects.filter(called(name)).values_list("pk", flat=True))


def called(name: str) -> Q:
    """A name, an alias or a registry id, as a condition on actors."""
    folded = fold(name)
    ids = {alias.actor for alias in _aliases().get(folded, ()) if alias.actor}
    keys = [f"n{folded}", name, *(f"r{one}" for one in (*sorted(ids), name.upper()))]
    return Q(key__in=keys) | Q(name__iexact=name)


def sources(name: str) -> dict[str, list[int]]:
    """The outlets and speakers of a name (or key), and the speakers of an organisation of that name: primary keys by
    kind."""
    folded = fold(name)
    found = Q(key__in=[f"outlet:{folded}", f"speaker:{folded}", name]) | Q(organisation__iexact=name)
    listed: dict[str, list[int]] = {"outlet": [], "speaker": []}
    for kind, pk in Source.objects.filter(found).values_list("kind", "pk"):
        listed[kind].append(pk)
    return listed


def about_statements(chosen: Filter) -> bool:
    """True if a filter asks anything of statements beside who makes them."""
    plain = Filter(source=chosen.source, rejected=chosen.rejected, background=chosen.background)
    return msgspec.structs.replace(chosen, limit=plain.limit, offset=plain.offset) != plain


class Condition(NamedTuple):
    """What is asked of a statement, in up to three forms: `few` gives the primary keys of the first so many statements
    that meet it, `each` asks it of a statement that is already there, and `ways` are joins, each of which the database
    looks up by an index, that lead to all that meet it (none where there are no such joins)."""

    few: Callable[[int], list[int]]
    each: Q
    ways: tuple[Q, ...] = ()

    def keys(self) -> list[int] | None:
        """The primary keys of all that meet it; None if these are too many."""
        found = self.few(FEW + 1)
        return found if len(found) <= FEW else None


def said(chosen: Filter) -> list[Condition]:
    """What a filter asks of statements themselves: who takes part, who says it, in which words."""
    found = []
    if chosen.actor:
        pks = actors(chosen.actor)
        found.append(_linked(Participation.objects.filter(actor__in=pks), Q(participations__actor__in=pks)))
    if chosen.source:
        found.append(_said_by(sources(chosen.source)))
    if chosen.search:
        search.phrases(chosen.search)  # a query without a word is told now
        found.append(Condition(partial(search.first, chosen.search), Q(quote__holds=chosen.search)))
    return found


def _linked(rows: QuerySet[Participation] | QuerySet[Voice], way: Q) -> Condition:
    few = rows.values_list("statement", flat=True)
    return Condition(lambda number: list(few[:number]), Q(Exists(rows.filter(statement=OuterRef("pk")))), (way,))


def _said_by(known: dict[str, list[int]]) -> Condition:
    """What these outlets report and these speakers say."""
    voices = Voice.objects.filter(source__in=known["speaker"])
    speaking = _linked(voices, Q(voices__source__in=known["speaker"]))
    if not known["outlet"]:
        return speaking
    own = Statement.objects.filter(article__outlet__in=known["outlet"], current=True).values_list("pk", flat=True)
    by_outlet = Q(Exists(Article.objects.filter(pk=OuterRef("article"), outlet__in=known["outlet"])))
    ways = (Q(article__outlet__in=known["outlet"]), *speaking.ways)
    return Condition(lambda number: [*own[:number], *speaking.few(number)], by_outlet | speaking.each, ways)


def of_layer(**columns: str) -> Condition:
    """Current statements with these values."""
    rows = Statement.objects.filter(current=True, **columns).values_list("pk", flat=True)
    return Condition(lambda number: list(rows[:number]), Q(current=True, **columns))


def statements(chosen: Filter, layer: str) -> QuerySet[Statement]:
    """The current statements of a layer that a filter holds, without order or page."""
    found = at_places(Statement.objects.filter(days(chosen), layer=layer, current=True), chosen)
    found = found if chosen.rejected else found.exclude(judgement="rejected")
    found = found.filter(measure=chosen.measure) if chosen.measure else found
    found = found.filter(type=chosen.type) if chosen.type else found
    for condition in said(chosen):
        keys = condition.keys()
        found = found.filter(condition.each if keys is None else Q(pk__in=keys))
    return found


def events(chosen: Filter) -> QuerySet[Event]:
    """The events that a filter holds: its days and place are those of the event, all else of any of its reports."""
    found = Event.objects.filter(days(chosen), articles__gt=0)  # one that is merged into another has none left
    found = at_places(found, chosen)
    found = found if chosen.rejected else found.exclude(judgement="rejected")
    found = found if chosen.background else found.filter(background=False)
    found = found.filter(type=chosen.type) if chosen.type else found
    reports = Statement.objects.filter(current=True)
    reports = reports if chosen.rejected else reports.exclude(judgement="rejected")
    for condition in said(chosen):
        keys = condition.keys()
        if keys is None:
            found = found.filter(Exists(reports.filter(condition.each, event=OuterRef("pk"))))
        elif condition.ways:  # thousands of keys take longer to hand back to the database than to look up again
            told = (reports.filter(way, event__gt=0).values("event") for way in condition.ways)
            found = found.filter(reduce(or_, (Q(pk__in=events) for events in told)))
        else:
            found = found.filter(pk__in=set(reports.filter(pk__in=keys, event__gt=0).values_list("event", flat=True)))
    return found


def resting_on(rows: QuerySet[M], of: str, condition: Condition) -> QuerySet[M]:
    """The intervals of control or disagreements that rest on a statement which meets a condition.

    Args:
        of: the statement's name for them ("control_intervals", "disagreements").
    """
    current, keys = Statement.objects.filter(current=True), condition.keys()
    if keys is not None:
        return rows.filter(pk__in=set(current.filter(pk__in=keys, **{f"{of}__gt": 0}).values_list(of, flat=True)))
    through = rows.model.statements.through.objects  # type: ignore[attr-defined]
    each = Exists(current.filter(condition.each, pk=OuterRef("statement_id")))
    return rows.filter(Exists(through.filter(each, **{f"{rows.model._meta.model_name}_id": OuterRef("pk")})))
