"""All reports of one event, put side by side: origins, positions, tolls, grade, and how certain it is.

Certainty over all reports:

- `denied`: every report denies it,
- `fact`: an article states it in its own voice, or two independent origins report it that are not all parties to the
  conflict; hedged and expected reports do not count here,
- `reported`: somebody reports it without a hedge, but neither of these,
- `possible`: all that report it hedge,
- `forecast`: it is only expected,
- `mentioned`: articles only mention it, and nothing was coded of what they say.

Such bare mentions count among the articles and outlets of an event; as origins only if there is nothing else.

Whether it is disputed is told apart (`disputed`): a fact may be denied by somebody.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.events import grades, origins, positions, positions_happened, tolls
from reportedly.events.findings import Dependency, EventFindings, Origin
from reportedly.events.positions_support import Origins, coded, of_party, order
from reportedly.events.reports import EventReport


def event(reports: Sequence[EventReport], copies: Sequence[Dependency] = ()) -> EventFindings:
    """What the reports of one event give together, whatever their order.

    Args:
        reports: the reports of one event, of one article or of many; each key once.
        copies: dependencies between their articles (`copies.dependency`).

    Raises:
        ValueError: there are no reports.
    """
    if not reports:
        raise ValueError("an event without reports")
    listed = sorted({report.key: report for report in reports}.values(), key=order)
    found = origins.of_event(coded(listed) or listed, copies)
    stances, counts = positions.of_event(listed, found), tolls.of_event(listed, found)
    return EventFindings(
        articles=len({report.article for report in listed}),
        outlets=len({report.outlet for report in listed if report.outlet}),
        origins=found,
        positions=stances,
        tolls=counts,
        grade=grades.grade(listed, found, stances, counts),
        disputed=positions.disputed(stances, found),
        certainty=certainty(listed, found),
    )


def certainty(reports: Sequence[EventReport], found: Sequence[Origin]) -> str:
    """How certain an event is over all its reports, by the rule above."""
    said = coded(reports)
    told = [report for report in said if positions_happened.answer(report) == "yes"]
    if not said:
        return "mentioned"
    if not told:
        expected = any(positions_happened.answer(report) == "expected" for report in said)
        return "forecast" if expected else "denied"
    firm = [report for report in told if not report.hedged and report.certainty != "possible"]
    if not firm:
        return "possible"
    own = any(report.certainty == "fact" and not report.chain for report in firm)
    independent = len(Origins(found).sources(firm)) > 1 and not all(map(of_party, firm))
    return "fact" if own or independent else "reported"
