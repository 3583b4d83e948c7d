"""Disagreements: everything that statements of the record disagree about, in one shape.

Four places to look, each by itself so that a record can make anew what an article has touched:

- `of_event`: reports of one event that contradict each other (`positions`),
- `of_figures`: figures of the same thing, place and time in different articles,
- `of_control`: who holds a place, whether and when it was taken,
- `of_article`: two statements of one article that contradict or qualify each other.

`merged` makes one of what was found in several of them, and of the same pair of statements in copies of one text.
`everything` does all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.events import (
    disputes_articles,
    disputes_holding,
    disputes_merging,
    disputes_numbers,
    origins,
    positions,
    positions_happened,
)
from reportedly.events.disputes_shape import shaped
from reportedly.events.findings import Dependency, Disagreement
from reportedly.events.positions_alike import apart, traits
from reportedly.events.positions_support import Origins, coded, order
from reportedly.events.reports import ControlReport, EventReport, FigureReport, Reports

__all__ = ["Disagreement", "everything", "merged", "of_article", "of_control", "of_event", "of_figures"]

merged = disputes_merging.merged
ASPECTS = {
    "happened": "whether it happened",
    "actor": "who did it",
    "recipient": "to whom",
    "place": "where",
    "time": "when",
}


def everything(
    articles: Sequence[Reports], events: Mapping[str, Sequence[EventReport]], copies: Sequence[Dependency] = ()
) -> tuple[Disagreement, ...]:
    """All disagreements of a record: `articles` laid flat, `events` the reports of each linked event by its id. The
    order of articles and events does not matter."""
    figures = [figure for article in articles for figure in article.figures]
    found = [item for key in sorted(events) for item in of_event(events[key], copies)]
    found += of_figures(figures, copies)
    found += of_control([report for article in articles for report in article.control], copies)
    found += [item for article in articles for item in of_article(article, copies, figures)]
    return merged(found)


def of_event(reports: Sequence[EventReport], copies: Sequence[Dependency] = ()) -> tuple[Disagreement, ...]:
    """What the reports of one event disagree about, aspect by aspect."""
    said = coded(reports)
    found = origins.of_event(said, copies)
    denied = _denied_alike(said)
    stances = positions_happened.of_event(denied, Origins(found))
    stances += [item for item in positions.of_event(said, found) if item.aspect != "happened"]
    disagreements = []
    for aspect in dict.fromkeys(position.aspect for position in stances):
        listed = [item for item in stances if item.aspect == aspect]
        if positions.disputed(listed, found):
            used = denied if aspect == "happened" else said
            disagreements.append(shaped("event", _about(aspect, used), listed, used))
    return tuple(disagreements)


def _denied_alike(reports: Sequence[EventReport]) -> list[EventReport]:
    """The reports without those that nothing ties to what is denied in another one's article: a strike that is denied
    leaves the fighters killed elsewhere, should linking have taken both for one."""
    denied = [report for report in reports if report.against]
    return [one for one in reports if not denied or any(one is other or _tied(one, other) for other in denied)]


def _tied(one: EventReport, two: EventReport) -> bool:
    """True if two reports are of the same words, or say something alike and nothing that sets them apart; a report that
    denies is tied to all."""
    if positions_happened.answer(one) == "no" or one.quote == two.quote:
        return True
    return bool(traits(one, two) - {"type"}) and not apart(one, two)


def _about(aspect: str, reports: Sequence[EventReport]) -> str:
    """A label for people: "attack, Douma: who did it"."""
    first = min(reports, key=order)
    place = next((report.place.name for report in sorted(reports, key=order) if report.place), None)
    matter = ASPECTS.get(aspect) or aspect.removeprefix("number/").replace("/", ", ")
    return f"{', '.join(filter(None, (first.text, place)))}: {matter}"


def of_figures(figures: Sequence[FigureReport], copies: Sequence[Dependency] = ()) -> tuple[Disagreement, ...]:
    """Figures of different articles that count the same thing at the same place and time and cannot all be right."""
    return disputes_numbers.of_figures(figures, copies)


def of_control(reports: Sequence[ControlReport], copies: Sequence[Dependency] = ()) -> tuple[Disagreement, ...]:
    """What statements of control disagree about, place by place."""
    return disputes_holding.of_control(reports, copies)


def of_article(
    article: Reports, copies: Sequence[Dependency] = (), figures: Sequence[FigureReport] = ()
) -> tuple[Disagreement, ...]:
    """The disagreements within one article. Figures of other articles (`figures`) that one of its sources gives there
    too are put beside the same figure."""
    return disputes_articles.of_article(article, copies, figures)
