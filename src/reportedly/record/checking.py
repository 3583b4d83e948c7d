"""Is the record sound? Every row that another one needs is there, and what is derived is what comes out anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from django.db import connection, transaction
from django.db.models import Count, F, Q

from reportedly.data import CodedArticle
from reportedly.events import flatten
from reportedly.events.findings import SeriesPoint
from reportedly.record import (
    copying,
    deriving_disputes,
    deriving_events,
    deriving_flags,
    deriving_held,
    deriving_reports,
    deriving_series,
    matter_rows,
    setup,
    tallies,
    writing,
)
from reportedly.record.models import (
    Actor,
    Article,
    ControlInterval,
    Disagreement,
    Event,
    EventFigure,
    LinkKey,
    Place,
    Revision,
    Source,
    Statement,
)

#: Events that are made anew at a time.
TOGETHER = 200
_decode = msgspec.json.Decoder(CodedArticle).decode


def check(*, derived: bool = True) -> list[str]:
    """What is wrong with the record, a line each; nothing for a sound one.

    Reads the whole record, and makes anew all that is derived, which is not stored.

    Args:
        derived: false leaves out what is derived, which takes most of the time.
    """
    with setup.told(), transaction.atomic():
        found = [*_broken(), *_articles(), *_statements()]
        if derived:
            found += [*_events(), *_series(), *_control(), *_disputes(), *_tallies()]
        transaction.set_rollback(True)
    return found


def _broken() -> Iterator[str]:
    """What the database itself says. PostgreSQL checks references at all times."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (f"database: {row[0]}" for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (f"table {row[0]}: row {row[1]} refers to nothing in {row[2]}" for row in cursor.fetchall())


def _articles() -> Iterator[str]:
    """Every article has a text and a coding of it, and is there once."""
    for article in Article.objects.filter(Q(revision=None) | Q(coding=None)):
        yield f"article {article.public_id}: has no text or no coding"
    for article in Article.objects.exclude(coding=None).exclude(coding__revision=F("revision")):
        yield f"article {article.public_id}: its coding is of another revision"
    twice = Revision.objects.values("content").annotate(n=Count("article", distinct=True)).filter(n__gt=1)
    for row in twice:
        ids = Article.objects.filter(revisions__content=row["content"]).values_list("public_id", flat=True)
        yield f"articles {', '.join(sorted(set(ids)))}: have the same content"
    for article in Article.objects.select_related("coding").iterator(chunk_size=50):
        yield from _coded(article)


def _coded(article: Article) -> Iterator[str]:
    """The statements of an article are those of its coding, each once."""
    if article.coding is None:
        return
    coded = _decode(bytes(article.coding.coded))
    wanted = sorted(report.key for report in writing.listed(flatten.reports(coded)))
    rows = Statement.objects.filter(article=article, current=True)
    # What linking has added is no part of the coding.
    have = sorted(key for key in rows.values_list("key", flat=True) if key in set(wanted))
    if wanted != have:
        yield f"article {article.public_id}: {len(have)} of the {len(wanted)} statements of its coding are there"
    other = rows.exclude(coding=article.coding).count()
    if other:
        yield f"article {article.public_id}: {other} statements of another coding count"


def _statements() -> Iterator[str]:
    current = Statement.objects.filter(current=True)
    for row in current.exclude(linked="").filter(event=None):
        yield f"statement {row.key}: is linked to {row.linked} but in no event"
    for key in LinkKey.objects.filter(statement__current=False).values_list("statement__key", flat=True).distinct():
        yield f"statement {key}: counts no more, but linking finds it"


def _events() -> Iterator[str]:
    """Events, and what others make of their statements, are what comes out anew."""
    ids = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), TOGETHER):
        chunk = ids[start : start + TOGETHER]
        stored = {event.pk: event for event in Event.objects.filter(pk__in=chunk)}
        made = deriving_events.fresh(chunk)
        for one in made:
            yield from _event(stored[one.event.pk], one.event)
        yield from _flags(made)
        yield from _scopes([deriving_disputes.of_event(one) for one in made])


