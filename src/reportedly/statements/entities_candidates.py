"""Stretches of text that may be an entity: noun phrases of the parse, their possessors, modifiers and
"of" phrases, recognised names, amounts and times. `entities_model` decides which of them are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.data import EntityType
from reportedly.statements import entities_patterns

Shape = Literal["base", "of", "joined", "name", "modifier", "number", "core", "pattern"]

_LEFT = frozenset(
    ("det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod", "predet", "case", "punct", "npadvmod")
)
_HEADS = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_NAMES = frozenset(("PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"))
_ATTACHED = frozenset(("of", "from", "in", "for", "at", "near", "against", "with", "to", "on"))


@dataclass(frozen=True)
class Candidate:
    """Tokens `start` to `end` (exclusive) with their head token, and how they were found; `type` is what
    a pattern suggests."""

    start: int
    end: int
    head: int
    shape: Shape
    type: EntityType | None = None


@lru_cache(maxsize=1)
def classes() -> dict[str, tuple[str, ...]]:
    """The semantic classes of head nouns, from `lexicons/entities_heads.tsv` and the actors' roles."""
    found: dict[str, dict[str, None]] = {}
    for row in lexicons.rows("entities_heads.tsv"):
        found.setdefault(row["noun"], {})[row["class"]] = None
    for row in lexicons.rows("actors_roles.tsv"):
        found.setdefault(row["noun"], {})[row["kind"]] = None
    return {noun: tuple(named) for noun, named in found.items()}


def classes_of(doc: Doc, head: int, first: int) -> tuple[str, ...]:
    """The classes of the longest listed noun that ends at `head` and begins at `first` or later."""
    known = classes()
    last = doc[head]
    for length in (3, 2, 1):
        begin = head - length + 1
        if begin < first:
            continue
        words = [doc[i].lower_ for i in range(begin, head)]
        for end in (last.lower_, last.lemma_.lower()):
            found = known.get(" ".join([*words, end]))
            if found:
                return found
    return ()


def of(doc: Doc) -> list[Candidate]:
    """All candidates of an article, without repeats, in the order of the text."""
    found: dict[tuple[int, int], Candidate] = {}
    for candidate in (*_patterns(doc), *_all(doc)):
        found.setdefault((candidate.start, candidate.end), candidate)
    return sorted(found.values(), key=lambda c: (c.start, c.end))


def _patterns(doc: Doc) -> Iterator[Candidate]:
    for start, end, kind in entities_patterns.found(doc.text):
        tokens = doc.char_span(start, end, alignment_mode="expand")
        if tokens is not None:
            yield Candidate(tokens.start, tokens.end, tokens.root.i, "pattern", kind)


def _all(doc: Doc) -> Iterator[Candidate]:
    yield from _names(doc)
    for token in doc:
        if token.pos_ in _HEADS and token.dep_ not in ("compound", "nummod", "quantmod") and not token.is_space:
            yield from _of_head(token)
        elif token.pos_ in ("ADJ", "PROPN", "NOUN", "VERB") and token.dep_ in ("compound", "amod", "nmod"):
            yield from _modifier(token)
        elif token.dep_ in ("nsubj", "dobj", "pobj", "nsubjpass", "conj", "attr") and token.pos_ in ("ADJ", "VERB", "DET"):
            yield Candidate(left_edge(token), token.i + 1, token.i, "base")
        elif token.pos_ == "PRON":
            yield Candidate(token.i, token.i + 1, token.i, "base")
        elif token.pos_ == "ADV" and token.lower_ in ("here", "there", "today", "yesterday", "tomorrow", "tonight", "abroad"):
            yield Candidate(token.i, token.i + 1, token.i, "base")
        if token.pos_ == "NUM" and not (token.i and doc[token.i - 1].pos_ == "NUM"):
            yield from _number(token)


def _of_head(head: Token) -> Iterator[Candidate]:
    start = left_edge(head)
    end = head.i + 1
    yield Candidate(start, end, head.i, "base")
    first = _without_possessor(head, start)
    if first > start:
        yield Candidate(first, end, head.i, "core")
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in _ATTACHED and child.i == end:
            yield from _extended(head, start, child)
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and not _determined(child):
            yield Candidate(start, child.i + 1, head.i, "joined")


def _without_possessor(head: Token, start: int) -> int:
    for child in head.lefts:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            edge: int = child.right_edge.i
            return edge + 1
    return start


def _extended(head: Token, start: int, preposition: Token) -> Iterator[Candidate]:
    for inner in preposition.children:
        if inner.dep_ == "pobj" and inner.i > preposition.i:
            yield Candidate(start, inner.i + 1, head.i, "of")
            for joined in inner.conjuncts[:1]:
                if joined.i - inner.i <= 4:
                    yield Candidate(start, joined.i + 1, head.i, "of")
            for second in inner.rights:
                if second.dep_ == "prep" and second.lower_ in ("of", "for") and second.i == inner.i + 1:
                    yield from (Candidate(start, last.i + 1, head.i, "of") for last in second.children if last.i > second.i)


def _determined(token: Token) -> bool:
    return any(child.dep_ in ("det", "poss") for child in token.lefts)


def left_edge(head: Token) -> int:
    """Where the noun phrase of a head begins: its determiners and modifiers, if they are adjoining."""
    start: int = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _LEFT or child.right_edge.i != start - 1:
            break
        if child.dep_ == "punct" and child.text not in ("-", "‘", "“", '"', "'"):
            break
        start = child.left_edge.i
    while start < head.i and (head.doc[start].pos_ in ("PUNCT", "SPACE", "CCONJ")):
        start += 1
    return start


def _modifier(token: Token) -> Iterator[Candidate]:
    edge = token.i
    while edge and token.doc[edge - 1].head.i == token.i and token.doc[edge - 1].dep_ in ("compound", "amod", "advmod"):
        edge -= 1
    yield Candidate(edge, token.i + 1, token.i, "modifier")


def _number(token: Token) -> Iterator[Candidate]:
    doc = token.doc
    end = token.i + 1
    while end < len(doc) and doc[end].pos_ == "NUM":
        end += 1
    yield Candidate(token.i, end, end - 1, "number")
    start = token.i
    while start and (doc[start - 1].dep_ == "quantmod" or doc[start - 1].lower_ in ("more", "than", "at", "least", "about")):
        start -= 1
    if start < token.i:
        yield Candidate(start, end, end - 1, "number")


def _names(doc: Doc) -> Iterable[Candidate]:
    for entity in doc.ents:
        if entity.label_ not in _NAMES:
            continue
        start = entity.start
        yield Candidate(start, entity.end, entity.root.i, "name")
        if start and doc[start - 1].lower_ in ("the", "a", "an"):
            yield Candidate(start - 1, entity.end, entity.root.i, "name")
