"""What others make of a statement: borne out by an independent origin, contradicted by one.

The flags of an event's report come from the event; those of a figure from every event whose reports give it; those
of a statement of control from its event and from the history of the place (`deriving_held`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from reportedly.events.findings import EventFindings, Position
from reportedly.events.origins import by_statement
from reportedly.record import chunks
from reportedly.record.deriving_events import Made
from reportedly.record.models import EventFigure, Statement

#: The columns in which they are kept.
FLAGS = ("corroborated", "contradicted")


class Flags(Struct, frozen=True):
    """What others make of a statement."""

    corroborated: bool = False
    contradicted: bool = False

    def __or__(self, other: Flags) -> Flags:
        return Flags(self.corroborated or other.corroborated, self.contradicted or other.contradicted)


def flags(found: EventFindings) -> dict[str, Flags]:
    """The flags of all statements of an event, by key."""
    origins = by_statement(found.origins)
    by_aspect: dict[str, list[Position]] = defaultdict(list)
    for position in found.positions:
        by_aspect[position.aspect].append(position)
    made: dict[str, Flags] = {}
    for listed in by_aspect.values():
        for position in listed:
            given = Flags(position.origins > 1, _contradicted(position, listed, origins))
            for support in position.supporters:
                made[support.statement] = made.get(support.statement, Flags()) | given
    return made


def _contradicted(position: Position, beside: Sequence[Position], origins: Mapping[str, int]) -> bool:
    """True if an independent origin contradicts a position; stances are towards the leading one of an aspect."""
    mine = {origins.get(one.statement) for one in position.supporters}
    return any(
        {other.stance, position.stance} == {"lead", "contradicts"}
        and any(origins.get(one.statement) not in mine for one in other.supporters)
        for other in beside
    )


def renew(made: Sequence[Made]) -> None:
    """Set the flags of the statements of events that were made anew."""
    by_event = {one.event.pk: flags(one.found) if one.found else {} for one in made}
    _renew_figures(by_event)
    _set_reports(made, by_event)


def _renew_figures(by_event: Mapping[int, Mapping[str, Flags]]) -> None:
    rows = _rows(key for made in by_event.values() for key in made if "/figure/" in key)
    old = EventFigure.objects.filter(event__in=list(by_event))
    touched = {*old.values_list("figure", flat=True), *(row.pk for row in rows.values())}
    old.delete()
    EventFigure.objects.bulk_create(
        EventFigure(event_id=event, figure=rows[key], corroborated=one.corroborated, contradicted=one.contradicted)
        for event, made in by_event.items()
        for key, one in made.items()
        if key in rows
    )
    found: dict[int, Flags] = {pk: Flags() for pk in touched}
    for chunk in chunks.split(touched):
        every = EventFigure.objects.filter(figure__in=chunk).values_list("figure", "corroborated", "contradicted")
        for figure, corroborated, contradicted in every:
            found[figure] |= Flags(corroborated, contradicted)
    for chunk in chunks.split(found):
        _set({row: found[row.pk] for row in Statement.objects.filter(pk__in=chunk).only(*FLAGS)})


def _rows(keys: Iterable[str]) -> dict[str, Statement]:
    """The rows of figures, by key."""
    found: dict[str, Statement] = {}
    for chunk in chunks.split(keys):
        found |= {row.key: row for row in Statement.objects.filter(key__in=chunk, current=True).only("key")}
    return found


def _set_reports(made: Sequence[Made], by_event: Mapping[int, Mapping[str, Flags]]) -> None:
    """The flags of reports of events; those of a statement of control that stands beside one are the same."""
    wanted = {}
    for one in made:
        found = by_event[one.event.pk]
        for row in one.rows:
            wanted[row] = found.get(row.key) or found.get(row.key.replace("/control/", "/event/"), Flags())
    _set(wanted)


def _set(wanted: Mapping[Statement, Flags]) -> None:
    """Set the flags of statements where they are others than before."""
    changed: dict[Flags, list[int]] = defaultdict(list)
    for row, given in wanted.items():
        if given != Flags(row.corroborated, row.contradicted):
            changed[given].append(row.pk)
    for given, rows in changed.items():
        for chunk in chunks.split(rows):
            Statement.objects.filter(pk__in=chunk).update(
                corroborated=given.corroborated, contradicted=given.contradicted
            )
