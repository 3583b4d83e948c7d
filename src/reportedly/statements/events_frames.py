"""Whether the frame of a sense holds around a word: the tests of the lexicon against the parse."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from reportedly.statements import events_grammar as grammar
from reportedly.statements.events_lexicon import Sense, Test

ACTING = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})
PREDICATES = frozenset({"oprd", "acomp", "ccomp", "xcomp"})


def chosen(token: Token, senses: tuple[Sense, ...]) -> Sense | None:
    """The first sense whose frame holds around a token."""
    frame = Frame(token)
    return next((sense for sense in senses if frame.fits(sense)), None)


class Frame:
    """The words around a token by relation, each looked up once however many senses ask for it."""

    def __init__(self, token: Token) -> None:
        self.token = token
        self.found: dict[str, frozenset[str]] = {}

    def fits(self, sense: Sense) -> bool:
        """True if all tests of a sense hold."""
        return all(self._holds(test) for test in sense.tests)

    def _holds(self, test: Test) -> bool:
        words = self._words(test.key)
        if not test.words:
            return bool(words) == test.negated
        held = bool(words) if "*" in test.words else not words.isdisjoint(test.words)
        return held != test.negated

    def _words(self, key: str) -> frozenset[str]:
        if key not in self.found:
            name, _, prepositions = key.partition(":")
            reader = READERS.get(name)
            if name == "prep" and prepositions:
                read = _after(self.token, frozenset(prepositions.split("|")))
            else:
                read = reader(self.token) if reader else iter(())
            self.found[key] = frozenset(read)
        return self.found[key]


def subjects(token: Token) -> list[Token]:
    """The logical subject of a trigger: of a verb, of the verb that carries a noun or adjective."""
    if token.pos_ in ("NOUN", "PROPN"):
        found = grammar.supported(token)
        return grammar.with_conjuncts(found) if found is not None else []
    above = grammar.governor(token)
    return grammar.subjects(above if above is not None else token)


def _after(token: Token, wanted: frozenset[str]) -> Iterator[str]:
    return _nouns([noun for word, noun in grammar.prepositions(token) if word in wanted])


def _particles(token: Token) -> Iterator[str]:
    return (grammar.lemma(item) for item in token.children if item.dep_ in ("prt", "advmod"))


def _predicates(token: Token) -> Iterator[str]:
    return (grammar.lemma(item) for item in token.children if item.dep_ in PREDICATES)


def _clause(token: Token) -> Iterator[str]:
    if (clause := grammar.complement(token)) is not None:
        yield grammar.lemma(clause)


def _infinitive(token: Token) -> Iterator[str]:
    if (clause := grammar.complement(token)) is not None and grammar.is_infinitive(clause):
        yield grammar.lemma(clause)


def _clause_subject(token: Token) -> Iterator[str]:
    clause = grammar.complement(token)
    subject = grammar.child(clause, *grammar.SUBJECT, *grammar.PASSIVE) if clause is not None else None
    return _nouns([subject] if subject is not None else [])


def _modifiers(noun: Token) -> Iterator[str]:
    for item in noun.children:
        if item.dep_ in MODIFIERS:
            yield grammar.lemma(item)
            yield from (grammar.lemma(other) for other in item.children if other.dep_ in ("conj", "compound", "amod"))


def _support(noun: Token) -> Iterator[str]:
    if (verb := grammar.support(noun)) is not None:
        yield grammar.lemma(verb)


def _voice(token: Token) -> Iterator[str]:
    yield "passive" if grammar.is_passive(token) else "active"


def _label(token: Token) -> Iterator[str]:
    yield token.dep_


def _nouns(nouns: list[Token]) -> Iterator[str]:
    """Lemmas of nouns with their compound modifiers ("hunger strike": strike, hunger) and what they
    are named as (NAME, PLACE); in "a series of attacks" what follows "of" counts too."""
    for noun in nouns:
        yield grammar.lemma(noun)
        if noun.ent_type_ in ACTING:
            yield "NAME"
        if noun.ent_type_ in PLACES or (noun.dep_ == "pobj" and noun.pos_ == "PROPN" and not noun.ent_type_):
            yield "PLACE"
        for item in noun.children:
            if item.dep_ in ("compound", "amod", "nmod"):
                yield grammar.lemma(item)
            elif item.dep_ == "prep" and item.lower_ == "of":
                yield from (grammar.lemma(below) for below in item.children if below.dep_ in ("pobj", "pcomp"))


READERS: dict[str, Callable[[Token], Iterator[str]]] = {
    "obj": lambda token: _nouns(grammar.objects(token)),
    "subj": lambda token: _nouns(subjects(token)),
    "prep": lambda token: (word for word, _ in grammar.prepositions(token)),
    "prt": _particles,
    "to": _infinitive,
    "comp": _clause,
    "that": _clause_subject,
    "mod": _modifiers,
    "light": _support,
    "oprd": _predicates,
    "dep": _label,
    "voice": _voice,
}
