"""Positions: what the reports of one event say of each thing, grouped, with everybody who says it.

Aspects: "happened", "actor", "recipient", "place", "time", and "number/<measure>" with what is counted
("number/killed/civilians"). In each, the answer with most independent origins leads (ties: the earliest, then one
that not only a party gives); the others agree with it, are more or less precise, are out of date, stand beside it
(another answer that need not exclude it) or contradict it. Nothing is averaged and nothing is left out: a hedge shows
in the support, a dispute stays claims side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.events import positions_actors, positions_days, positions_happened, positions_numbers, positions_places
from reportedly.events.findings import Origin, Position
from reportedly.events.origins import by_statement
from reportedly.events.positions_grouping import opposed
from reportedly.events.positions_support import Origins, coded
from reportedly.events.reports import EventReport


def of_event(reports: Sequence[EventReport], origins: Sequence[Origin]) -> tuple[Position, ...]:
    """The positions of one event, aspect by aspect, the leading one of each first. The order of the reports does not
    matter; a statement that is in no origin counts as its article's. Bare mentions say nothing."""
    listed, known = coded(reports), Origins(origins)
    found = positions_happened.of_event(listed, known)
    found += positions_actors.of_event("actor", listed, known)
    found += positions_actors.of_event("recipient", listed, known)
    found += positions_places.of_event(listed, known)
    found += positions_days.of_event(listed, known)
    figures = [figure for report in listed for figure in report.figures]
    for matter, counted in positions_numbers.by_matter(figures).items():
        found += positions_numbers.of_matter(matter, counted, known)
    return tuple(found)


def disputed(positions: Iterable[Position], origins: Sequence[Origin]) -> bool:
    """True if an independent origin contradicts a leading position (`positions_grouping.opposed`)."""
    known, leading = by_statement(origins), frozenset[int | str]()
    for position in positions:
        behind = frozenset(known.get(item.statement, item.article) for item in position.supporters)
        if position.stance == "lead":
            leading = behind
        elif position.stance == "contradicts" and opposed(position.aspect, leading, behind):
            return True
    return False
