"""The words of a participant: from the head of a noun phrase to the phrase as the record shows it."""

from __future__ import annotations

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements import events_grammar as grammar
from reportedly.statements.events_frames import ACTING

#: What does not belong to a participant's words.
LEFT_OUT = frozenset({"relcl", "acl", "appos", "advcl", "parataxis", "conj", "cc", "case", "preconj", "npadvmod"})


def extent(noun: Token) -> Tokens:
    """The words of a participant: its noun phrase without clauses, other conjuncts and times."""
    if noun.dep_ in ("amod", "compound", "nmod") or (noun.ent_type_ in ACTING and noun.pos_ == "ADJ"):
        return _name(noun)
    kept = {noun.i}
    for item in noun.children:
        if item.dep_ == "appos" and item.pos_ == "PROPN" and item.left_edge.i == noun.i + 1 and noun.pos_ == "NOUN":
            last = grammar.with_conjuncts(item)[-1] if noun.tag_ == "NNS" else item
            kept.update(range(noun.i, extent(last).end))  # "the capital Kabul", "its allies France and Britain"
        elif item.dep_ not in LEFT_OUT and not _is_loose(item) and not (item.is_punct and item.i > noun.i):
            kept.update(below.i for below in item.subtree)
    for verb in (noun.doc[i] for i in sorted(kept) if noun.doc[i].dep_ == "acl"):
        if grammar.is_stranded(verb):  # the sentence itself, which the parser hung on its subject
            kept.difference_update(below.i for below in verb.subtree)
    return _trimmed(_run(noun, kept))


def _run(noun: Token, kept: set[int]) -> Tokens:
    """The unbroken run of kept words around the head."""
    left = right = noun.i
    while left - 1 in kept:
        left -= 1
    while right + 1 in kept:
        right += 1
    return noun.doc[left : right + 1]


def _is_loose(item: Token) -> bool:
    """True for what the parser hung on a noun but tells of the event: "on Tuesday", "over the remarks"."""
    if item.dep_ != "prep":
        return False
    if item.lower_ not in lexicons.words("events_attached.txt"):
        return True
    return any(below.ent_type_ in ("DATE", "TIME") for below in item.children)


def _trimmed(tokens: Tokens) -> Tokens:
    """Without punctuation at either end (a bracket that the parser hung on the noun)."""
    start, end = tokens.start, tokens.end
    while end - start > 1 and tokens.doc[end - 1].is_punct:
        end -= 1
    while end - start > 1 and tokens.doc[start].is_punct:
        start += 1
    return tokens.doc[start:end]


def _name(noun: Token) -> Tokens:
    """The whole entity that a modifier is part of ("South Korean" of "South Korean army officers")."""
    doc, left, right = noun.doc, noun.i, noun.i + 1
    if noun.ent_type_ not in ACTING:
        return doc[left:right]
    while left and doc[left].ent_iob_ == "I":
        left -= 1
    while right < len(doc) and doc[right].ent_iob_ == "I":
        right += 1
    return doc[left:right]
