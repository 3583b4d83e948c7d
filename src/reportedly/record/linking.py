"""A new article's mentions against those of the record: which events they are of.

Old mentions are looked up by the keys of `Linker.keys`, the most telling keys first and only so many, so that the
work does not grow with the record. What people decided stands: mentions that were split are not put together again,
and an event that was merged leads on to the one that it was merged into.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.db.models import Count

from reportedly.events.linking import Linker, Match
from reportedly.events.mentions import LinkMention
from reportedly.record import hashing
from reportedly.record.models import Event, LinkKey, Statement

#: Old mentions that one new mention is compared with, at most; and those of one key.
CANDIDATES = 60
#: Matches below this are not told as the reason of a link.
LEAST = 0.5
_features = msgspec.msgpack.Decoder(LinkMention)
_encode = msgspec.msgpack.Encoder().encode
#: Keys in one query: SQLite takes 32,766 parameters.
TOGETHER = 5000


class Linked(msgspec.Struct, frozen=True):
    """The rows that are mentions, each with its keys, and all events that they are of."""

    rows: list[tuple[Statement, list[int]]]
    events: set[int]

    def keep_keys(self) -> None:
        """Keep by which keys the mentions, whose rows are stored by now, are looked up later."""
        LinkKey.objects.bulk_create(LinkKey(key=key, statement=row) for row, keys in self.rows for key in keys)


def link(linker: Linker, rows: Sequence[Statement], mentions: Sequence[LinkMention]) -> Linked:
    """Give every event and statement of control of an article, not stored yet, its event and why."""
    links = Links(linker, mentions)
    assigned = links.assign()
    events = _events(assigned.values())
    by_key = {row.key: row for row in rows}
    members = {**{key: old.event for key, old in links.old.items()}, **assigned}
    linked = [(by_key[mention.key], mention) for mention in mentions if mention.key in by_key]
    for row, mention in linked:
        row.event = events[assigned[mention.key]]
        row.features = encode(mention)
        row.probability, row.because = links.because(mention.key, members, assigned[mention.key])
    _share_events(rows)
    keyed = [(row, links.keys[mention.key]) for row, mention in linked]
    return Linked(keyed, {event.pk for event in events.values()})


def _events(wanted: Iterable[str]) -> dict[str, Event]:
    """The events of some ids; those that are not there yet are made."""
    ids = sorted(set(wanted))
    found = {event.public_id: event for event in Event.objects.filter(public_id__in=ids)}
    made = Event.objects.bulk_create(Event(public_id=name) for name in ids if name not in found)
    return found | {event.public_id: event for event in made}


def _share_events(rows: Sequence[Statement]) -> None:
    """What an event says on control is of the same event as the event itself."""
    own = {(row.start, row.end): row.event for row in rows if row.layer == "event" and row.event is not None}
    for row in rows:
        if row.layer == "control" and row.event is None:
            row.event = own.get((row.start, row.end))


class Old(msgspec.Struct, frozen=True):
    """A mention of the record: its statement and its event."""

    mention: LinkMention
    event: str


class Links:
    """The events of a new article's mentions, and why."""

    def __init__(self, linker: Linker, mentions: Sequence[LinkMention]) -> None:
        self.linker, self.mentions = linker, mentions
        self.keys = {mention.key: [hashing.number(key) for key in linker.keys(mention)] for mention in mentions}

    def assign(self) -> dict[str, str]:
        """Event ids by key; new ids are such as the record has never had."""
        self.old = _candidates(self.keys)
        self.matches = self._allowed(self.linker.match(self.mentions, [old.mention for old in self.old.values()]))
        known = {key: old.event for key, old in self.old.items()}
        return _unused(self.linker.assign(self.mentions, self.matches, known), set(known.values()))

    def _allowed(self, matches: Iterable[Match]) -> list[Match]:
        return list(matches)

    def because(self, key: str, members: Mapping[str, str], event: str) -> tuple[float | None, Any]:
        """The best match of a mention with another of its event: its probability, and the waterfall."""
        best = self._best(key, members, event)
        if best is None:
            return None, None
        steps = [[step.comparison, step.level, round(step.bits, 3)] for step in self.linker.explain(best)]
        other = best.b if best.a == key else best.a
        return best.probability, {"with": other, "steps": steps}

    def _best(self, key: str, members: Mapping[str, str], event: str) -> Match | None:
        beside = [
            match
            for match in self._of(key)
            if match.probability >= LEAST and members.get(match.b if match.a == key else match.a) == event
        ]
        return max(beside, key=lambda match: match.probability, default=None)

    def _of(self, key: str) -> list[Match]:
        if not hasattr(self, "_by_key"):
            self._by_key: dict[str, list[Match]] = defaultdict(list)
            for match in self.matches:
                self._by_key[match.a].append(match)
                self._by_key[match.b].append(match)
        return self._by_key[key]


def _candidates(keys: Mapping[str, Sequence[int]]) -> dict[str, Old]:
    """The old mentions that share a key with a new one, by key, in the order in which they were stored."""
    counts = _counts({key for listed in keys.values() for key in listed})
    wanted: set[int] = set()
    for listed in keys.values():
        wanted.update(_telling(listed, counts))
    found: set[int] = set()
    for key in sorted(wanted, key=lambda key: (counts[key], key)):
        rows = LinkKey.objects.filter(key=key).order_by("-statement").values_list("statement", flat=True)
        found.update(rows[:CANDIDATES])
    statements = Statement.objects.filter(pk__in=found, current=True, event__isnull=False).order_by("pk")
    rows_ = statements.values_list("key", "features", "event__public_id")
    return {key: Old(_features.decode(bytes(features)), event) for key, features, event in rows_}


def _telling(keys: Iterable[int], counts: Mapping[int, int]) -> list[int]:
    """The rarest keys, until they lead to as many old mentions as a new one is compared with."""
    chosen: list[int] = []
    reached = 0
    for key in sorted((key for key in keys if counts.get(key)), key=lambda key: (counts[key], key)):
        if reached >= CANDIDATES:
            break
        chosen.append(key)
        reached += counts[key]
    return chosen


def _counts(keys: Iterable[int]) -> dict[int, int]:
    listed = sorted(keys)
    counts: dict[int, int] = {}
    for start in range(0, len(listed), TOGETHER):
        rows = LinkKey.objects.filter(key__in=listed[start : start + TOGETHER]).values_list("key")
        counts.update(rows.annotate(n=Count("pk")))
    return counts


def _unused(assigned: Mapping[str, str], old: set[str]) -> dict[str, str]:
    """New ids that the record has had already get a number behind them."""
    fresh = {event for event in assigned.values() if event not in old}
    taken = set(Event.objects.filter(public_id__in=fresh).values_list("public_id", flat=True))
    renamed = {event: _next(event) for event in sorted(taken)}
    return {key: renamed.get(event, event) for key, event in assigned.items()}


def _next(event: str) -> str:
    beside = Event.objects.filter(public_id__startswith=f"{event}-").count()
    return f"{event}-{beside + 2}"


def encode(mention: LinkMention) -> bytes:
    """A mention as it is kept with its statement."""
    return _encode(mention)
