"""Disagreements, made anew where something was touched: in events, among figures, on places, within an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from reportedly.data import Span
from reportedly.events import disputes, findings
from reportedly.events.reports import FigureReport, Reports
from reportedly.record import copying, decisions_anchors, deriving_reports, matter_rows, matters, naming, writing
from reportedly.record.deriving_events import Made
from reportedly.record.deriving_held import Window
from reportedly.record.models import Article, Disagreement, Event, Statement
from reportedly.record.writing import Report

#: Figures of one matter that are held against each other at most; of more, which is no matter of one event, none.
FIGURES = 200
encode = msgspec.json.Encoder().encode


class Scope(msgspec.Struct, frozen=True):
    """What was found in one place to look."""

    name: str
    found: Sequence[findings.Disagreement]
    event: Event | None = None
    article: Article | None = None


def of_event(made: Made) -> Scope:
    """What the reports of an event disagree about."""
    return Scope(f"event {made.event.public_id}", made.disputes, event=made.event)


def of_matters(keys: Iterable[str]) -> list[Scope]:
    """The figures of some matters held against each other, and against those of the day after."""
    listed = list(keys)
    wanted = sorted({near for key in listed for near in (key, matters.days_beside(key)[0])})
    every = {near for key in wanted for near in (key, matters.days_beside(key)[1])}
    rows = {group.key: group.rows for group in matter_rows.groups("matter", {key: set() for key in every}, FIGURES)}
    beside = {key: _beside(key, rows) for key in wanted}
    together = {row.pk: row for found in beside.values() for row in found}
    reports = deriving_reports.reports(list(together.values()))
    copies = copying.among({row.article_id for row in together.values()})
    return [Scope(f"figures {key}", _figures(key, beside[key], reports, copies)) for key in wanted]


def _beside(key: str, rows: Mapping[str, Sequence[Statement]]) -> Sequence[Statement]:
    """The figures of a matter and of the day after; none where there is nothing to disagree."""
    near = dict.fromkeys((key, matters.days_beside(key)[1]))
    found = [row for one in near for row in rows.get(one, ())]
    return found if rows.get(key) and len({row.article_id for row in found}) > 1 else []


def _figures(
    key: str, rows: Sequence[Statement], reports: Mapping[str, Report], copies: Sequence[findings.Dependency]
) -> list[findings.Disagreement]:
    """What the figures of a matter disagree about: with at least one that is not of the day after."""
    own = {row.key for row in rows if row.matter == key}
    listed = [reports[row.key] for row in rows if row.key in reports]
    found = disputes.of_figures([report for report in listed if isinstance(report, FigureReport)], copies)
    return [one for one in found if own.intersection(one.statements)]


def of_held(windows: Sequence[Window]) -> Iterator[Scope]:
    """What statements of control disagree about."""
    copies = copying.among({row.article_id for window in windows for row in window.rows})
    for window in windows:
        yield Scope(f"held {window.held}", disputes.of_control(window.reports, copies))


def of_article(article: Article, reports: Reports) -> Scope:
    """What an article's own statements disagree about."""
    found = disputes.of_article(reports) if reports.contrasts else ()
    return Scope(f"article {article.public_id}", found, article=article)


def replace(scopes: Iterable[Scope]) -> None:
    """Put disagreements in the place of those that were found in the same places before."""
    listed = list(scopes)
    old = Disagreement.objects.filter(scope__in=[scope.name for scope in listed])
    if old.exists():
        old.delete()
    found = [(scope, one) for scope in listed for one in scope.found]
    if not found:
        return
    places = naming.stored(naming.place(one.place) for _, one in found if one.place)
    rows = [
        Disagreement(
            scope=scope.name,
            kind=one.kind,
            about=one.about,
            event=scope.event,
            article=scope.article,
            place=places[naming.place(one.place).key] if one.place else None,
            precision=(one.place.precision or "") if one.place else "",
            first=writing.day(one.first),
            last=writing.day(one.last),
            finding=encode(one),
        )
        for scope, one in found
    ]
    Disagreement.objects.bulk_create(rows)
    _keep_statements(rows, [one for _, one in found])


def _keep_statements(rows: Sequence[Disagreement], found: Sequence[findings.Disagreement]) -> None:
    """Keep which statements a disagreement rests on; of a stretch that is none by itself, those that are in it."""
    keys = {key for one in found for key in one.statements}
    known = {key: [pk] for key, pk in Statement.objects.filter(key__in=keys, current=True).values_list("key", "pk")}
    known |= _in_stretches(keys - set(known))
    through = Disagreement.statements.through
    through._default_manager.bulk_create(
        through(disagreement_id=row.pk, statement_id=pk)
        for row, one in zip(rows, found, strict=True)
        for pk in dict.fromkeys(pk for key in one.statements for pk in known.get(key, ()))
    )


def _in_stretches(keys: Iterable[str]) -> dict[str, list[int]]:
    """The statements that share a word with each of these stretches of articles, by primary key."""
    spans = {key: parsed for key in keys if (parsed := decisions_anchors.parse(key))}
    if not spans:
        return {}
    about = Statement.objects.filter(article__public_id__in={one.article for one in spans.values()}, current=True)
    rows = about.filter(aside="").order_by("pk").values_list("article__public_id", "start", "end", "pk")
    beside: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for article, start, end, pk in rows:
        beside[article].append((Span(start, end), pk))
    return {key: [pk for span, pk in beside[one.article] if span.overlaps(one.span)] for key, one in spans.items()}
