"""Who holds a place, from when to when: made anew from the statements of control on it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from reportedly.data import Participant
from reportedly.events import findings, holding
from reportedly.events.reports import ControlReport
from reportedly.record import deriving_reports, naming, writing
from reportedly.record.models import ControlInterval, Statement

#: Statements on one place that are put side by side: all of them, or of more those that are nearest in time to what
#: was added, as many before it as behind it. Intervals outside of these days stay as they are.
STATEMENTS = 120
Days = set[datetime.date | None]
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
    found = [window for key in sorted(held) for window in windows(key, held[key])]
    for window in found:
        old = ControlInterval.objects.filter(held=window.held)
        if window.first:
            old = old.filter(first__gte=window.first, first__lte=window.last)
        if old.exists():
            old.delete()
        _store(window)
    return found


def windows(key: str, days: Days) -> Iterator[Window]:
    """The statements on a place that are looked at together."""
    for rows, whole in _rows(key, days):
        reports = [one for one in deriving_reports.reports(rows).values() if isinstance(one, ControlReport)]
        yield Window(key, rows, reports) if whole else Window(key, rows, reports, rows[0].since, rows[-1].since)


def _rows(key: str, days: Days) -> Iterator[tuple[list[Statement], bool]]:
    """Rows of a place, and whether these are all that there are."""
    every = Statement.objects.filter(held=key, current=True).select_related("article").order_by("since", "pk")
    rows = list(every[: STATEMENTS + 1])
    if len(rows) <= STATEMENTS:
        yield rows, True
        return
    for day in sorted(day for day in days if day):
        before = list(every.filter(since__lte=day).reverse()[: STATEMENTS // 2])
        yield [*reversed(before), *every.filter(since__gt=day)[: STATEMENTS // 2]], False


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
