"""What a date expression says, before it is read against a publication date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["date", "weekday", "weekend", "season", "decade", "holiday", "unit", "shift", "rolling"]


@dataclass(frozen=True)
class Part:
    """A part of a unit: "early", "the first half of", "the last two weeks of", "earlier", "the rest of".

    `name` is early, mid, late, earlier, later, rest or slice; a slice has the unit (also "half",
    "quarter"), which one (negative from the end) and how many units; `to` ends "early to mid".
    """

    name: str
    unit: str = ""
    ordinal: int = 1
    count: int = 1
    to: str = ""


@dataclass(frozen=True)
class Point:
    """One day, unit or window of the calendar.

    date: `year`, `month`, `day` (to `last_day`), each None if not said. weekday: `value` (0 is
    Monday), `side`, and `shift` of the week if said ("Thursday next week"). weekend, season, holiday:
    `name`, `side`, `year`. decade: `year`. unit: `name`, `shift` (0 is this). shift: `count` of `name`
    away from publication, negative for "ago"; count None is unknown. rolling: the same, up to
    publication or from it on. `side` is last, this or next.
    """

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    value: int = 0
    name: str = ""
    side: str = ""
    shift: int | None = None
    count: float | None = None
    parts: tuple[Part, ...] = ()

    @property
    def grain(self) -> str:
        """What kind of stretch it is: two points make one range only if these agree."""
        if self.kind == "date":
            return "day" if self.day else "month" if self.month else "year"
        if self.kind in ("weekday", "holiday"):
            return "day"
        return self.name if self.kind == "unit" else self.kind


@dataclass(frozen=True)
class Expression:
    """A date expression: its points (more than one for a range or list), `bound` ("since", "by",
    "until"), its offsets in the text, and where it starts without its bound."""

    start: int
    end: int
    points: tuple[Point, ...]
    bound: str = ""
    core: int = 0

    def unbound(self) -> Expression:
        """The expression without "since", "by" or "until"."""
        return replace(self, start=self.core, bound="")
