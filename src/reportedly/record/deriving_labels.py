"""What an event is called: one short line for people, from what its reports give."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import structs

from reportedly import lexicons
from reportedly.events.findings import Position
from reportedly.events.reports import Days, EventReport
from reportedly.record import deriving_labels_days

#: Characters of a name, and of the words that an article has for what happened, in a label.
LONGEST = 60
#: Who acted, where no report says it.
UNKNOWN = "unknown actor"
#: Where a clause ends; a comma or a point between two digits ends none.
_STOP = re.compile(r"[;:()\"“”!?]|[.,](?!\d)|\s[–—-]\s")


def label(told: Sequence[EventReport], lead: Mapping[str, Position]) -> str:
    """Who, to whom, in the article's own words from the trigger on, where and when.

    "Coalition: denied that its aircraft had struck a house, Hajin, 2019-03-01". To whom stands in those words as a rule;
    where it does not, it stands before them ("unknown actor against Abdullah: killed in the night"). Where no report
    says who, that is said; where none says to whom either, the words of the clause stand by themselves. The day is said
    once: as a date.

    Args:
        told: the event's reports.
        lead: its leading positions by aspect.
    """
    who, whom = (_short(lead[aspect].label) if aspect in lead else "" for aspect in ("actor", "recipient"))
    report = _report(told)
    if "time" in lead:
        report = _undated(report, lead["time"])
    what = _phrase(report) if who or whom else _clause(report)
    where = [lead["place"].label] if "place" in lead and not _names(what, lead["place"].label) else []
    behind = ", ".join([what, *where, *([lead["time"].label] if "time" in lead else [])])
    if not who and not whom:
        return behind
    kind = report.type or next((one.type for one in told if one.type), None)
    return f"{who or UNKNOWN}{_towards(whom, what, report, kind)}: {behind}"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _report(told: Sequence[EventReport]) -> EventReport:
    """The first report with the word by which most tell of it; of equals the first."""
    own = [report for report in told if report.aside is None] or told
    words = Counter(_trigger(report) for report in own)
    return max(own, key=lambda report: words[_trigger(report)])


def _trigger(report: EventReport) -> str:
    return _short(" ".join(report.text.split()).lower())


def _undated(report: EventReport, when: Position) -> EventReport:
    """The report without the words for the day that the label has as a date."""
    days = Days(first=when.value.get("first"), last=when.value.get("last"))
    return structs.replace(report, quote=deriving_labels_days.without(report.quote, days, report.published))


def _phrase(report: EventReport) -> str:
    """The words of the report's sentence from the trigger to the end of the clause."""
    trigger = " ".join(report.text.split())
    _, found, behind = report.quote.partition(trigger)
    if not found:
        return _trigger(report)
    clause = trigger.lower() + _STOP.split(behind, maxsplit=1)[0].rstrip()
    return textwrap.shorten(clause, LONGEST, placeholder="…")


def _clause(report: EventReport) -> str:
    """The words of the report's sentence around the trigger, as far as they are one clause; where that is too long, from
    the trigger on. It does not begin with the word that joins it to another clause ("and warned that …")."""
    before, found, _ = report.quote.partition(" ".join(report.text.split()))
    said, phrase = _unjoined(_STOP.split(before)[-1]), _phrase(report)
    return f"{said}{phrase}" if found and len(said) + len(phrase) <= LONGEST else phrase


def _unjoined(words: str) -> str:
    """Words without "and", "but", "or" and "that" before them; "That" at the start of a sentence is no such word."""
    first, space, rest = words.lstrip().partition(" ")
    joins = first.lower() in deriving_labels_days.words("joiner") and first != "That"
    return _unjoined(rest) if space and joins else words.lstrip()


def _towards(whom: str, what: str, report: EventReport, kind: str | None) -> str:
    """To whom, with the word that goes with the type; nothing where the words of the article name them."""
    texts = [whom, *(text for one in report.recipient for text in (one.name, one.text) if text)]
    if not whom or any(_names(what, text) for text in texts):
        return ""
    return f" {_words().get(kind or '', 'and')} {whom}"


def _names(what: str, name: str) -> bool:
    """True if some words have a name in them."""
    return re.search(rf"\b{re.escape(name)}\b", what, re.IGNORECASE) is not None


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {row["type"]: row["word"] for row in lexicons.rows("events_towards.tsv")}
