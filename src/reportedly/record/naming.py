"""The rows that statements share: places, actors and sources, looked up or made for a whole article at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from reportedly.data import Participant
from reportedly.events.reports import Location, Said
from reportedly.record.identity import fold
from reportedly.record.models import Actor, Place, Source

Named = TypeVar("Named", Place, Actor, Source)
#: As long as the columns are.
NAME, PLACE_NAME = 300, 200


def place(found: Location) -> Place:
    """The row of a place; by GeoNames' id where it has one, else by its name."""
    key = f"g{found.geonameid}" if found.geonameid else f"n{fold(found.name)}"
    return Place(
        key=key[:PLACE_NAME],
        name=found.name[:PLACE_NAME],
        geonameid=found.geonameid,
        latitude=found.latitude,
        longitude=found.longitude,
        country=found.country or "",
    )


def actor(found: Participant) -> Actor:
    """The row of an actor; by the registry's id where it has one, else by its name or the words that name it."""
    name = found.name or " ".join(found.text.split())
    return Actor(
        key=actor_key(name, found.id),
        name=name[:NAME],
        registry_id=found.id or "",
        country=found.country or "",
        sector=found.sector or "",
    )


def actor_key(name: str, registry_id: str | None) -> str:
    """The key of an actor by its name and the registry's id."""
    return (f"r{registry_id}" if registry_id else f"n{fold(name)}")[:NAME]


def outlet(name: str) -> Source:
    """The row of an outlet."""
    return Source(key=f"outlet:{fold(name)}"[:NAME], kind="outlet", name=name[:NAME])


def speaker(said: Said) -> Source:
    """The row of a speaker."""
    return Source(
        key=f"speaker:{fold(said.name)}"[:NAME],
        kind="speaker",
        name=said.name[:NAME],
        organisation=(said.organisation or "")[:NAME],
        registry_id=said.actor or "",
        party=said.party,
    )


def stored(wanted: Iterable[Named]) -> dict[str, Named]:
    """The rows of the record for those wanted, by key; those that it has not are made. Three queries at most.

    Two writers never do this at the same time (`setup.lock`)."""
    rows: dict[str, Named] = {}
    for row in wanted:
        rows.setdefault(row.key, row)
    if not rows:
        return {}
    kind = type(next(iter(rows.values())))
    found = _known(kind, rows)
    kind._default_manager.bulk_create([row for key, row in rows.items() if key not in found], ignore_conflicts=False)
    return {**rows, **found}


def _known(kind: type[Named], rows: Mapping[str, Named]) -> dict[str, Named]:
    return {row.key: row for row in kind._default_manager.filter(key__in=list(rows))}
