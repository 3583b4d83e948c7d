"""Who did it, and to whom: the same actor, a part of one, one who may have joined in, or one who excludes another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from reportedly import lexicons
from reportedly.data import Participant
from reportedly.events.findings import Position
from reportedly.events.positions_grouping import Group, Relation, gather, positions
from reportedly.events.positions_support import Origins
from reportedly.events.reports import EventReport, Statement
from reportedly.statements import actors_registry as registry

Role = Literal["actor", "recipient"]


class Who(Struct, frozen=True, order=True):
    """The named actors of one report: registry ids, else names; all of them together are the answer."""

    ids: tuple[str, ...]
    names: tuple[str, ...] = ()


def of_event(role: Role, reports: Sequence[EventReport], origins: Origins) -> list[Position]:
    """The positions on who did it or to whom it was done; reports that name nobody known say nothing."""
    return positions(role, gather(_answers(role, reports)), _recipients if role == "recipient" else _actors, origins)


def _answers(role: Role, reports: Sequence[EventReport]) -> Iterator[tuple[Who, dict[str, Any], str, Statement]]:
    for report in reports:
        listed = [item for item in (report.actor if role == "actor" else report.recipient) if item.id or item.name]
        if listed and report.certainty != "denied":
            who = Who(
                tuple(sorted({item.id for item in listed if item.id})),
                tuple(sorted({item.name for item in listed if item.name and not item.id})),
            )
            yield who, {"ids": list(who.ids), "names": list(who.names)}, _label(listed), report


def _label(listed: list[Participant]) -> str:
    return ", ".join(dict.fromkeys(item.name or item.text for item in listed))


def _recipients(lead: Group[Who], other: Group[Who]) -> Relation:
    return _shared(lead.answer, other.answer) or ("beside", "names another")


def _actors(lead: Group[Who], other: Group[Who]) -> Relation:
    """Another actor excludes the leading one if somebody who is quoted says so and the two are no allies: an own
    account of an article that names another may tell of another part of the event."""
    shared = _shared(lead.answer, other.answer)
    if shared is not None:
        return shared
    named = not (lead.answer.names or other.answer.names)
    quoted = any(statement.chain for group in (lead, other) for statement in group.statements)
    if named and quoted and not _allied(lead.answer.ids, other.answer.ids):
        return "contradicts", "names another actor"
    return "beside", "names another, who may have joined in"


def _shared(one: Who, two: Who) -> Relation | None:
    """What two answers have to do with each other if they have an actor, or an actor and its part, in common."""
    first, second = {*one.ids, *one.names}, {*two.ids, *two.names}
    if first & second:
        if first < second:
            return "more precise", "names more of them"
        return ("less precise", "names fewer of them") if second < first else ("agrees", "names some of the same")
    if any(a in _above(b) for a in one.ids for b in two.ids):
        return "more precise", "names a part of it"
    if any(b in _above(a) for a in one.ids for b in two.ids):
        return "less precise", "names what it is a part of"
    return None


@lru_cache(maxsize=4096)
def _above(identifier: str) -> tuple[str, ...]:
    """The actors that an actor is a part of, nearest first: its parents, at last its state."""
    found: list[str] = []
    actor = registry.find(identifier)
    while actor is not None and actor.parent and actor.parent not in found:
        found.append(actor.parent)
        actor = registry.find(actor.parent)
    return tuple(found)


def _allied(one: Sequence[str], two: Sequence[str]) -> bool:
    return any(_sides(a) & _sides(b) for a in one for b in two)


def _sides(identifier: str) -> frozenset[str]:
    """The alliances that an actor, or what it is a part of, belongs to."""
    return frozenset(
        row["alliance"]
        for row in lexicons.rows("events_alliances.tsv")
        if row["actor"] in (identifier, *_above(identifier))
    )
