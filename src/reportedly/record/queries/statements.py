"""Statements in full: what the machine coded, what people decided of it, why it is linked, and its sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.record import decisions, decisions_fields, decisions_standing, writing
from reportedly.record.decisions import Decided
from reportedly.record.decisions_overlay import Ruling
from reportedly.record.models import Decision, Statement
from reportedly.record.prepared import Prepared
from reportedly.record.queries import evidence
from reportedly.record.queries.evidence import Evidence


class Step(Struct, frozen=True, kw_only=True):
    """One bar of the waterfall of a link: what was compared, how alike it is, and the bits for or against."""

    comparison: str
    level: str
    bits: float


class Report(Struct, frozen=True, kw_only=True):
    """A statement in full. `coded` are the fields as the machine coded them, `decided` those that people set; JSON,
    under the names that `events.reports` gives them. `probability` is that of its best match with another report
    (`linked_with`) of its event, `steps` how it came about; None and empty where the event has no other report."""

    evidence: Evidence
    event: str | None
    aside: str
    coded: dict[str, Any]
    decided: dict[str, Any]
    decisions: tuple[Decided, ...]
    probability: float | None
    linked_with: str | None
    steps: tuple[Step, ...]
    current: bool = True


#: What a statement in full is made of, in the order in which `_report` takes it.
COLUMNS = (*evidence.COLUMNS, "event__public_id", "aside", "report", "probability", "because", "current")
_decided = Prepared(
    lambda articles: Decision.objects.filter(target_kind="statement", article__in=articles).values_list("pk")
)


def reports(chosen: QuerySet[Statement]) -> list[Report]:
    """Statements in full, in the order of the query. At most six queries."""
    return of_values(list(chosen.values_list(*COLUMNS)))


def of_values(rows: Sequence[Sequence[Any]]) -> list[Report]:
    """Statements in full, in their order, from rows of `COLUMNS`. At most five queries."""
    listed = evidence.of_values(rows)
    ruled, decided = rulings({one.article for one in listed})
    width = len(evidence.COLUMNS)
    return [
        _report(one, ruled.get(one.statement), decided, *row[width:]) for row, one in zip(rows, listed, strict=True)
    ]


def one(key: str) -> Report:
    """A statement in full by its key: the current one, else the latest that was.

    Raises:
        QueryError: the record has no such statement.
    """
    found = reports(Statement.objects.filter(key=key).order_by("-current", "-pk")[:1])
    if not found:
        raise QueryError(f"{key}: no such statement in the record")
    return found[0]


def rulings(articles: Collection[str]) -> tuple[dict[str, Ruling], dict[int, Decided]]:
    """What people decided of the statements of these articles, by key, and the decisions by id. One query, two more
    where there is a decision."""
    made = [pk for (pk,) in _decided(articles)]
    if not made:
        return {}, {}
    standing = decisions.Standing(decisions_standing.standing(Decision.objects.filter(pk__in=made)))
    if not standing.decided:
        return {}, {}
    about = {one.article for one in standing.decided}
    every = Statement.objects.filter(article__public_id__in=about, current=True).values_list("layer", "report")
    ruled = standing.rulings([writing.decoded(layer, stored) for layer, stored in every])
    return ruled, {one.id: one for one in standing.decided}


def _report(known: Evidence, ruling: Ruling | None, decided: dict[int, Decided], *columns: Any) -> Report:
    event, aside, stored, probability, because, current = columns
    coded = decisions_fields.coded(writing.decoded(known.layer, stored), known.layer)
    values = ruling.values if ruling and current else {}
    return Report(
        evidence=known,
        event=event,
        aside=aside,
        coded=coded,
        decided={name: value for name, value in values.items() if value != coded.get(name)},
        decisions=tuple(decided[number] for number in ruling.decisions) if ruling and current else (),
        probability=probability,
        linked_with=(because or {}).get("with"),
        steps=tuple(Step(comparison=a, level=b, bits=c) for a, b, c in (because or {}).get("steps", ())),
        current=current,
    )


def by_article(reports: Iterable[Report]) -> dict[str, list[Report]]:
    """Statements by the public id of their article."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        found[report.evidence.article].append(report)
    return dict(found)
