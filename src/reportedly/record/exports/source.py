"""The stored record as formats read it: streamed in batches, with what people decided laid over, in a fixed order.

What is handed on names nobody who decided, unless that is asked for, and no address that is not of the web.

No more than a batch of events is held at a time. Everything is ordered by ids that are for good, so that the same
record gives the same rows in the same order, whatever the database.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Collate
from msgspec import UNSET

from reportedly.data import CodedArticle, Versions
from reportedly.events.findings import EventFindings
from reportedly.events.reports import EventReport, Location
from reportedly.record import decisions, deriving_reports, search, writing
from reportedly.record.exports.shapes import ArticleRecord, DecisionRecord, EventRecord, StatementRecord
from reportedly.record.models import Address, Article, Coding, Event, Statement

#: Events, statements or articles that are read at a time.
BATCH = 200
#: What stands for whoever decided.
SOMEBODY = "a person"
#: Layers whose statements report an event.
REPORTING = ("event", "control")
Narrow = Callable[[QuerySet[Event]], QuerySet[Event]]
T = TypeVar("T")


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items by batches, in order."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _binary(column: str) -> str | Collate:
    """The order of a column's code points, which SQLite has anyway and PostgreSQL's languages have not."""
    return Collate(column, "C") if connection.vendor == "postgresql" else column


class Record:
    """The record, or the part of it that filters let through.

    Events that people have rejected, or merged into others, are left out, and so are statements that people have
    rejected.

    Args:
        narrow: makes a query on events narrower; None leaves it as it is. Statements and articles are then those
            of the events that are left.
        names: decisions bear the names of who made them; without it, "a person" stands for everybody.
    """

    def __init__(self, narrow: Narrow | None = None, *, names: bool = False) -> None:
        self.narrow, self.names = narrow, names

    def events(self) -> Iterator[EventRecord]:
        """The events, by public id."""
        rows = self._events().select_related("place").order_by(_binary("public_id"))
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            yield from _Batch(batch, self.names).records()

    def statements(self) -> Iterator[StatementRecord]:
        """The statements that count now, by key: of all layers, or, with a filter, of the events that are left."""
        rows = Statement.objects.filter(current=True).exclude(judgement="rejected")
        if self.narrow is not None:
            rows = rows.filter(event__in=self._events())
        rows = (
            rows.select_related("event", "article")
            .defer("features", "because", "event__findings")
            .order_by(_binary("key"), "pk")
        )
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            laid = deriving_reports.reports(batch)
            yield from (_statement(row, laid[row.key]) for row in batch if row.key in laid)

    def articles(self) -> Iterator[bytes]:
        """The coded articles as they are kept, by id, each event with the id of the record's event."""
        rows = Article.objects.filter(coding__isnull=False)
        if self.narrow is not None:
            rows = rows.filter(
                pk__in=Statement.objects.filter(event__in=self._events(), current=True).values("article")
            )
        for article in rows.select_related("coding").order_by(_binary("public_id")).iterator(chunk_size=BATCH):
            yield _coded(article)

    def _events(self) -> QuerySet[Event]:
        rows = Event.objects.filter(merged_into=None, articles__gt=0).exclude(judgement="rejected")
        return self.narrow(rows) if self.narrow else rows


