"""What a change touches, and so has to be made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from reportedly.record.models import Statement


def _days() -> defaultdict[str, set[date | None]]:
    return defaultdict(set)


@dataclass
class Touched:
    """What has to be made anew: events by primary key, series and held places by their keys, each with the days at
    which something came or went, and matters of figures."""

    events: set[int] = field(default_factory=set)
    series: defaultdict[str, set[date | None]] = field(default_factory=_days)
    held: defaultdict[str, set[date | None]] = field(default_factory=_days)
    matters: set[str] = field(default_factory=set)

    def statements(self, found: QuerySet[Statement]) -> None:
        """All that some stored statements are part of."""
        for event, series, held, matter, since in found.values_list("event", "series", "held", "matter", "since"):
            self._event(event)
            self.series[series].add(since)
            self.held[held].add(since)
            self.matters.add(matter)
        self._drop_empty()

    def rows(self, found: Iterable[Statement]) -> None:
        """All that some new statements, just stored, are part of."""
        for row in found:
            since = row.first or row.last or row.published
            self._event(row.event_id)
            self.series[row.series].add(since)
            self.held[row.held].add(since)
            self.matters.add(row.matter)
        self._drop_empty()

    def _event(self, event: int | None) -> None:
        if event is not None:
            self.events.add(event)

    def _drop_empty(self) -> None:
        self.series.pop("", None)
        self.held.pop("", None)
        self.matters.discard("")
