"""Matches become events, without chaining.

Average linkage: two groups of mentions are one event if their mentions match on average, not if one of this resembles
one of that. So a story that has something of two events does not pull them together. A pair that was never compared
counts as one that does not match.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

#: Log-odds of a pair that blocking kept apart, or that is not probable enough to be told (`linking_model.LEAST`).
APART = -4.5
Pair = tuple[str, str]
#: Log-odds above `APART`, summed over all pairs of two groups, and over those of told mentions.
Sums = tuple[float, float]


class Least(Struct, frozen=True):
    """Average log-odds from which groups are one event: over all pairs of theirs, and over those of two mentions that
    are `told`: events that their articles report by themselves. So reports are not chained together by passing
    mentions that have something of each."""

    all: float
    told: float = -math.inf
    who: frozenset[str] = frozenset()


def groups(mentions: Sequence[str], odds: Mapping[Pair, float], least: Least) -> list[list[str]]:
    """The mentions in groups, joined as long as the average log-odds between two groups are at least `least`.

    `odds` are the log-odds of the compared pairs, each pair in one order.
    """
    return _Agglomeration(mentions, odds, least).run()


class _Agglomeration:
    def __init__(self, mentions: Sequence[str], odds: Mapping[Pair, float], least: Least) -> None:
        self.least = least
        self.members: dict[int, list[str]] = {index: [key] for index, key in enumerate(mentions)}
        self.told = {index: int(key in least.who) for index, key in enumerate(mentions)}
        self.sums: dict[int, dict[int, Sums]] = defaultdict(dict)
        number = {key: index for index, key in enumerate(mentions)}
        for (a, b), value in odds.items():
            one, other, above = number[a], number[b], value - APART
            both = above if self.told[one] and self.told[other] else 0.0
            self.sums[one][other] = self.sums[other][one] = (above, both)
        self.heap = [(-self._average(a, b), a, b) for a, near in self.sums.items() for b in near if a < b]
        heapq.heapify(self.heap)

    def _average(self, a: int, b: int) -> float:
        """What is not compared is 0 in the sums, that is `APART`."""
        return self.sums[a][b][0] / (len(self.members[a]) * len(self.members[b])) + APART

    def _may_join(self, a: int, b: int) -> bool:
        """Whether what the articles report by themselves is alike enough, too."""
        pairs = self.told[a] * self.told[b]
        return not pairs or self.sums[a][b][1] / pairs + APART >= self.least.told

    def run(self) -> list[list[str]]:
        latest = len(self.members)
        while self.heap:
            value, a, b = heapq.heappop(self.heap)
            if -value < self.least.all:
                break
            if a in self.members and b in self.members and self._may_join(a, b):
                self._join(a, b, latest)
                latest += 1
        return sorted(self.members.values())

    def _join(self, a: int, b: int, joined: int) -> None:
        self.members[joined] = sorted(self.members.pop(a) + self.members.pop(b))
        self.told[joined] = self.told[a] + self.told[b]
        near: dict[int, Sums] = {}
        for part in (a, b):
            for other, (above, both) in self.sums.pop(part).items():
                if other in self.members:
                    before = near.get(other, (0.0, 0.0))
                    near[other] = (before[0] + above, before[1] + both)
        self.sums[joined] = near
        for other, sums in near.items():
            self.sums[other][joined] = sums
            heapq.heappush(self.heap, (-self._average(joined, other), other, joined))


def assigned(new: Sequence[str], odds: Mapping[Pair, float], events: Mapping[str, str], least: Least) -> dict[str, str]:
    """The event id of every new mention, given those of old ones; what no old event takes becomes new events.

    The new mentions are grouped first, and each group then goes as one to the old event that it matches best on
    average, if at least `least`. Events that are there are neither split nor joined.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for key, event in events.items():
        members[event].append(key)
    fresh = set(new)
    inner = {pair: value for pair, value in odds.items() if fresh.issuperset(pair)}
    found = {}
    for group in groups(new, inner, least):
        event = _taken_by(group, odds, events, members, least) or event_id(group)
        found.update(dict.fromkeys(group, event))
    return found


def _taken_by(
    group: Sequence[str],
    odds: Mapping[Pair, float],
    events: Mapping[str, str],
    members: Mapping[str, Sequence[str]],
    least: Least,
) -> str | None:
    """The old event that a group of new mentions belongs to."""
    inside = set(group)
    beside = {pair: value for pair, value in odds.items() if pair[0] in inside and pair[1] in events}
    found = _averages(group, beside, events, members)
    told = {pair: value for pair, value in beside.items() if least.who.issuperset(pair)}
    own = [key for key in group if key in least.who]
    theirs = {event: [key for key in members[event] if key in least.who] for event in found}
    strict = _averages(own, told, events, theirs)
    fits = {
        event
        for event, average in found.items()
        if average >= least.all and (not own or not theirs[event] or strict.get(event, APART) >= least.told)
    }
    return max(fits, key=lambda event: (found[event], event), default=None)


def _averages(
    group: Sequence[str], odds: Mapping[Pair, float], events: Mapping[str, str], members: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """The average log-odds of a group and each old event of which something was compared."""
    sums: dict[str, float] = defaultdict(float)
    for (_, other), value in odds.items():
        sums[events[other]] += value - APART
    return {event: total / (len(group) * len(members[event])) + APART for event, total in sums.items()}


def event_id(group: Iterable[str]) -> str:
    """The id of an event, made of the key of its first mention."""
    return "e-" + hashlib.sha256(min(group).encode("utf-8", "surrogatepass")).hexdigest()[:12]
