"""The reports of stored statements, with what people decided laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.events.reports import ControlReport, EventReport
from reportedly.record import decisions, decisions_anchors, writing
from reportedly.record.models import Decision, Statement
from reportedly.record.writing import Report

SHARED = tuple(name for name in ControlReport.__struct_fields__ if name in EventReport.__struct_fields__)


def reports(rows: Sequence[Statement]) -> dict[str, Report]:
    """The report of each row by key, corrected; those that people rejected are left out.

    Args:
        rows: of any articles, each with its `article`.
    """
    plain = {row.key: writing.report(row) for row in rows}
    if not Decision.objects.filter(target_kind="statement").exists():
        return plain
    standing = decisions.of_articles({row.article.public_id for row in rows})
    if not standing.decided:
        return plain
    # A decision finds its statement among all those of its article.
    about = {key.article for one in standing.decided if (key := decisions_anchors.parse(one.target))}
    every = Statement.objects.filter(article__public_id__in=about, current=True).order_by("pk")
    ruled = {report.key: report for report in standing.overlay([writing.report(row) for row in every])}
    decided = {row.key for row in rows if row.article.public_id in about}
    return {key: ruled.get(key, report) for key, report in plain.items() if key not in decided or key in ruled}


def as_event(report: Report) -> EventReport:
    """A report of an event; a statement of control as the report of what was done to the place."""
    if isinstance(report, EventReport):
        return report
    if not isinstance(report, ControlReport):
        raise TypeError(f"{report.key} reports no event")
    shared = {name: getattr(report, name) for name in SHARED if name != "actor"}
    return EventReport(**shared, actor=(writing.holder(report),) if report.actor else ())


def of_events(rows: Iterable[Statement]) -> list[Statement]:
    """The rows that report events: a statement of control only where no report of an event has the same words."""
    listed = list(rows)
    own = {(row.article_id, row.start, row.end) for row in listed if row.layer == "event"}
    return [row for row in listed if row.layer == "event" or (row.article_id, row.start, row.end) not in own]
