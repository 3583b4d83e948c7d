"""Whom "it", "they" and "his" stand for in what somebody says: "Turkey said it had begun an incursion"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements.control_clause import prepositions

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: Prepositions between a speaker and those for whom he speaks ("a spokesman for the militias").
BEHALF = ("for", "of", "from")


def sayers(word: Token) -> Iterator[Token]:
    """Who says the clause that a pronoun is the subject of, or owns the subject of, the likeliest first.

    "They" of a spokesman is those for whom he speaks. Other pronouns of the clause may stand for somebody
    named within it, so for them there is none.
    """
    verb = _clause(word)
    if verb is None:
        return
    for subject in (child for child in verb.head.children if child.dep_ in SUBJECTS and child.i != word.i):
        yield subject
        yield from (filler for name, filler in prepositions(subject) if name in BEHALF)
        yield from (child for child in subject.children if child.dep_ in ("compound", "poss"))


def _clause(word: Token) -> Token | None:
    """The verb of the said clause, if a pronoun is its subject or the owner of its subject."""
    subject = word.head if word.dep_ == "poss" else word
    verb = subject.head
    if subject.dep_ not in SUBJECTS:
        return None
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    says = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in lexicons.words("actors_verbs.txt")
    return verb if says else None
