"""Who a phrase stands for: the registry's actor that it names, or what its words say.

`Identity` is the answer without a place in the text; `Knowledge` is what one article tells about its
actors (names found, persons introduced, acronyms, countries at issue) and is kept on the Doc.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pycountry
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.statements import actors_names, actors_roles, columns, spans
from reportedly.statements import actors_registry as registry
from reportedly.statements.actors_names import Occurrence
from reportedly.statements.actors_roles import Kind, Role

_KEY = ("reportedly", "actors")
_SMALL = frozenset(("DET", "PUNCT", "SPACE", "PART", "ADP"))
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|ad|an|at|ar)-(?=\w)", re.IGNORECASE)
#: What hangs on a head and is somebody or something else.
_APART = ("relcl", "acl", "appos", "advcl", "parataxis", "conj", "cc", "preconj", "dep")


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
    """What one article tells about its actors: names of persons and of actors, persons by surname, names and acronyms that it
    introduces itself, nouns that mean one body here ("the coalition"), phrases (by their head token) that
    refer to somebody named before, countries named."""

    text: str = ""
    names: list[Tokens] = field(default_factory=list)
    name_ends: list[int] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    persons: dict[str, Identity] = field(default_factory=dict)
    local: dict[str, Identity] = field(default_factory=dict)
    implied: dict[str, Identity] = field(default_factory=dict)
    resolved: dict[int, Identity] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)

    def within(self, start: int, end: int) -> list[Occurrence]:
        """The names that lie between two offsets."""
        between = self.occurrences[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [occurrence for occurrence in between if occurrence.end <= end + 1]

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
        text = doc._.article.text  # a Doc joins its text anew at every use
        found = actors_names.occurrences(text)
        countries = Counter(o.alias.countries[0] for o in found if _tells_country(o))
        names = [entity for entity in doc.ents if entity.label_ == "PERSON"]
        ends, starts = [name.end for name in names], [o.start for o in found]
        known = Knowledge(text, names, ends, found, starts, countries=countries)
        known.implied = _implied(found, countries)
        store[_KEY] = known
    return known


def _implied(found: list[Occurrence], countries: Counter[str]) -> dict[str, Identity]:
    """Common nouns that mean one body in this article (`lexicons/actors_implied.tsv`)."""
    named = {o.alias.actor for o in found}
    options: dict[str, set[str]] = {}
    for row in lexicons.rows("actors_implied.tsv"):
        there = any(countries[country] for country in row["countries"].split("|"))
        if row["actor"] in named or (there and named.issuperset(row["with"].split("|"))):
            options.setdefault(row["noun"], set()).add(row["actor"])
    return {noun: _of_actor(actors.pop()) for noun, actors in options.items() if len(actors) == 1}


def _of_actor(identifier: str) -> Identity:
    actor = registry.find(identifier)
    if not actor:
        return NOBODY
    return Identity(actor.name, actor.id, actor.country, actor.sector, "organisation", actor.id)


def _tells_country(occurrence: Occurrence) -> bool:
    """A name that says which country an article is about: not that of a news agency or a charity."""
    actor = registry.find(occurrence.alias.actor) if occurrence.alias.actor else None
    return len(occurrence.alias.countries) == 1 and not (actor and actor.sector in ("JRN", "NGO", "MED", "IGO"))


def of_alias(occurrence: Occurrence, countries: Counter[str], place: bool = False) -> Identity:
    """The actor that a name of the registry is; of a capital that is meant as a `place`, its country."""
    alias = occurrence.alias
    if alias.actor and not place:
        actor = registry.find(alias.actor)
        if actor:
            return Identity(actor.name, actor.id, actor.country, actor.sector, "organisation", actor.id)
    country = _likeliest(alias.countries, countries)
    people = occurrence.alias.naming in ("demonym", "people") and occurrence.alias.text.endswith("s")
    return Identity(None, None, country, "CVL" if people else None, None if place else "organisation")


def _likeliest(options: tuple[str, ...], countries: Counter[str]) -> str | None:
    """Of the states that a people lives in, the one that the article names most, or none."""
    if len(options) == 1:
        return options[0]
    ranked = sorted(((countries[option], option) for option in options), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] > ranked[1][0] else None


def _as_place(root: Token) -> bool:
    """True of the name of a capital that says where, not who ("in Moscow", "in London and Paris", "WASHINGTON -")."""
    if root.is_upper and len(root.text) > 3:
        return True
    while root.dep_ == "conj" and root.head.i < root.i:
        root = root.head
    return root.dep_ == "pobj" and root.head.lower_ in actors_roles.word_set("where")


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
    return (
        top.dep_ == "pobj" and top.head.lower_ in ("of", "from", "for", "in", "with") and top.head.head == tokens.root
    )


def _belongs(occurrence: Occurrence, tokens: Tokens) -> bool:
    """True if a country's name says where a head is or comes from, not whom it is against ("war on Iraq")."""
    if _before_head(occurrence, tokens):
        return True
    span = tokens.doc.char_span(occurrence.start, occurrence.end, alignment_mode="expand")
    token: Token | None = span.root if span is not None else None
    while token is not None and token != tokens.root and token.head != token:
        token = token.head
        if token.pos_ == "ADP" and token.lower_ in actors_roles.word_set("apart"):
            return False
    return True


