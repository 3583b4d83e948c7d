"""Whether an event happened: who says so, who denies it, who only expects it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from reportedly.events.findings import Position
from reportedly.events.positions_denials import denies
from reportedly.events.positions_grouping import Group, Relation, gather, positions
from reportedly.events.positions_support import Origins, order
from reportedly.events.reports import EventReport, Statement

Answer = Literal["yes", "no", "expected", "negated"]
LABELS: dict[Answer, str] = {
    "yes": "it happened",
    "no": "it did not happen",
    "expected": "it is expected",
    "negated": "it failed, or is not to happen",
}


def answer(report: EventReport) -> Answer:
    """What a report says: a hedge does not make another answer; an expectation does, and so does a negation that
    denies nothing ("the attack was foiled", "will not allow")."""
    if report.certainty == "denied" or report.polarity == "negative":
        return "no" if denies(report) else "negated"
    return "expected" if report.certainty == "forecast" else "yes"


def of_event(reports: Sequence[EventReport], origins: Origins) -> list[Position]:
    """The positions on whether it happened."""
    groups = gather(_answers(reports))
    said = {group.answer for group in groups}
    expected = [group for group in groups if group.answer == "expected" and said - {"expected"}]
    return positions("happened", groups, _relate, origins, expected)


def _answers(reports: Sequence[EventReport]) -> Iterator[tuple[Answer, dict[str, Any], str, Statement]]:
    for report in reports:
        given = answer(report)
        yield given, {"happened": given}, LABELS[given], report
        for denial in report.against if given in ("yes", "expected") else ():
            yield "no", {"happened": "no"}, LABELS["no"], denial


def _relate(lead: Group[Answer], other: Group[Answer]) -> Relation:
    if other.answer == "expected":
        if order(other.first) <= order(lead.first):
            return "out of date", "said before it was reported"
        return "less precise", "only expects it"
    if "negated" in (lead.answer, other.answer):
        return "beside", "nobody is said to deny it"
    return "contradicts", "denies it" if other.answer == "no" else "reports what others deny"
