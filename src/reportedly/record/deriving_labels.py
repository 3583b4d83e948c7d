"""What an event is called: one short line for people, from what its reports give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.events.findings import Position
from reportedly.events.reports import EventReport

#: Characters of a name in a label.
LONGEST = 60


def label(told: Sequence[EventReport], lead: Mapping[str, Position]) -> str:
    """Who, to whom, by what word, where and when: "SDF → Islamic State: seized, Baghuz, 2019-03-23".

    Args:
        told: the event's reports.
        lead: its leading positions by aspect.
    """
    who = [_short(lead[aspect].label) if aspect in lead else "" for aspect in ("actor", "recipient")]
    parts = " → ".join(who).strip() if who[1] else who[0]
    behind = [_word(told), *(lead[aspect].label for aspect in ("place", "time") if aspect in lead)]
    return f"{parts}: {', '.join(behind)}" if parts else ", ".join(behind)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _word(told: Sequence[EventReport]) -> str:
    """The word by which most reports tell of it; the first of equals."""
    own = [report for report in told if report.aside is None] or told
    words = Counter(" ".join(report.text.split()).lower() for report in own)
    return _short(max(words, key=lambda word: words[word], default=""))
