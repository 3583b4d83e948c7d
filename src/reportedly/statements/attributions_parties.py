"""Whether a source is a party to the conflict that it reports on.

Parties are the armed groups and the states (their governments and forces) that the article shows in
the fighting: as subject or object of a verb of violence or of moving on ground (lexicon
attributions_violence.txt), or as whose war, offensive or air strikes it is (attributions_fighting.txt). A source is a party if it is one of them or speaks for one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.data import Participant, Span
from reportedly.statements import actors_registry as registry
from reportedly.statements.actors import participant
from reportedly.statements.attributions_parse import parse_of

_STATE = frozenset(("GOV", "MIL", "COP", "SPY", "JUD"))
_ARMED = frozenset(("REB", "UAF", "MIL"))
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "agent"))
_OWN = frozenset(("its", "their", "our"))
_SELF = frozenset(("it", "they", "we"))
_OWNERS = frozenset(("amod", "compound", "poss", "nmod"))


@dataclass
class Parties:
    """The parties of one article: ids of the registry, and countries whose own forces or groups fight.

    `fought` tells whether any fighting is reported, whoever's it is.
    """

    ids: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    fought: bool = False

    def includes(self, coded: tuple[Participant, ...]) -> bool | None:
        """Whether a source that is coded so is a party; None if nothing is known of it."""
        answers = [self._one(actor) for actor in coded]
        if any(answers):
            return True
        return False if any(answer is False for answer in answers) else None

    def own(self, medium: str | None) -> bool:
        """Whether a medium (by its id in the registry) belongs to a party."""
        known = registry.find(medium) if medium else None
        owner = registry.find(known.parent) if known is not None and known.parent else None
        if owner is None:
            return False
        return owner.id in self.ids or (self.fought if owner.sector in _ARMED else owner.country in self.countries)

    def boast(self, doc: Doc, content: list[Span], coded: tuple[Participant, ...]) -> None:
        """Take for a party whoever tells of deeds of their own: "its jets had struck a depot", "our fighters took the hill",
        "it had struck a depot"."""
        parse = parse_of(doc)
        verbs, nouns = lexicons.words("attributions_violence.txt"), lexicons.words("attributions_fighting.txt")
        for span in content:
            for i in range(bisect_right(parse.end, span.start), bisect_left(parse.start, span.end)):
                own = parse.lemma[i] in nouns and any(parse.word[c] in _OWN for c in parse.children[i])
                own = own or (
                    parse.word[i] in _SELF and parse.dep[i] == "nsubj" and parse.dep[parse.head[i]] == "ccomp"
                )
                if own and parse.dep[i] in _ARGUMENTS and parse.lemma[parse.head[i]] in verbs:
                    self.fought = True
                    for actor in coded:
                        _add(self, actor)

    def _one(self, actor: Participant) -> bool | None:
        sector = _sector(actor)
        if _keeps_peace(actor.id):
            return actor.id in self.ids
        if actor.id and not {actor.id, _wings().get(actor.id)}.isdisjoint(self.ids):
            return True
        if sector in _STATE and actor.country:
            # An army that is not shown fighting may yet do so elsewhere; a government may well be no party.
            return True if actor.country in self.countries else None if sector == "MIL" else False
        if sector == "MIL" and not actor.id:
            return None  # an officer of no known state
        if sector in _ARMED or actor.id in _wings():
            return True if self.fought else None
        return None if sector is None or sector in _STATE else False


@lru_cache(maxsize=1)
def _wings() -> dict[str, str]:
    """Political bodies (ids of the registry) and the armed group whose they are."""
    return {row["body"]: row["group"] for row in lexicons.rows("attributions_wings.tsv")}


def _keeps_peace(actor: str | None) -> bool:
    """Whether an actor is a force of the United Nations, which stands between the parties as long as it does not fight."""
    known = registry.find(actor) if actor else None
    return known is not None and known.sector == "MIL" and known.parent == "INT-UN"


def _sector(actor: Participant) -> str | None:
    """An actor's sector; a state as such ("Turkey said") stands for its government."""
    return "GOV" if actor.sector is None and actor.id and actor.id == actor.country else actor.sector


def parties(doc: Doc) -> Parties:
    """The parties to the fighting that an article reports."""
    found = Parties()
    verbs, nouns = lexicons.words("attributions_violence.txt"), lexicons.words("attributions_fighting.txt")
    parse = parse_of(doc)
    for i, lemma in enumerate(parse.lemma):
        if lemma in verbs and parse.tag[i][:1] == "V":
            found.fought = True
            for head in _arguments(doc[i]):
                _add(found, participant(doc, doc[head.left_edge.i : head.i + 1]))
        elif lemma in nouns and parse.tag[i][:2] == "NN":
            found.fought = True
            for child in doc[i].children:
                if child.dep_ in _OWNERS and child.text[:1].isupper():
                    _add(found, participant(doc, doc[child.left_edge.i : child.i + 1]), at_war=True)
    return found


def _arguments(verb: Token) -> list[Token]:
    heads = []
    for child in verb.children:
        if child.dep_ == "agent":
            heads += [below for below in child.children if below.dep_ == "pobj"]
        elif child.dep_ in _ARGUMENTS:
            heads.append(child)
    return [head for head in heads if head.tag_[:2] == "NN" or head.tag_ == "PRP"]


def _add(found: Parties, actor: Participant, at_war: bool = False) -> None:
    """Keep an actor that can be a party; of "Turkish shelling" the country itself is one."""
    sector = _sector(actor)
    if at_war and actor.country and sector not in _ARMED:
        found.countries.add(actor.country)
    if sector == "REB" and not actor.id and actor.country:
        found.countries.add(actor.country)  # rebels without a name fight their own state
    if sector in _ARMED or (sector in _STATE and actor.id):
        if actor.id:
            found.ids.add(actor.id)
        if actor.country and sector in _STATE:
            found.countries.add(actor.country)
