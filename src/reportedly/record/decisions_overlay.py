"""Decisions over statements: what the machine coded, with what people said of it.

Pure: nothing here reads or writes the record. A later decision wins over an earlier one on the same field. A
statement that a person confirmed keeps the values that were confirmed, whatever a newer coder makes of it, for
these and no others were looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from reportedly.events.reports import EventReport, Reports, Statement
from reportedly.record import decisions_anchors, decisions_fields
from reportedly.record.decisions_anchors import Anchor
from reportedly.record.decisions_standing import Decided

S = TypeVar("S", bound=Statement)


class Ruling(Struct, kw_only=True):
    """What people decided of one statement. `judgement` is "confirmed", "rejected" or empty; `values` are the
    statement's fields that are set, as JSON; `decisions` the ids of those that made it so."""

    judgement: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    decisions: list[int] = field(default_factory=list)

    def add(self, decided: Decided, layer: str) -> None:
        """Apply one more decision, later than those before."""
        self.decisions.append(decided.id)
        if decided.kind == "reject":
            self.judgement = "rejected"
        elif decided.kind == "confirm":
            self.judgement = "confirmed"
            self.values.update(decided.value or {})
        elif decided.kind == "correct":
            self.values.update(decisions_fields.changes(layer, decided.field, decided.value))


class Standing:
    """The standing decisions on statements, to be laid over the statements of their articles.

    Args:
        decided: in time order (`decisions_standing.standing`).
    """

    def __init__(self, decided: Iterable[Decided]) -> None:
        self.decided = [one for one in decided if one.target_kind == "statement"]

    def rulings(self, reports: Iterable[Statement]) -> dict[str, Ruling]:
        """What was decided of each statement that anything was decided of, by its key now.

        Args:
            reports: every statement of the articles that the decisions are about; figures of events are looked up
                in their own right and need not be among them.
        """
        found: dict[str, Ruling] = defaultdict(Ruling)
        for one, key in self._placed(reports):
            parsed = decisions_anchors.parse(key) if key else None
            if key and parsed:
                found[key].add(one, parsed.layer)
        return dict(found)

    def lost(self, reports: Iterable[Statement]) -> list[Decided]:
        """The decisions without a target among the statements; they stay, and may find one again."""
        return [one for one, key in self._placed(reports) if key is None]

    def placed(self, reports: Iterable[Statement]) -> dict[int, str | None]:
        """Where the target of each decision is among the statements: its key now by the decision's id."""
        return {one.id: key for one, key in self._placed(reports)}

    def _placed(self, reports: Iterable[Statement]) -> list[tuple[Decided, str | None]]:
        if not self.decided:
            return []
        anchors = [anchor_of(one) for one in self.decided]
        every = {report.key: report for one in reports for report in (one, *_inner(one))}
        aligned = [decisions_anchors.align([one], every.values())[one.key] for one in anchors]
        return list(zip(self.decided, aligned, strict=True))

    def overlay(self, reports: Sequence[S]) -> tuple[S, ...]:
        """The statements with corrected values, without those that people rejected; figures in events likewise."""
        if not self.decided:
            return tuple(reports)
        rulings = self.rulings(reports)
        return tuple(_ruled(one, rulings) for one in reports if not _rejected(one, rulings))

    def corrected(self, reports: Sequence[S]) -> tuple[S, ...]:
        """As `overlay`, but with the rejected ones in their places: for tables that show these too."""
        rulings = self.rulings(reports) if self.decided else {}
        return tuple(_ruled(one, rulings) for one in reports)

    def overlay_all(self, reports: Reports) -> Reports:
        """All statements of an article with decisions over them."""
        layers = ("events", "figures", "control", "said")
        return msgspec.structs.replace(reports, **{name: self.overlay(getattr(reports, name)) for name in layers})

    def judgements(self, reports: Iterable[Statement]) -> dict[str, str]:
        """ "confirmed" or "rejected" by key, for the statements that are one of these."""
        return {key: ruling.judgement for key, ruling in self.rulings(reports).items() if ruling.judgement}


def anchor_of(decided: Decided) -> Anchor:
    """What the target of a decision on a statement is found again by."""
    context = {name: value for name, value in (decided.context or {}).items() if name in ("text", "quote", "offset")}
    return Anchor(key=decided.target, **context)


def _inner(report: Statement) -> tuple[Statement, ...]:
    return report.figures if isinstance(report, EventReport) else ()


def _rejected(report: Statement, rulings: dict[str, Ruling]) -> bool:
    return report.key in rulings and rulings[report.key].judgement == "rejected"


def _ruled(report: S, rulings: dict[str, Ruling]) -> S:
    ruling = rulings.get(report.key)
    changed = decisions_fields.replaced(report, ruling.values) if ruling and ruling.values else report
    if isinstance(changed, EventReport) and changed.figures:
        figures = tuple(_ruled(one, rulings) for one in changed.figures if not _rejected(one, rulings))
        changed = msgspec.structs.replace(changed, figures=figures)
    return changed
