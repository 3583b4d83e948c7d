"""How alike two articles are, by what tells one story from another of the same kind.

Two stories of the same kind of event share their common words; they differ in persons, places, numbers and dates. So
an article's profile keeps of each term what it is, and the likeness is taken for each kind by itself. A small logistic
model (models/events/story.json, written by training/linking.py) weighs these to the probability that the two tell of
one event.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from reportedly.data import CodedArticle, EntityType
from reportedly.events import linking_terms

#: What a term is: as the article's entities have it, else by how it is written.
KINDS = ("word", "capitalised", "person", "organisation", "place", "number", "date")
WORD, CAPITALISED, PERSON, ORGANISATION, PLACE, NUMBER, DATE = range(len(KINDS))
ENTITIES: Mapping[EntityType, int] = {
    "Person": PERSON,
    "Organisation": ORGANISATION,
    "Location": PLACE,
    "Nationality": PLACE,
    "Temporal": DATE,
    "Quantity": NUMBER,
    "Money": NUMBER,
}
#: The likenesses: cosines over all terms, over all but plain words, and over one kind.
FACETS = ("all", "names", "persons", "places", "numbers", "dates")
_MEMBERS = (range(len(KINDS)), range(1, len(KINDS)), (PERSON,), (PLACE,), (NUMBER,), (DATE,))
#: Terms that a profile keeps.
LONGEST = 96
PROFILE = np.dtype([("term", "<u4"), ("weight", "<f2"), ("kind", "u1")])
Profile = NDArray[np.void]
Floats = NDArray[np.float32]


def profile(article: CodedArticle) -> bytes:
    """The heaviest terms of an article with weights and kinds, packed, heaviest first."""
    counts, kinds = _counted(article)
    weights = {term: (1 + math.log(count)) * linking_terms.rarity(term) for term, count in counts.items()}
    named = {term: kinds[term].most_common(1)[0][0] for term in weights}
    bonus = linking_terms.NAME_WEIGHT
    best = sorted(weights, key=lambda term: (-weights[term] * (bonus if named[term] != WORD else 1.0), term))[:LONGEST]
    rows = [(linking_terms.number(term), weights[term], named[term]) for term in best]
    return np.array(rows, dtype=PROFILE).tobytes()


def _counted(article: CodedArticle) -> tuple[Counter[str], dict[str, Counter[int]]]:
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[int]] = {}
    entities = _entity_at(article)
    for match in linking_terms.WORD.finditer(article.text):
        word = match.group()
        if len(word) > 1:
            term = linking_terms.stem(word.rstrip(".,:"))
            counts[term] += 1
            kinds.setdefault(term, Counter())[_kind(word, entities.get(match.start()))] += 1
    return counts, kinds


def _entity_at(article: CodedArticle) -> dict[int, int]:
    found: dict[int, int] = {}
    for entity in article.entities:
        if (kind := ENTITIES.get(entity.type)) is not None:
            for place in range(entity.start, entity.end):
                found.setdefault(place, kind)
    return found


def _kind(word: str, entity: int | None) -> int:
    """Numbers are written in digits, names with a capital; what the entities say else."""
    if word[0].isdigit():
        return DATE if entity == DATE else NUMBER
    if entity in (DATE, NUMBER):
        return entity
    if not word[0].isupper():
        return WORD
    return CAPITALISED if entity is None else entity


def unpacked(packed: bytes) -> Profile:
    """The terms of a packed profile."""
    return np.frombuffer(packed, dtype=PROFILE)


def facets(some: Sequence[Profile], others: Sequence[Profile]) -> Floats:
    """The cosines of every profile with every other, [some, others, facets]; 0 where one has no term of the kind."""
    terms, weights, kinds, owners = _joined(some)
    norms = _norms(weights, kinds, owners, len(some))
    found = np.zeros((len(some), len(others), len(FACETS)), dtype=np.float32)
    for column, other in enumerate(others):
        order = np.argsort(other["term"])
        sorted_terms = other["term"][order]
        at = np.minimum(np.searchsorted(sorted_terms, terms), max(len(sorted_terms) - 1, 0))
        hit = np.flatnonzero(sorted_terms[at] == terms) if len(sorted_terms) else np.zeros(0, dtype=np.int64)
        beside = order[at[hit]]
        products = weights[hit] * other["weight"][beside].astype(np.float32)
        own = _norms(other["weight"].astype(np.float32), other["kind"], np.zeros(len(other), dtype=np.int64), 1)
        for facet, members in enumerate(_MEMBERS):
            both = np.isin(kinds[hit], members) & np.isin(other["kind"][beside], members)
            dots = np.bincount(owners[hit][both], weights=products[both], minlength=len(some))
            length = norms[:, facet] * own[0, facet]
            found[:, column, facet] = np.divide(dots, length, out=np.zeros(len(some)), where=length > 0)
    return found


def _joined(profiles: Sequence[Profile]) -> tuple[NDArray[np.uint32], Floats, NDArray[np.uint8], NDArray[np.int64]]:
    everything = np.concatenate(profiles) if profiles else np.zeros(0, dtype=PROFILE)
    owners = np.repeat(np.arange(len(profiles)), [len(item) for item in profiles])
    return everything["term"], everything["weight"].astype(np.float32), everything["kind"], owners


def _norms(weights: Floats, kinds: NDArray[np.uint8], owners: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    columns = []
    for members in _MEMBERS:
        inside = np.isin(kinds, members)
        columns.append(np.sqrt(np.bincount(owners[inside], weights=weights[inside] ** 2, minlength=size)))
    return np.stack(columns, axis=1)


def likeness(some: Iterable[Profile], others: Iterable[Profile]) -> Floats:
    """The probability that two articles tell of one event, [some, others]."""
    weights, intercept = _model()
    odds = facets(list(some), list(others)) @ weights + intercept
    probability: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return probability


@cache
def _model() -> tuple[Floats, float]:
    kept = json.loads(files("reportedly.models").joinpath("events", "story.json").read_text(encoding="utf-8"))
    return np.array([kept["weights"][name] for name in FACETS], dtype=np.float32), float(kept["intercept"])
