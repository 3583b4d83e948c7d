"""Pronouns and definite phrases that stand for somebody named before: "he said", "the alliance".

A cheap heuristic of recency, number, gender and grammatical role, after the salience factors of Lappin
and Leass (1994). It resolves only what is fairly sure: a false resolution is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.statements import actors_phrases, actors_registry, actors_roles, columns
from reportedly.statements.actors_phrases import Identity

_SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_GROUPS = frozenset(("it", "they", "its", "their", "them"))
_OWNED_BY_GROUPS = frozenset(("its", "their"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))
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


@dataclass(frozen=True)
class Anaphor:
    """The head noun of a definite phrase: the sectors that the group can have, words of which its name
    holds one, and whether it is a jihadist group ("only", "first": rather than another)."""

    noun: str
    sectors: frozenset[str]
    words: tuple[str, ...]
    jihadist: str


@lru_cache(maxsize=1)
def _anaphora() -> dict[str, Anaphor]:
    return {
        row["noun"]: Anaphor(
            row["noun"],
            frozenset(row["sectors"].split("|")),
            tuple(filter(None, row["words"].split("|"))),
            row["jihadist"],
        )
        for row in lexicons.rows("actors_anaphora.tsv")
    }


@lru_cache(maxsize=1)
def _jihadists() -> frozenset[str]:
    return lexicons.words("actors_jihadists.txt")


def gender(tokens: Tokens) -> str | None:
    """The gender that the words of a phrase tell, if any."""
    found = {_genders()[token.lower_.rstrip(".")] for token in tokens if token.lower_.rstrip(".") in _genders()}
    return found.pop() if len(found) == 1 else None


def _no_persons(doc: Doc) -> set[str]:
    """Names of one word that the recogniser takes for a person here, but more often for a place."""
    votes: Counter[str] = Counter()
    for entity in doc.ents:
        if len(entity) == 1:
            votes[entity.text] += (entity.label_ in _PLACES) - (entity.label_ == "PERSON")
    return {name for name, surplus in votes.items() if surplus > 0}


def _quoted(doc: Doc) -> list[bool]:
    """Whether each token stands in quotation marks; a quotation ends with its line at the latest."""
    words = columns.of(doc).text
    marks = {word for word in set(words) if word in _QUOTES or "\n" in word}
    found, inside = [False] * len(words), False
    if not marks:
        return found
    for i, word in enumerate(words):
        if word in marks:
            inside = "\n" not in word and {"“": True, "”": False}.get(word, not inside)
        found[i] = inside
    return found


class Resolver:
    """Goes through an article from left to right and remembers who was mentioned."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.referents: list[Referent] = []
        self.unnamed: list[tuple[int, Identity]] = []
        self.strangers: list[Token] = []
        self._named = _named(doc)
        self._no_persons = _no_persons(doc)
        self.sentence = list(accumulate(columns.of(doc).begins, initial=0))[1:]
        self.quoted = _quoted(doc)

    def remember(self, tokens: Tokens, identity: Identity) -> None:
        """Note a mention, as a candidate for what follows."""
        root = tokens.root
        if not (identity.name or identity.id):
            if root.dep_ in _SUBJECTS and identity.kind == "organisation":
                self.unnamed.append((root.i, identity))
            if identity.kind == "person" and root.tag_ == "NN":
                self.strangers.append(root)
            return
        self._passed(root.i)
        sentence, subject = self.sentence[root.i], root.dep_ in _SUBJECTS
        if identity.kind != "person":
            self.referents.append(Referent(identity, root.i, sentence, subject))
            return
        role = actors_roles.head_role(tokens)
        noun = role.noun if role else None
        self.referents.append(Referent(identity, root.i, sentence, subject, gender(tokens), noun))

    def _passed(self, at: int) -> None:
        """Note the groups named before a token, also those that are no phrase of their own ("an SDF officer")."""
        while self._named and self._named[-1][0].i < at:
            token, identity = self._named.pop()
            subject = token.dep_ in _SUBJECTS
            self.referents.append(Referent(identity, token.i, self.sentence[token.i], subject))

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

    def possessor(self, token: Token) -> Identity | None:
        """Whose an office is ("its spokesman", "his aides"); None where nobody is fairly sure.

        "Its" and "their" are the subject of the same sentence or of the one before, if that is a body.
        """
        if self.quoted[token.i]:
            return None
        word = token.lower_
        if word in _SINGULAR:
            return self._person(token, _SINGULAR[word])
        if word not in _OWNED_BY_GROUPS:
            return None
        reach = [r for r in self._recent(token.i, _REACH_GROUP) if r.subject and _is_body(r.identity)]
        at, unnamed = max(((at, who) for at, who in self.unnamed if at < token.i), key=_first, default=(-1, None))
        if unnamed is not None and (not reach or self.sentence[at] >= reach[0].sentence):
            near = self.sentence[token.i] - self.sentence[at] <= _REACH_GROUP
            return unnamed if near and unnamed.country else None
        nearest = {r.identity.name for r in reach if r.sentence == reach[0].sentence}
        return reach[0].identity if len(nearest) == 1 else None

    def _recent(self, at: int, reach: int) -> Iterator[Referent]:
        self._passed(at)
        here = self.sentence[at]
        for referent in reversed(self.referents):
            if referent.at >= at:
                continue
            if here - referent.sentence > reach:
                return
            yield referent

    def _person(self, token: Token, needed: str) -> Identity | None:
        reach = [
            r
            for r in self._recent(token.i, _REACH_PERSON)
            if r.identity.kind == "person" and r.identity.name and not r.identity.id
        ]
        fitting = [r for r in reach if self._gender_of(r) in (needed, None) and r.identity.name not in self._no_persons]
        found = _surest(fitting)
        latest = next((r for r in fitting if r.identity is found), None)
        return None if latest is None or self._is_outdone(latest, token) else found

    def _is_outdone(self, referent: Referent, pronoun: Token) -> bool:
        """True if somebody without a name was the subject since ("an officer said … he added")."""
        since = (one for one in self.strangers if referent.at < one.i < pronoun.i)
        return any(one.dep_ in _SUBJECTS or one.is_ancestor(pronoun) for one in since)

    def _gender_of(self, referent: Referent) -> str | None:
        """The gender told anywhere in the article for the same person."""
        same = (r.gender for r in self.referents if r.identity.name == referent.identity.name and r.gender)
        return next(same, None)

    def _group(self, token: Token) -> Identity | None:
        reach = [
            r
            for r in self._recent(token.i, _REACH_GROUP)
            if r.identity.id and r.identity.kind != "person" and r.subject
        ]
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
            return self._named_group(tokens, listed)
        return self._office(tokens)

    def _bound(self, tokens: Tokens) -> bool:
        """True of "the Turkish-backed rebels": told apart from others, so not those named before."""
        return any(o.bound for o in actors_phrases.knowledge(self.doc).within(tokens.start_char, tokens.end_char))

    def _countries(self, tokens: Tokens) -> set[str]:
        """Where the words of a phrase say that a group is ("the Kurdish-led force"), if they do."""
        inside = actors_phrases.knowledge(self.doc).within(tokens.start_char, tokens.end_char)
        telling = [o.alias for o in inside if not o.bound or o.alias.naming == "people"]
        return {country for alias in telling for country in alias.countries}

    def _named_group(self, tokens: Tokens, anaphor: Anaphor) -> Identity | None:
        recent = _likelier(self._fitting(tokens, anaphor), anaphor)
        if not recent:
            return None
        first = recent[0]
        rivals = [r for r in recent[1:] if r.sentence == first.sentence]
        if rivals and not first.subject:
            return next((r.identity for r in rivals if r.subject), None)
        return first.identity

    def _fitting(self, tokens: Tokens, anaphor: Anaphor) -> list[Referent]:
        """The groups in reach that a definite phrase can stand for, each once, the latest first."""
        root, where = tokens.root, self._countries(tokens)
        seen: dict[str, Referent] = {}
        for referent in self._recent(root.i, _REACH_PHRASE):
            identity = referent.identity
            actor = actors_registry.find(identity.id) if identity.id else None
            sector = actor.sector if actor else identity.sector
            name = (actor.name if actor else identity.name or "").lower()
            if not _is_body(identity) or sector not in anaphor.sectors or name in seen:
                continue
            if (where and identity.country not in where) or _beside(self.doc[referent.at], root):
                continue
            if not anaphor.words or any(word in name for word in anaphor.words):
                seen[name] = referent
        return list(seen.values())

    def _office(self, tokens: Tokens) -> Identity | None:
        role = actors_roles.head_role(tokens)
        if not role or role.kind != "person" or tokens.root.tag_ != "NN":
            return None
        same = [
            r for r in self._recent(tokens.root.i, _REACH_PHRASE) if r.noun == role.noun and r.identity.kind == "person"
        ]
        names = {r.identity.name for r in same}
        return same[0].identity if len(names) == 1 and same[0].identity.id is None else None


