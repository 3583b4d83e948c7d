"""Making decisions: each is a row with user, time and reason, and takes effect in the same transaction.

Nothing is overwritten. A decision that is taken back is followed by one that undoes it, which can be undone as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from django.db import transaction
from msgspec import Struct

from reportedly.errors import DecisionError
from reportedly.record import (
    decisions,
    decisions_anchors,
    decisions_fields,
    decisions_standing,
    decisions_targets,
    decisions_values,
    deriving,
    setup,
    writing,
)
from reportedly.record.decisions import Decided
from reportedly.record.decisions_targets import Target
from reportedly.record.models import Decision, Event, Statement

RELIABILITY = tuple("ABCDEF")
CREDIBILITY = tuple("123456")
AIRWARS = ("confirmed", "fair", "weak", "contested", "discounted")
#: A user's name and a reason, at most this long.
LONGEST_USER, LONGEST_REASON = 150, 4000


class By(Struct, frozen=True):
    """Who decides, and why.

    Raises:
        DecisionError: one of them is empty.
    """

    user: str
    reason: str

    def __post_init__(self) -> None:
        if not self.user.strip():
            raise DecisionError("user: who decides? give --user NAME")
        if not self.reason.strip():
            raise DecisionError("reason: a decision has one; give --reason TEXT")


def confirm(target: str, by: By) -> Decided:
    """A person vouches for an event, or for a statement as it stands.

    Raises:
        DecisionError: there is no such event or statement.
    """
    with _together():
        found = _judged(target, "confirm")
        value = None
        if found.statement is not None:
            value = decisions_fields.coded(_standing(found.statement), found.statement.layer)
        return _made(found, by, kind="confirm", value=value, was=_judgement(found))


def reject(target: str, by: By) -> Decided:
    """A person finds that an event is none, or that a statement is not in the text.

    Raises:
        DecisionError: there is no such event or statement.
    """
    with _together():
        found = _judged(target, "reject")
        return _made(found, by, kind="reject", was=_judgement(found))


def correct(target: str, field: str, written: str, by: By) -> Decided:
    """A person sets a field of an event or of a statement.

    Args:
        field: one of `decisions_fields`.
        written: the value, as `decisions_values.read` takes it.

    Raises:
        DecisionError: there is no such target or field, or the value is none of the field.
    """
    with _together():
        found = _judged(target, "correct")
        layer = found.statement.layer if found.statement is not None else "events"
        known = decisions_fields.STATEMENT[layer] if found.statement is not None else decisions_fields.EVENT
        if field not in known:
            raise DecisionError(f"{field}: {target} has the fields {', '.join(known)}")
        value = decisions_values.read(layer, field, written)
        was = _was(found, layer, field)
        _check(found, layer, field, value)
        return _made(found, by, kind="correct", field=field, value=value, was=was)


def merge(keep: str, others: Sequence[str], by: By) -> list[Decided]:
    """Events that are one: all reports of the others, and those that linking adds to them later, count for `keep`.

    Raises:
        DecisionError: there are no such events, or they are one already.
    """
    with _together():
        into = decisions_targets.event(keep)
        listed = [decisions_targets.event(other) for other in dict.fromkeys(others)]
        if not listed or any(other.id == into.id for other in listed):
            raise DecisionError(f"merge: give {keep} and at least one other event")
        kept = _anchors(_linked(into))
        return [
            _made(
                other,
                by,
                kind="merge",
                value={"into": into.id, "statements": _anchors(_linked(other)), "kept": kept},
                also=(into.id,),
            )
            for other in listed
        ]


def split(event: str, keys: Sequence[str], by: By) -> Decided:
    """Statements that are of another event than linking thought: they become one of their own.

    Raises:
        DecisionError: they are not of this event, or nothing would be left of it.
    """
    with _together():
        found = decisions_targets.event(event)
        wanted = set(keys)
        rows = list(Statement.objects.filter(event=found.event, current=True).order_by("pk"))
        moved = [row for row in rows if row.key in wanted]
        for key in sorted(wanted - {row.key for row in moved}):
            raise DecisionError(f"{key}: is no statement of {event}")
        if not moved or len(moved) == len(rows):
            raise DecisionError(f"split: name some of the {len(rows)} statements of {event}, not all")
        into = _new_id(event)
        Event.objects.create(public_id=into)
        return _made(found, by, kind="split", value={"into": into, "statements": _anchors(moved)}, also=(into,))


def grade(target: str, given: str, by: By) -> Decided:
    """A person grades a source (A to F) or an event (1 to 6, or one of Airwars' words). Neither follows from the other.

    Raises:
        DecisionError: there is no such source or event, or the grade is not one of its own.
    """
    with _together():
        found = decisions_targets.find(target)
        field, value = _grade(found, given.strip())
        return _made(found, by, kind="grade", field=field, value=value, was=_graded(found, field))


def undo(number: int, by: By) -> Decided:
    """Take a decision back, whatever it is; of one that was undone and restored, the restoring.

    Raises:
        DecisionError: there is no such decision, or it does not stand.
    """
    with _together():
        row = Decision.objects.filter(pk=number).first()
        if row is None:
            raise DecisionError(f"{number}: no such decision in the record")
        every = decisions_standing.all_of(Decision.objects.filter(target_kind=row.target_kind, target=row.target))
        by_id = {one.id: one for one in every}
        if not by_id[number].stands:
            last = _last(by_id, number)
            raise DecisionError(f"{number}: was undone by decision {last}; to restore it: reportedly undo {last}")
        return _undone(Decision.objects.get(pk=_last(by_id, number)), by)


def _last(by_id: dict[int, Decided], number: int) -> int:
    """The last of a decision, the one that undid it, the one that undid that …"""
    undoing = by_id[number].undone_by
    return number if undoing is None else _last(by_id, undoing)


@contextmanager
def _together() -> Iterator[None]:
    """One writer at a time, whole or not at all."""
    with setup.told(), transaction.atomic():
        setup.lock()
        yield


def _judged(target: str, what: str) -> Target:
    found = decisions_targets.find(target)
    if found.kind == "source":
        raise DecisionError(f"{target}: is a source; one can {what} events and statements, and grade sources")
    return found


def _made(target: Target, by: By, *, also: Iterable[str] = (), **columns: Any) -> Decided:
    """Store a decision and let it take effect."""
    row = Decision.objects.create(
        target_kind=target.kind,
        target=target.id,
        user=by.user.strip()[:LONGEST_USER],
        reason=by.reason.strip()[:LONGEST_REASON],
        **_about(target.statement),
        **columns,
    )
    _apply(target.kind, [target.id, *also])
    return decisions_standing.all_of([row])[0]


def _about(statement: Statement | None) -> dict[str, Any]:
    if statement is None:
        return {}
    context = msgspec.to_builtins(decisions_anchors.anchor(writing.report(statement)))
    return {"article": statement.article.public_id, "context": context}


def _undone(undone: Decision, by: By) -> Decided:
    first = _first(undone)
    row = Decision.objects.create(
        kind="undo",
        target_kind=undone.target_kind,
        target=undone.target,
        article=undone.article,
        undoes=undone,
        user=by.user.strip()[:LONGEST_USER],
        reason=by.reason.strip()[:LONGEST_REASON],
    )
    into = [first.value["into"]] if first.value and first.kind in ("merge", "split") else []
    _apply(first.target_kind, [first.target, *into])
    return decisions_standing.all_of([row])[0]


def _first(row: Decision) -> Decision:
    """What was undone, restored, undone … in the first place."""
    return row if row.undoes is None else _first(row.undoes)


def _apply(kind: str, ids: Sequence[str]) -> None:
    if kind == "statement":
        deriving.refresh(statements=ids)
    elif kind == "event":
        deriving.refresh(events=ids)


# ---- what stands before a decision


def _standing(row: Statement) -> writing.Report:
    """A statement with what was decided of it so far."""
    every = Statement.objects.filter(article=row.article, current=True)
    reports = [writing.report(one) for one in every]
    laid = decisions.of_articles([row.article.public_id]).corrected(reports)
    return next(report for report in laid if report.key == row.key)


def _judgement(target: Target) -> str:
    if target.statement is not None:
        return target.statement.judgement
    return target.event.judgement if target.event is not None else ""


def _was(target: Target, layer: str, field: str) -> Any:
    if target.statement is not None:
        names = decisions_fields.changes(layer, field, None)
        report = _standing(target.statement)
        found = {name: msgspec.to_builtins(getattr(report, name)) for name in names}
        return found[next(iter(names))] if len(names) == 1 or field == "certainty" else found
    assert target.event is not None
    row = target.event
    if field == "date":
        return {name: day.isoformat() if day else None for name, day in (("first", row.first), ("last", row.last))}
    return (row.place.name if row.place else None) if field == "place" else getattr(row, field)


def _check(target: Target, layer: str, field: str, value: Any) -> None:
    """Fields that have to fit each other: a range, a mode and its type."""
    if value is None:
        return
    if field in ("low", "high"):
        other = getattr(_standing(_row(target)), "high" if field == "low" else "low")
        low, high = (value, other) if field == "low" else (other, value)
        if other is not None and low > high:
            raise DecisionError(f"{field}: {value:g} would make the range {low:g} to {high:g}; set the other end first")
    if field == "mode":
        kind = (_standing(_row(target)).type if target.statement is not None else target.event.type) or ""  # type: ignore[union-attr]
        known = sorted(decisions_values.modes().get(kind, ()))
        if value not in known:
            raise DecisionError(f"mode: {kind or 'an event without type'} has the modes {', '.join(known) or '(none)'}")


def _row(target: Target) -> Statement:
    assert target.statement is not None
    return target.statement


def _grade(target: Target, given: str) -> tuple[str, Any]:
    if target.kind == "source" and given.upper() in RELIABILITY:
        return "reliability", given.upper()
    if target.kind == "event" and given in CREDIBILITY:
        return "credibility", int(given)
    if target.kind == "event" and given.lower() in AIRWARS:
        return "airwars", given.lower()
    known = {"source": RELIABILITY, "event": (*CREDIBILITY, *AIRWARS)}.get(target.kind)
    if known is None:
        raise DecisionError(f"{target.id}: is a statement; sources are graded A to F, events 1 to 6")
    raise DecisionError(f"grade: {given!r} is none of {', '.join(known)}, the grades of {target.kind}s")


def _graded(target: Target, field: str) -> Any:
    if target.kind == "source":
        known = decisions.reliabilities([target.id]).get(target.id)
        return known.value if known else None
    return getattr(target.event, field)


def _linked(target: Target) -> list[Statement]:
    """The statements that linking itself gave an event."""
    return list(Statement.objects.filter(event=target.event, linked=target.id, current=True).order_by("pk"))


def _anchors(rows: Iterable[Statement]) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(decisions_anchors.anchor(writing.report(row))) for row in rows]


def _new_id(event: str) -> str:
    """An id that no event of the record has had."""
    taken = set(Event.objects.filter(public_id__startswith=f"{event}-s").values_list("public_id", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if f"{event}-s{number}" not in taken)
    return f"{event}-s{number}"
