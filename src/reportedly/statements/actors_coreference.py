"""Pronouns and definite phrases that stand for somebody named before: "he said", "the alliance".

A cheap heuristic of recency, number, gender and grammatical role, after the salience factors of Lappin
and Leass (1994). It resolves only what is fairly sure: a false resolution is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.statements import actors_phrases, actors_registry, actors_roles
from reportedly.statements.actors_phrases import Identity

_SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_GROUPS = frozenset(("it", "they", "its", "their", "them"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_GENERAL = frozenset(("DET", "ADJ", "PUNCT", "VERB", "NOUN", "ADV", "PROPN"))
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
#: How many sentences back an antecedent may be: of a person, of a group by "they", of a definite phrase.
_REACH_PERSON, _REACH_GROUP, _REACH_PHRASE = 3, 1, 12


@dataclass(frozen=True)
class Referent:
    """Somebody mentioned at token `at`, in sentence number `sentence`."""

    identity: Identity
    at: int
    sentence: int
    subject: bool
    gender: str | None = None
    noun: str | None = None


@lru_cache(maxsize=1)
def _genders() -> dict[str, str]:
    return {row["word"]: row["gender"] for row in lexicons.rows("actors_gender.tsv")}


@lru_cache(maxsize=1)
def _anaphora() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Head nouns of definite phrases: the sectors that the group can have, words that its name can hold."""
    rows = lexicons.rows("actors_anaphora.tsv")
    return {row["noun"]: (frozenset(row["sectors"].split("|")), tuple(filter(None, row["words"].split("|")))) for row in rows}


def gender(tokens: Tokens) -> str | None:
    """The gender that the words of a phrase tell, if any."""
    found = {_genders()[token.lower_.rstrip(".")] for token in tokens if token.lower_.rstrip(".") in _genders()}
    return found.pop() if len(found) == 1 else None


