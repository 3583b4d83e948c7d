"""What a statement of control is worth: of whom, of when, and whether a history may rest on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from reportedly.data import Relation
from reportedly.events.holding_actors import Holder, holder, rivals
from reportedly.events.holding_names import kinds, words
from reportedly.events.reports import ControlReport

#: A place's name by itself: nothing in front of the first capital but a direction, and no description behind.
_NAME = re.compile(r"(?:(?:the|[a-z-]*(?:north|south|east|west|centr|upper|lower)[a-z-]*)\s+)*[^\W\d_a-z]", re.UNICODE)
_DESCRIBED = re.compile(r"\s(?:in|on|near|of the|from|outside|that|which|where|with|along|between)\s|['’]s\s|,|%")
#: How many words before the trigger, and after it, are looked at for words of the past.
BEFORE, AFTER = 4, 2


class Claim(Struct, frozen=True, kw_only=True):
    """One statement with what it says, in ISO days.

    It came about, or was so, between `low` and `high` (both inclusive; None is open); `dated` is true where the text
    gives the days, false where only the day of publication bounds them. `told` is the day of publication. `firm`
    statements may open and end intervals; `loose` ones are of an unknown earlier day ("the former stronghold").
    """

    report: ControlReport
    holder: Holder
    low: str | None
    high: str | None
    told: str | None
    dated: bool
    firm: bool
    loose: bool

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


def place_key(report: ControlReport) -> str | None:
    """What makes two statements be about one place; None where that cannot be told.

    A place of GeoNames is its id with the precision that is meant ("geonames:172955/point"), another one its name.
    A whole country and a description that fits many places ("the last stronghold") have no key. Nothing is merged:
    a camp in a town, a district and its town are places of their own.
    """
    where, name = report.place, report.place_name
    if where is not None and where.precision == "country":
        return None
    if where is not None and where.geonameid is not None:
        return f"geonames:{where.geonameid}/{where.precision or 'point'}"
    name = where.name if where is not None else name
    if not name or not _NAME.match(name) or _DESCRIBED.search(name):
        return None
    return "name:" + " ".join(words(name))


def claims(reports: Iterable[ControlReport]) -> list[Claim]:
    """The claims of statements about one place, each statement once, in an order that is not that of the input."""
    once = {report.key: report for report in reports}
    ordered = [once[key] for key in sorted(once)]
    moved = [report for report in ordered if report.relation in ("captures", "loses") and _came_about(report)]
    return [_claim(report, moved) for report in ordered]


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
    signs = _signs(report)
    past = report.relation == "holds" and not dated and ("past" in signs or _overtaken(report, who, moved))
    return Claim(
        report=report,
        holder=who,
        low=low,
        high=high,
        told=told,
        dated=dated,
        firm=_came_about(report) and bool(who.key) and grounded(report),
        loose=past,
    )


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
    """True for what is told as having happened: not possible, expected, denied, or almost so."""
    return report.certainty in (None, "fact", "reported") and not report.hedged and "almost" not in _signs(report)


@lru_cache(maxsize=8192)
def _signs(report: ControlReport) -> frozenset[str]:
    """The kinds (past, almost) of the words around a statement's trigger."""
    offset = min(len(report.quote), max(0, report.start - report.sentence.start))
    at = report.quote.rfind(report.text, 0, offset + len(report.text) + 1)
    at = offset if at < 0 else at
    before = words(report.quote[:at])[-BEFORE:]
    after = words(report.quote[at + len(report.text) :])[:AFTER]
    found = {kind for word in before for kind in kinds(word)}
    found |= {kind for word in words(report.text) for kind in kinds(word) & {"past"}}
    return frozenset(found | {kind for word in after for kind in kinds(word) & {"almost"}}) & {"past", "almost"}


def grounded(report: ControlReport) -> bool:
    """True if the sentence itself names the holder and the place.

    What a coder filled in from other sentences ("the city fell") supports a history; none is built on it."""
    said = set(words(report.quote))
    who = [word for word in words(report.actor or "") if not kinds(word) & {"loose", "whose"}]
    names = [report.place_name or "", report.place.name if report.place else ""]
    where = any(set(_proper(name)) <= said for name in names if _proper(name))
    return bool(who) and set(who) <= said and where


def _proper(name: str) -> list[str]:
    """The words of a place's name that are names, in lower case."""
    return [word.lower() for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name) if word[0].isupper()] or words(
        name
    )


def _overtaken(report: ControlReport, who: Holder, moved: Sequence[ControlReport]) -> bool:
    """True if the same article tells that the holder lost the place: "its capital, Raqqa, fell last week"."""
    country = report.place.country if report.place else None
    for other in moved:
        if other.article != report.article or other.key == report.key:
            continue
        mover = holder(other.actor or "", other.actor_id, country)
        if other.relation == "loses" and (mover.key == who.key or mover.ties & who.ties or not mover.key):
            return True
        if other.relation == "captures" and (rivals(mover, who, country) or not mover.key):
            return True
    return False
