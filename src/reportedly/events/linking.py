"""Linking: which mentions, in one article or many, are of the same event.

    linker = Linker(settings)
    new = linker.mentions(article)
    old = … all of the old articles that share most of `linker.story(new)`, and some that share one of
          `linker.keys(mention)` …
    matches = linker.match(new, old)
    events = linker.assign(new, matches, {mention.key: its event's id for old mentions})

Record linkage after Fellegi and Sunter (1969), by Splink on DuckDB; `clustering` makes events of the matches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from reportedly.data import CodedArticle, Event
from reportedly.events import clustering, linking_keys, linking_model, mentions
from reportedly.events.clustering import Least, event_id
from reportedly.events.encoder import EventEncoder
from reportedly.events.linking_model import Scorer
from reportedly.events.linking_told import CERTAIN, TOLD, Weighing, contradicting, told
from reportedly.events.mentions import LinkMention
from reportedly.settings import Settings

#: Average log-odds from which mentions are one event, and how many articles are matched in one go.
JOINED, TOGETHER = -2.5, 40
#: Old articles of the same story, and old mentions by other keys, that an article is compared with at most.
ARTICLES, MENTIONS = 40, 600


class Match(Struct, frozen=True, kw_only=True):
    """Two mentions, by key, and the probability that they are of one event. `levels` says how alike they are in
    each comparison of the model, in the model's order (-1: not known)."""

    a: str
    b: str
    probability: float
    levels: tuple[int, ...] = ()


class Step(Struct, frozen=True, kw_only=True):
    """One bar of a match's waterfall: what was compared, how alike it is, and the evidence in bits (log2 of the
    Bayes factor) for (above 0) or against one event. The first step is the prior, before anything is compared."""

    comparison: str
    level: str
    bits: float


class Linker:
    """Links mentions by the shipped model. Models and connection are opened at first use and kept.

    Args:
        joined: average log-odds from which mentions are one event; `told` likewise, for those that are events of
            their articles among themselves.
    """

    def __init__(
        self, settings: Settings, scorer: Scorer | None = None, *, joined: float = JOINED, told: float = TOLD
    ) -> None:
        self.settings = settings
        self.joined, self.told = joined, told
        self.scorer = scorer or Scorer()
        self.encoder = EventEncoder()

    def mentions(self, article: CodedArticle) -> list[LinkMention]:
        """The mentions of an article, its coded events first and in their order."""
        return mentions.describe(article, mentions.found(article, self.encoder))

    def story(self, found: Sequence[LinkMention]) -> list[int]:
        """The rarest terms of an article, given its mentions: the old articles that share most of them, `ARTICLES` at
        most, are those whose mentions a store gives to `match`."""
        return linking_keys.story(found[0]) if found else []

    def keys(self, mention: LinkMention) -> list[str]:
        """Where and when, and by or to whom: what a store looks up more old mentions by, `MENTIONS` at most."""
        return linking_keys.keys(mention)

    def match(self, new: Sequence[LinkMention], old: Sequence[LinkMention]) -> list[Match]:
        """Every pair of a new mention with an old or another new one that may be of one event."""
        return [
            Match(a=one.a, b=one.b, probability=one.probability, levels=one.levels)
            for one in self.scorer.score(new, old)
        ]

    def explain(self, match: Match) -> list[Step]:
        """The waterfall of a match's score: the bits of the steps add up to the log-odds of its probability."""
        steps = [Step(comparison="prior", level="two mentions that are compared", bits=self.scorer.prior)]
        for comparison, level in zip(self.scorer.model["comparisons"], match.levels, strict=True):
            found = linking_model.named(comparison, level)
            label, weight = found["label_for_charts"], linking_model.bits(comparison, level)
            steps.append(Step(comparison=comparison["output_column_name"], level=label, bits=weight))
        return steps

    def assign(
        self,
        new: Sequence[LinkMention],
        matches: Iterable[Match],
        events: Mapping[str, str],
        old: Sequence[LinkMention] = (),
    ) -> dict[str, str]:
        """The event id of every new mention, by key: one of `events` (id by key of old mentions), or a new id
        "e-…", made of the key of the new event's first mention. `old` are the mentions that `events` are of."""
        odds = self._odds(matches, [*new, *old])
        odds.update(dict.fromkeys(contradicting(new), CERTAIN))
        return clustering.assigned([mention.key for mention in new], odds, events, self._least([*new, *old]))

    def link(self, articles: Sequence[CodedArticle], done: Callable[[], None] = lambda: None) -> Iterator[CodedArticle]:
        """The articles again, in order, each event with the id of the event that it is of; mentions that the coding
        does not report as events are added behind, with the reason in `aside`. `done` is called for each that is
        read."""
        found = []
        for article in articles:
            found.append(self.mentions(article))
            done()
        matches = self._all_matches(found)
        everything = [mention for listed in found for mention in listed]
        odds = self._odds(matches, everything)
        for listed in found:
            odds.update(dict.fromkeys(contradicting(listed), CERTAIN))
        groups = clustering.groups([mention.key for mention in everything], odds, self._least(everything))
        events = {key: event_id(group) for group in groups for key in group}
        for article, listed in zip(articles, found, strict=True):
            yield linked(article, listed, events)

    def _odds(self, matches: Iterable[Match], known: Iterable[LinkMention]) -> dict[tuple[str, str], float]:
        """The log-odds by which each match counts."""
        weighing = Weighing(self.scorer, known)
        return {(one.a, one.b): weighing.odds(one.a, one.b, one.probability, one.levels) for one in matches}

    def _least(self, mentions: Iterable[LinkMention]) -> Least:
        return Least(self.joined, self.told, told(mentions))

    def _all_matches(self, found: Sequence[Sequence[LinkMention]]) -> Iterator[Match]:
        """Every article's mentions against those before it, some articles at a time, so that memory is bounded."""
        before = Shelf()
        for start in range(0, len(found), TOGETHER):
            listed = [article for article in found[start : start + TOGETHER] if article]
            old = before.beside(listed)
            yield from self.match([mention for article in listed for mention in article], old)
            before.put(listed)


