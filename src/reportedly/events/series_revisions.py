"""Which figure of a series corrects, overtakes or contradicts which earlier one.

A source that gives another number for the same thing revises itself. Another source's number revises only where it
goes on from the earlier one (a later total), or where what was forecast is now told. Two sources that differ about
the same days disagree; that is for positions to show, not a revision.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportedly.events.counting import Words, around
from reportedly.events.reports import FigureReport
from reportedly.events.series_groups import sorts, whose
from reportedly.events.series_units import in_family

#: Measures of what there is on a day; the others are of what came about over some time.
LEVELS = frozenset({"population", "fighters", "civilians", "area", "weapons"})
#: Totals are of the same time if their beginnings are not further apart than this many days.
SAME_BEGINNING = 31
#: Measures of armed strength, which are of one side only.
ARMED = frozenset({"fighters", "weapons"})
#: Another source's number goes beyond one that is so many days older; within them the two disagree.
OVERTAKING = 7
#: How `because` begins.
EXPECTED, AGAINST = "forecast, came out otherwise", "set against it in the text"
#: How many words behind a number say that it was expected.
AFTER = 8
#: How many points back an earlier figure is sought.
BACK = 100
#: Sentences with no more characters between them are next to each other.
GAP = 3
#: Numbers that differ by less than this part are one number told more or less precisely.
NEAR = 0.1


@dataclass(frozen=True)
class Point:
    """A figure with the days that it holds for (ISO), from `begins` (None: not told) to `day`.

    `range` is in the unit of the series, None is open; `told` the day of publication, or "". `past` is true for one
    that the text tells as what it was before ("last week it had put the toll at 123").
    """

    figure: FigureReport
    counting: Literal["new", "cumulative"] | None
    begins: str | None
    day: str
    told: str
    forecast: bool
    source: str
    range: tuple[float | None, float | None]
    past: bool = False

    def order(self) -> tuple[str, bool, str, str]:
        """By the day it holds for, what was before first, then publication and key: the same for any input order."""
        return self.day, not self.past, self.told, self.figure.key

    @property
    def value(self) -> float:
        """The number for comparing: the middle of a range, the bound of an open one."""
        ends = [end for end in self.range if end is not None]
        return sum(ends) / len(ends)

    @property
    def level(self) -> bool:
        """True for a state of things on its day: how many are there, not how many came."""
        return self.figure.measure in LEVELS or (self.begins is None and self.counting == "cumulative")


def point(figure: FigureReport, counting: Literal["new", "cumulative"] | None) -> Point:
    """A figure as a point in time."""
    told = (figure.published or "")[:10]
    days = figure.days
    begins = days.first if days and days.first != days.last else None
    day = (days.last or days.first or told) if days else told
    if days and days.last is None:
        day = told or day
    found = around(figure)
    past = found is not None and (_told_before(found) or _is_against(found))
    expected = found is not None and _is_against(found) and _was_expected(found)
    low, high = (None if end is None else in_family(end, figure.unit) for end in (figure.low, figure.high))
    forecast = figure.certainty == "forecast" or expected
    return Point(figure, counting, begins, day, told, forecast, source(figure), (low, high), past)


def source(figure: FigureReport) -> str:
    """Whoever says it: the innermost source's registry id or name, else the outlet; "" if it is not known who."""
    if not figure.chain:
        return f"outlet:{figure.outlet.casefold()}" if figure.outlet else ""
    said = figure.chain[0]
    if said.actor:
        return said.actor
    name = (said.speaker or said.organisation or said.name or "").casefold()
    words = name.split()
    nobody = not words or all("nobody" in sorts(word) or word in ("a", "an", "the", "one", "of") for word in words)
    return "" if nobody else name


def revisions(points: Sequence[Point], copied: frozenset[str] | set[str] = frozenset()) -> dict[str, tuple[str, str]]:
    """For the key of each revising figure the key of the earlier one and the reason.

    Args:
        points: the points of one series, in order.
        copied: ids of articles that copy others.
    """
    found: dict[str, tuple[str, str]] = {}
    seen: deque[tuple[Point, bool]] = deque(maxlen=BACK)
    numbers: set[tuple[str, bool, tuple[float | None, float | None]]] = set()
    for one in points:
        same = (one.source or one.figure.quote, one.forecast, one.range)
        again = same in numbers or one.figure.article in copied or _repeats(one, seen)
        numbers.add(same)
        told = [] if again else [(o, reason) for o, repeated in seen if (reason := _reason(one, o, repeated))]
        if told:
            earlier, reason = max(told, key=lambda pair: (_weight(pair[1]), pair[0].order()))
            found[one.figure.key] = (earlier.figure.key, reason)
        seen.append((one, again))
    return found


def _weight(reason: str) -> int:
    """The same source's own revision weighs more than what somebody else's number goes beyond."""
    order = ("overtakes another", "overtakes its own", EXPECTED, "corrects itself", AGAINST)
    return max((place for place, word in enumerate(order) if reason.startswith(word)), default=0)


