"""Who did it, and to whom: the same actor, a part of one, one who may have joined in, or one who excludes another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from reportedly.data import Participant
from reportedly.events import holding_actors
from reportedly.events.findings import Position
from reportedly.events.positions_alike import DEEDS, alike
from reportedly.events.positions_grouping import Group, Relation, gather, positions
from reportedly.events.positions_support import Origins
from reportedly.events.reports import EventReport, Statement
from reportedly.statements import actors_registry as registry

Role = Literal["actor", "recipient"]


class Who(Struct, frozen=True, order=True):
    """The actors that one report names, all of them together: registry ids, and names of those that have none."""

    ids: tuple[str, ...]
    names: tuple[str, ...] = ()


def of_event(role: Role, reports: Sequence[EventReport], origins: Origins) -> list[Position]:
    """The positions on who did it or to whom it was done; reports that name nobody known say nothing."""
    return positions(role, gather(_answers(role, reports)), _recipients if role == "recipient" else _actors, origins)


def _answers(role: Role, reports: Sequence[EventReport]) -> Iterator[tuple[Who, dict[str, Any], str, Statement]]:
    for report in reports:
        listed = [item for item in (report.actor if role == "actor" else report.recipient) if item.id or item.name]
        if listed and report.certainty != "denied":
            who = _who(listed, report.place.country if report.place else None)
            yield who, {"ids": list(who.ids), "names": list(who.names)}, _label(listed), report


def _who(listed: list[Participant], country: str | None) -> Who:
    """Who is named: by the article's id, else by what the registry knows of the name ("US-backed SDF")."""
    ids: set[str] = set()
    names: set[str] = set()
    for item in listed:
        known = item.id or holding_actors.holder(item.name or item.text, None, country).id
        (ids if known else names).add(known or item.name or item.text)
    return Who(tuple(sorted(ids)), tuple(sorted(names)))


def _label(listed: list[Participant]) -> str:
    return ", ".join(dict.fromkeys(item.name or item.text for item in listed))


def _recipients(lead: Group[Who], other: Group[Who]) -> Relation:
    return _shared(lead.answer, other.answer) or ("beside", "names another")


def _actors(lead: Group[Who], other: Group[Who]) -> Relation:
    """Another actor excludes the leading one if a source names one of them, the two are rivals, and both are said of
    a deed at one place or time; an account that names another may else tell of another part of the event."""
    shared = _shared(lead.answer, other.answer)
    if shared is not None:
        return shared
    named = not (lead.answer.names or other.answer.names)
    quoted = any(statement.chain for group in (lead, other) for statement in group.statements)
    if named and quoted and _one_deed(lead, other) and _rivals(lead, other):
        return "contradicts", "names another actor"
    return "beside", "names another, who may have joined in"


def _one_deed(one: Group[Who], two: Group[Who]) -> bool:
    """True if a report of each tells of the same kind of deed at the same place or on the same day."""
    if not all(any(report.type in DEEDS for report in _reports(group)) for group in (one, two)):
        return False
    return any("type" in same and same & {"place", "time"} for same in alike(one.statements, two.statements))


def _reports(group: Group[Who]) -> list[EventReport]:
    return [statement for statement in group.statements if isinstance(statement, EventReport)]


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


def _rivals(one: Group[Who], two: Group[Who]) -> bool:
    """True if no actor of one answer is tied to one of the other."""
    return all(
        holding_actors.rivals(holding_actors.holder(a, a), holding_actors.holder(b, b), _country(one, two))
        for a in one.answer.ids
        for b in two.answer.ids
    )


def _country(*groups: Group[Who]) -> str | None:
    """The country where it happened, if the reports place it in one alone."""
    countries = {r.place.country for group in groups for r in _reports(group) if r.place and r.place.country}
    return countries.pop() if len(countries) == 1 else None
