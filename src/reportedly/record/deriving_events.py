"""Events made anew from their reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from reportedly.events.reports import ControlReport, EventReport
from reportedly.record import writing
from reportedly.record.models import Event, Statement

#: Reports of one event that are put side by side at most: its earliest and its latest.
REPORTS = 400


def derive(events: Iterable[int]) -> None:
    """Make events anew from their current statements."""
    listed = sorted(events)
    rows: dict[int, list[Statement]] = defaultdict(list)
    for row in Statement.objects.filter(event__in=listed, current=True).select_related("article").order_by("pk"):
        rows[row.event_id or 0].append(row)
    for event in Event.objects.filter(pk__in=listed).order_by("pk"):
        _derive(event, rows[event.pk])


def _derive(event: Event, rows: list[Statement]) -> None:
    found = [as_event(row) for row in rows]
    own = [row for row in rows if not row.aside]
    types = Counter(row.type for row in own if row.type)
    event.background = not own
    event.type = types.most_common(1)[0][0] if types else ""
    event.articles = len({row.article_id for row in rows})
    event.outlets = len({item.outlet for item in found})
    event.label = rows[0].text if rows else ""
    first = next((row for row in own if row.place_id), None)
    event.place_id = first.place_id if first else None
    event.precision = first.precision if first else ""
    dated = next((row for row in own if row.first or row.last), None)
    event.first, event.last = (dated.first, dated.last) if dated else (None, None)
    event.reported = min((row.published for row in rows if row.published), default=None)
    event.save()


def as_event(row: Statement) -> EventReport:
    """The report of a row; a statement of control as the report of what was done."""
    report = writing.report(row)
    if isinstance(report, EventReport):
        return report
    assert isinstance(report, ControlReport)
    shared = {name: getattr(report, name) for name in SHARED}
    return EventReport(**shared, actor=(writing.holder(report),) if report.actor else ())


SHARED = tuple(
    name for name in ControlReport.__struct_fields__ if name in EventReport.__struct_fields__ and name != "actor"
)
