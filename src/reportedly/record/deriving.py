"""What is worked out from statements: made anew for whatever an article has touched, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from reportedly.events.reports import Reports
from reportedly.record import deriving_events
from reportedly.record.models import Article, Statement


@dataclass
class Touched:
    """What has to be made anew: events by primary key, series and held places by their keys."""

    events: set[int] = field(default_factory=set)
    series: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)

    def retired(self, statements: QuerySet[Statement]) -> None:
        """Statements that count no more touch all that they were part of."""
        for event, series, held in statements.values_list("event", "series", "held"):
            if event is not None:
                self.events.add(event)
            self._matters(series, held)

    def figures_and_control(self, statements: Iterable[Statement]) -> None:
        """New statements touch the series and the places that they are about."""
        for row in statements:
            self._matters(row.series, row.held)

    def _matters(self, series: str, held: str) -> None:
        if series:
            self.series.add(series)
        if held:
            self.held.add(held)


def derive(article: Article, reports: Reports, touched: Touched) -> None:
    """Make anew whatever is touched."""
    deriving_events.derive(touched.events)