def _named(doc: Doc) -> list[tuple[Token, Identity]]:
    """The groups that the registry knows by name, with the token that heads the name, the last one first."""
    known = actors_phrases.knowledge(doc)
    states = actors_registry.states()
    found = []
    for occurrence in known.occurrences:
        alias = occurrence.alias
        if occurrence.bound or alias.naming != "name" or not alias.actor or alias.actor in states:
            continue
        tokens = doc.char_span(occurrence.start, occurrence.end, alignment_mode="expand")
        if tokens is not None:
            found.append((tokens.root, actors_phrases.of_alias(occurrence, known.countries)))
    return sorted(found, key=lambda pair: -pair[0].i)


def _first(pair: tuple[int, Identity]) -> int:
    return pair[0]


def _is_body(identity: Identity) -> bool:
    return identity.kind not in ("person", "object") and bool(identity.name or identity.id)


def _likelier(fitting: list[Referent], anaphor: Anaphor) -> list[Referent]:
    """Of several groups those that a noun rather means: "the jihadists" are no alliance of forces, which
    is no "group" either beside one that is."""
    if anaphor.jihadist:
        jihadists = [r for r in fitting if r.identity.id in _jihadists()]
        if jihadists or anaphor.jihadist == "only":
            return jihadists
    if anaphor.noun == "group" and len(fitting) > 1:
        forces = actors_roles.word_set("names_of_forces")
        others = [r for r in fitting if not _ends_in(r, forces)]
        return others or fitting
    return fitting


def _ends_in(referent: Referent, words: frozenset[str]) -> bool:
    return (referent.identity.name or "").lower().rpartition(" ")[2] in words


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
