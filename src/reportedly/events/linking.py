"""Linking: which mentions, in one article or many, are of the same event.

    linker = Linker(settings)
    new = linker.mentions(article)
    old = … those of the store that share one of `linker.keys(mention)` …
    matches = linker.match(new, old)
    events = linker.assign(new, matches, {mention.key: its event's id for old mentions})

Record linkage after Fellegi and Sunter (1969), by Splink on DuckDB; `clustering` makes events of the matches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from reportedly.data import CodedArticle
from reportedly.events.mentions import LinkMention
from reportedly.settings import Settings


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
    """Links mentions by the shipped model. Models and connection are opened at first use and kept."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def mentions(self, article: CodedArticle) -> list[LinkMention]:
        """The mentions of an article, its coded events first and in their order."""
        raise NotImplementedError

    def keys(self, mention: LinkMention) -> list[str]:
        """Two mentions that share none of these are not compared: what a store looks old mentions up by."""
        raise NotImplementedError

    def match(self, new: Sequence[LinkMention], old: Sequence[LinkMention]) -> list[Match]:
        """Every pair of a new mention with an old or another new one that may be of one event."""
        raise NotImplementedError

    def explain(self, match: Match) -> list[Step]:
        """The waterfall of a match's score: the bits of the steps add up to the log-odds of its probability."""
        raise NotImplementedError

    def assign(
        self, new: Sequence[LinkMention], matches: Iterable[Match], events: Mapping[str, str]
    ) -> dict[str, str]:
        """The event id of every new mention, by key: one of `events` (id by key of old mentions), or a new id
        "e-…", made of the key of the new event's first mention."""
        raise NotImplementedError

    def link(self, articles: Sequence[CodedArticle]) -> Iterator[CodedArticle]:
        """The articles again, in order, each event with the id of the event that it is of; mentions that the coding
        does not report as events are added behind, with the reason in `aside`."""
        raise NotImplementedError
