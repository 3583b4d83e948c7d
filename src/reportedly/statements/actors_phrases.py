"""Who a phrase stands for: the registry's actor that it names, or what its words say.

`Identity` is the answer without a place in the text; `Knowledge` is what one article tells about its
actors (names found, persons introduced, acronyms, countries at issue) and is kept on the Doc.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pycountry
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.statements import actors_names, actors_roles
from reportedly.statements import actors_registry as registry
from reportedly.statements.actors_names import Occurrence
from reportedly.statements.actors_roles import Kind, Role

_KEY = ("reportedly", "actors")


@dataclass(frozen=True)
class Identity:
    """Who somebody is; `group` is the id of the actor that a person speaks or acts for."""

    name: str | None = None
    id: str | None = None
    country: str | None = None
    sector: str | None = None
    kind: Kind | None = None
    group: str | None = None


NOBODY = Identity()


@dataclass
class Knowledge:
    """What one article tells about its actors."""

    occurrences: list[Occurrence] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    persons: dict[str, Identity] = field(default_factory=dict)
    local: dict[str, Identity] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)

    def within(self, start: int, end: int) -> list[Occurrence]:
        """The names that lie between two offsets."""
        found = []
        for occurrence in self.occurrences[bisect_left(self.starts, start) :]:
            if occurrence.start >= end:
                break
            if occurrence.end <= end + 1:
                found.append(occurrence)
        return found

    def main_country(self) -> str | None:
        """The country that the article names most, if it names no other half as often."""
        ranked = self.countries.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
            return None
        return ranked[0][0]


def knowledge(doc: Doc) -> Knowledge:
    """What is known of the actors of an article, worked out at first use."""
    store: dict[Any, Any] = doc.user_data
    known = store.get(_KEY)
    if not isinstance(known, Knowledge):
        found = actors_names.occurrences(doc.text)
        countries = Counter(o.alias.countries[0] for o in found if len(o.alias.countries) == 1)
        known = Knowledge(found, [o.start for o in found], countries=countries)
        store[_KEY] = known
    return known


def of_alias(occurrence: Occurrence, countries: Counter[str]) -> Identity:
    """The actor that a name of the registry is."""
    alias = occurrence.alias
    if alias.actor:
        actor = registry.find(alias.actor)
        if actor:
            return Identity(actor.name, actor.id, actor.country, actor.sector, "organisation", actor.id)
    country = _likeliest(alias.countries, countries)
    return Identity(None, None, country, None, "organisation")


def _likeliest(options: tuple[str, ...], countries: Counter[str]) -> str | None:
    """Of the states that a people lives in, the one that the article names most, or none."""
    if len(options) == 1:
        return options[0]
    ranked = sorted(((countries[option], option) for option in options), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] > ranked[1][0] else None


def _before_head(occurrence: Occurrence, tokens: Tokens) -> bool:
    return occurrence.start <= tokens.root.idx


def _modifies(occurrence: Occurrence, tokens: Tokens) -> bool:
    """True if a name is the head of a phrase, stands before it, or follows it after "of" or "from"."""
    if _before_head(occurrence, tokens):
        return True
    named = tokens.doc.char_span(occurrence.start, occurrence.end, alignment_mode="expand")
    if named is None:
        return False
    top: Token = named.root
    while top.dep_ in ("compound", "conj", "poss", "nmod", "amod") and top.head.i >= tokens.start and top.head != top:
        top = top.head
    return top.dep_ == "pobj" and top.head.lower_ in ("of", "from", "for", "in", "with") and top.head.head == tokens.root


def _group(named: list[Occurrence], tokens: Tokens, role: Role | None) -> registry.Actor | None:
    """The group that a phrase names or that its head belongs to ("SDF fighters")."""
    if role and role.sector in actors_roles.word_set("no_part_of_a_group"):
        return None
    for occurrence in named:
        alias = occurrence.alias
        if alias.actor and alias.naming == "name" and alias.actor not in registry.states() and _modifies(occurrence, tokens):
            return registry.find(alias.actor)
    return None


def _country(named: list[Occurrence], tokens: Tokens, countries: Counter[str]) -> tuple[str | None, bool]:
    """The country that a phrase names, and whether it is named as a state (not a people or region)."""
    ordered = sorted(named, key=lambda o: not _before_head(o, tokens))
    for occurrence in ordered:
        country = _likeliest(occurrence.alias.countries, countries)
        if country:
            return country, occurrence.alias.naming in ("name", "demonym")
    return None, False


def _country_of_place(tokens: Tokens) -> str | None:
    """The country of a place that the places stage has found within the phrase."""
    for place in tokens.doc._.places:
        if place.country and tokens.start_char <= place.start and place.end <= tokens.end_char:
            found = pycountry.countries.get(alpha_2=place.country)
            return str(found.alpha_3) if found else ("XKX" if place.country == "XK" else None)
    return None


def _of_the_state(tokens: Tokens, role: Role, country: str) -> registry.Actor | None:
    """The state's own body that a phrase names ("the Turkish army", "government forces")."""
    if not role.force:
        return None
    unlike = actors_roles.word_set("not_of_the_state")
    if any(token.lower_ in unlike for token in tokens):
        return None
    return registry.body(country, role.force)


