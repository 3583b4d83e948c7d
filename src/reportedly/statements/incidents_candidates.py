"""Who and what an article names: the mentions that may fill a role of an incident, grouped by entity.

A mention is the head of a noun phrase, or a name that stands before one ("FMLN guerrillas"). Names
that contain one another, and nominals with the same head, are taken for one entity of the article;
that is how the keys of incident reports count them, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.statements import incidents_nouns as nouns

TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
BEFORE = frozenset({"compound", "amod", "det", "nummod", "advmod", "quantmod", "nmod", "punct", "case", "poss"})
MODIFIER = frozenset({"compound", "nmod"})
BRACKETS = ("[", "(")
DATELINE = re.compile(r"[^\n]{0,280}(?:--|\[)[^\n]{0,200}\n\s*\n")


@dataclass(frozen=True)
class Mention:
    """A mention: its head token, the tokens that it spans, and its sentence's number."""

    head: Token
    start: int
    end: int
    modifier: bool
    sentence: int


@dataclass
class Entity:
    """Mentions of one person, body or thing."""

    mentions: list[Mention]
    names: list[frozenset[str]] = field(default_factory=list)


def body(doc: Doc) -> int:
    """The index of the first token after a wire dateline that is a paragraph of its own."""
    found = DATELINE.match(doc.text)
    if found is None:
        return 0
    return next((token.i for token in doc if token.idx >= found.end()), 0)


def mentions(doc: Doc, first: int, sentences: dict[int, int]) -> Iterator[Mention]:
    """All mentions from token `first` on; `sentences` maps token to sentence number."""
    for token in doc[first:]:
        if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ in TIMES or not token.lower_[:1].isalpha():
            continue
        if token.dep_ in MODIFIER or token.dep_ == "amod":
            if token.pos_ == "PROPN" and _ends_name(token):
                yield Mention(token, _name_start(token, first), token.i + 1, True, sentences[token.i])
        else:
            start, end = extent(token)
            yield Mention(token, max(start, first), end, False, sentences[token.i])


def _ends_name(token: Token) -> bool:
    """True for the last word of a name that stands before a noun and is no part of its name."""
    head = token.head
    if head.pos_ == "PROPN" and head.ent_type_ == token.ent_type_:
        return False
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return not (after is not None and after.dep_ in MODIFIER and after.pos_ == "PROPN" and after.head.i == head.i)


def _name_start(token: Token, first: int) -> int:
    start, doc = token.i, token.doc
    while start > first:
        before = doc[start - 1]
        if before.dep_ not in MODIFIER or before.pos_ != "PROPN" or before.head.i not in (token.i, token.head.i):
            break
        start -= 1
    return start


def extent(token: Token) -> tuple[int, int]:
    """A noun with what stands before it and its "of" phrases."""
    start = token.i
    left = next(iter(token.lefts), None)
    if left is not None and left.dep_ in BEFORE:
        start = left.left_edge.i
    end = token.i + 1
    for item in token.rights:
        if item.dep_ == "prep" and item.lower_ == "of":
            end = max(end, _after_of(item, 3))
    return start, end


def _after_of(preposition: Token, depth: int) -> int:
    end = preposition.i + 1
    for noun in preposition.children:
        if noun.dep_ == "pobj":
            end = max(end, noun.i + 1)
            for item in noun.children if depth else ():
                if item.dep_ == "prep" and item.lower_ == "of":
                    end = max(end, _after_of(item, depth - 1))
    return end


def entities(doc: Doc, found: list[Mention]) -> list[Entity]:
    """The mentions by entity, in order of first mention."""
    named: list[Entity] = []
    nominal: dict[str, Entity] = {}
    by_word: dict[str, list[int]] = {}
    for mention in found:
        head = mention.head
        if head.pos_ != "PROPN" and head.ent_type_ not in ("PERSON", "ORG"):
            nominal.setdefault(head.lemma_.lower(), Entity([])).mentions.append(mention)
            continue
        name = _name_words(doc, mention)
        near = sorted({number for word in name for number in by_word.get(word, ())})
        number = next((n for n in near if any(name <= other or other <= name for other in named[n].names)), len(named))
        if number == len(named):
            named.append(Entity([]))
        entity = named[number]
        entity.mentions.append(mention)
        if name not in entity.names:
            entity.names.append(name)
            for word in name:
                by_word.setdefault(word, []).append(number)
    return _with_acronyms(doc, named) + list(nominal.values())


def _with_acronyms(doc: Doc, named: list[Entity]) -> list[Entity]:
    """The same, with a short form in brackets right after a name ("Front [FMLN]") taken for that name."""
    short = {mention.head.i: entity for entity in named for mention in entity.mentions}
    for entity in named:
        for mention in list(entity.mentions):
            if mention.end + 1 >= len(doc) or doc[mention.end].text not in BRACKETS:
                continue
            other = short.get(mention.end + 1)
            if other is not None and other is not entity and doc[mention.end + 1].is_upper and other.mentions:
                entity.mentions += other.mentions
                entity.names += other.names
                other.mentions = []
    return [entity for entity in named if entity.mentions]


def _name_words(doc: Doc, mention: Mention) -> frozenset[str]:
    words = [token.lower_ for token in doc[mention.start : mention.end] if token.is_alpha or "-" in token.text]
    titles = lexicons.words("incidents_titles.txt")
    return (
        frozenset(word for word in words if word not in titles) or frozenset(words) or frozenset({mention.head.lower_})
    )


def class_of(entity: Entity) -> str:
    """The class of an entity's first mention."""
    return nouns.class_of(entity.mentions[0].head)
