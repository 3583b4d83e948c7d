"""Which negated reports deny an event: somebody says that it did not happen, not that it shall not, or failed."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly import lexicons
from reportedly.events.reports import EventReport

#: How many words before the trigger a negation or a word of denial may stand; one further off is of something else
#: ("disputes the claim that they backed the analysis of the attack").
NEAR = 6


def denies(report: EventReport) -> bool:
    """True if a report's source denies the event: it is told with a word of denial, or negated as past or present."""
    if report.certainty != "denied" and report.polarity != "negative":
        return False
    if not any(said.name for said in report.chain):
        return False
    before = _words_before(report)
    return _denying(before[-NEAR:]) or _negated(before[-NEAR:])


def _words_before(report: EventReport) -> list[str]:
    """The words of the sentence before the trigger; of a trigger that the sentence does not have, none."""
    place = report.quote.find(" ".join(report.text.split()))
    words = report.quote[: max(place, 0)].lower().replace("’", "'").split()
    return [clean for word in words if (clean := re.sub(r"^\W+|\W+$", "", word))]


def _denying(words: list[str]) -> bool:
    stems = tuple(lexicons.tree("disputes_groups.json")["denial_stems"])
    return any(word.startswith(stems) for word in words)


def _negated(words: list[str]) -> bool:
    negated = any(word in _kind("negation") or word.endswith("n't") for word in words)
    return negated and not any(word in _kind("modal") for word in words)


@lru_cache(maxsize=2)
def _kind(name: str) -> frozenset[str]:
    rows = lexicons.rows("positions_denials.tsv")
    return frozenset(row["word"].replace("’", "'") for row in rows if row["kind"] == name)
