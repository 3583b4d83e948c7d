"""What is known of a candidate, as the features that `entities_model` weighs.

Only recognised names of the labels PERSON, ORG, NORP, GPE, LOC and FAC are read of `doc.ents`, so that
another recogniser can set them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from reportedly.statements import actors_phrases, actors_registry, entities_candidates
from reportedly.statements.entities_candidates import Candidate

_NAMES = frozenset(("PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"))


class Surroundings:
    """What the features of all candidates of one article share."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.label = [token.ent_type_ if token.ent_type_ in _NAMES else "" for token in doc]
        self.naming = [""] * len(doc)
        self.usual = _usual(doc, self.label)
        for occurrence in actors_phrases.knowledge(doc).occurrences:
            span = doc.char_span(occurrence.start, occurrence.end, alignment_mode="expand")
            for token in span or ():
                self.naming[token.i] = _naming(occurrence.alias) + ("/bound" if occurrence.bound else "")


def _usual(doc: Doc, labels: list[str]) -> dict[str, str]:
    """The label that the recogniser gives a capitalised word most often in this article."""
    counts: dict[str, Counter[str]] = {}
    for token, label in zip(doc, labels, strict=True):
        if label and token.text[:1].isupper():
            counts.setdefault(token.text, Counter())[label] += 1
    return {word: count.most_common(1)[0][0] for word, count in counts.items()}


@lru_cache(maxsize=4096)
def _naming(alias: actors_registry.Alias) -> str:
    if alias.naming == "name" and alias.actor in actors_registry.states():
        return "state"
    actor = actors_registry.find(alias.actor) if alias.actor else None
    return f"{alias.naming}:{actor.sector}" if actor and alias.naming == "name" else alias.naming


def _shape(text: str) -> str:
    if text.isupper():
        return "AA" if len(text) > 1 else "A"
    if text[:1].isupper():
        return "Aa"
    return "1" if text[:1].isdigit() else "a" if text[:1].isalpha() else "."


def _governor(head: Token) -> tuple[str, str]:
    """The relation of a head to its sentence, and the word that it depends on (through a preposition)."""
    above = head.head
    if head.dep_ == "pobj":
        return f"pobj:{above.lower_}", above.head.lemma_.lower()
    if head.dep_ == "conj":
        relation, word = head.dep_, above.lemma_.lower()
        return (f"conj<{above.dep_}", word) if above.dep_ != "pobj" else (f"conj<pobj:{above.head.lower_}", relation)
    return head.dep_, above.lemma_.lower()


def of(around: Surroundings, candidate: Candidate) -> list[str]:
    """The features of a candidate."""
    return list(_features(around, candidate))


def _features(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    doc, shape = around.doc, candidate.shape
    head, first, last = doc[candidate.head], doc[candidate.start], doc[candidate.end - 1]
    classes = entities_candidates.classes_of(doc, candidate.head, candidate.start) or ("-",)
    relation, governor = _governor(head)
    number = "pl" if head.tag_ in ("NNS", "NNPS") else "sg" if head.tag_ in ("NN", "NNP") else head.tag_
    label, naming = around.label[candidate.head], around.naming[candidate.head]
    lead = first.lower_ if first.pos_ in ("DET", "PRON") else first.pos_
    yield f"pat={candidate.type}"
    yield f"pat={candidate.type}/{head.tag_}"
    yield f"use={around.usual.get(head.text, '')}/{label}/{shape}"
    yield f"s={shape}"
    yield f"h={head.lemma_.lower()}"
    yield f"h={head.lower_}/{shape}"
    yield f"suf={head.lower_[-3:]}"
    yield f"num={number}/{shape}"
    yield f"dep={relation}"
    yield f"dep={relation}/{number}/{shape}"
    yield f"gov={governor}/{relation[:4]}"
    yield f"lead={lead}/{number}"
    yield f"lead={lead}/{shape}"
    yield f"ner={label}/{shape}"
    yield f"ner={label}/{relation}"
    yield f"nam={naming}/{shape}"
    yield f"nam={naming}/{label}"
    if naming or label:
        yield f"nr={naming}/{label}/{relation}"
        yield f"ng={naming or label}/{governor}"
    yield f"len={min(candidate.end - candidate.start, 7)}/{shape}"
    yield f"cap={_shape(head.text)}/{number}/{lead}"
    for found in classes:
        yield f"c={found}"
        yield f"c={found}/{number}/{shape}"
        yield f"c={found}/{relation}/{shape}"
        yield f"c={found}/{lead}"
        if candidate.end - 1 != candidate.head:
            yield f"c={found}/tail/{last.pos_}"
    yield from _inside(around, candidate)
    yield from _beside(around, candidate, classes[0])


def _inside(around: Surroundings, candidate: Candidate) -> Iterator[str]:
    """The words of the candidate other than its head."""
    doc, shape = around.doc, candidate.shape
    if candidate.shape == "of":
        after = doc[candidate.head + 1].lower_ if candidate.head + 1 < len(doc) else ""
        last = candidate.end - 1
        yield f"of={after}/{around.label[last] or around.naming[last] or doc[last].pos_}"
    labels, namings = set(), set()
    for i in range(candidate.start, candidate.end):
        if i == candidate.head:
            continue
        token = doc[i]
        labels.add(around.label[i])
        namings.add(around.naming[i])
        if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB"):
            yield f"in={token.lower_}"
            for found in entities_candidates.classes().get(token.lower_, ()):
                yield f"inc={found}"
        elif token.pos_ in ("PUNCT", "CCONJ", "PART", "ADP"):
            yield f"in={token.lower_}/{shape}"
    for label in labels - {""}:
        yield f"inner={label}/{shape}"
    for naming in namings - {""}:
        yield f"innam={naming}/{shape}"


def _beside(around: Surroundings, candidate: Candidate, found: str) -> Iterator[str]:
    """The words on either side, and what the candidate is a part of."""
    doc, shape = around.doc, candidate.shape
    before = doc[candidate.start - 1] if candidate.start else None
    after = doc[candidate.end] if candidate.end < len(doc) else None
    yield f"b={before.lower_ if before is not None else ''}/{found}"
    yield f"bp={before.pos_ if before is not None else ''}/{shape}"
    yield f"a={after.lower_ if after is not None else ''}/{shape}"
    yield f"ap={after.pos_ if after is not None else ''}/{shape}/{doc[candidate.head].pos_}"
    head = doc[candidate.head]
    if head.dep_ in ("compound", "amod", "nmod", "poss", "nummod", "quantmod"):
        above = head.head
        for outer in entities_candidates.classes_of(doc, above.i, max(0, above.i - 2)) or ("-",):
            yield f"up={head.dep_}/{outer}/{found}"
            yield f"up={head.dep_}/{outer}/{around.naming[candidate.head] or around.label[candidate.head]}"
        if after is not None and after.text == "-":
            yield f"hyphen={around.naming[candidate.head]}"
