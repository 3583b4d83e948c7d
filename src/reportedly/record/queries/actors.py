"""Actors that the record speaks of, and one of them with what is told of it."""

from __future__ import annotations

from collections import Counter

import msgspec
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.record.models import Actor, Participation
from reportedly.record.prepared import Prepared
from reportedly.record.queries import control, events, matching, names
from reportedly.record.queries.control import IntervalLine
from reportedly.record.queries.events import EventLine
from reportedly.record.queries.filters import Filter

#: Statements of an actor, the latest, in which its parts are counted.
LATEST = 200
_latest_roles = Prepared(
    lambda actor: Participation.objects.filter(actor=actor).order_by("-pk").values_list("role")[:LATEST]
)


class ActorLine(Struct, frozen=True, kw_only=True):
    """An actor: the registry's id where it is known, `country` ISO 3166-1 alpha-3, `sector` a PLOVER code.
    `statements` counts those of the record, or with a filter those of the latest that it holds."""

    id: str
    name: str
    registry_id: str
    country: str
    sector: str
    statements: int


class ActorPage(Struct, frozen=True, kw_only=True):
    """An actor: in how many of its latest statements it has which part, the places it is said to hold or to have
    held, and the latest events that it is part of."""

    line: ActorLine
    roles: dict[str, int]
    control: tuple[IntervalLine, ...]
    events: tuple[EventLine, ...]


def listed(chosen: Filter) -> list[ActorLine]:
    """Actors, those with most statements first. `actor` filters their names, all else the statements that they are
    part of."""
    filtered = matching.about_statements(msgspec.structs.replace(chosen, actor="")) or bool(chosen.source)
    wanted = set(matching.actors(chosen.actor)) if chosen.actor else None
    if filtered:
        counts = names.actors(names.latest(chosen))
        kept = Counter({pk: number for pk, number in counts.items() if wanted is None or pk in wanted})
        counted = names.page(kept, chosen)
        known = Actor.objects.in_bulk([pk for pk, _ in counted])
        return [_line(known[pk], number) for pk, number in counted]
    found = Actor.objects.filter(named__gt=0)
    found = found if wanted is None else found.filter(pk__in=wanted)
    rows = found.order_by("-named", "pk")[chosen.offset : chosen.offset + chosen.limit]
    return [_line(row, row.named) for row in rows]


def page(name: str) -> ActorPage:
    """One actor by its id, the registry's id, a name or an alias; of several that with most statements.

    Raises:
        QueryError: the record has no such actor.
    """
    rows = list(Actor.objects.filter(matching.called(name)))
    if not rows:
        raise QueryError(f"{name}: no such actor in the record")
    row = min(rows, key=lambda one: (-one.named, one.pk))
    return ActorPage(
        line=_line(row, row.named),
        roles=_roles(row),
        control=tuple(control.of_actor(row)),
        events=tuple(events.of_actor(row)),
    )


def _roles(row: Actor) -> dict[str, int]:
    return dict(Counter(role for (role,) in _latest_roles(row.pk)))


def _line(row: Actor, statements: int) -> ActorLine:
    return ActorLine(
        id=row.key,
        name=row.name,
        registry_id=row.registry_id,
        country=row.country,
        sector=row.sector,
        statements=statements,
    )
