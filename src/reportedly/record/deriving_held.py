"""Who holds a place, from when to when: made anew from the statements of control on it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from reportedly.data import Participant
from reportedly.events import findings, holding
from reportedly.events.reports import ControlReport
from reportedly.record import deriving_reports, matter_rows, naming, writing
from reportedly.record.matter_rows import Days, Group
from reportedly.record.models import ControlInterval, Statement
from reportedly.record.writing import Report

#: Statements on one place that are put side by side: all of them, or of more those that are nearest in time to what
#: was added, as many before it as behind it. Intervals outside of these days stay as they are.
STATEMENTS = 120
encode = msgspec.json.Encoder().encode


class Window(msgspec.Struct, frozen=True):
    """Statements on a place that are looked at together, without those that people rejected; `first` and `last` are
    None where these are all."""

    held: str
    rows: list[Statement]
    reports: list[ControlReport]
    first: datetime.date | None = None
    last: datetime.date | None = None


def renew(held: Mapping[str, Days]) -> list[Window]:
    """Make the intervals of some places anew, around some days; returns what was looked at."""
    found = windows(held)
    _drop([window for window in found if window.first is None])
    for window in found:
        if window.first is not None:
            old = ControlInterval.objects.filter(held=window.held)
            old.filter(first__gte=window.first, first__lte=window.last).delete()
        _store(window)
    return found


def _drop(whole: list[Window]) -> None:
    old = ControlInterval.objects.filter(held__in=[window.held for window in whole])
    if old.exists():
        old.delete()


def windows(held: Mapping[str, Days]) -> list[Window]:
    """The statements on some places that are looked at together."""
    groups = list(matter_rows.groups("held", held, STATEMENTS))
    reports = deriving_reports.reports([row for group in groups for row in group.rows])
    return [_window(group, reports) for group in groups]


def _window(group: Group, reports: Mapping[str, Report]) -> Window:
    listed = [reports[row.key] for row in group.rows if row.key in reports]
    control = [report for report in listed if isinstance(report, ControlReport)]
    if group.whole or not group.rows:
        return Window(group.key, group.rows, control)
    return Window(group.key, group.rows, control, group.rows[0].since, group.rows[-1].since)


def intervals(window: Window) -> Iterator[findings.ControlInterval]:
    """The intervals that the statements of a window give; of a part of all only those that begin in its days."""
    for found in holding.history(window.reports):
        begins = writing.day(found.first)
        if window.first is None or window.last is None or (begins and window.first <= begins <= window.last):
            yield found


def _store(window: Window) -> None:
    found = list(intervals(window))
    if not found:
        return
    places = naming.stored(naming.place(one.location) for one in found if one.location)
    actors = naming.stored(naming.actor(_holder(one)) for one in found)
    rows = [
        ControlInterval(
            held=window.held,
            place=places[naming.place(one.location).key] if one.location else None,
            place_name=(one.location.name if one.location else one.place)[: naming.PLACE_NAME],
            precision=(one.location.precision or "") if one.location else "",
            actor=actors[naming.actor(_holder(one)).key],
            first=writing.day(one.first),
            last=writing.day(one.last),
            contested=one.contested,
            certainty=one.certainty,
            finding=encode(one),
        )
        for one in found
    ]
    ControlInterval.objects.bulk_create(rows)
    _keep_statements(rows, found, {row.key: row.pk for row in window.rows})


def _holder(found: findings.ControlInterval) -> Participant:
    return Participant(start=0, end=0, text=found.actor, name=found.actor, id=found.actor_id)


def _keep_statements(
    rows: Iterable[ControlInterval], found: Iterable[findings.ControlInterval], known: Mapping[str, int]
) -> None:
    through = ControlInterval.statements.through
    through._default_manager.bulk_create(
        through(controlinterval_id=row.pk, statement_id=known[key])
        for row, one in zip(rows, found, strict=True)
        for key in dict.fromkeys((*one.evidence, *one.against))
        if key in known
    )
