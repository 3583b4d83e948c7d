"""Matches become events, without chaining.

Average linkage: two groups of mentions are one event if their mentions match on average, not if one of this resembles
one of that. So a story that has something of two events does not pull them together. A pair that was never compared
counts as one that does not match.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

#: Log-odds of a pair that blocking kept apart, or that is not probable enough to be told (`linking_model.LEAST`).
APART = -4.5
Pair = tuple[str, str]


def groups(mentions: Sequence[str], odds: Mapping[Pair, float], least: float) -> list[list[str]]:
    """The mentions in groups, joined as long as the average log-odds between two groups is at least `least`.

    `odds` are the log-odds of the compared pairs, each pair in one order.
    """
    return _Agglomeration(mentions, odds, least).run()


class _Agglomeration:
    def __init__(self, mentions: Sequence[str], odds: Mapping[Pair, float], least: float) -> None:
        self.least = least
        self.members: dict[int, list[str]] = {index: [key] for index, key in enumerate(mentions)}
        self.sums: dict[int, dict[int, float]] = defaultdict(dict)
        number = {key: index for index, key in enumerate(mentions)}
        for (a, b), value in odds.items():
            self.sums[number[a]][number[b]] = self.sums[number[b]][number[a]] = value - APART
        self.heap = [(-self._average(a, b), a, b) for a, near in self.sums.items() for b in near if a < b]
        heapq.heapify(self.heap)

    def _average(self, a: int, b: int) -> float:
        """What is not compared is 0 in the sums, that is `APART`."""
        return self.sums[a][b] / (len(self.members[a]) * len(self.members[b])) + APART

    def run(self) -> list[list[str]]:
        latest = len(self.members)
        while self.heap:
            value, a, b = heapq.heappop(self.heap)
            if -value < self.least:
                break
            if a in self.members and b in self.members:
                self._join(a, b, latest)
                latest += 1
        return sorted(self.members.values())

    def _join(self, a: int, b: int, joined: int) -> None:
        self.members[joined] = sorted(self.members.pop(a) + self.members.pop(b))
        near: dict[int, float] = defaultdict(float)
        for part in (a, b):
            for other, value in self.sums.pop(part).items():
                if other in self.members:
                    near[other] += value
        self.sums[joined] = dict(near)
        for other, value in near.items():
            self.sums[other][joined] = value
            heapq.heappush(self.heap, (-self._average(joined, other), other, joined))


def assigned(new: Sequence[str], odds: Mapping[Pair, float], events: Mapping[str, str], least: float) -> dict[str, str]:
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
    least: float,
) -> str | None:
    """The old event that a group of new mentions belongs to."""
    inside = set(group)
    sums: dict[str, float] = defaultdict(float)
    for (a, b), value in odds.items():
        if a in inside and b in events:
            sums[events[b]] += value - APART
    averages = {event: total / (len(group) * len(members[event])) + APART for event, total in sums.items()}
    best = max(averages, key=lambda event: (averages[event], event), default=None)
    return best if best is not None and averages[best] >= least else None


def event_id(group: Iterable[str]) -> str:
    """The id of an event, made of the key of its first mention."""
    return "e-" + hashlib.sha256(min(group).encode("utf-8", "surrogatepass")).hexdigest()[:12]