def _repeats(one: Point, earlier: Iterable[tuple[Point, bool]]) -> bool:
    """True for a number that was there before, from the same source or in the same words."""
    return any(
        one.forecast == other.forecast
        and (
            (one.source == other.source and _same_number(one, other))
            or (one.range == other.range and one.figure.quote == other.figure.quote)
        )
        for other, _ in earlier
    )


def _reason(later: Point, earlier: Point, repeated: bool) -> str:
    """Why one point revises another, or "" if it does not; only the text itself can set one against a `repeated`
    number."""
    if later.range == earlier.range or later.forecast:
        return ""
    numbers = f"{said(earlier.figure)} → {said(later.figure)}"
    if _set_against(later, earlier):
        return f"{EXPECTED if earlier.forecast else AGAINST}: {numbers}"
    same = bool(later.source) and later.source == earlier.source and bool(later.figure.chain)
    if repeated or _same_number(later, earlier):
        return ""
    if earlier.forecast:
        return _outcome(later, earlier, same, numbers)
    if not _comparable(later, earlier):
        return ""
    if same and (later.day, later.begins) == (earlier.day, earlier.begins) and later.told > earlier.told:
        return f"corrects itself: {numbers}"
    if later.day <= earlier.day:
        return ""
    return _overtaking(later, earlier, same, numbers)


def _overtaking(later: Point, earlier: Point, same: bool, numbers: str) -> str:
    """A later total or state of things that goes beyond an earlier one."""
    totals = later.counting == "cumulative" and earlier.counting == "cumulative"
    if not (totals or (later.level and earlier.level)):
        return ""
    grows, states = later.value > earlier.value, later.level and earlier.level
    if same:
        return f"overtakes its own figure: {numbers}" if grows or states else f"corrects itself: {numbers}"
    apart = (date.fromisoformat(later.day) - date.fromisoformat(earlier.day)).days
    if _overlap(later, earlier) or apart < OVERTAKING or not (grows or states):
        return ""
    if later.figure.measure in ARMED and not whose(later.figure):
        return ""  # one army's troops are not another's
    return f"overtakes another source's figure: {numbers}"


def _outcome(later: Point, earlier: Point, same: bool, numbers: str) -> str:
    """What was forecast against what the same source tells of it later."""
    if not same or _overlap(later, earlier) or later.told < earlier.told or later.counting == "new":
        return ""
    return f"{EXPECTED}: {numbers}"


def _overlap(one: Point, other: Point) -> bool:
    """True if two ranges have a number in common."""
    (low, high), (low2, high2) = one.range, other.range
    return not (
        (high is not None and low2 is not None and high < low2)
        or (high2 is not None and low is not None and high2 < low)
    )


def _same_number(one: Point, other: Point) -> bool:
    """True for one number told with more or less precision."""
    if one.range == other.range:
        return True
    rough = any(p.figure.approximate or p.figure.low is None or p.figure.high is None for p in (one, other))
    return rough and abs(one.value - other.value) < NEAR * max(one.value, other.value)


def _comparable(later: Point, earlier: Point) -> bool:
    """True if two figures can be of one thing: neither is an addition, and what they count begins at one time.

    Where the place is not told, the beginning has to be."""
    if "new" in (later.counting, earlier.counting):
        return False
    if later.begins is None or earlier.begins is None:
        placed = later.figure.place is not None and earlier.figure.place is not None
        return placed and later.begins == earlier.begins
    return abs((date.fromisoformat(later.begins) - date.fromisoformat(earlier.begins)).days) <= SAME_BEGINNING


def _set_against(later: Point, earlier: Point) -> bool:
    """True if the text itself sets a number against what it was before.

    "Rose to 19, up from 12", "a number far higher than the few hundred" in one sentence; "Last week it had put the
    toll at 123" in the sentence next to the new number."""
    one, other = later.figure, earlier.figure
    if one.article != other.article:
        return False
    if one.sentence == other.sentence:
        old = around(other)
        return old is not None and any(
            "against" in sorts(word) for word in old.words[max(0, old.start - 4) : old.start]
        )
    gap = min(abs(other.sentence.start - one.sentence.end), abs(one.sentence.start - other.sentence.end))
    return gap <= GAP and later.source == earlier.source != "" and earlier.past and not later.past


def _is_against(found: Words) -> bool:
    """True for a number that another one of its sentence is set against."""
    return any("against" in sorts(word) for word in found.words[max(0, found.start - 4) : found.start])


def _was_expected(found: Words) -> bool:
    """True for "the few hundred that had been expected"."""
    return any("expected" in sorts(word) for word in found.words[found.end : found.end + AFTER])


def _told_before(found: Words) -> bool:
    return any("earlier" in sorts(word) for word in found.words[: found.start])


def said(figure: FigureReport) -> str:
    """A figure's range for people ("300–400", "60000 or more")."""
    low, high = (None if end is None else f"{end:.12g}" for end in (figure.low, figure.high))
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"{low} or more"
    return low if low == high else f"{low}–{high}"
