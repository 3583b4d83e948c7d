"""Which decisions stand: all but those that a later, standing one takes back.

A decision never alters a row. To undo is a decision too, and may be undone; what stands is worked out from all of
them, so that nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from reportedly.record.models import Decision


class Decided(Struct, frozen=True, kw_only=True):
    """A decision as everything but the table sees it. `made` is UTC, ISO; `stands` is false where it was undone;
    `undone_by` is the decision that did. The other fields are those of `models.Decision`."""

    id: int
    kind: str
    target_kind: str
    target: str
    user: str
    made: str
    reason: str
    article: str = ""
    context: dict[str, Any] | None = None
    field: str = ""
    value: Any = None
    was: Any = None
    undoes: int | None = None
    undone_by: int | None = None
    stands: bool = True


def standing(rows: Iterable[Decision]) -> list[Decided]:
    """The decisions that stand, in time order, without the undoing ones: these have had their effect.

    Args:
        rows: decisions together with all that undo them, directly or not (they bear the same target).
    """
    return [decided for decided in all_of(rows) if decided.stands and decided.kind != "undo"]


def all_of(rows: Iterable[Decision]) -> list[Decided]:
    """All decisions, in time order, each with whether it stands."""
    ordered = sorted(rows, key=lambda row: row.pk)
    undone_by = {row.undoes_id: row.pk for row in ordered if row.undoes_id is not None}
    stands: dict[int, bool] = {}
    for row in reversed(ordered):  # whatever undoes a decision is later than it
        undoing = undone_by.get(row.pk)
        stands[row.pk] = undoing is None or not stands[undoing]
    return [_decided(row, undone_by.get(row.pk), stands[row.pk]) for row in ordered]


def _decided(row: Decision, undone_by: int | None, stands: bool) -> Decided:
    return Decided(
        id=row.pk,
        kind=row.kind,
        target_kind=row.target_kind,
        target=row.target,
        user=row.user,
        made=row.made.isoformat(timespec="microseconds"),
        reason=row.reason,
        article=row.article,
        context=row.context,
        field=row.field,
        value=row.value,
        was=row.was,
        undoes=row.undoes_id,
        undone_by=undone_by,
        stands=stands,
    )