def _event(stored: Event, made: Event) -> Iterator[str]:
    for name in deriving_events.COLUMNS:
        before, now = getattr(stored, name), getattr(made, name)
        if name == "findings":
            before, now = before and bytes(before), now and bytes(now)
        if name != "updated" and before != now:
            yield f"event {stored.public_id}: {name} is not what its reports give"


def _flags(made: list[deriving_events.Made]) -> Iterator[str]:
    for one in made:
        wanted = deriving_flags.flags(one.found) if one.found else {}
        for row in EventFigure.objects.filter(event=one.event).select_related("figure"):
            if wanted.get(row.figure.key) != deriving_flags.Flags(row.corroborated, row.contradicted):
                yield f"figure {row.figure.key}: what event {one.event.public_id} makes of it is out of date"
        have = EventFigure.objects.filter(event=one.event, figure__current=True).count()
        keys = [key for key in wanted if "/figure/" in key]
        if have != Statement.objects.filter(key__in=keys, current=True).count():
            yield f"event {one.event.public_id}: its figures are not those that its reports give"


def _series() -> Iterator[str]:
    """Revisions are what comes out anew; series that are looked at in part are left aside."""
    for keys in _keys("series"):
        groups = [group for group in matter_rows.groups("series", keys, deriving_series.POINTS) if group.whole]
        rows = [row for group in groups for row in group.rows]
        reports, copies = deriving_reports.reports(rows), copying.among({row.article_id for row in rows})
        for group in groups:
            yield from _revisions(group, deriving_series.points(group, reports, copies))


def _keys(column: str) -> Iterator[dict[str, matter_rows.Days]]:
    """The keys of all matters, some at a time."""
    rows = (
        Statement.objects.filter(current=True).exclude(**{column: ""}).order_by(column).values_list(column, flat=True)
    )
    keys = list(rows.distinct())
    for start in range(0, len(keys), TOGETHER):
        yield {key: set() for key in keys[start : start + TOGETHER]}


def _revisions(group: matter_rows.Group, points: Mapping[str, SeriesPoint]) -> Iterator[str]:
    revised = {point.revises for point in points.values()}
    for row in group.rows:
        point = points.get(row.key)
        if row.revises != ((point.revises or "") if point else "") or row.revised != (row.key in revised):
            yield f"figure {row.key}: what it revises, or what revises it, is out of date"


def _control() -> Iterator[str]:
    """Intervals, and what is disputed about them; places that are looked at in part are left aside."""
    for keys in _keys("held"):
        windows = deriving_held.windows(keys)
        for window in windows:
            wanted = sorted(deriving_held.encode(one) for one in deriving_held.intervals(window))
            rows = ControlInterval.objects.filter(held=window.held).values_list("finding", flat=True)
            if wanted != sorted(bytes(finding) for finding in rows):
                yield f"place {window.held}: its history of control is out of date"
        yield from _scopes(deriving_disputes.of_held(windows))
    known = Statement.objects.filter(current=True).values("held")
    for held in ControlInterval.objects.exclude(held__in=known).values_list("held", flat=True).distinct():
        yield f"place {held}: has a history of control but no statements"


def _disputes() -> Iterator[str]:
    """What is disputed about figures."""
    for keys in _keys("matter"):
        yield from _scopes(deriving_disputes.of_matters(keys))


def _scopes(scopes: Iterable[deriving_disputes.Scope]) -> Iterator[str]:
    for scope in scopes:
        rows = Disagreement.objects.filter(scope=scope.name).values_list("finding", flat=True)
        if sorted(deriving_disputes.encode(one) for one in scope.found) != sorted(bytes(row) for row in rows):
            yield f"{scope.name}: what is disputed is out of date"


def _tallies() -> Iterator[str]:
    """How often names are named."""
    counted = tallies.tally(Statement.objects.all())
    for kind, column, counts in (
        (Actor, "named", counted.actors),
        (Place, "named", counted.places),
        (Source, "said", counted.sources),
    ):
        for pk, key, number in kind._default_manager.values_list("pk", "key", column).order_by("pk"):
            if counts[pk] != number:
                yield f"{kind.__name__.lower()} {key}: is named {counts[pk]} times, not {number}"
