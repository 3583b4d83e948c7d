"""With what it was done: the weapon of a violent event, and the PLOVER mode that the weapon speaks for."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.data import Event, Span
from reportedly.statements import incidents_nouns as nouns
from reportedly.statements import spans

#: How many words a weapon's phrase may have, its head included.
LONGEST = 4
PREPOSITIONS = {row["preposition"]: row["strength"] == "any" for row in lexicons.rows("incidents_instruments.tsv")}


def weapon(token: Token) -> tuple[str, bool] | None:
    """The mode of a noun that is a weapon and whether it is one anywhere, by its longest phrase."""
    known = nouns.weapons()
    words = [token.lemma_.lower()]
    best = known.get(words[0]) or known.get(token.lower_)
    here = token
    while len(words) < LONGEST and here.i and here.nbor(-1).head.i in (token.i, here.i):
        here = here.nbor(-1)
        words.insert(0, here.lemma_.lower())
        best = known.get(" ".join(words), best)
    return best


def extent(token: Token) -> Span:
    """The words of a weapon: its noun with what stands right before it."""
    start = token.i
    for item in token.lefts:
        if item.dep_ in ("compound", "amod", "nmod", "nummod", "det", "quantmod", "punct"):
            start = item.left_edge.i
            break
    return spans.of(token.doc[start : token.i + 1])


def named(doc: Doc, event: Event) -> list[tuple[Token, str]]:
    """The weapons of an event, with their modes."""
    trigger = spans.tokens_at(doc, event.start, event.end)[0]
    made: list[tuple[Token, str]] = []
    for noun, strict in _places(trigger):
        known = weapon(noun)
        if known is not None and (known[1] or not strict) and noun.i not in [other.i for other, _ in made]:
            made.append((noun, known[0]))
    return made


def _places(trigger: Token) -> Iterator[tuple[Token, bool]]:
    """The nouns that may be the weapon, and whether only a word that means nothing else will do."""
    if trigger.pos_ in ("NOUN", "PROPN"):
        yield trigger, True
        yield from ((item, True) for item in trigger.children if item.dep_ in ("compound", "nmod"))
    for word in (trigger, trigger.head) if trigger.pos_ != "VERB" or trigger.dep_ == "conj" else (trigger,):
        for item in word.children:
            if item.dep_ in ("nsubj", "nsubjpass", "dobj") and (word.pos_ == "VERB"):
                yield from ((noun, True) for noun in _with_conjuncts(item))
            elif item.dep_ in ("prep", "agent") and item.lower_ in PREPOSITIONS:
                yield from ((noun, not PREPOSITIONS[item.lower_]) for noun in _objects(item))
            elif item.dep_ in ("advcl", "xcomp", "acl") and item.lower_ in ("using", "employing", "firing", "throwing"):
                yield from (
                    (noun, False) for below in item.children if below.dep_ == "dobj" for noun in _with_conjuncts(below)
                )


def _objects(preposition: Token) -> Iterator[Token]:
    for item in preposition.children:
        if item.dep_ == "pobj":
            yield from _with_conjuncts(item)


def _with_conjuncts(noun: Token) -> Iterator[Token]:
    yield noun
    yield from noun.conjuncts


def apply(doc: Doc, event: Event) -> None:
    """Give an ASSAULT its instruments, take them from its participants, and set its mode if it has none."""
    found = named(doc, event)
    event.instrument = [extent(noun) for noun, _ in found]
    if found and event.mode is None:
        event.mode = found[0][1]
    heads = {noun.idx for noun, _ in found}
    for side in ("actor", "recipient"):
        kept = [item for item in getattr(event, side) if not any(item.start <= at < item.end for at in heads)]
        setattr(event, side, kept)
