"""What is known of a candidate, as the features that `entities_model` weighs: words, relations, classes of
the lexicons, recognised names and how the registry of actors names the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.statements import entities_words
from reportedly.statements.entities_candidates import Candidate
from reportedly.statements.entities_words import Words

_CONTENT = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "VERB"))
_BINDING = frozenset(("PUNCT", "CCONJ", "PART", "ADP"))
_PARTS = frozenset(("compound", "amod", "nmod", "poss", "nummod", "quantmod"))
_NUMBERS = {"NNS": "pl", "NNPS": "pl", "NN": "sg", "NNP": "sg"}


def _shape(text: str) -> str:
    if text.isupper():
        return "AA" if len(text) > 1 else "A"
    if text[:1].isupper():
        return "Aa"
    return "1" if text[:1].isdigit() else "a" if text[:1].isalpha() else "."


def _governor(words: Words, head: int) -> tuple[str, str]:
    """The relation of a head to its sentence, and the word that it depends on (through a preposition)."""
    dep, above = words.dep[head], words.head[head]
    if dep == "pobj":
        return f"pobj:{words.lower[above]}", words.lemma[words.head[above]]
    if dep == "conj":
        outer = words.dep[above]
        if outer == "pobj":
            return f"conj<pobj:{words.lower[words.head[above]]}", dep
        return f"conj<{outer}", words.lemma[above]
    return dep, words.lemma[above]


def of(words: Words, candidate: Candidate) -> list[str]:
    """The features of a candidate."""
    head, start = candidate.head, candidate.start
    found = words.classes(head, start) or ("-",)
    relation, governor = _governor(words, head)
    number = _NUMBERS.get(words.tag[head], words.tag[head])
    lead = words.lower[start] if words.pos[start] in ("DET", "PRON") else words.pos[start]
    return [
        *_of_head(words, candidate, relation, governor, number, lead),
        *_of_class(words, candidate, found, (relation, number, lead)),
        *_inside(words, candidate),
        *_beside(words, candidate, found[0]),
    ]


def _of_head(words: Words, candidate: Candidate, relation: str, governor: str, number: str, lead: str) -> list[str]:
    head, shape = candidate.head, candidate.shape
    lower, label, naming = words.lower[head], words.label[head], words.naming[head]
    features = [
        f"pat={candidate.type}",
        f"pat={candidate.type}/{words.tag[head]}",
        f"use={words.usual.get(words.text[head], '')}/{label}/{shape}",
        f"s={shape}",
        f"h={words.lemma[head]}",
        f"h={lower}/{shape}",
        f"suf={lower[-3:]}",
        f"num={number}/{shape}",
        f"dep={relation}",
        f"dep={relation}/{number}/{shape}",
        f"gov={governor}/{relation[:4]}",
        f"lead={lead}/{number}",
        f"lead={lead}/{shape}",
        f"ner={label}/{shape}",
        f"ner={label}/{relation}",
        f"nam={naming}/{shape}",
        f"nam={naming}/{label}",
        f"len={min(candidate.end - candidate.start, 7)}/{shape}",
        f"cap={_shape(words.text[head])}/{number}/{lead}",
    ]
    if naming or label:
        features += [f"nr={naming}/{label}/{relation}", f"ng={naming or label}/{governor}"]
    return features


def _of_class(
    words: Words, candidate: Candidate, classes: tuple[str, ...], of_head: tuple[str, str, str]
) -> Iterator[str]:
    relation, number, lead = of_head
    for found in classes:
        yield f"c={found}"
        yield f"c={found}/{number}/{candidate.shape}"
        yield f"c={found}/{relation}/{candidate.shape}"
        yield f"c={found}/{lead}"
        if candidate.end - 1 != candidate.head:
            yield f"c={found}/tail/{words.pos[candidate.end - 1]}"


def _inside(words: Words, candidate: Candidate) -> Iterator[str]:
    """The words of the candidate other than its head."""
    shape, head, last = candidate.shape, candidate.head, candidate.end - 1
    if shape == "of":
        yield f"of={words.lower[head + 1]}/{words.label[last] or words.naming[last] or words.pos[last]}"
    if last == candidate.start:
        return
    inner = [i for i in range(candidate.start, candidate.end) if i != head]
    listed = entities_words.classes()
    for i in inner:
        if words.pos[i] in _CONTENT:
            yield f"in={words.lower[i]}"
            yield from (f"inc={found}" for found in listed.get(words.lower[i], ()))
        elif words.pos[i] in _BINDING:
            yield f"in={words.lower[i]}/{shape}"
    yield from (f"inner={label}/{shape}" for label in sorted({words.label[i] for i in inner} - {""}))
    yield from (f"innam={naming}/{shape}" for naming in sorted({words.naming[i] for i in inner} - {""}))


def _beside(words: Words, candidate: Candidate, found: str) -> Iterator[str]:
    """The words on either side, and what the candidate is a part of."""
    shape, head, start, end = candidate.shape, candidate.head, candidate.start, candidate.end
    before, after = (words.lower[start - 1] if start else ""), (words.lower[end] if end < len(words) else "")
    yield f"b={before}/{found}"
    yield f"bp={words.pos[start - 1] if start else ''}/{shape}"
    yield f"a={after}/{shape}"
    yield f"ap={words.pos[end] if end < len(words) else ''}/{shape}/{words.pos[head]}"
    if words.dep[head] in _PARTS:
        above = words.head[head]
        for outer in words.classes(above, max(0, above - 2)) or ("-",):
            yield f"up={words.dep[head]}/{outer}/{found}"
            yield f"up={words.dep[head]}/{outer}/{words.naming[head] or words.label[head]}"
        if after == "-":
            yield f"hyphen={words.naming[head]}"