def _group(named: list[Occurrence], tokens: Tokens, role: Role | None) -> registry.Actor | None:
    """The group that a phrase names or that its head belongs to ("SDF fighters")."""
    if role and role.sector in actors_roles.word_set("no_part_of_a_group"):
        return None
    for occurrence in named:
        alias = occurrence.alias
        if not alias.actor or alias.naming != "name" or alias.actor in registry.states():
            continue
        if _modifies(occurrence, tokens) if role else _before_head(occurrence, tokens):
            return registry.find(alias.actor)
    return None


def _country(named: list[Occurrence], tokens: Tokens, countries: Counter[str]) -> tuple[str | None, bool]:
    """The country that a phrase names, and whether it is named as a state (not a people or region)."""
    ordered = sorted((o for o in named if _belongs(o, tokens)), key=lambda o: not _before_head(o, tokens))
    for occurrence in ordered:
        country = _likeliest(occurrence.alias.countries, countries)
        if country:
            return country, occurrence.alias.naming != "people"
    return None, False


def _at_large(tokens: Tokens, role: Role, own: str | None) -> bool:
    """True of an office or force whose country goes without saying: nothing else in the phrase is a name."""
    if own not in actors_roles.word_set("of_the_country") or _after_a_group(tokens, role):
        return False
    bound = any(o.bound for o in knowledge(tokens.doc).within(tokens.start_char, tokens.end_char))
    titled = tokens.root.pos_ == "PROPN"
    return not bound and (titled or not any(token.pos_ == "PROPN" for token in tokens))


def _after_a_group(tokens: Tokens, role: Role) -> bool:
    """True of a spokesman or commander where the body named last is a group: whose he is stays open."""
    if role.noun not in actors_roles.word_set("of_any_body"):
        return False
    known = knowledge(tokens.doc)
    before = known.occurrences[: bisect_left(known.starts, tokens.start_char)]
    last = next((o.alias for o in reversed(before) if not o.bound and o.alias.actor), None)
    actor = registry.find(last.actor) if last and last.actor else None
    return actor is not None and actor.id in registry.groups()


def _of_any_state(tokens: Tokens) -> bool:
    """True of "the army", "government forces", "the Syrian Army": what any state has, by no name of its own."""
    general = actors_roles.word_set("of_any_state")
    return all(t == tokens.root or t.pos_ in _SMALL or t.lower_ in general for t in tokens if not _is_named(t))


def _is_named(token: Token) -> bool:
    """True of a word of a known name ("Syrian", "of Turkey")."""
    beside = knowledge(token.doc).within(token.idx - 30, token.idx + 30)
    return any(o.start <= token.idx < o.end for o in beside)


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
    if any(token.lower_ in unlike or token.dep_ == "nummod" for token in tokens):
        return None
    if tokens.root.pos_ == "PROPN" and not _of_any_state(tokens):
        return None
    if role.general and any(_tells_apart(token) for token in tokens.root.lefts):
        return None
    return registry.body(country, role.force)


def _tells_apart(token: Token) -> bool:
    """True of an adjective that any state's forces do not have ("the secular forces in Syria")."""
    if token.dep_ != "amod" or token.pos_ != "ADJ" or not token.is_lower:
        return False
    return token.lower_ not in actors_roles.word_set("of_any_state")


def _person_name(tokens: Tokens, named: list[Occurrence]) -> Tokens | None:
    """The name of the person whom a phrase is about, if it gives one; not a group that looks like one."""
    root, known = tokens.root.i, knowledge(tokens.doc)
    for entity in known.names[bisect_right(known.name_ends, tokens.start) :]:
        if entity.start >= tokens.end:
            break
        if not (entity.start <= root < entity.end or _beside_root(entity, tokens)):
            continue
        covered = sum(
            min(o.end, entity.end_char) - max(o.start, entity.start_char) for o in named if o.start < entity.end_char
        )
        if covered * 2 <= entity.end_char - entity.start_char:
            return entity
    return None


def _beside_root(entity: Tokens, tokens: Tokens) -> bool:
    return entity.root.head == tokens.root and entity.root.dep_ in ("compound", "appos", "nmod")


