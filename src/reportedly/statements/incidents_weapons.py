"""With what it was done: the weapon of a violent event, and the PLOVER mode that the weapon speaks for."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.data import Event, Span
from reportedly.statements import actors as registry
from reportedly.statements import incidents_candidates as candidates
from reportedly.statements import incidents_nouns as nouns
from reportedly.statements import spans

#: How many words a weapon's phrase may have, its head included.
LONGEST = 4
#: Strengths of weapons, the plainest first.
STRENGTHS = ("strong", "weak", "platform")
#: How far down STRENGTHS a weapon may be that stands after a preposition.
LEAST = {row["preposition"]: STRENGTHS.index(row["least"]) for row in lexicons.rows("incidents_instruments.tsv")}
STRONG, ANY = 0, len(STRENGTHS) - 1


def weapon(token: Token) -> tuple[str, str] | None:
    """The mode and strength of a noun that is a weapon, by its longest phrase."""
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
    for noun, least in _places(trigger):
        known = weapon(noun)
        if known is not None and STRENGTHS.index(known[1]) <= least and noun.i not in [other.i for other, _ in made]:
            made.append((noun, known[0]))
    return made


def _places(trigger: Token) -> Iterator[tuple[Token, int]]:
    """The nouns that may be the weapon, and how far down STRENGTHS a weapon may be there."""
    if trigger.pos_ in ("NOUN", "PROPN"):
        yield trigger, STRONG
        yield from ((item, STRONG) for item in trigger.children if item.dep_ in ("compound", "nmod"))
    words = [trigger]
    if trigger.pos_ != "VERB" or trigger.dep_ == "conj":
        words.append(trigger.head)
    for word in words:
        for item in word.children:
            yield from _below(word, item)


def _below(word: Token, item: Token) -> Iterator[tuple[Token, int]]:
    """The same for one child of the trigger or of the verb that carries it."""
    if item.dep_ in ("nsubj", "nsubjpass", "dobj") and word.pos_ == "VERB":
        yield from ((noun, STRONG) for noun in _with_conjuncts(item))
    elif item.dep_ in ("prep", "agent") and item.lower_ in LEAST:
        yield from ((noun, LEAST[item.lower_]) for noun in _objects(item))
    elif item.dep_ in ("advcl", "xcomp", "acl", "prep") and item.lower_ == "using":
        yield from ((noun, ANY) for below in item.children if below.dep_ == "dobj" for noun in _with_conjuncts(below))


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
    _set_fire(doc, event)


def _set_fire(doc: Doc, event: Event) -> None:
    """What was set fire "to" is hit, not the fire."""
    for number, item in enumerate(event.recipient):
        fire = spans.tokens_at(doc, item.start, item.end).root
        if fire.lemma_.lower() != "fire" or fire.dep_ != "dobj":
            continue
        burnt = [
            noun for word in (fire, fire.head) for to in word.children if to.lower_ == "to" for noun in _objects(to)
        ]
        made = [registry.participant(doc, doc[slice(*candidates.extent(noun))]) for noun in burnt]
        event.recipient[number : number + 1] = made
        return
