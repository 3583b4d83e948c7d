"""What people decided, as the record's deriving and its queries ask for it.

Decisions are laid over the machine's coding, which stays as it is. `of_articles` gives those on statements,
`constraints` merges and splits, `judgements` those on events, `reliabilities` the grades of sources: one query
each (two where there are grades), whatever the number of targets. `decisions_making` is where they are made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from msgspec import Struct, field

from reportedly.events.reports import Statement
from reportedly.record import decisions_standing
from reportedly.record.decisions_constraints import Constraints
from reportedly.record.decisions_constraints import constraints as _constraints
from reportedly.record.decisions_overlay import Standing
from reportedly.record.decisions_standing import Decided
from reportedly.record.models import Decision
from reportedly.record.prepared import Prepared

__all__ = ["Constraints", "Decided", "Judgement", "Standing", "constraints", "judgements", "of_articles"]
_of_sources = Prepared(lambda keys: Decision.objects.filter(target_kind="source", target__in=keys).values_list("pk"))


class Judgement(Struct, kw_only=True):
    """What people decided of one event. `judgement` is "confirmed", "rejected" or empty; `corrections` are values
    by field (`decisions_fields.EVENT`), JSON; the grades are None where nobody gave one."""

    judgement: str = ""
    corrections: dict[str, Any] = field(default_factory=dict)
    credibility: int | None = None
    airwars: str | None = None
    decisions: list[Decided] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """The values that people set, by the column of `models.Event`; `place` as JSON of `reports.Location`."""
        found: dict[str, Any] = {"judgement": self.judgement}
        for name, value in self.corrections.items():
            days = value or {"first": None, "last": None}
            found |= {"first": days["first"], "last": days["last"]} if name == "date" else {name: value}
        grades = {"credibility": self.credibility, "airwars": self.airwars}
        return found | {name: value for name, value in grades.items() if value is not None}

    def add(self, decided: Decided) -> None:
        """Apply one more decision, later than those before."""
        self.decisions.append(decided)
        if decided.kind in ("confirm", "reject"):
            self.judgement = f"{decided.kind}ed"
        elif decided.kind == "correct":
            self.corrections[decided.field] = decided.value
        elif decided.kind == "grade" and decided.field == "credibility":
            self.credibility = int(decided.value)
        elif decided.kind == "grade" and decided.field == "airwars":
            self.airwars = str(decided.value)


def of_articles(public_ids: Iterable[str]) -> Standing:
    """The standing decisions on statements of these articles."""
    rows = Decision.objects.filter(target_kind="statement", article__in=list(public_ids))
    return Standing(decisions_standing.standing(rows))


def about(public_ids: Iterable[str], reports: Sequence[Statement]) -> set[str]:
    """The keys of the statements that anything was ever decided of, whether it stands or was undone.

    Args:
        reports: every statement of these articles.
    """
    rows = Decision.objects.filter(target_kind="statement", article__in=list(public_ids))
    made = [one for one in decisions_standing.all_of(rows) if one.kind != "undo"]
    return {key for key in Standing(made).placed(reports).values() if key is not None}


def constraints() -> Constraints:
    """All merges and splits that stand."""
    rows = Decision.objects.filter(target_kind="event", kind__in=("merge", "split", "undo"))
    return _constraints(decisions_standing.all_of(rows))


def judgements(public_ids: Iterable[str]) -> dict[str, Judgement]:
    """What people decided of each of these events; events of which nothing was decided are left out."""
    rows = Decision.objects.filter(target_kind="event", target__in=list(public_ids))
    found: dict[str, Judgement] = defaultdict(Judgement)
    for decided in decisions_standing.standing(rows):
        found[decided.target].add(decided)
    return dict(found)


def judgement(public_id: str) -> Judgement:
    """What people decided of one event."""
    return judgements([public_id]).get(public_id) or Judgement()


def reliabilities(source_keys: Iterable[str]) -> dict[str, Decided]:
    """The grade (A to F) that people last gave each of these sources, with who did and why."""
    made = [pk for (pk,) in _of_sources(list(source_keys))]
    rows = Decision.objects.filter(pk__in=made) if made else ()
    return {decided.target: decided for decided in decisions_standing.standing(rows) if decided.kind == "grade"}


def every() -> QuerySet[Decision]:
    """All decisions, the latest first."""
    return Decision.objects.order_by("-pk")
