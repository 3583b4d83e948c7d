"""Who holds or takes a place: the name that the story gives an actor, or its words.

The actors layer (`doc._.mentions`) says whom names, nominals and pronouns stand for; where it is
silent, a pronoun stands for the armed actor named last before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.data import Participant
from reportedly.statements import spans
from reportedly.statements.actors import participant
from reportedly.statements.actors_phrases import knowledge
from reportedly.statements.control_clause import phrase as clause_phrase
from reportedly.statements.control_clause import prepositions, word_set
from reportedly.statements.control_focus import capitals, countries
from reportedly.statements.control_speech import SUBJECTS, sayers

PERSONAL = frozenset({"it", "they", "them", "its", "their", "he", "his", "him", "she", "who", "which", "that"})
PEOPLE = word_set("people")
OWN = frozenset({"we", "us", "our", "ours"})
SINGLE = frozenset({"he", "him", "his", "she", "her"})
PARTS = word_set("place_parts")
GRIPS = word_set("grips")
MEMBERS = word_set("members")
UNNAMED = word_set("unnamed_modifiers")
DETERMINERS = frozenset({"the", "its", "their", "his", "this", "that", "these", "those", "a", "an"})
#: How far back, in tokens, a pronoun may find its actor.
REACH = 70
#: The most tokens of a list of actors that is taken whole.
LONGEST = 14
CLAUSES = frozenset({"relcl", "acl", "appos", "advcl", "parataxis", "prep", "preconj", "case"})
ALONE = CLAUSES | {"conj", "cc"}
ADJECTIVES = frozenset({"amod", "compound", "nmod", "npadvmod", "poss"})


@dataclass(frozen=True)
class Party:
    """An actor as a phrase gives it: the name or words, and its coding or the tokens to code."""

    name: str
    coded: Participant | None = None
    tokens: Tokens | None = None

    def participant(self) -> Participant | None:
        """The actor's coding, worked out only for the statements that are kept."""
        if self.coded is not None or self.tokens is None:
            return self.coded
        return participant(self.tokens.doc, self.tokens)


@cache
def _words(name: str) -> frozenset[str]:
    return lexicons.words(name)


