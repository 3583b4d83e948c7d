"""Disagreements: claims side by side, with everybody who makes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db.models import Q, QuerySet
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.events.disputes import merged
from reportedly.events.findings import Disagreement as Finding
from reportedly.events.findings import Position
from reportedly.record import search
from reportedly.record.models import Article, Disagreement, Event, Statement
from reportedly.record.prepared import Prepared
from reportedly.record.queries import matching
from reportedly.record.queries.filters import Filter
from reportedly.record.queries.matching import Condition

_decode = msgspec.json.Decoder(Finding).decode
#: What a dispute is made of.
COLUMNS = ("finding", "event__public_id")
_of_event = Prepared(lambda pk: Disagreement.objects.filter(event=pk).order_by("pk").values_list(*COLUMNS))


class Dispute(Struct, frozen=True, kw_only=True):
    """A matter on which statements disagree. `event` is the event that it is about where it is about one; `urls` are
    the addresses of the articles, by id."""

    kind: str
    about: str
    event: str | None
    place: str | None
    first: str | None
    last: str | None
    positions: tuple[Position, ...]
    urls: dict[str, str]


def listed(chosen: Filter) -> list[Dispute]:
    """The disagreements that a filter holds, the latest first. All but days and places is asked of the statements that
    disagree: one of them has to meet it."""
    found = matching.at_places(Disagreement.objects.filter(_days(chosen)), chosen)
    if not chosen.rejected:
        found = found.exclude(event__judgement="rejected")
    for condition in _said(chosen):
        found = matching.resting_on(found, "disagreements", condition)
    ordered = found.order_by("-first", "-pk")
    return of_rows(ordered[chosen.offset : chosen.offset + chosen.limit])


def about(target: str) -> list[Dispute]:
    """The disagreements of an event, a statement or an article, by its id.

    Raises:
        QueryError: the record has none of this id.
    """
    found = Disagreement.objects.filter(Q(event__public_id=target) | Q(article__public_id=target)).order_by("pk")
    keyed = Disagreement.objects.filter(statements__key=target, statements__current=True).order_by("pk")
    columns = ("pk", *COLUMNS)
    rows = {pk: row for pk, *row in (*found.values_list(*columns), *keyed.values_list(*columns))}
    if not rows and not _known(target):
        raise QueryError(f"{target}: no such event, statement or article in the record")
    return _of_values(list(rows.values()))


def _known(target: str) -> bool:
    return any(
        rows.exists()
        for rows in (
            Event.objects.filter(public_id=target),
            Statement.objects.filter(key=target),
            Article.objects.filter(public_id=target),
        )
    )


def of_event(pk: int) -> list[Dispute]:
    """The disagreements of an event by its primary key. Two queries; one where there are none."""
    return _of_values(_of_event(pk))


def of_rows(rows: QuerySet[Disagreement]) -> list[Dispute]:
    """Rows as they are shown, in their order: what was found in several places, an event and an article of it, is shown
    once. Two queries."""
    return _of_values(list(rows.values_list(*COLUMNS)))


def _of_values(rows: Sequence[Sequence[Any]]) -> list[Dispute]:
    found = [_decode(bytes(finding)) for finding, _ in rows]
    articles = {one.article for each in found for position in each.positions for one in position.supporters}
    urls = search.addresses_of(articles)
    placed = [(_first(one, found), one) for one in merged(found)]
    known = [event for _, event in rows]
    return [_dispute(one, _event(one, found, known), urls) for _, one in sorted(placed, key=lambda item: item[0])]


def _first(one: Finding, found: Sequence[Finding]) -> int:
    """The first row that a disagreement was made of."""
    keys = set(one.statements)
    return next((number for number, row in enumerate(found) if keys & set(row.statements)), len(found))


def _event(one: Finding, found: Sequence[Finding], events: Sequence[str | None]) -> str | None:
    """The event of a disagreement: that of the first of its rows that has one."""
    keys = set(one.statements)
    return next(
        (event for row, event in zip(found, events, strict=True) if event and set(row.statements) <= keys), None
    )


def _dispute(found: Finding, event: str | None, urls: dict[str, str]) -> Dispute:
    articles = {one.article for position in found.positions for one in position.supporters}
    return Dispute(
        kind=found.kind,
        about=found.about,
        event=event,
        place=found.place.name if found.place else None,
        first=found.first,
        last=found.last,
        positions=found.positions,
        urls={article: urls[article] for article in sorted(articles) if article in urls},
    )


def _days(chosen: Filter) -> Q:
    """Those whose days lie in the filter's, which are those of publication where the statements give none."""
    found = Q(last__gte=chosen.since) if chosen.since else Q()
    return found & Q(first__lte=chosen.until) if chosen.until else found


def _said(chosen: Filter) -> list[Condition]:
    found = matching.said(chosen)
    if chosen.measure:
        found.append(matching.of_layer(layer="figure", measure=chosen.measure))
    if chosen.type:
        found.append(matching.of_layer(layer="event", type=chosen.type))
    return found