def whole(tokens: Tokens) -> Tokens:
    """A phrase with what belongs to its head on either side ("a spokesman" → "a spokesman for the SDF")."""
    if tokens.root.pos_ not in ("NOUN", "PROPN"):
        return tokens
    full = spans.phrase(tokens.root, _APART)
    if tokens.start <= full.start and full.end <= tokens.end:
        return tokens
    return tokens.doc[min(full.start, tokens.start) : max(full.end, tokens.end)]


def stripped(tokens: Tokens) -> Tokens:
    """A phrase without a preposition, mark or space before it, and without a mark or space after it."""
    start, end, pos = tokens.start, tokens.end, columns.of(tokens.doc).pos
    while start < end - 1 and pos[start] in ("ADP", "PUNCT", "SPACE", "SCONJ", "CCONJ"):
        start += 1
    while end - 1 > start and pos[end - 1] in ("PUNCT", "SPACE"):
        end -= 1
    return tokens if (start, end) == (tokens.start, tokens.end) else tokens.doc[start:end]


def described(tokens: Tokens, context: bool = True) -> Identity:
    """Who a phrase stands for by its own words, and what the article told before.

    With `context`, an office without a country ("the army") is that of the country that the article is
    about, if there is one.
    """
    known = knowledge(tokens.doc)
    tokens = whole(tokens)
    told = known.local.get(bare(tokens)) if known.local else None
    if told:
        return told
    root = tokens.root
    at, proper = root.idx, root.pos_ == "PROPN"
    named = [o for o in known.within(tokens.start_char, tokens.end_char) if not o.bound]
    role = actors_roles.head_role(tokens)
    person = _person_name(tokens, named)
    if person is not None and role and role.kind != "person" and not person.start <= root.i < person.end:
        return _led_by(tokens, person, role)
    if person is not None:
        return _person(tokens, person, role, named, context)
    if not role or (named and named[0].start <= at < named[0].end):
        plain = _plain_name(tokens, named, known)
        if plain:
            return plain
    famous = _unmarked_person(tokens, known) if proper and not named else None
    if famous:
        return famous
    identity = _nominal(tokens, role, named, context)
    return identity if identity.name or not proper else replace(identity, name=bare(tokens))


def _led_by(tokens: Tokens, person: Tokens, role: Role) -> Identity:
    """A body that is named after its head ("the Assad regime"): that of the state, if it is one of a state."""
    name = full_name(person.text)
    famous = registry.leader(name)
    told = knowledge(tokens.doc).persons.get(surname(name), NOBODY)
    country = famous.country if famous else told.country
    sector = famous.sector if famous else told.sector
    body = (
        registry.body(country, role.force) if country in registry.states() and role.force and sector == "GOV" else None
    )
    if body:
        return Identity(body.name, body.id, country, body.sector, "organisation", body.id)
    return Identity(None, None, country, actors_roles.sector(tokens, role), role.kind, told.group)


def _unmarked_person(tokens: Tokens, known: Knowledge) -> Identity | None:
    """A person whose name the recogniser has missed here: well known, or introduced elsewhere."""
    name = full_name(bare(tokens))
    told = known.persons.get(surname(name))
    if told and told.name and (name in told.name.split() or name == told.name):
        return told
    famous = registry.leader(name)
    return Identity(famous.name, None, famous.country, famous.sector, "person") if famous else None


def _plain_name(tokens: Tokens, named: list[Occurrence], known: Knowledge) -> Identity | None:
    """The actor of a phrase whose head is itself a name ("the Islamic State", "Ankara")."""
    root = tokens.root
    for occurrence in named:
        if occurrence.start <= root.idx < occurrence.end:
            return of_alias(occurrence, known.countries, occurrence.alias.naming == "capital" and _as_place(root))
    return _local(tokens, known)


def _local(tokens: Tokens, known: Knowledge) -> Identity | None:
    """The body whose name or acronym the article itself has introduced."""
    if _is_implied(tokens.root, known):
        return known.implied[tokens.root.text]
    if not known.local:
        return None
    return known.local.get(tokens.root.text) or known.local.get(bare(tokens))


