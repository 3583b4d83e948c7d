"""A new article's mentions against those of the record: which events they are of.

Old mentions are looked up in two ways (`linking_lookup`), each bounded, so that the work does not grow with the record. What people decided stands: mentions that were split are not put together again,
and an event that was merged leads on to the one that it was merged into.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from reportedly.events.linking import Linker, Match
from reportedly.events.mentions import LinkMention
from reportedly.record import decisions, hashing, linking_kept, linking_lookup, writing
from reportedly.record.decisions import Constraints
from reportedly.record.linking_kept import Earlier
from reportedly.record.linking_lookup import Old
from reportedly.record.models import Article, Event, LinkKey, Statement, StoryTerm

#: Average log-odds from which the record takes mentions for one event: more likely than not. `reportedly link` asks
#: for less, since it is measured by how many links it finds; of a record, people check every line.
JOINED = 0.0
#: Matches below this are not told as the reason of a link.
LEAST = 0.5


class Linked(msgspec.Struct, frozen=True):
    """The rows that are mentions, each with its keys; the terms of the story, and the article's profile. `untold` are
    the keys of the mentions that are not kept."""

    rows: list[tuple[Statement, list[int]]]
    story: list[int]
    profile: bytes
    untold: frozenset[str]

    def keep_keys(self, article: Article) -> None:
        """Keep by what an article, whose statements are stored by now, and its mentions are looked up later."""
        Article.objects.filter(pk=article.pk).update(profile=self.profile)
        StoryTerm.objects.filter(article=article).delete()
        StoryTerm.objects.bulk_create(StoryTerm(term=term, article=article) for term in self.story)
        LinkKey.objects.bulk_create(LinkKey(key=key, statement=row) for row, keys in self.rows for key in keys)


def link(
    linker: Linker, rows: Sequence[Statement], mentions: Sequence[LinkMention], earlier: Earlier | None = None
) -> Linked:
    """Give every event and statement of control of an article, not stored yet, its event and why.

    A mention that linking added is kept only where it is of an event that some article reports: of what is only
    touched upon there is no event to show, and there is very much of it.

    Args:
        earlier: the article's statements before; what is still there stays in its event.
    """
    reports = {row.key: writing.report(row) for row in rows}
    constraints = decisions.constraints().aligned(reports.values())
    links = Links(linker, mentions, constraints, earlier.kept(reports.values()) if earlier else {})
    linked = links.assign()
    untold = links.untold(linked)
    linked = {key: event for key, event in linked.items() if key not in untold}
    counting = {key: constraints.effective(key, event) for key, event in linked.items()}
    events = _events([*linked.values(), *counting.values()])
    members = {**{key: old.event for key, old in links.old.items()}, **linked}
    by_key = {row.key: row for row in rows}
    found = [(by_key[mention.key], mention) for mention in mentions if mention.key in linked and mention.key in by_key]
    for row, mention in found:
        row.linked, row.event = linked[row.key], events[counting[row.key]]
        row.features = linking_lookup.encode(mention)
        row.probability, row.because = links.because(row.key, members)
    _share_events(rows)
    return Linked([(row, links.keys[mention.key]) for row, mention in found], links.story, links.profile, untold)


def _events(wanted: Iterable[str]) -> dict[str, Event]:
    """The events of some ids; those that are not there yet are made."""
    ids = sorted(set(wanted))
    found = {event.public_id: event for event in Event.objects.filter(public_id__in=ids)}
    made = Event.objects.bulk_create(Event(public_id=name) for name in ids if name not in found)
    return found | {event.public_id: event for event in made}


def _share_events(rows: Sequence[Statement]) -> None:
    """What an event says on control is of the same event as the event itself."""
    own = {(row.start, row.end): row for row in rows if row.layer == "event" and row.event is not None}
    for row in rows:
        beside = own.get((row.start, row.end))
        if row.layer == "control" and row.event is None and beside is not None:
            row.event, row.linked = beside.event, beside.linked


class Links:
    """The events of a new article's mentions, and why."""

    def __init__(
        self, linker: Linker, mentions: Sequence[LinkMention], constraints: Constraints, kept: Mapping[str, str]
    ) -> None:
        self.linker, self.mentions, self.constraints, self.kept = linker, mentions, constraints, kept
        self.keys = {mention.key: [hashing.number(key) for key in linker.keys(mention)] for mention in mentions}
        self.story = linker.story(mentions)
        self.profile = mentions[0].profile if mentions else b""
        self.old: dict[str, Old] = {}
        self.matches: dict[str, list[Match]] = defaultdict(list)

    def assign(self) -> dict[str, str]:
        """Event ids by key; new ids are such as the record has never had."""
        self.old = linking_lookup.old(self.story, self.keys, self.constraints)
        beside = [old.mention for old in self.old.values()]
        matches = self.linker.match(self.mentions, beside)
        for match in matches:
            self.matches[match.a].append(match)
            self.matches[match.b].append(match)
        known = {key: old.event for key, old in self.old.items()}
        assigned = self.linker.assign(self.mentions, matches, known, beside)
        events = set(known.values())
        return linking_kept.stay(linking_kept.unused(assigned, events), self.kept, events)

    def untold(self, linked: Mapping[str, str]) -> frozenset[str]:
        """The added mentions that are of no event that the record or the article itself reports."""
        told = {old.event for old in self.old.values()} | set(self.kept.values())
        told |= {linked[mention.key] for mention in self.mentions if mention.coded is not None}
        return frozenset(one.key for one in self.mentions if one.coded is None and linked[one.key] not in told)

    def because(self, key: str, members: Mapping[str, str]) -> tuple[float | None, Any]:
        """The best match of a mention with another of its event: its probability, and the waterfall."""
        best = self._best(key, members)
        if best is None:
            return None, None
        steps = [[step.comparison, step.level, round(step.bits, 3)] for step in self.linker.explain(best)]
        return best.probability, {"with": best.b if best.a == key else best.a, "steps": steps}

    def _best(self, key: str, members: Mapping[str, str]) -> Match | None:
        event = members[key]
        beside = (
            match
            for match in self.matches[key]
            if match.probability >= LEAST and members.get(match.b if match.a == key else match.a) == event
        )
        return max(beside, key=lambda match: match.probability, default=None)
