"""Names by when something was last reported of them: the order of time that the lists of names have not.

Lists of sources, actors and places begin with those of most statements. Who follows them wants to know of whom
something new is told, and what: each name with the latest statement that a filter holds, the latest first.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Model
from msgspec import Struct

from reportedly.record.models import Actor, Participation, Place, Source, Statement, Voice
from reportedly.record.queries import evidence, matching
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.filters import Filter


class Newest(Struct, frozen=True, kw_only=True):
    """A source, an actor or a place (its id and name), and the latest statement of it."""

    id: str
    name: str
    evidence: Evidence


def sources(chosen: Filter) -> list[Newest]:
    """Outlets and speakers by what they last said. `source` filters their names, all else what they say."""
    known = matching.sources(chosen.source) if chosen.source else None
    statements = _latest(chosen)
    spoken = dict(Voice.objects.filter(statement__in=statements, number=0).values_list("statement", "source"))
    printed = dict(Statement.objects.filter(pk__in=statements).values_list("pk", "article__outlet"))
    told = {pk: [one for one in (spoken.get(pk), printed.get(pk)) if one] for pk in statements}
    return _named(Source, told, {*known["outlet"], *known["speaker"]} if known else None, chosen)


def actors(chosen: Filter) -> list[Newest]:
    """Actors by the latest that they are part of. `actor` filters their names, all else the statements."""
    statements, told = _latest(chosen), defaultdict[int, list[int]](list)
    parts = Participation.objects.filter(statement__in=statements).order_by("pk")
    for statement, actor in parts.values_list("statement", "actor"):
        told[statement].append(actor)
    ordered = {pk: told[pk] for pk in statements}
    return _named(Actor, ordered, matching.actors(chosen.actor) if chosen.actor else None, chosen)


def places(chosen: Filter) -> list[Newest]:
    """Places by the latest that is told of them."""
    statements = _latest(chosen)
    there = dict(Statement.objects.filter(pk__in=statements).values_list("pk", "place"))
    told = {pk: [place] for pk in statements if (place := there.get(pk))}
    return _named(Place, told, None, chosen)


def _latest(chosen: Filter) -> list[int]:
    """The statements published last that a filter holds, at most `matching.COUNTED`; those without a day behind them."""
    found: list[tuple[datetime.date, int]] = []
    for layer in matching.LAYERS:
        held = matching.statements(chosen, layer)
        dated = held.filter(published__isnull=False).order_by("-published", "-pk").values_list("published", "pk")
        rows = [(day, pk) for day, pk in dated[: matching.COUNTED] if day]
        if len(rows) < matching.COUNTED:
            bare = held.filter(published__isnull=True).order_by("-pk").values_list("pk", flat=True)
            rows += [(datetime.date.min, pk) for pk in bare[: matching.COUNTED - len(rows)]]
        found += rows
    return [pk for _, pk in sorted(found, reverse=True)[: matching.COUNTED]]


def _named(
    kind: type[Source] | type[Actor] | type[Place],
    told: Mapping[int, Sequence[int]],
    wanted: Collection[int] | None,
    chosen: Filter,
) -> list[Newest]:
    """The names of a page, each with the first statement that tells of it."""
    first: dict[int, int] = {}
    for statement, names in told.items():
        for name in names if wanted is None else [one for one in names if one in wanted]:
            first.setdefault(name, statement)
    page = dict(list(first.items())[chosen.offset : chosen.offset + chosen.limit])
    rows: dict[int, Model] = kind._default_manager.in_bulk(page)  # type: ignore[assignment]
    said = evidence.of_pks(page.values())
    return [_one(rows[name], said[statement]) for name, statement in page.items()]


def _one(row: Model, said: Evidence) -> Newest:
    assert isinstance(row, Source | Actor | Place)
    return Newest(id=row.key, name=row.name, evidence=said)
