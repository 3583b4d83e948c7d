"""What is worked out from statements: made anew for whatever an article has touched, and for nothing else.

So that one more article takes as long in a large record as in a small one, everything is looked up by an index, and
events, series and places with very many statements are looked at in part (`deriving_events.REPORTS`,
`deriving_series.POINTS`, `deriving_held.STATEMENTS`, `deriving_disputes.FIGURES`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from reportedly.events.reports import Reports
from reportedly.record import (
    deriving_disputes,
    deriving_events,
    deriving_flags,
    deriving_held,
    deriving_series,
    deriving_sources,
)
from reportedly.record.deriving_disputes import Scope
from reportedly.record.deriving_events import Made
from reportedly.record.models import Article, Event, Statement


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
            self.events |= {event} - {None}
            self.series[series].add(since)
            self.held[held].add(since)
            self.matters.add(matter)
        self._drop_empty()

    def rows(self, found: Iterable[Statement]) -> None:
        """All that some new statements, just stored, are part of."""
        for row in found:
            since = row.first or row.last or row.published
            self.events |= {row.event_id} - {None}
            self.series[row.series].add(since)
            self.held[row.held].add(since)
            self.matters.add(row.matter)
        self._drop_empty()

    def _drop_empty(self) -> None:
        self.series.pop("", None)
        self.held.pop("", None)
        self.matters.discard("")


def derive(touched: Touched, *articles: tuple[Article, Reports]) -> None:
    """Make anew whatever is touched, and what the statements of some articles disagree about among themselves."""
    made = deriving_events.derive(touched.events)
    deriving_flags.renew(made)
    revised = deriving_series.renew(touched.series)
    _count_sources(made, revised)
    windows = deriving_held.renew(touched.held)
    scopes = [Scope(f"event {one.event.public_id}", one.disputes, event=one.event) for one in made]
    scopes += deriving_disputes.of_matters(touched.matters)
    scopes += deriving_disputes.of_held(windows)
    scopes += [deriving_disputes.of_article(article, reports) for article, reports in articles]
    deriving_disputes.replace(scopes)


def _count_sources(made: list[Made], revised: set[str]) -> None:
    """Count anew what sources say of events that were made anew, and of those of which a figure was revised."""
    known = {one.event.pk for one in made}
    others = Event.objects.filter(figures__figure__key__in=revised).exclude(pk__in=known).distinct().order_by("pk")
    listed = [(one.event, one.found) for one in made]
    listed += [(event, deriving_events.findings(event)) for event in others]
    figures = {
        support.statement
        for _, found in listed
        if found
        for position in found.positions
        if position.aspect.startswith("number/")
        for support in position.supporters
    }
    deriving_sources.renew(listed, deriving_series.revising(figures))
