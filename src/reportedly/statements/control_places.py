"""Which place a noun phrase means: a name, a name that "the town" stands for, or the story's words.

Names come from the layer of places and, where that has none, from the parser's entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements.control_clause import phrase, prepositions, word_set
from reportedly.statements.control_focus import capitals, countries, demonyms
from reportedly.statements.control_frames import among
from reportedly.statements.control_names import Names, Site, kinds

#: Labels that the parser's entities often give to a place it does not know.
MISTAKEN = frozenset({"", "PERSON", "ORG", "LANGUAGE", "DATE", "NORP"})
CALLED = word_set("called")
DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "these", "those"})
EVERY = word_set("every")
PRONOUNS = frozenset({"it", "there", "which"})
CLAUSES = frozenset({"relcl", "acl", "appos", "advcl", "parataxis", "conj", "cc", "preconj"})
#: Modifiers that leave "the town" as it is; any other says which of several ("the last town").
LOOSE = word_set("loose_modifiers")
#: A name in a headline that a preposition says is a place.
HEADLINE = re.compile(r"\b(?:in|at|near|from|outside|inside) ((?:al-|el-)?[A-Z][\w’'-]*[\w])")
QUOTES = str.maketrans("", "", '“”"')
#: How far, in tokens, "two towns" may be from "the towns of X and Y".
GROUPED = 120
NEAR = ("in", "near", "along", "around", "across", "on", "between", "from", "of")


class Gazette(Names):
    """The place names of one article and what its other words for places stand for."""

    def final(self, site: Site) -> Site | None:
        """A site with what was left pending looked up in the article's focus; None if nothing fits."""
        if site.pending is None:
            return replace(site, name=site.name.translate(QUOTES).strip())
        span = self.focus.find(site.pending)
        headline = self._headline() if span is None and site.pending.kind == "settlement" else None
        if span is None and not site.name:
            return None
        name = headline or site.name if span is None else self._called(span, site.pending.kind)
        name = " ".join(f"{site.before} {name}".translate(QUOTES).split())
        return replace(site, name=name, tokens=span or site.tokens, resolved=span is not None, pending=None)

    def _called(self, span: Tokens, kind: str) -> str:
        """What a place is called again: "the country" named as "northern Iraq" is Iraq."""
        return span.text if kind == "country" else self._name(span.root).name

    def _headline(self) -> str | None:
        """The place that the headline names, for "the village" of a text that never does."""
        for found in HEADLINE.finditer(self.doc._.article.title or ""):
            name = found.group(1)
            if name not in countries() and name not in capitals() and name not in demonyms():
                return name
        return None

    def sites(self, head: Token, strict: bool = True) -> list[Site]:
        """The places that a phrase names, one for each part of "Mosul, Ramadi and Fallujah".

        Args:
            head: the head of the phrase.
            strict: leave out a proper name that nothing says is a place.
        """
        several = self._several(head)
        first = self.site(head, strict) if not several else None
        if first is None:
            return several
        root = first.tokens.root
        listed = [*head.conjuncts, *(root.conjuncts if root != head else ())]
        others = [self.site(other, strict) for other in listed if other.i > head.i]
        return [first, *(site for site in others if site is not None and site.resolved)]

    def _several(self, head: Token) -> list[Site]:
        """The names that "the towns", or before them "two towns", stand for: those of "the towns of Fua and Kefraya"."""
        if head.tag_ != "NNS" or self.kind(head) is None:
            return []
        if examples := self._examples(head):
            return examples
        if self.kind(head) != "settlement" or any(name == "of" for name, _ in prepositions(head)):
            return []
        number = next((child.lower_ for child in head.children if child.dep_ == "nummod"), "")
        definite = any(child.lower_ in DEFINITE for child in head.children)
        alike = [(noun, names) for noun, names in self._groups() if noun.lemma_ == head.lemma_]
        if number and not definite:
            alike = [g for g in alike if head.i < g[0].i < head.i + GROUPED and _numbers().get(number) == len(g[1])]
        elif definite and not self._restricted(head):
            alike = [group for group in alike if head.i - GROUPED < group[0].i < head.i][-1:]
        else:
            return []
        return [self._name(name) for name in alike[0][1]] if alike else []

    def _examples(self, head: Token) -> list[Site]:
        """The names in "areas including Aleppo and Darayya"."""
        given = [filler for name, filler in prepositions(head) if name in ("including", "as", "like")]
        return [self._name(word) for filler in given for word in (filler, *filler.conjuncts) if self.named(word)]

    def _groups(self) -> Iterator[tuple[Token, list[Token]]]:
        """Plural nouns with the places that they name: "the towns of Fua and Kefraya"."""
        for noun in among(self.doc, "LEMMA", _settlements()):
            of = [f for name, f in prepositions(noun) if name == "of"] if noun.tag_ == "NNS" else []
            names = [word for f in of for word in (f, *f.conjuncts) if self.named(word)]
            if len(names) > 1:
                yield noun, names

    def site(self, head: Token, strict: bool = True) -> Site | None:
        """The place that one phrase means."""
        if self.named(head):
            return self._name(head)
        if head.lower_ in PRONOUNS:
            return self._pending(head, "any")
        kind = self.kind(head)
        if kind is not None:
            return self._described(head, kind)
        people = head.ent_type_ == "NORP" and (head.tag_ != "NNP" or head.text in demonyms())
        people = people or (head.ent_type_ == "DATE" and self._dated(head))
        proper = head.pos_ == "PROPN" and not strict and head.ent_type_ in MISTAKEN and not people
        return self._proper(head) if proper and not self._person(head) else None

    def _described(self, head: Token, kind: str) -> Site | None:
        words = words_of(head)
        if kind == "part":
            return self._part(head, words)
        named = self._quarter(head, words) if kind == "quarter" else self._inside(head)
        if named is not None:
            return named
        plural_zone = kind == "zone" and head.tag_ == "NNS"
        if kind == "vague" or plural_zone:
            near = self.beside(head)
            return Site(words.text if plural_zone else near.name, words, kind) if near else None
        if kind == "country":
            return self._pending(head, kind, words.text)
        return self._common(head, kind, words)

    def _quarter(self, head: Token, words: Tokens) -> Site | None:
        """ "Ghouta, a suburb of Damascus" and "the Damascus suburb of Ghouta" are Ghouta; "a suburb of Damascus" keeps
        its words."""
        of = next((filler for name, filler in prepositions(head) if name == "of"), None)
        if of is None:
            return self._inside(head)
        if self.named(of) and any(c.dep_ in ("compound", "nmod") and self.named(c) for c in head.children):
            return self._name(of)
        return self._set_off(head) or Site(words.text, words, "part")

    def _common(self, head: Token, kind: str, words: Tokens) -> Site | None:
        """ "the town" (a name before it), "a town" (one after it), "the last town" (itself)."""
        singular = head.tag_ in ("NN", "NNP")
        restricted, beside = self._restricted(head), self.beside(head, ("in", "with", "outside", "along", "across"))
        definite = any(child.lower_ in DEFINITE or child.dep_ == "poss" for child in head.children)
        if kind != "own" and singular and not restricted and beside is None:
            if definite:
                return self._pending(head, kind, words.text)
            if kind == "settlement" and any(child.lower_ in ("a", "an", "one") for child in head.children):
                return self._pending(head, "new")
        every = any(child.lower_ in EVERY for child in head.children)
        telling = restricted or every or beside is not None or kind == "own" or (kind == "holdout" and singular)
        return Site(words.text, words, kind, resolved=False) if telling else None

    def _restricted(self, head: Token) -> bool:
        """True if the modifiers say which of several: "the last Isis-held town"."""
        modifiers = (c for c in head.children if c.dep_ in ("amod", "compound", "nmod", "nummod"))
        return any(c.lower_ not in LOOSE and c.text != "-" and c.lower_ != "one" for c in modifiers)

    def _part(self, head: Token, words: Tokens) -> Site | None:
        """ "most of the city": the words, with the name put in for what stands for it."""
        itself = Site(words.text, words, "part")
        if any(self.named(token) for token in words):
            return itself
        whole_head = next((filler for name, filler in prepositions(head) if name == "of"), None)
        whole = self.site(whole_head) if whole_head is not None else None
        if whole is None or whole_head is None:
            return replace(itself, resolved=False) if self._restricted(head) and whole_head is not None else None
        if whole.pending is None:
            return replace(itself, resolved=whole.resolved)
        start = words_of(whole_head).start
        while start - 1 > words.start and self.doc[start - 1].pos_ == "DET":
            start -= 1
        before = self.doc[words.start : start].text if start > words.start else ""
        return replace(whole, before=before, kind="part")

    def _inside(self, head: Token) -> Site | None:
        """The name that a description goes with: "the town of Baghuz", "Idlib province", "Baghuz, a town"."""
        for child in head.children:
            if child.dep_ in ("compound", "nmod", "amod", "appos") and self.named(child):
                return self._name(child)
            before = child.dep_ in ("amod", "compound") and child.pos_ == "PROPN" and child.i == head.i - 1
            if before and child.ent_type_ in ("", "PERSON", "LANGUAGE") and not child.text.isupper():
                return Site(self.doc[child.i : head.i + 1].text, self.doc[child.i : head.i + 1], "name")
            if child.dep_ == "appos" and child.pos_ == "PROPN" and not child.ent_type_:
                return self._proper(child)
            if child.dep_ == "acl" and child.lemma_ in CALLED and (called := self._named_by(child)) is not None:
                return called
        for name, filler in prepositions(head):
            inner = self.site(filler, strict=False) if name == "of" and filler.pos_ == "PROPN" else None
            if inner is not None and inner.kind == "name":
                if inner.tokens.root.text not in countries() or head.lemma_ not in kinds():
                    return inner
                return self._set_off(head) or Site(words_of(head).text, words_of(head), "part")  # "an area of Syria"
        return self._set_off(head)

    def _named_by(self, verb: Token) -> Site | None:
        """The name in "an enclave known as Afrin", "a town called Hajin"."""
        found = [filler for name, filler in prepositions(verb) if name == "as"]
        found += [child for child in verb.children if child.dep_ in ("oprd", "dobj", "attr")]
        return next((self._name(word) for word in found if self.named(word)), None)

    def _set_off(self, head: Token) -> Site | None:
        """The name just before a description in apposition: "Raqqa, once the group’s capital"."""
        left = head.left_edge.i + (head.left_edge.text == ",")
        while left - 1 > 0 and self.doc[left - 1].pos_ in ("ADV", "DET"):
            left -= 1
        before = self.doc[left - 2] if left > 1 and self.doc[left - 1].text == "," else None
        if head.dep_ == "appos" and self._is_name(head.head):
            before = head.head
        elif head.dep_ in ("nsubj", "nsubjpass", "conj", "dobj") and not _misplaced(head):
            return None
        if before is None or not self._is_name(before):
            return None
        return self._name(before) if self.named(before) else self._inside(before)

    def _is_name(self, token: Token) -> bool:
        """True of a name, and of the noun that ends one ("Idlib province")."""
        return self.named(token) or (
            token.lemma_ in kinds() and any(c.dep_ in ("compound", "nmod") and self.named(c) for c in token.children)
        )

    def beside(self, head: Token, prepositions_: tuple[str, ...] = NEAR) -> Site | None:
        """The place that a vague word lies in: "villages in eastern Syria", "where Isis holds territory"."""
        for name, filler in prepositions(head):
            site = self.site(filler) if name in prepositions_ else None
            if site is not None and site.kind == "name":
                return site
        for clause in head.children:
            if clause.dep_ == "relcl":
                site = next((s for n, f in prepositions(clause) if n == "in" and (s := self.site(f))), None)
                if site is not None and site.kind == "name":
                    return site
        verb = head.head
        if verb.dep_ == "relcl" and any(child.lower_ == "where" for child in verb.children):
            return self.site(verb.head)
        if head.dep_ == "pobj" and verb.head.dep_ == "attr" and verb.head.lemma_ in kinds():
            return next((self.site(c) for c in verb.head.head.children if c.dep_ == "nsubj"), None)
        return None


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    found = (row for row in lexicons.rows("figures_numbers.tsv") if row["kind"] == "cardinal")
    return {row["word"]: int(row["low"]) for row in found}


@lru_cache(maxsize=1)
def _settlements() -> frozenset[str]:
    return frozenset(noun for noun, kind in kinds().items() if kind == "settlement")


def _misplaced(noun: Token) -> bool:
    """True of what is mostly an apposition: an object behind another that it is not joined to, a noun joined to a
    verb."""
    if noun.dep_ == "conj":
        return noun.head.pos_ == "VERB"
    return noun.dep_ == "dobj" and any(child.dep_ == "dobj" and child.i < noun.i for child in noun.head.children)


def words_of(head: Token) -> Tokens:
    """The story's words for a phrase, without article, clauses and other parts of a list."""
    tokens = phrase(head, CLAUSES)
    start = tokens.start
    while start < head.i and (head.doc[start].dep_ == "mark" or head.doc[start].lower_ in ("the", "a", "an", "as")):
        start += 1
    clause = next((t for t in head.doc[head.i + 1 : tokens.end] if t.tag_ in ("WDT", "WRB", "WP")), None)
    end = tokens.end if clause is None else clause.i
    while end - 1 > head.i and head.doc[end - 1].pos_ in ("PUNCT", "ADP"):
        end -= 1
    return head.doc[start:end]