def _person_name(tokens: Tokens) -> Tokens | None:
    """The name of the person whom a phrase is about, if it gives one."""
    for entity in tokens.ents:
        if entity.label_ == "PERSON" and (entity.start <= tokens.root.i < entity.end or _beside_root(entity, tokens)):
            return entity
    return None


def _beside_root(entity: Tokens, tokens: Tokens) -> bool:
    return entity.root.head == tokens.root and entity.root.dep_ in ("compound", "appos", "nmod")


def described(tokens: Tokens) -> Identity:
    """Who a phrase stands for by its own words, and what the article told before."""
    known = knowledge(tokens.doc)
    named = [o for o in known.within(tokens.start_char, tokens.end_char) if not o.bound]
    person = _person_name(tokens)
    role = actors_roles.head_role(tokens)
    if person is not None:
        return _person(tokens, person, role, named, known)
    if not role or (named and named[0].start <= tokens.root.idx < named[0].end):
        plain = _plain_name(tokens, named, known)
        if plain:
            return plain
    return _nominal(tokens, role, named, known)


def _plain_name(tokens: Tokens, named: list[Occurrence], known: Knowledge) -> Identity | None:
    """The actor of a phrase whose head is itself a name ("the Islamic State", "Ankara")."""
    root = tokens.root
    for occurrence in named:
        if occurrence.start <= root.idx < occurrence.end:
            return of_alias(occurrence, known.countries)
    return known.local.get(root.text) or known.local.get(bare(tokens))


def _nominal(tokens: Tokens, role: Role | None, named: list[Occurrence], known: Knowledge) -> Identity:
    group = _group(named, tokens, role)
    own = actors_roles.sector(tokens, role)
    kind: Kind | None = role.kind if role else None
    if group:
        sector = group.sector if not role or role.general or not role.sector else own
        alone = kind == "person" and tokens.root.tag_ == "NN"
        identity = None if alone or kind == "object" else group.id
        return Identity(group.name if identity else None, identity, group.country, sector or group.sector, kind, group.id)
    country, as_state = _country(named, tokens, known.countries)
    if country is None:
        country = _country_of_place(tokens)
    if country is None and own in actors_roles.word_set("of_the_country") and role:
        country, as_state = known.main_country(), role.force is not None
    body = _of_the_state(tokens, role, country) if role and country and as_state and own == role.sector else None
    if body:
        return Identity(body.name, body.id, country, body.sector, "organisation", body.id)
    return Identity(None, None, country, own, kind)


def _person(tokens: Tokens, name: Tokens, role: Role | None, named: list[Occurrence], known: Knowledge) -> Identity:
    """A named person: who the article says that is, or what the words of this phrase say."""
    told = known.persons.get(surname(name.text), NOBODY)
    apart = [o for o in named if not name.start_char <= o.start < name.end_char]
    here = _nominal(tokens, role, apart, known) if role or apart else NOBODY
    full = told.name if told.name and surname(told.name) == surname(name.text) else full_name(name.text)
    sector = here.sector or told.sector
    if here.sector and any(token.lower_ in actors_roles.word_set("former") for token in tokens):
        sector = "ELI"
    return Identity(full, None, here.country or told.country, sector, "person", here.group or told.group)


def full_name(text: str) -> str:
    """A person's name without a possessive ending and on one line."""
    return " ".join(text.removesuffix("'s").removesuffix("’s").split())


def surname(text: str) -> str:
    """The last word of a person's name, by which short forms are resolved."""
    words = full_name(text).split()
    return words[-1].casefold() if words else ""


def bare(tokens: Tokens) -> str:
    """The words of a phrase without determiners and possessive endings."""
    kept = [token for token in tokens if token.pos_ not in ("DET", "PUNCT", "SPACE") and token.tag_ != "POS"]
    if not kept:
        return tokens.text
    return tokens.doc[kept[0].i : kept[-1].i + 1].text


def speaks_for(identity: Identity) -> Identity:
    """The group that a person speaks or acts for, as an identity; itself for anybody else."""
    actor = registry.find(identity.group) if identity.group else None
    if not actor or identity.id:
        return identity
    return replace(identity, name=actor.name, id=actor.id, country=actor.country, sector=actor.sector, kind="organisation")
