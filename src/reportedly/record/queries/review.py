"""What needs people most: statements that nobody has judged, in an order that says why.

Four things bring a statement forward: others contradict it, it gives a high figure of harm, its certainty is low, or
its source is new to the record. Each adds points (`WEIGHTS`), and the queue tells them beside it. Only the most
pressing of each kind are looked at (`LOOKED_AT`), so that the queue costs the same whatever the record holds.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from msgspec import Struct

from reportedly.record.models import Decision, Disagreement, Event, Source, Statement, Voice
from reportedly.record.prepared import Prepared
from reportedly.record.queries import evidence
from reportedly.record.queries.evidence import Evidence

LOOKED_AT = 300
#: Measures of harm, whose high figures people look at first, and from which number on a figure is high.
HARM = ("killed", "injured", "missing", "abducted", "detained", "displaced")
HIGH = 100
#: A source with no more statements than this is new.
NEW = 3
WEIGHTS = {"disputed": 8.0, "high figure": 5.0, "low certainty": 3.0, "new source": 2.0}
LOW_CERTAINTY = ("possible", "denied", "forecast")
_of_pks = Prepared(lambda pks: Statement.objects.filter(pk__in=pks).values_list(*evidence.COLUMNS, "event__public_id"))
_touching = Prepared(
    lambda keys: Decision.objects.filter(target_kind="statement", target__in=keys).values_list("target")
)


class Item(Struct, frozen=True, kw_only=True):
    """A statement in the queue. `reasons` say why it stands where it does; `touched` counts what people decided of it
    already, short of judging it."""

    evidence: Evidence
    event: str | None
    score: float
    reasons: tuple[str, ...]
    touched: int


def queue(limit: int = 25, offset: int = 0) -> list[Item]:
    """The statements to look at, the most pressing first. At most fourteen queries."""
    found = _found()
    return _items(_order(found)[offset : offset + limit], found)


def following(key: str) -> str | None:
    """The statement that comes after this one in the queue, else the first of it; None where it holds no other."""
    order = _order(_found())[:200]
    by_pk = dict(Statement.objects.filter(pk__in=order).values_list("pk", "key"))
    keys = [by_pk[pk] for pk in order if pk in by_pk]
    others = [one for one in keys if one != key]
    if key in keys and keys.index(key) + 1 < len(keys):
        return keys[keys.index(key) + 1]
    return others[0] if others else None


Why = dict[int, list[tuple[float, str]]]


def _found() -> Why:
    """The statements that wait, by primary key, each with its points and reasons."""
    found: Why = defaultdict(list)
    for ask in (_disputed, _high, _uncertain, _new):
        for pk, points, reason in ask():
            found[pk].append((points, reason))
    return found


def _order(found: Why) -> list[int]:
    return sorted(found, key=lambda pk: (-sum(points for points, _ in found[pk]), -pk))


def _items(order: Sequence[int], found: Why) -> list[Item]:
    rows = {row[0]: row for row in _of_pks(order)}
    listed = [rows[pk] for pk in order if pk in rows]
    touched = Counter(target for (target,) in _touching([row[2] for row in listed]))
    return [
        Item(
            evidence=one,
            event=row[-1],
            score=sum(points for points, _ in found[row[0]]),
            reasons=tuple(reason for _, reason in sorted(found[row[0]], reverse=True)),
            touched=touched[one.statement],
        )
        for row, one in zip(listed, evidence.of_values(listed), strict=True)
    ]


def _open() -> QuerySet[Statement]:
    """Statements that count and that nobody has confirmed or rejected, nor their event."""
    judged = Exists(Event.objects.filter(pk=OuterRef("event"), judgement="rejected"))
    return Statement.objects.filter(current=True, judgement="").exclude(layer="said").filter(~judged)


Found = list[tuple[int, float, str]]


def _disputed() -> Found:
    through = Disagreement.statements.through._default_manager
    latest = through.order_by("-disagreement").values_list("statement", flat=True)[: 4 * LOOKED_AT]
    rows = _open().filter(pk__in=list(dict.fromkeys(latest))).values_list("pk", flat=True)
    return [(pk, WEIGHTS["disputed"], "disputed: others contradict it") for pk in rows]


def _high() -> Found:
    """The highest figures: those with an upper end by it, those that are open upwards ("at least") by their lower."""
    every = Statement.objects.filter(current=True)
    columns = ("pk", "low", "high", "measure")
    closed = every.filter(high__gte=HIGH).order_by("-high", "-pk")
    opened = every.filter(high__isnull=True, low__gte=HIGH).order_by("-low", "-pk")
    found = [
        row
        for highest in (closed, opened)  # each in the order of an index
        for row in _open()
        .filter(pk__in=highest.values("pk")[: 10 * LOOKED_AT], measure__in=HARM, unit__in=("", "person"))
        .values_list(*columns)
    ]
    sized = sorted(((top or low or 0.0, pk, measure) for pk, low, top, measure in found), reverse=True)
    return [
        (pk, WEIGHTS["high figure"] + _size(size), f"high figure: {size:,.0f} {measure}")
        for size, pk, measure in sized[:LOOKED_AT]
    ]


def _size(number: float) -> float:
    """Half a point for every digit beyond the third."""
    return 0.5 * (len(f"{number:.0f}") - 3)


def _uncertain() -> Found:
    words = {"possible": "said to be possible", "denied": "denied", "forecast": "a forecast"}
    rows = _open().filter(layer__in=("event", "control", "figure"))
    found: list[tuple[datetime.date, int, str]] = []
    for certainty in LOW_CERTAINTY:  # each in the order of the index
        latest = rows.filter(certainty=certainty).order_by("-published", "-pk").values_list("published", "pk")
        found += [(day or datetime.date.min, pk, certainty) for day, pk in latest[:LOOKED_AT]]
    latest_of_all = sorted(found, reverse=True)[:LOOKED_AT]
    return [(pk, WEIGHTS["low certainty"], f"low certainty: {words[certainty]}") for _, pk, certainty in latest_of_all]


def _new() -> Found:
    fresh = dict(Source.objects.filter(said__gt=0, said__lte=NEW).order_by("-pk")[:LOOKED_AT].values_list("pk", "name"))
    spoken = Voice.objects.filter(source__in=list(fresh), number=0).values_list("statement", "source")
    known = dict(spoken[: 4 * LOOKED_AT])
    rows = _open().filter(pk__in=list(known)).values_list("pk", flat=True)
    return [(pk, WEIGHTS["new source"], f"new source: {fresh[known[pk]]}") for pk in rows]


def alike(public_id: str, limit: int = 12) -> list[Event]:
    """Events that could be the same as one: of its type within three days, those at its place first. Two queries."""
    row = Event.objects.filter(public_id=public_id).first()
    if row is None or row.since is None or row.until is None:
        return []
    near = datetime.timedelta(days=3)
    rows = Event.objects.filter(type=row.type, since__lte=row.until + near, until__gte=row.since - near)
    rows = rows.filter(merged_into=None, articles__gt=0).exclude(pk=row.pk).exclude(judgement="rejected")
    found = list(rows.select_related("place").defer("findings").order_by("-since", "-pk")[:200])
    return sorted(found, key=lambda one: (one.place_id != row.place_id, -one.articles))[:limit]
