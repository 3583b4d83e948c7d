"""What the incident models look at: features of articles, of entities and of events, as strings.

The classifiers are linear, so each combination that matters is a feature of its own ("dependency
path to the governing word, with that word"). After Patwardhan & Riloff (2009) and Huang & Riloff
(2011), who find roles of incidents from the sentence that a noun phrase stands in and from its own
context.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.statements import incidents_candidates as candidates
from reportedly.statements import incidents_nouns as nouns
from reportedly.statements.incidents_candidates import Entity, Mention

ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "agent")
#: Upper bounds of the buckets of sentence numbers, and their names.
POSITIONS = ((0, "0"), (1, "1"), (3, "2-3"), (7, "4-7"), (15, "8-15"))


@dataclass
class Sentences:
    """The sentences of an article after its dateline: token to sentence number, and cue words of each."""

    first: int
    number: dict[int, int]
    cues: list[list[str]]
    known: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)


def sentences(doc: Doc, cues: frozenset[str]) -> Sentences:
    """Number the sentences and note which of the `cues` (lemmas) each holds."""
    first = candidates.body(doc)
    number: dict[int, int] = {}
    words: list[list[str]] = []
    for sentence in doc.sents:
        if sentence.end <= first:
            continue
        for index in range(sentence.start, sentence.end):
            number[index] = len(words)
        lemmas = {
            token.lemma_.lower() for token in sentence if token.i >= first and token.pos_ in ("VERB", "NOUN", "ADJ")
        }
        words.append(sorted(lemmas & cues))
    return Sentences(first, number, words)


def article(doc: Doc, first: int) -> set[str]:
    """The lemmas of an article and its pairs of neighbouring lemmas."""
    found: set[str] = set()
    before = ""
    for token in doc[first:]:
        lemma = token.lemma_.lower() if token.is_alpha or "-" in token.text else ""
        if lemma:
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
        found.update(_mention(mention, where))
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


def _mention(mention: Mention, where: Sentences) -> Iterator[str]:
    head = mention.head
    kind = nouns.class_of(head)
    yield "h=" + head.lemma_.lower()
    yield "c=" + kind
    yield f"e={head.ent_type_}{'/m' if mention.modifier else ''}"
    yield from _phrase(mention)
    yield from _syntax(head, kind)
    around = where.known.get((mention.sentence, kind))
    if around is None:
        around = where.known[mention.sentence, kind] = tuple(_sentence(mention.sentence, kind, where))
    yield from around


def _phrase(mention: Mention) -> Iterator[str]:
    """The words inside the noun phrase."""
    head = mention.head
    for item in head.lefts:
        if item.dep_ in candidates.BEFORE and item.dep_ not in ("punct", "case"):
            yield "m=" + item.lemma_.lower()
    if mention.modifier:
        yield "mh=" + head.head.lemma_.lower()
        yield "mhc=" + nouns.class_of(head.head)
    for item in head.rights:
        if item.dep_ == "prep":
            for below in item.children:
                if below.dep_ == "pobj":
                    yield f"r={item.lower_}:{below.lemma_.lower()}"
                    yield f"rc={item.lower_}:{nouns.class_of(below)}"
        elif item.dep_ == "appos":
            yield "ap=" + nouns.class_of(item)


def path(token: Token) -> tuple[list[str], Token | None]:
    """The steps from a noun up to the verb or event noun that governs it; conjuncts and appositions
    stand where their first part stands."""
    steps: list[str] = []
    here = token
    for _ in range(5):
        above = here.head
        if above.i == here.i:
            break
        edge = here.dep_
        if edge not in ("conj", "appos"):
            steps.append(f"{edge}<{above.lower_}" if above.pos_ == "ADP" else edge)
        here = above
        if edge not in ("conj", "appos") and (
            here.pos_ == "VERB" or here.lemma_.lower() in lexicons.words("incidents_event_nouns.txt")
        ):
            return steps, here
    return steps, here if here.i != token.i else None


def _syntax(head: Token, kind: str) -> Iterator[str]:
    steps, governor = path(head)
    if governor is None:
        return
    way, lemma = ">".join(steps), governor.lemma_.lower()
    yield f"p={way}|{lemma}"
    yield f"ps={way}|{governor.pos_}"
    yield f"g={lemma}|{kind}"
    yield f"pc={way}|{lemma}|{kind}"
    if steps:
        yield f"g1={steps[-1]}|{lemma}"
        yield f"s1={steps[0]}|{head.head.lemma_.lower()}"
    if governor.pos_ == "VERB":
        yield from _clause(head, governor, way)
    if governor.head.i != governor.i:
        yield f"gg={governor.dep_}|{governor.head.lemma_.lower()}|{way}"


def _clause(head: Token, verb: Token, way: str) -> Iterator[str]:
    """The other arguments of the governing verb, its negation and its modal."""
    lemma = verb.lemma_.lower()
    for item in verb.children:
        if item.dep_ == "neg":
            yield "neg"
        elif item.tag_ == "MD":
            yield f"modal|{way}"
        elif item.dep_ in ARGUMENTS:
            other = (
                next((below for below in item.children if below.dep_ == "pobj"), item) if item.dep_ == "agent" else item
            )
            if other.i != head.i:
                yield f"o={way}|{lemma}|{item.dep_}:{nouns.class_of(other)}"
                yield f"ol={way}|{item.dep_}:{other.lemma_.lower()}"


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
