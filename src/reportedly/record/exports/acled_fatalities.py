"""Fatalities by ACLED's rules. They belong to ACLED's format and are applied nowhere else.

ACLED codes the most conservative estimate that reports give; words become numbers ("dozens": 12), and deaths without
a number become 3, or 10 where a person finds the attack significant (ACLED, "Fatalities" in the FAQ and the
vignette of acledR). Whatever is not a number that somebody gave is marked as imputed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from reportedly import lexicons
from reportedly.events.reports import FigureReport
from reportedly.record.exports import wording
from reportedly.record.exports.shapes import EventRecord

UNKNOWN_NUMBER = 3
DIGITS = re.compile(r"\d")


class Fatalities(Struct, frozen=True):
    """How many, and the rule by which the number was put in the place of words; "" for one that reports give."""

    number: int | None = None
    rule: str = ""


def of(record: EventRecord) -> Fatalities:
    """The event's fatalities: the lowest figure of the record's range, else what the rules make of the words."""
    low, best, _ = record.killed
    stated = low if low is not None else best
    if stated is not None:
        return _by_words(record, stated) or Fatalities(round(stated))
    if wording.outside(record):
        return Fatalities()  # only a party to the conflict gives a number: see the notes
    died = any(_says_that_people_died(report.text) for report in record.reports if report.type == "ASSAULT")
    if died:
        return Fatalities(UNKNOWN_NUMBER, f"deaths reported without a number: {UNKNOWN_NUMBER}")
    return Fatalities()


def _by_words(record: EventRecord, stated: float) -> Fatalities | None:
    """The rule for the words behind the lowest figure, if it is given in words."""
    known = wording.figures(record)
    keys = [key for toll in wording.killed(record) for key in toll.statements]
    for figure in (known[key] for key in keys if key in known):
        found = in_words(figure)
        if found and figure.low == stated and figure.key not in _corrected(record):
            return found
    return None


def _corrected(record: EventRecord) -> set[str]:
    """Figures to which people have given another number than their words."""
    return {one.target for one in record.decisions if one.kind == "correct" and one.field in ("low", "high")}


def in_words(figure: FigureReport) -> Fatalities | None:
    """What ACLED makes of a figure that is given in vague words; None for one that is a number."""
    if DIGITS.search(figure.text):
        return None
    text = " ".join(figure.text.casefold().split())
    for phrase, number, kind in _phrases():
        if re.search(rf"\b{re.escape(phrase)}\b", text):
            told = "an unspecified number" if kind == "unknown" else f"“{phrase}”"
            return Fatalities(number, f"{told}: {number}")
    return None


@lru_cache(maxsize=1)
def _phrases() -> list[tuple[str, int, str]]:
    rows = lexicons.rows("exports_acled_fatalities.tsv")
    found = [(row["phrase"], int(row["fatalities"]), row["rule"]) for row in rows]
    return sorted(found, key=lambda item: -len(item[0]))


def _says_that_people_died(trigger: str) -> bool:
    word = trigger.casefold()
    return any(word.startswith(stem) for stem in lexicons.words("exports_acled_deaths.txt"))
