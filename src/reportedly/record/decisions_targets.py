"""What a decision is about: a statement, an event or a source, found by what people write for it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from reportedly.errors import DecisionError
from reportedly.record import decisions_anchors
from reportedly.record.identity import fold
from reportedly.record.models import Event, Source, Statement

Kind = Literal["statement", "event", "source"]


class Target(Struct, frozen=True, kw_only=True):
    """A target and its row. `id` is what a decision keeps: a statement's key, an event's public id, a source's key."""

    kind: Kind
    id: str
    statement: Statement | None = None
    event: Event | None = None
    source: Source | None = None


def find(written: str) -> Target:
    """A statement or an event by its id, or a source by its key or name.

    Raises:
        DecisionError: the record has nothing of this id, it stands no more, or several sources have the name.
    """
    written = written.strip()
    if decisions_anchors.parse(written):
        return statement(written)
    if Event.objects.filter(public_id=written).exists():
        return event(written)
    return source(written)


def statement(key: str) -> Target:
    """The current statement of a key.

    Raises:
        DecisionError: there is none.
    """
    row = Statement.objects.select_related("article", "event").filter(key=key, current=True).first()
    if row is None:
        coded = Statement.objects.filter(key=key).exists()
        why = "is of an earlier coding; see the article's history" if coded else "no such statement in the record"
        raise DecisionError(f"{key}: {why}")
    return Target(kind="statement", id=key, statement=row)


def event(public_id: str) -> Target:
    """An event that stands by itself.

    Raises:
        DecisionError: there is none of this id, or it was merged into another.
    """
    row = Event.objects.select_related("merged_into").filter(public_id=public_id).first()
    if row is None:
        raise DecisionError(f"{public_id}: no such event in the record")
    if row.merged_into is not None:
        raise DecisionError(f"{public_id}: was merged into {row.merged_into.public_id}; decide on that one")
    return Target(kind="event", id=public_id, event=row)


def source(written: str) -> Target:
    """A source by its key, or by a name that only one has.

    Raises:
        DecisionError: there is none, or there are two.
    """
    folded = fold(written)
    rows = list(Source.objects.filter(key__in=[written, f"outlet:{folded}", f"speaker:{folded}"]).order_by("pk"))
    exact = [row for row in rows if row.key == written] or rows
    if not exact:
        raise DecisionError(f"{written}: no such statement, event or source in the record")
    if len(exact) > 1:
        raise DecisionError(f"{written}: say which: {' or '.join(row.key for row in exact)}")
    return Target(kind="source", id=exact[0].key, source=exact[0])
