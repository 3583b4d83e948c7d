"""What "the town", "it" or "the siege" is about: the place that the article is on at that point.

A place counts for more the more often it is named, the nearer it is, and if the article has already
said of it that somebody holds or takes it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from spacy.tokens import Span as Tokens

from reportedly import lexicons

#: What a sentence of distance costs, what being fought over is worth, and the least that will do.
DISTANCE, FRONT, LEAST = 1.0, 3.0, -6.0
#: What it costs "the town" that a name is a region's.
WIDE = 4.0
#: What it costs a name that it only stands beside a noun.
BESIDE = 2.0
#: What it is worth for "the country" that somebody of it is in the sentence.
OWN = 2.0
SENTENCE = 25
#: How many mentions back a place is sought.
MENTIONS = 80


@dataclass(frozen=True)
class Pending:
    """A word that stands for a place: its position, its sentence's start, and its kind.

    Kinds: those of control_place_nouns.tsv, "any" (a pronoun), "new" ("a town", named after it) and
    "front" (a trigger without place, which only a place that is held or fought over will do for).
    `nations` are those of the actors of the sentence (ISO 3166-1 alpha-3), for "the country".
    """

    position: int
    sentence: int
    kind: str
    nations: frozenset[str] = frozenset()


class Focus:
    """The places that an article names, by how much it is about them."""

    def __init__(self, mentions: list[Tokens], wide: frozenset[str], beside: frozenset[int]) -> None:
        """Args: the mentions in text order; the names of regions, which "the town" hardly stands for; the first
        tokens of mentions that only stand beside a noun ("the Manbij council")."""
        self.mentions = mentions
        self.wide = wide
        self.beside = beside
        self.starts = [span.start for span in mentions]
        self.counts = Counter(span.text for span in mentions if span.start not in beside)
        self.firsts: dict[str, int] = {}
        for span in mentions:
            self.firsts.setdefault(span.text, span.start)
        self.fronts: Counter[str] = Counter()

    def find(self, pending: Pending) -> Tokens | None:
        """The mention that a word stands for."""
        if pending.kind == "new":
            return self._next(pending.position)
        best, best_score = None, LEAST
        until = bisect_left(self.starts, pending.position)
        for span in self.mentions[max(0, until - MENTIONS) : until]:
            if (span.text in countries()) != (pending.kind == "country"):
                continue
            if pending.kind == "country" and span.start in self.beside:
                continue
            if pending.kind == "front" and not self.fronts[span.text]:
                continue
            score = self._score(span, pending)
            if score >= best_score:
                best, best_score = span, score
        return best

    def _score(self, span: Tokens, pending: Pending) -> float:
        name = span.text
        if pending.kind == "country":
            near = log2(1 + self.counts[name]) - (pending.position - span.start) / (2 * SENTENCE)
            return near + (OWN if countries().get(name) in pending.nations else 0.0)
        score = min(self.counts[name], 4) + (FRONT if self.fronts[name] else 0.0)
        if span.start < pending.sentence:
            score -= DISTANCE * (1 + (pending.sentence - span.start) / SENTENCE)
        if name in capitals():
            score -= 2.0
        if span.start in self.beside:
            score -= BESIDE
        if name in self.wide and pending.kind in ("settlement", "quarter"):
            score -= WIDE
        aside = span.root.dep_ == "pobj" and span.root.head.lower_ in ("near", "from", "outside")
        return score - (1.0 if aside else 0.0)

    def _next(self, position: int) -> Tokens | None:
        """The first place named after "a town" that was not named before it, if it comes soon."""
        for span in self.mentions[bisect_left(self.starts, position) :]:
            if span.start > position + 2 * SENTENCE:
                return None
            if self.firsts[span.text] == span.start and span.text not in countries() and span.text not in capitals():
                return span
        return None


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The names of countries, which "the town" never stands for, with their codes (ISO 3166-1 alpha-3)."""
    states = lexicons.rows("actors_states.tsv")
    return {name: row["country"] for row in states for name in (row["name"], *row["aliases"].split("|")) if name}


@lru_cache(maxsize=1)
def capitals() -> frozenset[str]:
    """The seats of governments, whose names mostly stand for the government."""
    return frozenset(name for row in lexicons.rows("actors_states.tsv") for name in row["capitals"].split("|") if name)


@lru_cache(maxsize=1)
def demonyms() -> frozenset[str]:
    """The words for the people of states ("Turkish", "Turk")."""
    return frozenset(name for row in lexicons.rows("actors_states.tsv") for name in row["demonyms"].split("|") if name)
