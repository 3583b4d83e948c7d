"""What people decided, laid over the stored rows: columns of statements, and the events that they count for."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.db.models import Q

from reportedly.data import CodedArticle
from reportedly.events import flatten
from reportedly.events.reports import Reports
from reportedly.record import decisions, decisions_anchors, tallies, writing
from reportedly.record.deriving_touched import Touched
from reportedly.record.models import Article, Event, Participation, Statement, Voice
from reportedly.record.writing import Report

_decode = msgspec.json.Decoder(CodedArticle).decode


def lay_over(keys: Iterable[str], touched: Touched) -> list[tuple[Article, Reports]]:
    """Set the columns of the statements of which something was decided, and of those that a decision has left.

    Returns:
        The articles that they are of, laid flat with what people decided over them.
    """
    ids = {parsed.article for key in keys if (parsed := decisions_anchors.parse(key))}
    found = []
    for article in Article.objects.filter(public_id__in=ids).select_related("coding").order_by("pk"):
        standing = decisions.of_articles([article.public_id])
        every = Statement.objects.filter(article=article)
        before = tallies.tally(every)
        _renew(article, list(every.filter(current=True).order_by("pk")), standing, touched)
        tallies.change(before, tallies.tally(every))
        if article.coding is not None:
            coded = _decode(bytes(article.coding.coded))
            found.append((article, standing.overlay_all(flatten.reports(coded))))
    return found


def _renew(article: Article, rows: list[Statement], standing: decisions.Standing, touched: Touched) -> None:
    reports = [writing.report(row) for row in rows]
    decided = decisions.about([article.public_id], reports)  # who says it or takes part is in no column
    judged = standing.judgements(reports) if standing.decided else {}
    for row, over in zip(rows, standing.corrected(reports), strict=True):
        columns = {**writing.columns(over), "judgement": judged.get(row.key, "")}
        if row.key in decided or any(getattr(row, name) != value for name, value in columns.items()):
            _set(row, over, columns, touched)


def _set(row: Statement, over: Report, columns: dict[str, object], touched: Touched) -> None:
    same = Statement.objects.filter(pk=row.pk)
    touched.statements(same)
    same.update(**columns)
    Participation.objects.filter(statement=row).delete()
    Voice.objects.filter(statement=row).delete()
    writing.write_parts([row], [over])
    touched.statements(same)
    touched.events.update(Event.objects.filter(figures__figure=row).values_list("pk", flat=True))


def move(events: Iterable[str], touched: Touched) -> None:
    """Put statements into the events that they count for after merges and splits, judge events, follow merged ones."""
    ids = set(events)
    constraints = decisions.constraints()
    known = Event.objects.filter(public_id__in=ids)
    rows = Statement.objects.filter(Q(event__in=known) | Q(linked__in=ids), current=True)
    counting = {row.pk: (row, constraints.effective(row.key, row.linked)) for row in rows.order_by("pk")}
    wanted = sorted(ids | {event for _, event in counting.values()})
    have = set(Event.objects.filter(public_id__in=wanted).values_list("public_id", flat=True))
    Event.objects.bulk_create(Event(public_id=event) for event in wanted if event not in have)
    by_id = {event.public_id: event for event in Event.objects.filter(public_id__in=wanted)}
    for row, event in counting.values():
        touched.events |= {row.event_id or by_id[event].pk, by_id[event].pk}
        if row.event_id != by_id[event].pk:
            Statement.objects.filter(pk=row.pk).update(event=by_id[event])
    touched.events |= {event.pk for event in by_id.values()}
