"""Recordings, statements, maps and papers that speak: whose they are.

"A statement by the army", "an Islamic State recording", "a video that the group posted", "a map published by the
coalition": what is said in one is said by whoever it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements import columns

_BY = frozenset(("by", "from", "of"))
#: Words back in which a medium that is spoken of again has been named.
REACH = 80
_NAMES = frozenset(("NNP", "NNPS"))


@lru_cache(maxsize=1)
def _documents() -> Mapping[str, str]:
    return {row["noun"]: row["channel"] for row in lexicons.rows("attributions_documents.tsv")}


def medium(noun: Token) -> str | None:
    """The channel that a noun is, if it is a recording, statement, map or paper of somebody."""
    return _documents().get(noun.lemma_.lower())


def owner(noun: Token) -> Token | None:
    """The head of whoever a medium is of, if its phrase says so."""
    for child in noun.children:
        if child.dep_ == "poss" or (child.i < noun.i and child.dep_ in ("compound", "nmod", "amod") and _named(child)):
            return child
        if child.dep_ == "prep" and child.lower_ in _BY:
            return next((below for below in child.children if below.dep_ == "pobj"), None)
        if child.dep_ in ("acl", "relcl") and child.lemma_ in lexicons.words("attributions_issuing.txt"):
            found = _doer(child)
            if found is not None:
                return found
    return None


def brought_out(noun: Token) -> Token | None:
    """The head of whoever the same kind of medium was of or was issued by shortly before: "in a statement carried by its
    agency … The statement said"."""
    for i in range(noun.i - 1, max(-1, noun.i - REACH), -1):
        other = noun.doc[i]
        if other.lemma_ != noun.lemma_ or other.tag_[:2] != "NN":
            continue
        verb = _verb_of(other)
        whose = owner(other) or (None if verb is None else _subject(verb))
        if whose is not None:
            return whose
    return None


def _verb_of(noun: Token) -> Token | None:
    """The verb that a medium is the object of, or stands beside: "released a video", "said in a statement"."""
    head = noun.head
    for _ in range(4):
        if head.pos_ in ("VERB", "AUX"):
            return head
        head = head.head
    return None


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _named(token: Token) -> bool:
    return token.tag_ in _NAMES or (token.tag_ == "JJ" and token.text[:1].isupper())


def _doer(verb: Token) -> Token | None:
    """'Published by the coalition', 'which the group released'."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((below for below in child.children if below.dep_ == "pobj"), None)
        if child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP"):
            return child
    return None


def beside(doc: Doc, cue: Span) -> Iterator[Token]:
    """The media that hang on a cue: "said in a statement", "in a video posted by the group, a man says"."""
    read = columns.of(doc)
    for child in read.children[columns.root(doc, *read.touched(cue.start, cue.end))]:
        if read.dep[child] == "prep":
            for below in read.children[child]:
                if read.dep[below] == "pobj" and read.lemma[below] in _documents():
                    yield doc[below]
