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
from reportedly.statements import columns
from reportedly.statements import incidents_nouns as nouns
from reportedly.statements.columns import Columns

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
    found = DATELINE.match(doc._.article.text)
    if found is None:
        return 0
    return next((token.i for token in doc if token.idx >= found.end()), 0)


def mentions(doc: Doc, first: int, sentences: dict[int, int]) -> Iterator[Mention]:
    """All mentions from token `first` on; `sentences` maps token to sentence number."""
    read = columns.of(doc)
    for i in range(first, len(read)):
        pos, dep = read.pos[i], read.dep[i]
        if pos not in ("NOUN", "PROPN") or read.label[i] in TIMES or not read.lower[i][:1].isalpha():
            continue
        if dep in MODIFIER or dep == "amod":
            if pos == "PROPN" and _ends_name(read, i):
                yield Mention(doc[i], _name_start(read, i, first), i + 1, True, sentences[i])
        else:
            start, end = _extent(read, i)
            yield Mention(doc[i], max(start, first), end, False, sentences[i])


def _ends_name(read: Columns, i: int) -> bool:
    """True for the last word of a name that stands before a noun and is no part of its name."""
    head = read.head[i]
    if read.pos[head] == "PROPN" and read.label[head] == read.label[i]:
        return False
    after = i + 1
    return not (
        after < len(read) and read.dep[after] in MODIFIER and read.pos[after] == "PROPN" and read.head[after] == head
    )


def _name_start(read: Columns, i: int, first: int) -> int:
    start = i
    while start > first:
        before = start - 1
        named = read.dep[before] in MODIFIER and read.pos[before] == "PROPN"
        if not named or read.head[before] not in (i, read.head[i]):
            break
        start -= 1
    return start


def extent(token: Token) -> tuple[int, int]:
    """A noun with what stands before it and its "of" phrases."""
    return _extent(columns.of(token.doc), token.i)


def _extent(read: Columns, i: int) -> tuple[int, int]:
    start, end = i, i + 1
    children = read.children[i]
    if children and children[0] < i and read.dep[children[0]] in BEFORE:
        start = read.left[children[0]]
    for item in children:
        if item > i and read.dep[item] == "prep" and read.lower[item] == "of":
            end = max(end, _after_of(read, item, 3))
    return start, end


def _after_of(read: Columns, preposition: int, depth: int) -> int:
    end = preposition + 1
    for noun in read.children[preposition]:
        if read.dep[noun] == "pobj":
            end = max(end, noun + 1)
            for item in read.children[noun] if depth else ():
                if read.dep[item] == "prep" and read.lower[item] == "of":
                    end = max(end, _after_of(read, item, depth - 1))
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