class Parties:
    """The actors of one article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc._.article.text  # doc.text is put together anew at every call
        self.first_names: dict[str, str] = {}
        self._groups: dict[str, bool] = {}
        self._places = {place.start for place in doc._.places} | {place.end for place in doc._.places}

    def party(self, head: Token, armed: bool) -> Party | None:
        """The actor that a phrase means, or None if it is none (a campaign, a day, a pronoun for nobody).

        Args:
            head: the head of the phrase, or the modifier that names the actor ("Isis" in "Isis-held").
            armed: True if only a force, group or government will do.
        """
        if head.lower_ in PERSONAL | OWN:
            return self._pronoun(head)
        if head.dep_ in ADJECTIVES and not self._phrase_head(head):
            return self.modifier(head) if self.armed(head) and head.lower_ not in UNNAMED else None
        if head.lemma_.lower() in MEMBERS:
            whole = next((f for name, f in prepositions(head) if name == "of"), None)
            if whole is not None and self.armed(whole):
                return self.party(whole, armed)
        if armed and not self.armed(head):
            return None
        if not armed and not self._agent(head):
            return None
        tokens = self.phrase(head)
        if self._bare(head) or head.lower_ == "caliphate":
            coded = participant(self.doc, tokens)
            named = self._resolved(head, coded)
            return Party(named or self._owned(tokens), coded)
        return Party(self._owned(tokens), tokens=tokens)

    def _owned(self, tokens: Tokens) -> str:
        """The words of a phrase; "his troops" with the name of whose they are."""
        owner = tokens[0]
        if owner.tag_ != "PRP$" or owner.head != tokens.root:
            return _trimmed(tokens)
        if owner.lower_ in SINGLE:
            person = next((s for s in sayers(owner) if s.ent_type_ == "PERSON" and s.pos_ == "PROPN"), None)
            name = _entity(person).text if person is not None else None
        else:
            party = self._said(owner) or self._owner(owner)
            name = party.name if party is not None else None
        return f"{name}’s {tokens.doc[tokens.start + 1 : tokens.end].text}" if name else _trimmed(tokens)

    def _phrase_head(self, head: Token) -> bool:
        return head.dep_ == "poss" or (
            head.lemma_.lower() in _words("control_armed.txt") and head.dep_ not in ADJECTIVES
        )

    def armed(self, head: Token) -> bool:
        """True for a force, an armed group, a government, a nation; not for a person or a thing."""
        if head.lemma_.lower() in _words("control_armed.txt"):
            return head.lemma_ not in PARTS or all(
                name != "of" for name, _ in prepositions(head)
            )  # "sides of the road"
        if self._town(head):
            return False
        if head.ent_type_ in ("ORG", "NORP") or (
            head.ent_type_ == "GPE" and head.dep_ in ("nsubj", "pobj", "poss", "npadvmod", "compound")
        ):
            return True
        if head.pos_ == "PROPN" and (head.text.isupper() and 2 < len(head.text) < 7):
            return True
        return head.text[:1].isupper() and head.pos_ in ("PROPN", "NOUN", "ADJ") and self.known(head)

    def people(self, head: Token) -> bool:
        """True for a force or group, and for civilians and the like."""
        return self.armed(head) or head.lemma_.lower() in PEOPLE

    def known(self, head: Token) -> bool:
        """True if one word names an actor that the registry knows, or one of a known sector."""
        coded = participant(self.doc, self.doc[head.i : head.i + 1])
        return coded.kind != "person" and (coded.id is not None or coded.sector is not None)

    def _agent(self, head: Token) -> bool:
        return self.armed(head) or ((head.ent_type_ == "PERSON" or head.pos_ == "PROPN") and not self._town(head))

    def _town(self, head: Token) -> bool:
        """True for a place that does not stand for a government, whatever kind the recogniser gives its name."""
        named = head.idx in self._places or head.idx + len(head) in self._places
        if not named or head.text in countries() or head.text in capitals():
            return False
        return not self.known(head)

    def phrase(self, head: Token) -> Tokens:
        """The tokens of an actor's phrase, with the actors that act together with it."""
        tokens = clause_phrase(head, CLAUSES)
        return tokens if len(tokens) <= LONGEST else clause_phrase(head, ALONE)

    def _bare(self, head: Token) -> bool:
        """True for "the group", "its members": words that only point to an actor."""
        if head.lemma_.lower() not in _words("control_anaphors.txt"):
            return False
        return all(
            c.lower_ in DETERMINERS or c.dep_ in ("relcl", "acl", "punct") or c.lower_ in _SOFT for c in head.lefts
        )

    def _resolved(self, head: Token, coded: Participant | None) -> str | None:
        known = self.doc._.mentions.get((head.idx, head.idx + len(head.text)))
        for found in (known, coded):
            if found is not None and found.id is not None:
                return self._story_name(found)
        return None

    def _story_name(self, coded: Participant) -> str | None:
        """How the story first names an actor: "Isis" rather than the registry's "Islamic State"."""
        if not self.first_names:
            for (start, end), other in sorted(self.doc._.mentions.items()):
                text = self.text[start:end]
                if (
                    other.id
                    and text[:1].isupper()
                    and text.lower() not in PERSONAL
                    and other.id not in self.first_names
                ):
                    self.first_names[other.id] = text.removeprefix("The ").removeprefix("the ")
        return self.first_names.get(coded.id or "", coded.name)

    def group(self, tokens: Tokens) -> bool:
        """True if a name is that of a force or group, not of a place or country."""
        if tokens.text not in self._groups:
            coded = participant(self.doc, tokens)
            self._groups[tokens.text] = coded.id is not None and coded.sector not in (None, "GOV")
        return self._groups[tokens.text]

    def named_before(self, noun: Token, place: Tokens) -> Party | None:
        """Whom "the group" means in "Isis … in Albu Kamal, the group’s last stronghold": who is named in the sentence
        before the place that the noun is set off from."""
        start, end = noun.sent.start_char, place.start_char
        named = [
            o
            for o in knowledge(self.doc).occurrences
            if start <= o.start and o.end <= end and o.alias.actor and o.alias.naming == "name" and not o.bound
        ]
        for occurrence in reversed(named):
            tokens = spans.tokens_at(self.doc, occurrence.start, occurrence.end)
            if self.group(tokens):
                return Party(tokens.text, participant(self.doc, tokens))
        return None

    def modifier(self, head: Token) -> Party:
        """The actor that an adjective or a noun before another names ("Kurdish", "Isis")."""
        start = min([head.i, *(c.i for c in head.lefts if c.dep_ in ("compound", "amod", "nmod"))])
        tokens = self.doc[start : head.i + 1]
        return Party(tokens.text, tokens=tokens)

    def _said(self, word: Token) -> Party | None:
        """Who says a clause whose subject a pronoun is ("Turkey said it had …")."""
        if word.lower_ in SINGLE:
            return None
        found = (self.party(s, armed=True) for s in sayers(word) if s.lower_ not in PERSONAL | OWN and self.armed(s))
        return next((party for party in found if party is not None), None)

    def _owner(self, word: Token) -> Party | None:
        """Whose something is ("its troops"): the subject of the sentence so far, else the nearest name before in it,
        else the subject of the sentence before."""
        here = [t for t in self.doc[word.sent.start : word.i] if self._owns(t)]
        before = word.sent.start
        earlier = [t for t in self.doc[before - 1].sent if self._owns(t) and t.dep_ in SUBJECTS] if before else []
        subjects = [token for token in here if token.dep_ in SUBJECTS]
        for found in (subjects[-1:], here[-1:], earlier[:1]):
            if found:
                return self.party(found[0], armed=True)
        return None

    def _owns(self, token: Token) -> bool:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ADJECTIVES - {"poss"}:
            return False
        return token.text in countries() or (token.ent_type_ not in ("GPE", "LOC", "FAC") and self.armed(token))

    def _pronoun(self, word: Token) -> Party | None:
        said = self._said(word)
        if said is not None or word.lower_ in OWN:
            return said
        known = self.doc._.mentions.get((word.idx, word.idx + len(word.text)))
        things = word.lower_ in ("they", "them", "their", "it", "its")
        if known is not None and not (things and known.kind == "person"):
            name = self._story_name(known)
            if name:
                return Party(name, known)
        head = self._before(word) if word.lower_ not in SINGLE else None
        return self.party(head, armed=True) if head is not None else None

    def _before(self, word: Token) -> Token | None:
        """The armed actor before a pronoun: the subject of its sentence or the last one's, else the nearest."""
        nearest = None
        for position in range(word.i - 1, max(-1, word.i - REACH), -1):
            token = self.doc[position]
            if token.lower_ in PERSONAL or token.pos_ not in ("NOUN", "PROPN") or not self._acts(token):
                continue
            owns = token.dep_ == "poss" and token.head.dep_ in SUBJECTS and token.sent == word.sent
            if token.dep_ in SUBJECTS or owns:
                return token
            nearest = nearest or token
        return nearest

    def _acts(self, token: Token) -> bool:
        """True for a noun that a pronoun for an actor may stand for."""
        if token.dep_ in ADJECTIVES - {"poss"}:
            return token.head.lemma_ in GRIPS and token.pos_ == "PROPN" and self.armed(token)  # "under Isis control"
        if (
            token.ent_type_ == "GPE"
            and token.dep_ == "nsubj"
            and (token.text in countries() or token.text in capitals())
        ):
            return token.head.pos_ == "VERB"
        return token.ent_type_ not in ("GPE", "LOC", "FAC", "DATE") and self.armed(token)


def _entity(token: Token) -> Tokens:
    """The whole name that a token is part of, as the recogniser has it."""
    return next(entity for entity in token.sent.ents if entity.start <= token.i < entity.end)


_SOFT = word_set("group_modifiers")


def _trimmed(tokens: Tokens) -> str:
    start = tokens.start + 1 if len(tokens) > 1 and tokens[0].dep_ == "det" else tokens.start
    text = tokens.doc[start : tokens.end].text
    return text.removesuffix("’s").removesuffix("'s")
