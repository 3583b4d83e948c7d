"""What a statement of control is worth: of whom, of when, and whether a history may rest on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from reportedly.data import Relation
from reportedly.events.holding_actors import Holder, holder, rivals
from reportedly.events.holding_names import kinds, words
from reportedly.events.holding_places import proper
from reportedly.events.reports import ControlReport

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: How many words before the trigger, and after it, are looked at for words that put it in the past or in question.
PAST, UNREAL, AFTER = 4, 7, 2


class Claim(Struct, frozen=True, kw_only=True):
    """One statement with what it says, in ISO days.

    It came about, or was so, between `low` and `high` (both inclusive; None is open); `dated` is true where the text
    gives the days, false where only the day of publication bounds them. `told` is the day of publication. `firm`
    statements may open and end intervals; `loose` ones are of an unknown earlier day ("the former stronghold");
    those in `passing` only name a holder by the way ("the rebel-held town").
    """

    report: ControlReport
    holder: Holder
    low: str | None
    high: str | None
    told: str | None
    dated: bool
    firm: bool
    loose: bool
    passing: bool = False

    @property
    def key(self) -> str:
        """The statement's key."""
        return self.report.key

    @property
    def relation(self) -> Relation:
        """What it says the holder does with the place."""
        return self.report.relation

    @property
    def origin(self) -> str:
        """The day of publication and the statement's key: an order that is the same for any input order."""
        return f"{self.told or ''} {self.report.key}"


def claims(reports: Iterable[ControlReport]) -> list[Claim]:
    """The claims of statements about one place, each statement once, in an order that is not that of the input."""
    once = {report.key: report for report in reports}
    ordered = [once[key] for key in sorted(once)]
    moved: dict[str, list[ControlReport]] = defaultdict(list)
    for report in ordered:
        if report.relation in ("captures", "loses") and _came_about(report):
            moved[report.article].append(report)
    return [_claim(report, moved.get(report.article, ())) for report in ordered]


def day_before(day: str) -> str:
    """The ISO day before."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def days_between(one: str, other: str) -> int:
    """How many days apart two ISO days are."""
    return abs((date.fromisoformat(other) - date.fromisoformat(one)).days)


def _claim(report: ControlReport, moved: Sequence[ControlReport]) -> Claim:
    told = report.published[:10] if report.published else None
    country = report.place.country if report.place else None
    who = holder(report.actor or "", report.actor_id, country)
    low, high, dated = _days(report, told)
    going_on = report.relation == "holds" and (not dated or high == told)
    old = not dated and _tells_of_before(report.quote, told)
    return Claim(
        report=report,
        holder=who,
        low=low,
        high=high,
        told=told,
        dated=dated,
        firm=_came_about(report) and bool(who.key) and grounded(report) and not (old and report.relation != "holds"),
        loose=going_on and ("past" in signs(report) or _overtaken(report, who, moved)),
        passing=_in_passing(report),
    )


def _tells_of_before(quote: str, told: str | None) -> bool:
    """True for a sentence that names a year before the one it was published in."""
    return told is not None and any(int(year) < int(told[:4]) for year in _YEAR.findall(quote))


def _in_passing(report: ControlReport) -> bool:
    """True for what only names a holder by the way: "the rebel-held town", "the Isis stronghold"."""
    said = words(report.text)
    return len(said) > 0 and "naming" in kinds(said[-1]) and (len(said) == 1 or "-" in report.text)


def _days(report: ControlReport, told: str | None) -> tuple[str | None, str | None, bool]:
    """Between which days it was so, and whether the text says so."""
    found = report.days
    if found is None or (found.first is None and found.last is None):
        return None, told, False
    high = found.last or told
    if told is not None and high is not None and high > told:
        high = told
    if found.first is not None and high is not None and found.first > high:
        return None, told, False  # days yet to come: of something else
    return found.first, high, True


def _came_about(report: ControlReport) -> bool:
    """True for what is told as having happened: not possible, expected, denied, tried, or almost so."""
    return report.certainty in (None, "fact", "reported") and not report.hedged and "unreal" not in signs(report)


def signs(report: ControlReport) -> frozenset[str]:
    """What the words around a statement's trigger do to it: "past", "unreal"."""
    offset = min(len(report.quote), max(0, report.start - report.sentence.start))
    at = report.quote.rfind(report.text, 0, offset + len(report.text) + 1)
    at = offset if at < 0 else at
    before = words(report.quote[:at])
    after = words(report.quote[at + len(report.text) :])[:AFTER]
    found = {kind for word in before[-PAST:] for kind in kinds(word) & {"past"}}
    found |= {kind for word in (*before[-UNREAL:], *after) for kind in kinds(word) & {"unreal"}}
    while len(before) > 1 and before[-1].endswith("ly") and not kinds(before[-1]):
        before.pop()
    if before and "directly" in kinds(before[-1]):
        found.add("unreal")
    return frozenset(found)


def grounded(report: ControlReport) -> bool:
    """True if the sentence itself names the holder and the place.

    What a coder filled in from other sentences ("the city fell") supports a history; none is built on it."""
    said = set(words(report.quote))
    who = [word for word in words(report.actor or "") if not kinds(word) & {"loose", "whose"}]
    names = [report.place_name or "", report.place.name if report.place else ""]
    return bool(who) and set(who) <= said and any(set(proper(name)) <= said for name in names if name)


def is_leaving(claim: Claim) -> bool:
    """True for a loss told as going away ("withdrew from"): of forces that need not have held the place."""
    return any("leaving" in kinds(word) for word in words(claim.report.text))


def _overtaken(report: ControlReport, who: Holder, moved: Sequence[ControlReport]) -> bool:
    """True if the same article tells that the holder lost the place: "its capital, Raqqa, fell last week"."""
    country = report.place.country if report.place else None
    for other in moved:
        if other.key == report.key:
            continue
        mover = holder(other.actor or "", other.actor_id, country)
        if other.relation == "loses" and (mover.key == who.key or mover.ties & who.ties or not mover.key):
            return True
        if other.relation == "captures" and (rivals(mover, who, country) or not mover.key):
            return True
    return False
