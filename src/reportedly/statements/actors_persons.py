"""Persons of an article: who a name is introduced as, so that a surname later stands for the full name.

"French president Emmanuel Macron", "Mustafa Bali, a spokesman for the SDF", "the militia's leader,
X": the office is read of the words around the name; well-known leaders are in a lexicon.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reportedly.statements import actors_phrases, actors_registry
from reportedly.statements.actors_phrases import NOBODY, Identity, Knowledge


def introduce(known: Knowledge) -> None:
    """Read off the article who its named persons are, into `known.persons` by surname."""
    for entity in known.names:
        if _is_name(entity):
            _introduce(entity, known)


def _is_name(entity: Tokens) -> bool:
    words = entity.text.split()
    return bool(words) and any(char.isupper() for char in words[-1]) and not any(char.isdigit() for char in entity.text)


def _introduce(entity: Tokens, known: Knowledge) -> None:
    full = actors_phrases.full_name(entity.text)
    key = actors_phrases.surname(entity.text)
    before = known.persons.get(key, NOBODY)
    told = _office(entity)
    famous = actors_registry.leader(full)
    name = full if len(full.split()) > len((before.name or "").split()) else before.name
    if before.name and len(before.name.split()) > 1 and len(full.split()) > 1 and before.name != full:
        before = NOBODY  # another person of the same surname: the latest counts
        name = full
    if famous and (famous.name == full or not before.name):
        told = replace(told, country=famous.country, sector=famous.sector)
        name = famous.name
    known.persons[key] = Identity(
        name,
        None,
        before.country or told.country,
        before.sector or told.sector,
        "person",
        before.group or told.group,
    )


def _office(entity: Tokens) -> Identity:
    """What the words around a name say of the person."""
    here = actors_phrases.described(entity, context=False)
    for beside in _appositions(entity):
        apart = replace(actors_phrases.described(beside.doc[beside.i : beside.i + 1], context=False), name=None)
        if apart.sector or apart.group:
            return replace(apart, country=apart.country or here.country)
    return here


def belong(possessive: Token, identity: Identity, known: Knowledge) -> None:
    """Note that a person named as somebody's officer ("its spokesman, X") is that body's."""
    group = identity.group or identity.id
    for holder in _named_beside(possessive.head):
        key = actors_phrases.surname(holder.text)
        told = known.persons.get(key)
        if told and not told.group:
            known.persons[key] = replace(
                told, group=group, country=told.country or identity.country, sector=identity.sector or told.sector
            )


def _named_beside(office: Token) -> list[Token]:
    after = [child for child in office.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
    before = [office.head] if office.dep_ in ("appos", "compound") and office.head.pos_ == "PROPN" else []
    return [*after, *before]


def _top(token: Token) -> Token:
    while token.dep_ in ("compound", "nmod", "flat") and token.head != token and token.head.i > token.i:
        token = token.head
    return token


def _appositions(entity: Tokens) -> list[Token]:
    root = _top(entity.root)
    after = [child for child in root.rights if child.dep_ == "appos"]
    before = [root.head] if root.dep_ == "appos" else []
    return [token for token in (*after, *before) if token.pos_ in ("NOUN", "PROPN")]
