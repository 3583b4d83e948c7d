"""What is worked out from statements: made anew for whatever an article has touched, and for nothing else.

So that one more article takes as long in a large record as in a small one, everything is looked up by an index, and
events, series and places with very many statements are looked at in part (`deriving_events.REPORTS`,
`deriving_series.POINTS`, `deriving_held.STATEMENTS`, `deriving_disputes.FIGURES`).
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.events.reports import Reports
from reportedly.record import (
    deriving_decided,
    deriving_disputes,
    deriving_events,
    deriving_flags,
    deriving_held,
    deriving_series,
    deriving_sources,
)
from reportedly.record.deriving_events import Made
from reportedly.record.deriving_touched import Touched
from reportedly.record.models import Article, Event

__all__ = ["Touched", "derive", "refresh"]


def derive(touched: Touched, *articles: tuple[Article, Reports]) -> None:
    """Make anew whatever is touched, and what the statements of some articles disagree about among themselves."""
    made = deriving_events.derive(touched.events)
    deriving_flags.renew(made)
    revised = deriving_series.renew(touched.series)
    _count_sources(made, revised)
    windows = deriving_held.renew(touched.held)
    scopes = [deriving_disputes.of_event(one) for one in made]
    scopes += deriving_disputes.of_matters(touched.matters)
    scopes += deriving_disputes.of_held(windows)
    scopes += [deriving_disputes.of_article(article, reports) for article, reports in articles]
    deriving_disputes.replace(scopes)


def refresh(*, statements: Sequence[str] = (), events: Sequence[str] = ()) -> None:
    """Let decisions take effect, in the transaction in which they were made.

    Args:
        statements: the keys of statements of which something was decided.
        events: the public ids of events that were judged, merged or split, those that came of it among them.
    """
    touched = Touched()
    articles = deriving_decided.lay_over(statements, touched) if statements else []
    if events:
        deriving_decided.move(events, touched)
    derive(touched, *articles)


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