class _Batch:
    """Some events, with all that hangs on them read in a few queries."""

    def __init__(self, rows: Sequence[Event], names: bool) -> None:
        self.rows, self.names = rows, names
        found = Statement.objects.filter(event__in=rows, current=True, layer__in=REPORTING)
        statements = list(found.select_related("article").defer("features", "because").order_by("key", "pk"))
        self.reports: dict[int, list[EventReport]] = defaultdict(list)
        laid = deriving_reports.reports(statements)
        for row in deriving_reports.of_events(statements):
            if row.key in laid:
                self.reports[row.event_id or 0].append(deriving_reports.as_event(laid[row.key]))
        self.articles = _articles({row.article_id for row in statements})
        self.judgements = decisions.judgements([row.public_id for row in rows])
        self.standing = decisions.of_articles(sorted({row.article.public_id for row in statements})).decided

    def records(self) -> Iterator[EventRecord]:
        for row in self.rows:
            if self.reports[row.pk]:
                yield self._record(row, self.reports[row.pk])

    def _record(self, row: Event, reports: list[EventReport]) -> EventRecord:
        findings = msgspec.json.decode(bytes(row.findings), type=EventFindings) if row.findings else None
        return EventRecord(
            id=row.public_id,
            judgement=row.judgement,
            background=row.background,
            label=row.label,
            type=row.type or None,
            mode=row.mode or None,
            place=_place(row),
            first=row.first.isoformat() if row.first else None,
            last=row.last.isoformat() if row.last else None,
            reported=row.reported.isoformat() if row.reported else None,
            certainty=row.certainty or None,
            disputed=row.disputed,
            outlets=row.outlets,
            origins=row.origins,
            credibility=row.credibility,
            airwars=row.airwars or None,
            killed=(row.killed_low, row.killed_best, row.killed_high),
            updated=row.updated.isoformat(timespec="seconds"),
            findings=findings,
            reports=tuple(reports),
            articles=tuple(self.articles[name] for name in sorted({report.article for report in reports})),
            decisions=tuple(self._decisions(row, reports)),
        )

    def _decisions(self, row: Event, reports: Sequence[EventReport]) -> Iterator[DecisionRecord]:
        keys = {key for report in reports for key in (report.key, *(figure.key for figure in report.figures))}
        own = self.judgements[row.public_id].decisions if row.public_id in self.judgements else []
        found = {one.id: one for one in (*own, *(one for one in self.standing if one.target in keys))}
        for number in sorted(found):
            one = found[number]
            yield DecisionRecord(
                kind=one.kind,
                target=one.target,
                field=one.field or None,
                value=one.value,
                reason=one.reason,
                user=one.user if self.names else SOMEBODY,
                made=one.made,
            )


def _place(row: Event) -> Location | None:
    if row.place is None:
        return None
    return Location(
        name=row.place.name,
        geonameid=row.place.geonameid,
        latitude=row.place.latitude,
        longitude=row.place.longitude,
        country=row.place.country or None,
        precision=row.precision or None,  # type: ignore[arg-type]
    )


def _articles(ids: set[int]) -> dict[str, ArticleRecord]:
    urls: dict[int, list[str]] = defaultdict(list)
    for address in Address.objects.filter(search.WEB, article__in=ids).order_by("url"):
        urls[address.article_id].append(address.url)
    rows = Article.objects.filter(pk__in=ids).select_related("outlet", "revision", "coding")
    found = rows.defer("revision__text", "coding__coded")
    return {row.public_id: _article(row, urls[row.pk]) for row in found}


def _article(row: Article, urls: Sequence[str]) -> ArticleRecord:
    return ArticleRecord(
        id=row.public_id,
        title=row.title or None,
        outlet=row.outlet.name if row.outlet else None,
        published=row.published or None,
        language=(row.revision.language or None) if row.revision else None,
        urls=tuple(urls),
        revision=row.revision.number if row.revision else None,
        content=row.revision.content if row.revision else None,
        coder=_coder(row.coding) if row.coding else None,
    )


def _coder(row: Coding) -> Versions:
    return Versions(program=row.program, model=row.model, lexicons=row.lexicons)


def _statement(row: Statement, report: writing.Report) -> StatementRecord:
    data: dict[str, Any] = msgspec.to_builtins(report)
    return StatementRecord(
        key=row.key,
        layer=row.layer,
        article=row.article.public_id,
        event=row.event.public_id if row.event else None,
        judgement=row.judgement,
        report=data,
    )


def _coded(row: Article) -> bytes:
    """The coded article as it is kept; its events bear the record's ids where they are part of one. An address that is
    not of the web is none."""
    assert row.coding is not None
    coding = row.coding
    rows = Statement.objects.filter(coding=coding, event__isnull=False, layer__in=REPORTING).exclude(
        judgement="rejected"
    )
    events = dict(rows.values_list("key", "event__public_id"))
    article = msgspec.json.decode(bytes(coding.coded), type=CodedArticle)
    if article.url and not article.url.lower().startswith(("http://", "https://")):
        article.url = None
    used: Counter[str] = Counter()
    for event in article.events:
        layers = [
            layer for layer, is_of in (("event", event.type or not event.control), ("control", event.control)) if is_of
        ]
        found = [events.get(_key(used, f"{article.id}/{layer}/{event.start}-{event.end}")) for layer in layers]
        event.event = next(filter(None, found), UNSET)
    return msgspec.json.encode(article)


def _key(used: Counter[str], key: str) -> str:
    """The key of a statement as `events.flatten` makes it: the second one of the same span has a number."""
    used[key] += 1
    return key if used[key] == 1 else f"{key}~{used[key]}"
