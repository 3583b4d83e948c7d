"""Finding triggers: the words of a sentence whose frame the lexicon knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.attrs import LEMMA, POS
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.statements import events_grammar as grammar
from reportedly.statements.events_lexicon import Lexicon, Sense, Test

ACTING = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"})


@dataclass(frozen=True)
class Trigger:
    """A word and the sense in which it reports an event."""

    token: Token
    sense: Sense


def find(doc: Doc, lexicon: Lexicon) -> list[Trigger]:
    """All triggers of a document, in order; participles before a noun ("ousted") are not triggers."""
    found = []
    table = lexicon.hashed
    # the columns as integers: looking at every token's strings would cost more than all the rest
    for index, key in enumerate(zip(*doc.to_array([POS, LEMMA]).T.tolist(), strict=True)):
        senses = table.get(key)
        if senses and (sense := _chosen(doc[index], senses)) is not None:
            found.append(Trigger(doc[index], sense))
    return found


def _chosen(token: Token, senses: tuple[Sense, ...]) -> Sense | None:
    """The first sense whose frame holds; none for a participle before a noun ("ousted")."""
    if token.pos_ == "VERB" and token.dep_ in ("amod", "compound", "aux"):
        return None
    return next((item for item in senses if all(_holds(test, token) for test in item.tests)), None)


def span(trigger: Trigger) -> Tokens:
    """The trigger's words: the verb with an adjacent particle, or the noun."""
    token = trigger.token
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    with_particle = following is not None and following.dep_ == "prt" and following.head == token
    if with_particle and grammar.counted(token):
        with_particle = False
    return token.doc[token.i : token.i + 2] if with_particle else token.doc[token.i : token.i + 1]


def _holds(test: Test, token: Token) -> bool:
    held = bool(set(_words(test.key, token)) & test.words) if "*" not in test.words else _any(test.key, token)
    if not test.words:
        held = not _any(test.key, token)
    return held != test.negated


def _any(key: str, token: Token) -> bool:
    return next(iter(_words(key, token)), None) is not None


def _words(key: str, token: Token) -> Iterator[str]:
    """The lemmas that stand in a relation to a trigger; a named actor also counts as "NAME", a place
    as "PLACE"."""
    if key == "prt":
        yield from (grammar.lemma(item) for item in token.children if item.dep_ in ("prt", "advmod"))
    elif key == "obj":
        yield from _nouns(grammar.objects(token))
    elif key == "subj":
        yield from _nouns(subjects(token))
    elif key == "prep":
        yield from (word for word, _ in grammar.prepositions(token))
    elif key.startswith("prep:"):
        yield from _nouns([noun for word, noun in grammar.prepositions(token) if word in key[5:].split("|")])
    elif key in ("to", "comp"):
        yield from _complement(key, token)
    elif key == "that":
        clause = grammar.complement(token)
        if clause is not None and (subject := grammar.child(clause, *grammar.SUBJECT, *grammar.PASSIVE)) is not None:
            yield from _nouns([subject])
    elif key == "mod":
        yield from (grammar.lemma(item) for item in _modifiers(token))
    elif key == "light":
        verb = grammar.support(token)
        if verb is not None:
            yield grammar.lemma(verb)
    elif key == "oprd":
        yield from (grammar.lemma(item) for item in token.children if item.dep_ in ("oprd", "acomp", "ccomp", "xcomp"))
    elif key == "dep":
        yield token.dep_
    elif key == "voice":
        yield "passive" if grammar.is_passive(token) else "active"


def _complement(key: str, token: Token) -> Iterator[str]:
    clause = grammar.complement(token)
    if clause is not None and (key == "comp" or grammar.is_infinitive(clause)):
        yield grammar.lemma(clause)


def _modifiers(noun: Token) -> Iterator[Token]:
    for item in noun.children:
        if item.dep_ in ("compound", "amod", "nmod", "poss", "npadvmod"):
            yield item
            yield from (other for other in item.children if other.dep_ in ("conj", "compound", "amod"))


def _nouns(nouns: list[Token]) -> Iterator[str]:
    """Lemmas of nouns with their compound modifiers ("hunger strike": strike, hunger) and what they
    are named as; "a series of attacks", "part of a programme" count for what follows "of"."""
    for noun in nouns:
        yield grammar.lemma(noun)
        if noun.ent_type_ in ACTING:
            yield "NAME"
        if noun.ent_type_ in ("GPE", "LOC", "FAC") or (
            noun.dep_ == "pobj" and noun.pos_ == "PROPN" and not noun.ent_type_
        ):
            yield "PLACE"
        for item in noun.children:
            if item.dep_ in ("compound", "amod", "nmod"):
                yield grammar.lemma(item)
            elif item.dep_ == "prep" and item.lower_ == "of":
                yield from (grammar.lemma(below) for below in item.children if below.dep_ in ("pobj", "pcomp"))


def subjects(token: Token) -> list[Token]:
    """The logical subject of a trigger, verb, noun with its support verb, or predicate adjective."""
    if token.pos_ in ("NOUN", "PROPN"):
        found = grammar.supported(token)
        return grammar.with_conjuncts(found) if found is not None else []
    above = grammar.governor(token)
    return grammar.subjects(above if above is not None else token)