class Resolver:
    """Goes through an article from left to right and remembers who was mentioned."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.sentence = [0] * len(doc)
        self.quoted = [False] * len(doc)
        self.referents: list[Referent] = []
        number, inside = 0, False
        for token in doc:
            number += bool(token.is_sent_start)
            self.sentence[token.i] = number
            if token.text in _QUOTES:
                inside = {"“": True, "”": False}.get(token.text, not inside)
            if "\n" in token.text:
                inside = False
            self.quoted[token.i] = inside

    def remember(self, tokens: Tokens, identity: Identity) -> None:
        """Note a mention, as a candidate for what follows."""
        if not (identity.name or identity.id):
            return
        root = tokens.root
        role = actors_roles.head_role(tokens)
        self.referents.append(
            Referent(identity, root.i, self.sentence[root.i], root.dep_ in _SUBJECTS, gender(tokens), role.noun if role else None)
        )

    def pronoun(self, token: Token) -> Identity | None:
        """Whom a pronoun stands for; None in quotations, and where nobody is fairly sure."""
        word = token.lower_
        if self.quoted[token.i]:
            return None
        if word in _SINGULAR:
            return self._person(token, _SINGULAR[word])
        if word in _GROUPS and token.dep_ in _SUBJECTS and _reports(token.head):
            return self._group(token)
        return None

    def _recent(self, at: int, reach: int) -> Iterator[Referent]:
        here = self.sentence[at]
        for referent in reversed(self.referents):
            if referent.at >= at:
                continue
            if here - referent.sentence > reach:
                return
            yield referent

    def _person(self, token: Token, needed: str) -> Identity | None:
        reach = [r for r in self._recent(token.i, _REACH_PERSON) if r.identity.kind == "person" and r.identity.name]
        fitting = [r for r in reach if self._gender_of(r) in (needed, None) and r.identity.id is None]
        return _surest(fitting)

    def _gender_of(self, referent: Referent) -> str | None:
        """The gender told anywhere in the article for the same person."""
        same = (r.gender for r in self.referents if r.identity.name == referent.identity.name and r.gender)
        return next(same, None)

    def _group(self, token: Token) -> Identity | None:
        reach = [r for r in self._recent(token.i, _REACH_GROUP) if r.identity.id and r.identity.kind != "person" and r.subject]
        return reach[0].identity if reach else None

    def definite(self, tokens: Tokens) -> Identity | None:
        """Whom a definite phrase without a name stands for ("the group", "the spokesman")."""
        root = tokens.root
        if tokens[0].lower_ not in ("the", "this", "that") or not _plain(tokens):
            return None
        listed = _anaphora().get(root.lemma_.lower())
        if listed and root.tag_ == "NNS":
            role = actors_roles.head_role(tokens)
            listed = None if self._bound(tokens) or not role or role.kind != "person" else listed
        if listed:
            return self._named_group(tokens, *listed)
        return self._office(tokens)

    def _bound(self, tokens: Tokens) -> bool:
        """True of "the Turkish-backed rebels": told apart from others, so not those named before."""
        return any(o.bound for o in actors_phrases.knowledge(self.doc).within(tokens.start_char, tokens.end_char))

    def _countries(self, tokens: Tokens) -> set[str]:
        """Where the words of a phrase say that a group is ("the Kurdish-led force"), if they do."""
        inside = actors_phrases.knowledge(self.doc).within(tokens.start_char, tokens.end_char)
        telling = [o.alias for o in inside if not o.bound or o.alias.naming == "people"]
        return {country for alias in telling for country in alias.countries}

    def _named_group(self, tokens: Tokens, sectors: frozenset[str], words: tuple[str, ...]) -> Identity | None:
        root, where = tokens.root, self._countries(tokens)
        seen: dict[str, Referent] = {}
        for referent in self._recent(root.i, _REACH_PHRASE):
            actor = actors_registry.find(referent.identity.id) if referent.identity.id else None
            sector = actor.sector if actor else referent.identity.sector
            name = (actor.name if actor else referent.identity.name or "").lower()
            if (where and referent.identity.country not in where) or _beside(self.doc[referent.at], root):
                continue
            fits = sector in sectors and referent.identity.kind != "object" and (actor or referent.identity.name)
            if fits and (not words or any(word in name for word in words)):
                seen.setdefault(name, referent)
        recent = list(seen.values())
        if not recent:
            return None
        first = recent[0]
        rivals = [r for r in recent[1:] if r.sentence == first.sentence]
        if rivals and not first.subject:
            return None if not any(r.subject for r in rivals) else next(r for r in rivals if r.subject).identity
        return first.identity

    def _office(self, tokens: Tokens) -> Identity | None:
        role = actors_roles.head_role(tokens)
        if not role or role.kind != "person" or tokens.root.tag_ != "NN":
            return None
        same = [r for r in self._recent(tokens.root.i, _REACH_PHRASE) if r.noun == role.noun and r.identity.kind == "person"]
        names = {r.identity.name for r in same}
        return same[0].identity if len(names) == 1 and same[0].identity.id is None else None


def _beside(a: Token, b: Token) -> bool:
    """True of two arguments of one verb, which are not the same ("X clashed with the rebels")."""
    return _verb(a) == _verb(b)


def _verb(token: Token) -> Token:
    """The verb that a noun is an argument of, directly or through prepositions."""
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def _surest(fitting: list[Referent]) -> Identity | None:
    """The most recent one; of several in one sentence, the subject, or nobody."""
    if not fitting:
        return None
    nearest = [r for r in fitting if r.sentence == fitting[0].sentence]
    names = {r.identity.name for r in nearest}
    if len(names) == 1:
        return nearest[0].identity
    subjects = {r.identity.name: r.identity for r in nearest if r.subject}
    return next(iter(subjects.values())) if len(subjects) == 1 else None


def _plain(tokens: Tokens) -> bool:
    """True if a phrase says no more of its head than general words ("the armed group")."""
    after = tokens.doc[tokens.end].lower_ if tokens.end < len(tokens.doc) else ""
    if after in ("of", "in", "from", "for", "which", "that", "who"):
        return False
    return len(tokens) <= 6 and all(token == tokens.root or token.pos_ in _GENERAL for token in tokens)


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return lexicons.words("actors_verbs.txt")


def _reports(token: Token) -> bool:
    """True of a verb of saying or claiming."""
    return token.lemma_.lower() in _verbs()

