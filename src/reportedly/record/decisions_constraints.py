"""What people's merges and splits ask of linking: these statements are of one event, those are not.

Linking keeps its own answer (`Statement.linked`); the event that counts (`Statement.event`) is worked out of it and
of the standing merges and splits, in time order. To undo one is therefore to work it out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from reportedly.events.reports import Statement
from reportedly.record import decisions_anchors
from reportedly.record.decisions_anchors import Anchor
from reportedly.record.decisions_standing import Decided


class Step(Struct, frozen=True, kw_only=True):
    """One standing merge or split. A merge leads `event` into `into`; `moved` and `kept` are the statements that
    linking had in the one and the other. A split takes `moved` out of `event` into the new event `into`."""

    decision: int
    kind: str
    event: str
    into: str
    moved: frozenset[str]
    kept: frozenset[str] = frozenset()
    anchors: tuple[Anchor, ...] = ()


class Constraints:
    """All merges and splits that stand.

    Args:
        steps: in time order.
        void: events made by splits that were undone, by the event that they were split from.
    """

    def __init__(self, steps: Iterable[Step], void: Mapping[str, str]) -> None:
        self.steps = tuple(steps)
        self.void = dict(void)

    def given(self, key: str, linked: str) -> str:
        """The event to give linking for a stored statement: with splits, so that what is like it follows it; without
        merges, so that one can be undone later."""
        event = self._root(linked)
        for step in self.steps:
            if key in step.moved:
                event = step.into if step.kind == "split" else step.event
            elif key in step.kept:
                event = step.into
        return event

    def effective(self, key: str, linked: str) -> str:
        """The event that a statement counts for, of the one that linking gave it."""
        event = self._root(linked)
        for step in self.steps:
            if step.kind == "split":
                event = step.into if key in step.moved else event
            elif event == step.event or key in step.moved or key in step.kept:
                event = step.into
        return event

    def merged(self) -> dict[str, str]:
        """The events that are merged into another, by public id, with the one where they end."""
        found = {step.event: self.effective("", step.event) for step in self.steps if step.kind == "merge"}
        return {event: into for event, into in found.items() if event != into}

    def aligned(self, reports: Iterable[Statement]) -> Constraints:
        """The same for the statements that an article has after it was coded anew."""
        listed = list(reports)
        return Constraints([_aligned(step, listed) for step in self.steps], self.void)

    def _root(self, event: str) -> str:
        while event in self.void:
            event = self.void[event]
        return event


def constraints(decided: Iterable[Decided]) -> Constraints:
    """The constraints of all merges and splits, those that were undone among them (`decisions_standing.all_of`)."""
    listed = list(decided)
    steps = [_step(one) for one in listed if one.stands and one.kind in ("merge", "split")]
    void = {one.value["into"]: one.target for one in listed if one.kind == "split" and not one.stands}
    return Constraints(steps, void)


def _step(decided: Decided) -> Step:
    value: dict[str, Any] = decided.value
    moved, kept = (msgspec.convert(value.get(name) or [], list[Anchor]) for name in ("statements", "kept"))
    return Step(
        decision=decided.id,
        kind=decided.kind,
        event=decided.target,
        into=value["into"],
        moved=frozenset(one.key for one in moved),
        kept=frozenset(one.key for one in kept),
        anchors=(*moved, *kept),
    )


def _aligned(step: Step, reports: list[Statement]) -> Step:
    articles = {report.article for report in reports}
    anchors = [
        one for one in step.anchors if (parsed := decisions_anchors.parse(one.key)) and parsed.article in articles
    ]
    if not anchors:
        return step
    found = decisions_anchors.align(anchors, reports)
    moved, kept = (_renamed(keys, found) for keys in (step.moved, step.kept))
    return msgspec.structs.replace(step, moved=moved, kept=kept)


def _renamed(keys: frozenset[str], found: Mapping[str, str | None]) -> frozenset[str]:
    now = (found.get(key, key) for key in keys)
    return frozenset(key for key in now if key is not None)