def _nominal(tokens: Tokens, role: Role | None, named: list[Occurrence], context: bool) -> Identity:
    """Who a phrase with a common noun as head is: a group's people, a state's body, or what its words say."""
    known = knowledge(tokens.doc)
    group = _group(named, tokens, role)
    inside = None if group else _inside(tokens, known)
    own = actors_roles.sector(tokens, role)
    kind: Kind | None = role.kind if role else None
    if role and not named and not inside and kind != "object" and (pronoun := _possessive(tokens)):
        whose = known.resolved.get(pronoun.i, NOBODY)
        told = own if kind == "organisation" or (role.sector and not role.general) else whose.sector
        return Identity(None, None, whose.country, told, kind, whose.group)
    alone = kind == "person" and tokens.root.tag_ == "NN"  # one of a group is not the group
    if group:
        sector = group.sector if not role or role.general or not role.sector else own
        identity = None if alone or kind == "object" else group.id
        return Identity(
            group.name if identity else None, identity, group.country, sector or group.sector, kind, group.id
        )
    if inside:
        told = own if role and role.sector and not role.general else inside.sector
        name, identity = (None, None) if alone else (inside.name, inside.id)
        return Identity(name, identity, inside.country, told, kind, inside.group)
    country, as_state = _country(named, tokens, known.countries)
    if country is None:
        country = _country_of_place(tokens)
    if context and country is None and role and _at_large(tokens, role, own):
        country, as_state = known.main_country(), _of_any_state(tokens)
    body = _of_the_state(tokens, role, country) if role and country and as_state and own == role.sector else None
    if body:
        return Identity(body.name, body.id, country, body.sector, "organisation", body.id)
    return Identity(None, None, country, own, kind)


def _inside(tokens: Tokens, known: Knowledge) -> Identity | None:
    """The body in a phrase whose name the article itself has introduced ("NSB fighters")."""
    doc, words = tokens.doc, columns.of(tokens.doc).text[tokens.start : tokens.end]
    introduced = next((known.local[word] for word in words if word in known.local), None)
    if introduced is not None:
        return introduced
    implied = [i for i, word in enumerate(words, tokens.start) if word in known.implied]
    return next((known.implied[doc[i].text] for i in implied if _is_implied(doc[i], known)), None)


def _is_implied(word: Token, known: Knowledge) -> bool:
    """True of "the coalition" where one is meant; not of "an opposition coalition"."""
    if word.text not in known.implied:
        return False
    if word.dep_ not in ("compound", "nmod", "poss") and word.doc[word.left_edge.i].lower_ != "the":
        return False
    return all(child.pos_ in _SMALL or child.i > word.i for child in word.children)


def _possessive(tokens: Tokens) -> Token | None:
    """The pronoun that says whose the head of a phrase is ("its spokesman")."""
    read, doc = columns.of(tokens.doc), tokens.doc
    pronouns = [i for i in range(tokens.start, tokens.end) if read.tag[i] == "PRP$"]
    return next((doc[i] for i in pronouns if read.head[i] == tokens.root.i), None)


def _person(tokens: Tokens, name: Tokens, role: Role | None, named: list[Occurrence], context: bool) -> Identity:
    """A named person: who the article says that is, or what the words of this phrase say."""
    known = knowledge(tokens.doc)
    told = known.persons.get(surname(name.text), NOBODY)
    apart = [o for o in named if not name.start_char <= o.start < name.end_char]
    here = _nominal(tokens, role, apart, False) if role or apart else NOBODY
    sector = here.sector or told.sector
    if here.sector and any(token.lower_ in actors_roles.word_set("former") for token in tokens):
        sector = "ELI"
    country = here.country or told.country
    anybodys = bool(role and role.noun in actors_roles.word_set("of_any_body"))
    at_large = sector in actors_roles.word_set("of_the_country") and not (here.group or told.group or anybodys)
    if context and country is None and at_large:
        country = known.main_country()
    return Identity(told.name or full_name(name.text), None, country, sector, "person", here.group or told.group)


def full_name(text: str) -> str:
    """A person's name without a possessive ending and on one line."""
    return " ".join(text.removesuffix("'s").removesuffix("’s").split())


def surname(text: str) -> str:
    """The last word of a person's name without the Arabic article, by which short forms are resolved."""
    words = full_name(text).split()
    return _ARTICLE.sub("", words[-1]).casefold() if words else ""


def bare(tokens: Tokens) -> str:
    """The words of a phrase without determiners and possessive endings."""
    read, at = columns.of(tokens.doc), range(tokens.start, tokens.end)
    kept = [i for i in at if read.pos[i] not in ("DET", "PUNCT", "SPACE") and read.tag[i] != "POS"]
    if not kept:
        return tokens.text
    first, last = kept[0], kept[-1]
    return knowledge(tokens.doc).text[read.start[first] : read.start[last] + len(read.text[last])]


def speaks_for(identity: Identity) -> Identity:
    """The group that a person speaks or acts for, as an identity; itself for anybody else."""
    actor = registry.find(identity.group) if identity.group else None
    if not actor or identity.id:
        return identity
    return replace(
        identity, name=actor.name, id=actor.id, country=actor.country, sector=actor.sector, kind="organisation"
    )
