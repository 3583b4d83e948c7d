"""Stretches of text that may be an entity: noun phrases of the parse, their possessors, modifiers and
"of" phrases, recognised names, amounts and times. `entities_model` decides which of them are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from reportedly.data import EntityType
from reportedly.statements import columns, entities_patterns
from reportedly.statements.entities_words import NAMES, Words

Shape = Literal["base", "of", "joined", "name", "modifier", "number", "core", "pattern"]

_LEFT = frozenset(
    ("det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod", "predet", "case", "punct", "npadvmod")
)
_HEADS = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_INSIDE = frozenset(("compound", "nummod", "quantmod"))
_MODIFIERS = frozenset(("compound", "amod", "nmod"))
_PLACES = frozenset(("nsubj", "dobj", "pobj", "nsubjpass", "conj", "attr"))
_ATTACHED = frozenset(("of", "from", "in", "for", "at", "near", "against", "with", "to", "on"))
_ADVERBS = frozenset(("here", "there", "today", "yesterday", "tomorrow", "tonight", "abroad"))
_BEFORE_NUMBER = frozenset(("more", "than", "at", "least", "about"))


class Candidate(NamedTuple):
    """Tokens `start` to `end` (exclusive) with their head token, and how they were found; `type` is what
    a pattern suggests."""

    start: int
    end: int
    head: int
    shape: Shape
    type: EntityType | None = None


def of(words: Words) -> list[Candidate]:
    """All candidates of an article, without repeats, in the order of the text."""
    found: dict[tuple[int, int], Candidate] = {}
    for candidate in (*_patterns(words), *_names(words), *_phrases(words)):
        found.setdefault((candidate.start, candidate.end), candidate)
    return sorted(found.values(), key=lambda c: (c.start, c.end))


def _patterns(words: Words) -> Iterator[Candidate]:
    for start, end, kind in entities_patterns.found(words.whole):
        first, last = words.columns.touched(start, end)
        yield Candidate(first, last, columns.root(words.doc, first, last), "pattern", kind)


def _names(words: Words) -> Iterator[Candidate]:
    for entity in words.doc.ents:
        if entity.label_ not in NAMES:
            continue
        start, root = entity.start, columns.root(words.doc, entity.start, entity.end)
        yield Candidate(start, entity.end, root, "name")
        if start and words.lower[start - 1] in ("the", "a", "an"):
            yield Candidate(start - 1, entity.end, root, "name")


def _phrases(words: Words) -> Iterator[Candidate]:
    for i, (pos, dep) in enumerate(zip(words.pos, words.dep, strict=True)):
        if pos in _HEADS and dep not in _INSIDE:
            yield from _of_head(words, i)
        elif dep in _MODIFIERS and (pos in ("PROPN", "NOUN") or (pos == "ADJ" and (words.naming[i] or words.label[i]))):
            yield _modifier(words, i)
        elif dep in _PLACES and pos in ("ADJ", "VERB", "DET"):
            yield Candidate(left_edge(words, i), i + 1, i, "base")
        elif pos == "PRON" or (pos == "ADV" and words.lower[i] in _ADVERBS):
            yield Candidate(i, i + 1, i, "base")
        if pos == "NUM" and not (i and words.pos[i - 1] == "NUM"):
            yield from _number(words, i)


def _of_head(words: Words, head: int) -> Iterator[Candidate]:
    start, end = left_edge(words, head), head + 1
    yield Candidate(start, end, head, "base")
    first = _without_possessor(words, head, start)
    if first > start:
        yield Candidate(first, end, head, "core")
    for child in words.children[head]:
        if child == end and words.dep[child] == "prep" and words.lower[child] in _ATTACHED:
            yield from _extended(words, head, start, child)
        if (
            child > head
            and words.dep[child] == "conj"
            and words.pos[child] in ("NOUN", "PROPN")
            and _bare(words, child)
        ):
            yield Candidate(start, child + 1, head, "joined")


def _bare(words: Words, head: int) -> bool:
    return not any(words.dep[below] in ("det", "poss") for below in words.children[head])


def _without_possessor(words: Words, head: int, start: int) -> int:
    for child in words.children[head]:
        if child < head and words.dep[child] == "poss" and words.pos[child] != "PRON":
            return words.right[child] + 1
    return start


def _extended(words: Words, head: int, start: int, preposition: int) -> Iterator[Candidate]:
    for inner in words.children[preposition]:
        if words.dep[inner] != "pobj" or inner < preposition:
            continue
        yield Candidate(start, inner + 1, head, "of")
        for below in words.children[inner]:
            if words.dep[below] == "conj" and inner < below <= inner + 4:
                yield Candidate(start, below + 1, head, "of")
            if words.dep[below] == "prep" and below == inner + 1 and words.lower[below] in ("of", "for"):
                yield from (Candidate(start, last + 1, head, "of") for last in words.children[below] if last > below)


def left_edge(words: Words, head: int) -> int:
    """Where the noun phrase of a head begins: its determiners and modifiers, if they are adjoining."""
    start = head
    for child in reversed(words.children[head]):
        if child > head:
            continue
        if words.dep[child] not in _LEFT or words.right[child] != start - 1:
            break
        if words.dep[child] == "punct" and words.text[child] not in ("-", "‘", "“", '"', "'"):
            break
        start = words.left[child]
    while start < head and words.pos[start] in ("PUNCT", "SPACE", "CCONJ"):
        start += 1
    return start


def _modifier(words: Words, i: int) -> Candidate:
    edge = i
    while edge and words.head[edge - 1] == i and words.dep[edge - 1] in ("compound", "amod", "advmod"):
        edge -= 1
    return Candidate(edge, i + 1, i, "modifier")


def _number(words: Words, i: int) -> Iterator[Candidate]:
    end = i + 1
    while end < len(words) and words.pos[end] == "NUM":
        end += 1
    yield Candidate(i, end, end - 1, "number")
    start = i
    while start and (words.dep[start - 1] == "quantmod" or words.lower[start - 1] in _BEFORE_NUMBER):
        start -= 1
    if start < i:
        yield Candidate(start, end, end - 1, "number")