class Shelf:
    """Mentions of earlier articles in memory, looked up as a store does."""

    def __init__(self) -> None:
        self._articles: dict[str, Sequence[LinkMention]] = {}
        self._stories: dict[int, list[str]] = defaultdict(list)
        self._keys: dict[str, list[LinkMention]] = defaultdict(list)

    def put(self, articles: Iterable[Sequence[LinkMention]]) -> None:
        """Keep the mentions of some articles."""
        for listed in articles:
            self._articles[listed[0].article] = listed
            for term in linking_keys.story(listed[0]):
                self._stories[term].append(listed[0].article)
            for mention in listed:
                for key in linking_keys.keys(mention):
                    self._keys[key].append(mention)

    def beside(self, articles: Iterable[Sequence[LinkMention]]) -> list[LinkMention]:
        """The mentions that those of some articles are to be compared with."""
        found: dict[str, LinkMention] = {}
        for listed in articles:
            shared = Counter(name for term in linking_keys.story(listed[0]) for name in self._stories[term])
            for name, _ in shared.most_common(ARTICLES):
                found.update((mention.key, mention) for mention in self._articles[name])
            keys = {key for mention in listed for key in linking_keys.keys(mention)}
            more = [mention for key in sorted(keys) for mention in self._keys[key] if mention.key not in found]
            found.update((mention.key, mention) for mention in more[:MENTIONS])
        return list(found.values())


def linked(article: CodedArticle, found: Sequence[LinkMention], events: Mapping[str, str]) -> CodedArticle:
    """The article with an event id on each of its events, and with the mentions that linking has added."""
    own = {mention.coded: events[mention.key] for mention in found if mention.coded is not None}
    coded = [msgspec.structs.replace(event, event=own[index]) for index, event in enumerate(article.events)]
    added = [_added(mention, events[mention.key]) for mention in found if mention.coded is None]
    return msgspec.structs.replace(article, events=coded + added)


def _added(mention: LinkMention, event: str) -> Event:
    return Event(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        type=mention.type,
        event=event,
        aside=mention.aside or "mention",
    )
