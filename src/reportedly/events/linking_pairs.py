"""Of the mentions that blocking brings together, those pairs whose triggers have something in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.events import linking_keys, linking_terms
from reportedly.events.encoder import DIM, TRIGGER
from reportedly.events.mentions import LinkMention

#: Cosine of two vectors from which triggers have something in common: with the same or a kindred word, or another.
KINDRED, ALIKE = 0.05, 0.35

Pair = tuple[int, int]


def pairs(new: Sequence[LinkMention], old: Sequence[LinkMention]) -> list[Pair]:
    """The pairs to score, as positions in `new` followed by `old`; the first of each is a new mention."""
    everything = [*new, *old]
    found = set(_by_story(new, everything))
    found.update(_by_key(new, everything))
    return sorted(found)


def vectors(mentions: Sequence[LinkMention]) -> dict[str, NDArray[np.float32]]:
    """The two parts of the mentions' vectors, each of length 1: "vector" [mentions, TRIGGER], "topic" [mentions, rest];
    0 where not known."""
    nothing = bytes(DIM)
    packed = b"".join(mention.vector or nothing for mention in mentions)
    joined = np.frombuffer(packed, dtype=np.int8).reshape(len(mentions), DIM).astype(np.float32)
    return {"vector": _unit(joined[:, :TRIGGER]), "topic": _unit(joined[:, TRIGGER:])}


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


def _by_story(new: Sequence[LinkMention], everything: Sequence[LinkMention]) -> Iterator[Pair]:
    """All of an article with all of one that shares a rare term with it, where vector or word say so."""
    triggers = vectors(everything)["vector"]
    kindred = _Kindred([mention.stem for mention in everything])
    places = _by_article(everything)
    fresh = list(dict.fromkeys(mention.article for mention in new))
    for number, name in enumerate(fresh):
        others = [other for other in _sharing(everything, places, name) if other not in fresh[:number]]
        rows, columns = places[name], np.concatenate([places[other] for other in others])
        cosines = triggers[rows] @ triggers[columns].T
        alike = (cosines >= ALIKE) | (kindred(rows, columns) & (cosines >= KINDRED))
        left, right = rows[np.nonzero(alike)[0]], columns[np.nonzero(alike)[1]]
        same = np.isin(right, rows)
        yield from zip(left[~same | (left < right)].tolist(), right[~same | (left < right)].tolist(), strict=True)


class _Kindred:
    """Which of some words are the same or of one family."""

    def __init__(self, words: Sequence[str]) -> None:
        numbers = {word: index for index, word in enumerate(dict.fromkeys(words))}
        self.numbers = np.array([numbers[word] for word in words], dtype=np.int64)
        families = [set(linking_terms.families(word)) for word in numbers]
        self.table = np.eye(len(numbers), dtype=np.bool_)
        for a, of_a in enumerate(families):
            for b, of_b in enumerate(families[:a]):
                self.table[a, b] = self.table[b, a] = not of_a.isdisjoint(of_b)

    def __call__(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.table[self.numbers[rows][:, None], self.numbers[columns][None]]
        return found


def _by_article(mentions: Sequence[LinkMention]) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        found[mention.article].append(index)
    return {name: np.array(listed, dtype=np.int64) for name, listed in found.items()}


def _sharing(mentions: Sequence[LinkMention], places: dict[str, NDArray[np.int64]], name: str) -> list[str]:
    """The articles that share a rare term with one, itself first."""
    terms = set(linking_keys.story(mentions[places[name][0]]))
    others = [other for other, at in places.items() if other != name and not terms.isdisjoint(linking_keys.story(mentions[at[0]]))]
    return [name, *others]


def _by_key(new: Sequence[LinkMention], everything: Sequence[LinkMention]) -> Iterator[Pair]:
    holders: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(everything):
        for key in linking_keys.keys(mention):
            holders[key].append(index)
    for index, mention in enumerate(new):
        for key in linking_keys.keys(mention):
            yield from ((index, other) for other in holders[key] if other > index)
