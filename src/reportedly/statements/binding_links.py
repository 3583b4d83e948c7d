"""What a place name or date hangs on: the word that it locates, and by which preposition.

A name inside another word ("US-backed", "the Damascus government", "Turkey’s president"), a subject
and the object of a verb that is no deed on the ground say where nothing happened: they have no link.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements.control_clause import word_set

LOCATIVE = word_set("locative_prepositions")
#: Prepositions that say where a thing is, also where they hang on another noun than the event's.
STATIC = word_set("static_prepositions")
DIRECTIONS = word_set("directions")
PARTS = word_set("place_parts")
#: Verbs whose subject is where their object is: "the camp holds 55,000".
CONTAINING = word_set("containing_verbs")
#: Nouns that a place has: "the camp's population".
PEOPLED = word_set("peopled_nouns")
#: Labels of a name that is part of a larger phrase for a place: "Homs province", "the town, Homs".
INNER = frozenset({"conj", "appos", "compound", "nmod", "amod", "poss", "nummod", "flat"})
#: How far up a phrase the preposition is sought.
REACH = 6


@dataclass(frozen=True)
class Link:
    """The word that an item hangs on; `by` is the preposition, "obj", "noun" ("the Homs attack") or ""."""

    governor: Token
    by: str


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    nouns = {row["noun"] for row in lexicons.rows("control_place_nouns.tsv")}
    return frozenset(nouns | PARTS | DIRECTIONS)


def of_place(name: Token) -> Link | None:
    """What a place name says the place of, if it says so of anything."""
    here = name
    for _ in range(REACH):
        above = here.head
        if above == here:
            return None
        if here.dep_ == "pobj" and above.lower_ != "of":
            return Link(_lifted(above), above.lower_) if above.lower_ in LOCATIVE else None
        if here.dep_ == "pobj":
            if above.head.lemma_.lower() not in _place_words():
                return Link(above.head, "of")
            here = above.head
        elif here.dep_ == "dobj":
            return Link(above, "obj")
        elif _within_place(here, above):
            here = above
        elif here.dep_ == "nsubj" and above.lemma_ in CONTAINING:
            return Link(above, "subj")
        elif here.dep_ == "poss" and above.lemma_.lower() in PEOPLED:
            return Link(above, "of")
        else:
            noun = here.dep_ in ("compound", "nmod", "poss") and above.pos_ == "NOUN"
            return Link(above, "noun") if noun else None
    return None


def _within_place(here: Token, above: Token) -> bool:
    """True if a name goes on in the word above: a word for a place, or another name."""
    if here.dep_ in ("advmod", "npadvmod"):
        return here.lower_ in _place_words()  # "the desert north of Raqqa"
    if here.dep_ not in INNER:
        return False
    word = above.lemma_.lower()
    if here.dep_ in ("conj", "appos"):
        return above.pos_ == "PROPN" or word in _place_words()
    if word in _place_words():
        return True
    return here.dep_ == "compound" and above.pos_ == "PROPN" and above.ent_type_ in ("GPE", "LOC", "FAC")


def _lifted(preposition: Token) -> Token:
    """What a chain of prepositions hangs on: "out of", "north of"."""
    here = preposition
    for _ in range(REACH):
        if here.head == here or here.head.pos_ not in ("ADP", "ADV", "SCONJ"):
            break
        here = here.head
    return here.head


def of_date(root: Token) -> Link:
    """What a date hangs on."""
    above = root.head
    if root.dep_ == "pobj":
        return Link(_lifted(above), above.lower_)
    if root.dep_ in ("compound", "nmod", "amod", "poss", "nummod"):
        return Link(above, "noun")
    return Link(above, "")
