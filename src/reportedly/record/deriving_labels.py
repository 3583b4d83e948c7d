"""What an event is called: one short line for people, from what its reports give."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.events.findings import Position
from reportedly.events.reports import EventReport

#: Characters of a name, and of the words that an article has for what happened, in a label.
LONGEST = 60
#: Where the words that begin with the trigger stop.
_STOP = re.compile(r"[.,;:()\"“”!?]|\s[–—-]\s")


def label(told: Sequence[EventReport], lead: Mapping[str, Position]) -> str:
    """Who, to whom, by what word, where and when: "SDF → Islamic State: seized, Baghuz, 2019-03-23".

    Where no report says to whom, it is an article's own words from the trigger on that say what happened: "Coalition:
    denied that its aircraft had struck a house".

    Args:
        told: the event's reports.
        lead: its leading positions by aspect.
    """
    who = [_short(lead[aspect].label) if aspect in lead else "" for aspect in ("actor", "recipient")]
    parts = " → ".join(who).strip() if who[1] else who[0]
    report = _report(told)
    what = _trigger(report) if who[1] else _phrase(report)
    where = [lead["place"].label] if "place" in lead and lead["place"].label not in what else []
    behind = [what, *where, *([lead["time"].label] if "time" in lead else [])]
    return f"{parts}: {', '.join(behind)}" if parts else ", ".join(behind)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _report(told: Sequence[EventReport]) -> EventReport:
    """The first report with the word by which most tell of it; of equals the first."""
    own = [report for report in told if report.aside is None] or told
    words = Counter(_trigger(report) for report in own)
    return max(own, key=lambda report: words[_trigger(report)])


def _trigger(report: EventReport) -> str:
    return _short(" ".join(report.text.split()).lower())


def _phrase(report: EventReport) -> str:
    """The words of the report's sentence from the trigger to the end of the clause."""
    trigger = " ".join(report.text.split())
    _, found, behind = report.quote.partition(trigger)
    if not found:
        return _trigger(report)
    clause = trigger.lower() + _STOP.split(behind, maxsplit=1)[0].rstrip()
    return textwrap.shorten(clause, LONGEST, placeholder="…")
