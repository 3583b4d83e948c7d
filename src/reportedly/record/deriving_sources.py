"""What each source said of the events that were made anew, and the counts of the source over the whole record.

One row a source and event holds what `events.sources` finds; the source's own counts are changed by the difference to
the row before. So neither adding an article nor a list of sources counts the record, which would take longer the
larger it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import F

from reportedly.events import sources
from reportedly.events.findings import EventFindings, SeriesPoint
from reportedly.events.sources import Entry
from reportedly.record import naming
from reportedly.record.identity import fold
from reportedly.record.models import Event, Source, SourceEvent

#: The counts that a source has of an event.
COUNTS = ("told", "hedged", "corroborated", "contradicted", "revised", "borne", "failed")
Counts = Counter[str]


def renew(made: Iterable[tuple[Event, EventFindings | None]], points: Sequence[SeriesPoint] = ()) -> None:
    """Count anew what every source says of these events.

    Args:
        made: events, each with what its reports give together; None for one without any report.
        points: the series that their figures are in, by which earlier figures are revised.
    """
    listed = list(made)
    now = {
        (event.pk, source): counted(entries)
        for event, found in listed
        if found is not None and event.judgement != "rejected"
        for source, entries in sources.entries(event.public_id, found, points).items()
    }
    rows = naming.stored(_row(name, kind) for _, (name, kind) in now)
    wanted = {(event, rows[_row(*source).key].pk): counts for (event, source), counts in _summed(now).items()}
    _write(wanted, [event.pk for event, _ in listed])


def _summed(
    now: dict[tuple[int, tuple[str, sources.Kind]], Counts],
) -> dict[tuple[int, tuple[str, sources.Kind]], Counts]:
    """Names that differ in case or accents alone are one source."""
    found: dict[tuple[int, str], tuple[tuple[str, sources.Kind], Counts]] = {}
    for (event, source), counts in now.items():
        first, before = found.get((event, _row(*source).key), (source, Counter()))
        found[event, _row(*source).key] = (first, before + counts)
    return {(event, source): counts for (event, _), (source, counts) in found.items()}


def counted(entries: Iterable[Entry]) -> Counts:
    """The counts of a source's statements on one event."""
    found: Counts = Counter()
    for entry in entries:
        held = entry.corroborated and not entry.contradicted
        failed = entry.contradicted and not entry.corroborated and not entry.hedged
        flags = (True, entry.hedged, entry.corroborated, entry.contradicted, entry.revised, held, failed)
        found.update({name: int(flag) for name, flag in zip(COUNTS, flags, strict=True)})
    return found


def _row(name: str, kind: sources.Kind) -> Source:
    return Source(key=f"{kind}:{fold(name)}"[: naming.NAME], kind=kind, name=name[: naming.NAME])


def _write(wanted: dict[tuple[int, int], Counts], events: Sequence[int]) -> None:
    """Put the rows of some events in the place of those before, and the difference on their sources."""
    before = {
        (row.event_id, row.source_id): Counter({name: getattr(row, name) for name in COUNTS})
        for row in SourceEvent.objects.filter(event__in=events)
    }
    SourceEvent.objects.filter(event__in=events).delete()
    SourceEvent.objects.bulk_create(
        SourceEvent(event_id=event, source_id=source, **counts) for (event, source), counts in wanted.items()
    )
    changes: dict[int, Counts] = {}
    for sign, rows in ((1, wanted), (-1, before)):
        for (_, source), counts in rows.items():
            change = changes.setdefault(source, Counter())
            for name in COUNTS:
                change[name] += sign * counts[name]
            change["judged"] += sign * int(counts["borne"] + counts["failed"] > 0)
    for source, change in sorted(changes.items()):
        if any(change.values()):
            Source.objects.filter(pk=source).update(**{name: F(name) + by for name, by in change.items() if by})
