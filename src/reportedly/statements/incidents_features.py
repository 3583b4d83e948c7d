"""What the incident models look at: features of articles, of entities and of events, as strings.

The classifiers are linear, so each combination that matters is a feature of its own ("dependency
path to the governing word, with that word"). After Patwardhan & Riloff (2009) and Huang & Riloff
(2011), who find roles of incidents from the sentence that a noun phrase stands in and from its own
context.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.statements import columns
from reportedly.statements import incidents_candidates as candidates
from reportedly.statements import incidents_nouns as nouns
from reportedly.statements.columns import Columns
from reportedly.statements.incidents_candidates import Entity, Mention

#: The parts of speech of words that may be cues.
_TELLING = frozenset(("VERB", "NOUN", "ADJ"))
ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "agent")
#: Upper bounds of the buckets of sentence numbers, and their names.
POSITIONS = ((0, "0"), (1, "1"), (3, "2-3"), (7, "4-7"), (15, "8-15"))


@dataclass
class Sentences:
    """The sentences of an article after its dateline: its tokens, token to sentence number, and cue words of each."""

    read: Columns
    first: int
    number: dict[int, int]
    cues: list[list[str]]
    known: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)


def sentences(doc: Doc, cues: frozenset[str]) -> Sentences:
    """Number the sentences and note which of the `cues` (lemmas) each holds."""
    first = candidates.body(doc)
    read = columns.of(doc)
    number: dict[int, int] = {}
    words: list[list[str]] = []
    starts = [i for i, begins in enumerate(read.begins) if begins or i == 0]
    for start, end in pairwise([*starts, len(read)]):
        if end <= first:
            continue
        number.update(dict.fromkeys(range(start, end), len(words)))
        told = (i for i in range(max(start, first), end) if read.pos[i] in _TELLING)
        words.append(sorted({read.lemma[i] for i in told} & cues))
    return Sentences(read, first, number, words)


def article(doc: Doc, first: int) -> set[str]:
    """The lemmas of an article and its pairs of neighbouring lemmas."""
    found: set[str] = set()
    before = ""
    read = columns.of(doc)
    for text, lemma in zip(read.text[first:], read.lemma[first:], strict=True):
        if not (lemma and (text.isalpha() or "-" in text)):
            before = ""
            continue
        found.add("w=" + lemma)
        if before:
            found.add(f"b={before}_{lemma}")
        before = lemma
    return found


def entity(item: Entity, where: Sentences, context: list[str], coded: dict[int, list[str]]) -> set[str]:
    """The features of an entity: those of its mentions, the events that they take part in (`coded`, by head
    token), and how it and the article (`context`) stand."""
    found: set[str] = set()
    for mention in item.mentions:
        found.update(_mention(mention, where.read))
        found |= _around(mention, where)
        found.update(coded.get(mention.head.i, ()))
    kind = candidates.class_of(item)
    count = len(item.mentions)
    found.add("n=" + ("5+" if count > 4 else "3-4" if count > 2 else str(count)))
    found.add(f"first={min(item.mentions[0].sentence, 2)}")
    for name in item.names[:4]:
        found.add("name=" + " ".join(sorted(name)))
    for mark in context:
        found.add(mark)
        found.add(f"{mark}|{kind}")
    return found


def _mention(mention: Mention, read: Columns) -> Iterator[str]:
    head = mention.head.i
    kind = nouns.class_at(read, head)
    yield "h=" + read.lemma[head]
    yield "c=" + kind
    yield f"e={read.label[head]}{'/m' if mention.modifier else ''}"
    yield from _phrase(read, head, mention.modifier)
    yield from _syntax(read, head, kind)


def _around(mention: Mention, where: Sentences) -> frozenset[str]:
    """What the sentence of a mention and its neighbours tell, the same for all of one class in a sentence."""
    key = mention.sentence, nouns.class_at(where.read, mention.head.i)
    found = where.known.get(key)
    if found is None:
        found = where.known[key] = frozenset(_sentence(*key, where))
    return found


def _phrase(read: Columns, head: int, modifier: bool) -> Iterator[str]:
    """The words inside the noun phrase."""
    if modifier:
        yield "mh=" + read.lemma[read.head[head]]
        yield "mhc=" + nouns.class_at(read, read.head[head])
    for item in read.children[head]:
        dep = read.dep[item]
        if item < head:
            if dep in candidates.BEFORE and dep not in ("punct", "case"):
                yield "m=" + read.lemma[item]
        elif dep == "prep":
            for below in read.children[item]:
                if read.dep[below] == "pobj":
                    yield f"r={read.lower[item]}:{read.lemma[below]}"
                    yield f"rc={read.lower[item]}:{nouns.class_at(read, below)}"
        elif dep == "appos":
            yield "ap=" + nouns.class_at(read, item)


def path(read: Columns, i: int) -> tuple[list[str], int | None]:
    """The steps from a noun up to the verb or event noun that governs it; conjuncts and appositions
    stand where their first part stands."""
    steps: list[str] = []
    here, ends = i, lexicons.words("incidents_event_nouns.txt")
    for _ in range(5):
        above = read.head[here]
        if above == here:
            break
        edge = read.dep[here]
        here = above
        if edge in ("conj", "appos"):
            continue
        steps.append(f"{edge}<{read.lower[above]}" if read.pos[above] == "ADP" else edge)
        if read.pos[here] == "VERB" or read.lemma[here] in ends:
            return steps, here
    return steps, here if here != i else None


def _syntax(read: Columns, head: int, kind: str) -> Iterator[str]:
    steps, governor = path(read, head)
    if governor is None:
        return
    way, lemma, pos = ">".join(steps), read.lemma[governor], read.pos[governor]
    yield f"p={way}|{lemma}"
    yield f"ps={way}|{pos}"
    yield f"g={lemma}|{kind}"
    yield f"pc={way}|{lemma}|{kind}"
    if steps:
        yield f"g1={steps[-1]}|{lemma}"
        yield f"s1={steps[0]}|{read.lemma[read.head[head]]}"
    if pos == "VERB":
        yield from _clause(read, head, governor, way)
    above = read.head[governor]
    if above != governor:
        yield f"gg={read.dep[governor]}|{read.lemma[above]}|{way}"


def _clause(read: Columns, head: int, verb: int, way: str) -> Iterator[str]:
    """The other arguments of the governing verb, its negation and its modal."""
    lemma = read.lemma[verb]
    for item in read.children[verb]:
        dep = read.dep[item]
        if dep == "neg":
            yield "neg"
        elif read.tag[item] == "MD":
            yield f"modal|{way}"
        elif dep in ARGUMENTS:
            below = (inner for inner in read.children[item] if read.dep[inner] == "pobj")
            other = next(below, item) if dep == "agent" else item
            if other != head:
                yield f"o={way}|{lemma}|{dep}:{nouns.class_at(read, other)}"
                yield f"ol={way}|{dep}:{read.lemma[other]}"


def _sentence(number: int, kind: str, where: Sentences) -> Iterator[str]:
    """The cue words of the sentence and of its neighbours, and its place in the article."""
    for cue in where.cues[number]:
        yield "sw=" + cue
        yield f"sc={cue}|{kind}"
    if number:
        for cue in where.cues[number - 1]:
            yield "pw=" + cue
    if number + 1 < len(where.cues):
        for cue in where.cues[number + 1]:
            yield "nw=" + cue
    yield "si=" + next((name for bound, name in POSITIONS if number <= bound), "16+")
