"""What speaks against one event where two articles report it by themselves.

The weights of the model are an average over everything that is mentioned, most of it without type, place or people. Of
two coded events more is told; where it differs, they are the less one event the more exact it is. One report may be
wrong, and who did it may be disputed: so this is evidence and forbids nothing, but that another's words are another
speech act.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

from reportedly.events import linking_records
from reportedly.events.linking_model import Scorer, level_of
from reportedly.events.mentions import LinkMention

#: Log-odds of two mentions that are certainly of two events.
CERTAIN = -100.0
#: Average log-odds from which two events that their articles report by themselves are one.
TOLD = -1.5
#: What counts against two coded events being one, in nats, over what the model has.
AGAINST = {
    ("type", "another type"): 0.5,
    ("time", "dates up to two weeks apart"): 0.5,
    ("time", "dates further apart"): 1.0,
    ("place", "further apart"): 0.5,
    ("place", "far apart"): 1.0,
    ("actors", "others"): 0.5,
    ("recipients", "others"): 0.5,
}
#: PLOVER's types that are words: who speaks is what they are.
SPEECH = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


def is_told(mention: LinkMention) -> bool:
    """Whether it is an event that its article reports by itself."""
    return mention.type is not None and mention.aside is None


def told(mentions: Iterable[LinkMention]) -> frozenset[str]:
    """The keys of the mentions that are told."""
    return frozenset(mention.key for mention in mentions if is_told(mention))


class Weighing:
    """The log-odds by which a match counts, given its mentions."""

    def __init__(self, scorer: Scorer, mentions: Iterable[LinkMention]) -> None:
        self.scorer = scorer
        self.mentions = {mention.key: mention for mention in mentions}
        self.against = {(name, level_of(scorer.model, name, label)): by for (name, label), by in AGAINST.items()}

    def odds(self, a: str, b: str, probability: float, levels: Sequence[int]) -> float:
        """What was on other days far away is not the same, however alike, nor is what another says."""
        found = dict(zip(self.scorer.comparisons, levels, strict=True))
        if all(found[name] == level for name, level in self.scorer.apart):
            return CERTAIN
        one, other = self.mentions.get(a), self.mentions.get(b)
        if one is None or other is None or not (is_told(one) and is_told(other)):
            return log_odds(probability)
        if other_words(one, other):
            return CERTAIN
        return log_odds(probability) - sum(self.against.get(item, 0.0) for item in found.items())


def other_words(one: LinkMention, other: LinkMention) -> bool:
    """Whether one is a speech act and the other none, or one of another speaker."""
    speech = {one.type in SPEECH, other.type in SPEECH}
    if speech == {True, False}:
        return True
    return speech == {True} and bool(one.actors and other.actors) and set(one.actors).isdisjoint(other.actors)


def contradicting(found: Sequence[LinkMention]) -> Iterator[tuple[str, str]]:
    """The pairs of one article with tolls that differ by more than a factor of two: in one account these are the dead
    of two events, while in two accounts they may be a dispute, or an early count and a late one."""
    tolls = [(mention, toll) for mention in found if (toll := linking_records.toll(mention)) is not None]
    for (one, few), (other, many) in itertools.combinations(tolls, 2):
        if one.article == other.article and max(few, many) > 2 * min(few, many):
            yield one.key, other.key


def log_odds(probability: float) -> float:
    """Natural log-odds, kept finite."""
    bounded = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(bounded / (1 - bounded))
