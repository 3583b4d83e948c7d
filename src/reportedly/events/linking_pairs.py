"""Of the mentions that blocking brings together, those pairs that may be of one event: of stories that are not
altogether different, with triggers that have something in common, the word or the learned vector."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportedly.events import linking_keys, linking_story, linking_terms
from reportedly.events.encoder import DIM, TRIGGER
from reportedly.events.mentions import LinkMention

#: Cosine of two vectors from which triggers have something in common: with the same or a kindred word, or another.
KINDRED, ALIKE = 0.05, 0.4
#: Likeness of stories from which mentions are compared; below the second, only by kindred words.
STORY, NEAR_STORY = 0.02, 0.1

Floats = NDArray[np.float32]
#: Two positions among the mentions [pairs, 2], the first that of a new one.
Pairs = NDArray[np.int64]


class Block:
    """New mentions and the old ones beside them: which pairs to score, and how like their articles are.

    `everything` are the new mentions and then the old ones; a pair is two positions in it, the first a new mention.
    """

    def __init__(self, new: Sequence[LinkMention], old: Sequence[LinkMention]) -> None:
        self.new, self.everything = new, [*new, *old]
        self.fresh = {name: index for index, name in enumerate(dict.fromkeys(mention.article for mention in new))}
        self.profiles = {mention.article: mention.profile for mention in self.everything}

    @cached_property
    def likeness(self) -> dict[str, Floats]:
        """How like each article is to every new one, these in the order of `fresh`."""
        profiles = {name: linking_story.unpacked(packed) for name, packed in self.profiles.items()}
        found = linking_story.likeness(profiles.values(), [profiles[name] for name in self.fresh])
        return dict(zip(profiles, found, strict=True))

    def pairs(self) -> Pairs:
        """The pairs to score, in order, each once."""
        found = np.concatenate([*self._by_story(), self._by_key()])
        return np.unique(np.sort(found, axis=1), axis=0)

    def _by_story(self) -> Iterator[Pairs]:
        """For each new article the pairs with itself, later new ones, and old ones."""
        triggers = vectors(self.everything)["vector"]
        kindred = _Kindred([mention.stem for mention in self.everything])
        turn = np.array([self.fresh.get(mention.article, len(self.fresh)) for mention in self.everything])
        numbers = {name: index for index, name in enumerate(self.likeness)}
        articles = np.array([numbers[mention.article] for mention in self.everything], dtype=np.int64)
        likeness = np.stack(list(self.likeness.values()))
        for number in self.fresh.values():
            story = likeness[articles, number]
            rows = np.flatnonzero(turn == number)
            columns = np.flatnonzero((turn == number) | ((turn > number) & (story >= STORY)))
            cosines = triggers[rows] @ triggers[columns].T
            alike = (cosines >= ALIKE) & (story[columns] >= NEAR_STORY)
            alike |= (cosines >= KINDRED) & kindred(rows, columns)
            alike &= (turn[columns] > number) | (rows[:, None] < columns)
            left, right = np.nonzero(alike)
            yield np.stack([rows[left], columns[right]], axis=1)

    def _by_key(self) -> Pairs:
        listed = [linking_keys.keys(mention) for mention in self.everything]
        wanted = {key for keys in listed[: len(self.new)] for key in keys}
        holders: dict[str, list[int]] = defaultdict(list)
        for index, keys in enumerate(listed):
            for key in wanted.intersection(keys):
                holders[key].append(index)
        found = {
            (index, other)
            for index, keys in enumerate(listed[: len(self.new)])
            for key in keys
            for other in holders[key]
            if other > index
        }
        return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def vectors(mentions: Sequence[LinkMention]) -> dict[str, Floats]:
    """The two parts of the mentions' vectors, each of length 1: "vector" [mentions, TRIGGER], "topic" [mentions, rest];
    0 where not known."""
    nothing = bytes(DIM)
    packed = b"".join(mention.vector or nothing for mention in mentions)
    joined = np.frombuffer(packed, dtype=np.int8).reshape(len(mentions), DIM).astype(np.float32)
    return {"vector": _unit(joined[:, :TRIGGER]), "topic": _unit(joined[:, TRIGGER:])}


def _unit(rows: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


class _Kindred:
    """Which of some words are the same or of one family."""

    def __init__(self, words: Sequence[str]) -> None:
        numbers = {word: index for index, word in enumerate(dict.fromkeys(words))}
        self.numbers = np.array([numbers[word] for word in words], dtype=np.int64)
        families = [linking_terms.families(word) for word in numbers]
        member = np.zeros((len(numbers), 1 + max((max(of) for of in families if of), default=0)), dtype=np.float32)
        for index, of in enumerate(families):
            member[index, list(of)] = 1
        self.table = (member @ member.T > 0) | np.eye(len(numbers), dtype=np.bool_)

    def __call__(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = self.table[self.numbers[rows][:, None], self.numbers[columns][None]]
        return found
