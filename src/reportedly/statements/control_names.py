"""The place names of an article, and places as phrases give them.

Names come from the layer of places and, where that has none, from the recogniser's names of places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.data import Participant
from reportedly.statements import spans
from reportedly.statements.actors_registry import leader
from reportedly.statements.control_clause import word_set
from reportedly.statements.control_focus import Focus, Pending, demonyms
from reportedly.statements.control_frames import hashed

TOPONYM = frozenset({"GPE", "LOC", "FAC"})
DIRECTIONS = word_set("directions")
HYPHENS = frozenset({"-", "‑"})


@dataclass(frozen=True)
class Site:
    """A place as a phrase gives it.

    `name` is a name or the story's words; `kind` is "name", "part" or the kind of the common noun;
    `resolved` is False for words that no name stands behind; `pending` is what is still to be looked
    up in the article's focus; `before` stands before the name ("most of").
    """

    name: str
    tokens: Tokens
    kind: str
    resolved: bool = True
    pending: Pending | None = None
    before: str = ""


class Names:
    """The place names of one article, by token, and what it is about at each point (`focus`)."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.names: dict[int, Tokens] = {}
        self.mentions: dict[tuple[int, int], Participant] = doc._.mentions
        self._read()
        named = {span.start: span for span in self.names.values() if _names_place(span)}
        beside = frozenset(start for start, span in named.items() if not _stands_alone(span))
        wide = frozenset(place.text for place in doc._.places if place.precision in ("region", "area"))
        self.focus = Focus([named[start] for start in sorted(named)], wide, beside)

    def _read(self) -> None:
        for place in self.doc._.places:
            if not self._actor(place.start, place.end):
                self._add(spans.tokens_at(self.doc, place.start, place.end))
        self.people = {
            entity.name.split()[-1]
            for entity in self.doc._.entities
            if entity.type == "Person" and entity.name and " " in entity.name
        }
        for ent in self.doc.ents:
            if (
                ent.label_ in TOPONYM
                and ent.text not in self.people  # the surname of somebody whom the article names in full
                and not self._actor(ent.start_char, ent.end_char)
                and not any(i in self.names for i in range(ent.start, ent.end))
            ):
                self._add(ent)
        known = frozenset(s[0].orth for s in self.names.values() if len(s) == 1 and len(s[0]) > 3)
        for token in hashed(self.doc, "ORTH", known) if known else ():
            if token.i not in self.names and token.pos_ == "PROPN":
                self._add(self.doc[token.i : token.i + 1])

    def _actor(self, start: int, end: int) -> bool:
        """True for the name of a known group or force, which the parser may take for a place ("Daesh")."""
        known = self.mentions.get((start, end))
        return known is not None and known.id is not None and known.sector not in (None, "GOV")

    def _add(self, span: Tokens) -> None:
        start = span.start + 1 if len(span) > 1 and span[0].lower_ == "the" else span.start
        span = self.doc[start : span.end]
        for position in range(span.start, span.end):
            self.names[position] = span

    def named(self, token: Token) -> bool:
        """True if a token is part of a place name."""
        return token.i in self.names

    def kind(self, noun: Token) -> str | None:
        """The kind of a common noun for a place, if it is one."""
        return kinds().get(noun.lemma_.lower()) if noun.i not in self.names else None

    def fought_over(self, site: Site) -> None:
        """Note that somebody is said to hold or take a place: "the town" then rather means it."""
        if site.kind == "name" or (site.resolved and site.pending is None):
            for name in {self.names[token.i].text for token in site.tokens if token.i in self.names}:
                self.focus.fronts[name] += 1

    def it(self, pronoun: Token) -> Site:
        """The place that "its" means in "its fall"."""
        return self._pending(pronoun, "any")

    def near(self, token: Token) -> Site:
        """The place that a trigger without one ("the siege") is about."""
        return self._pending(token, "front")

    def _pending(self, head: Token, kind: str, name: str = "") -> Site:
        nations = self._nations(head.sent) if kind == "country" else frozenset()
        pending = Pending(head.i, head.sent.start, kind, nations)
        return Site(name, self.doc[head.i : head.i + 1], kind, pending=pending)

    def _nations(self, sentence: Tokens) -> frozenset[str]:
        start, end = sentence.start_char, sentence.end_char
        return frozenset(m.country for (at, _), m in self.mentions.items() if m.country and start <= at < end)

    def _name(self, head: Token) -> Site:
        span = self.names[head.i]
        while span.start > span.sent.start and self.doc[span.start - 1].lower_ in DIRECTIONS:
            hyphen = span.start - 2 > span.sent.start and self.doc[span.start - 2].text in HYPHENS
            span = self.doc[span.start - (3 if hyphen else 1) : span.end]
        if head.head.lemma_ in kinds() and head.dep_ in ("compound", "nmod") and head.head.i == span.end:
            span = self.doc[span.start : span.end + 1]
        return Site(span.text, span, "name")

    def _person(self, head: Token) -> bool:
        """True for a name that is somebody's, not a place ("the fall of Assad")."""
        return head.text in self.people or leader(head.text) is not None

    def _proper(self, head: Token) -> Site:
        start = min([head.i, *(c.i for c in head.lefts if c.dep_ == "compound" or c.lower_ in DIRECTIONS)])
        span = self.doc[start : head.i + 1]
        return Site(span.text, span, "name")

    def _dated(self, token: Token) -> bool:
        """True for a word of a date expression ("control in January")."""
        return any(date.start <= token.idx < date.end for date in self.doc._.dates)


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """The common nouns for places and the kind of each (control_place_nouns.tsv)."""
    return {row["noun"]: row["kind"] for row in lexicons.rows("control_place_nouns.tsv")}


def _names_place(span: Tokens) -> bool:
    """False for "US-backed" and for demonyms."""
    root = span.root
    hyphened = root.i + 1 < len(root.doc) and root.nbor().text in HYPHENS
    return not (root.dep_ == "npadvmod" and hyphened) and root.text not in demonyms()


def _stands_alone(span: Tokens) -> bool:
    """False for a name that only modifies ("the Damascus government")."""
    root = span.root
    return root.dep_ not in ("compound", "amod", "nmod") or root.head.pos_ == "PROPN" or root.head.lemma_ in kinds()
