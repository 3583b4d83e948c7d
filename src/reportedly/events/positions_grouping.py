"""From answers to positions: same answers together, one leads, the others stand towards it.

An aspect of an event brings its answers, what two of them have to do with each other (`Relate`), and which are
overtaken. What leads and what counts as support is the same for all aspects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct

from reportedly.events.findings import Position, Stance
from reportedly.events.positions_support import Origins, Source, order, support
from reportedly.events.reports import Statement

T = TypeVar("T")
#: A stance towards the leading answer, and why.
Relation = tuple[Stance, str]


class Group(Struct, Generic[T], frozen=True, kw_only=True):
    """One answer with the statements that give it, in order of publication."""

    answer: T
    value: dict[str, Any]
    label: str
    statements: tuple[Statement, ...]

    @property
    def first(self) -> Statement:
        """The statement that was published first."""
        return self.statements[0]


Relate = Callable[[Group[T], Group[T]], Relation]


def gather(answers: Iterable[tuple[T, dict[str, Any], str, Statement]]) -> list[Group[T]]:
    """Answers (hashable), each with its value, label and statement, put together by answer; the order of what
    comes in does not matter."""
    found: dict[T, list[tuple[Statement, dict[str, Any], str]]] = {}
    for answer, value, label, statement in answers:
        found.setdefault(answer, []).append((statement, value, label))
    groups = []
    for answer, listed in found.items():
        listed.sort(key=lambda item: order(item[0]))
        unique = {item[0].key: item[0] for item in listed}
        groups.append(Group(answer=answer, value=listed[0][1], label=listed[0][2], statements=tuple(unique.values())))
    return sorted(groups, key=lambda group: order(group.first))


def opposed(aspect: str, leading: frozenset[Source], other: frozenset[Source]) -> bool:
    """True if the origins behind two answers can contradict each other: somebody is behind the other who is not behind
    the leading one. Who gives two numbers, or names two places, contradicts nobody; who denies an event contradicts
    all others who report it, also where he speaks of it otherwise."""
    return len(leading | other) > 1 if aspect == "happened" else bool(other - leading)


def positions(
    aspect: str, groups: Sequence[Group[T]], relate: Relate[T], origins: Origins, later: Sequence[Group[T]] = ()
) -> list[Position]:
    """The positions of one aspect, the leading one first.

    `later` are groups that cannot lead because others have overtaken them, as long as others are there.
    """
    able = [group for group in groups if group not in later] or list(groups)
    if not able:
        return []
    lead = min(able, key=lambda group: _rank(group, origins))
    rest = [group for group in groups if group is not lead]
    found = [_position(aspect, lead, "lead", "", origins)]
    for group in rest:
        stance, because = relate(lead, group)
        if stance == "contradicts" and not opposed(aspect, *map(origins.sources, (lead.statements, group.statements))):
            stance, because = "beside", "the same source says both"
        found.append(_position(aspect, group, stance, because, origins))
    return found


def _rank(group: Group[T], origins: Origins) -> tuple[int, tuple[bool, str], bool, str]:
    """Most independent origins first, then the earliest, then those that not only a party gives."""
    first = group.first
    only_party = all(support(statement).party for statement in group.statements)
    return -len(origins.sources(group.statements)), (not first.published, first.published or ""), only_party, first.key


def _position(aspect: str, group: Group[T], stance: Stance, because: str, origins: Origins) -> Position:
    return Position(
        aspect=aspect,
        value=group.value,
        label=group.label,
        stance=stance,
        supporters=tuple(support(statement) for statement in group.statements),
        origins=len(origins.sources(group.statements)),
        because=because,
    )
