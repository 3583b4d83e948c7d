"""When a holder had a place: takings, attested days and losses put in order.

Each taking or loss lies in a window of days. Windows of one change are cut to what all its statements allow;
statements without days of their own join a dated change that they can mean before they count as one by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reportedly.events.holding_actors import Holder
from reportedly.events.holding_claims import Claim

Window = tuple[str | None, str | None]


@dataclass
class Change:
    """Statements that tell of one change of hands, and the days within which it lies."""

    window: Window
    claims: list[Claim]
    dated: bool

    @property
    def high(self) -> str:
        """The latest possible day; unknown sorts last."""
        return self.window[1] or "9999"


@dataclass
class Spell:
    """One stretch of time in which a holder had a place. A `start` or `end` of None is not told."""

    holder: Holder
    start: Change | None = None
    end: Change | None = None
    held: list[Claim] = field(default_factory=list)
    extra: list[Claim] = field(default_factory=list)

    def begins(self) -> str:
        """A day for sorting: the latest possible day of the taking, else before everything."""
        return self.start.high if self.start else ""

    def ends(self) -> str:
        """A day for sorting: the latest possible day of the loss, else after everything."""
        return self.end.high if self.end else "9999"


def changes(claims: Iterable[Claim]) -> list[Change]:
    """The changes that claims tell of, in the order of their latest possible days."""
    ordered = sorted(claims, key=lambda claim: (claim.high or "9999", claim.low or "", claim.key))
    found: list[Change] = []
    for claim in (one for one in ordered if one.dated):
        joined = next((change for change in found if common(change.window, (claim.low, claim.high))), None)
        _join(found, joined, claim)
    loose: list[Change] = []
    for claim in (one for one in ordered if not one.dated):
        before = [change for change in found if _not_after(change.window[0], claim.high)]
        if before:
            before[-1].claims.append(claim)
            before[-1].window = common(before[-1].window, (None, claim.high)) or before[-1].window
        else:
            _join(loose, loose[0] if loose else None, claim)
    return sorted([*found, *loose], key=lambda change: (change.high, change.window[0] or ""))


def _join(found: list[Change], change: Change | None, claim: Claim) -> None:
    window = (claim.low, claim.high)
    if change is None:
        found.append(Change(window, [claim], claim.dated))
        return
    change.window = common(change.window, window) or change.window
    change.claims.append(claim)


def common(one: Window, other: Window) -> Window | None:
    """The days that two windows share; None if there are none."""
    lows = [low for low in (one[0], other[0]) if low is not None]
    highs = [high for high in (one[1], other[1]) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low > high else (low, high)


def _not_after(low: str | None, day: str | None) -> bool:
    return low is None or day is None or low <= day


def spells(holder: Holder, steps: Iterable[tuple[str, Change]]) -> list[Spell]:
    """The spells of one holder.

    Args:
        holder: who.
        steps: (kind, change) in any order: "take" it took the place, "lose" it is told to have lost it, "rival"
            another took it, "held" it is attested on a day. A rival's taking ends a spell but does not prove that
            there was one; a day that is attested after a loss opens none, since it is more often background.
    """
    found: list[Spell] = []
    for kind, change in sorted(steps, key=_in_time):
        last = found[-1] if found else None
        is_open = last is not None and last.end is None
        if kind == "take" and not is_open:
            found.append(Spell(holder, start=change))
        elif kind == "held" and last is None:
            found.append(Spell(holder, held=list(change.claims)))
        elif kind == "lose" and last is None:
            found.append(Spell(holder, end=change))
        elif kind in ("lose", "rival") and last is not None and is_open:
            last.end = change
        elif last is not None and kind != "rival":
            (last.held if kind == "held" else last.extra).extend(change.claims)
    return found


def _in_time(step: tuple[str, Change]) -> tuple[str, int, str, str]:
    kind, change = step
    order = ("held", "lose", "rival", "take").index(kind)
    return change.high, order, change.window[0] or "", min(claim.key for claim in change.claims)
