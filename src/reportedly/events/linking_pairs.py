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

Pair = tuple[int, int]
Floats = NDArray[np.float32]


class Block:
    """New mentions and the old ones beside them: which pairs to score, and how like their articles are.

    `everything` are the new mentions and then the old ones; a pair is two positions in it, the first a new mention.
    """

    def __init__(self, new: Sequence[LinkMention], old: Sequence[LinkMention]) -> None:
        self.new, self.everything = new, [*new, *old]
        self.fresh = {name: index for index, name in enumerate(dict.fromkeys(mention.article for mention in new))}
        self.places = _by_article(self.everything)

    @cached_property
    def likeness(self) -> dict[str, Floats]:
        """How like each article is to every new one, these in the order of `fresh`."""
        profiles = {name: linking_story.unpacked(self.everything[at[0]].profile) for name, at in self.places.items()}
        found = linking_story.likeness(profiles.values(), [profiles[name] for name in self.fresh])
        return dict(zip(profiles, found, strict=True))

    def pairs(self) -> list[Pair]:
        """The pairs to score, in order."""
        found = set(self._by_story())
        found.update(self._by_key())
        return sorted(found)

    def _by_story(self) -> Iterator[Pair]:
        triggers = vectors(self.everything)["vector"]
        kindred = _Kindred([mention.stem for mention in self.everything])
        for name, number in self.fresh.items():
            rows = self.places[name]
            for other, columns in self.places.items():
                story = float(self.likeness[other][number])
                if self.fresh.get(other, number) < number or (story < STORY and other != name):
                    continue
                cosines = triggers[rows] @ triggers[columns].T
                alike = kindred(rows, columns) & (cosines >= KINDRED)
                if story >= NEAR_STORY:
                    alike |= cosines >= ALIKE
                yield from _ordered(rows, columns, alike, other == name)

    def _by_key(self) -> Iterator[Pair]:
        holders: dict[str, list[int]] = defaultdict(list)
        for index, mention in enumerate(self.everything):
            for key in linking_keys.keys(mention):
                holders[key].append(index)
        for index, mention in enumerate(self.new):
            for key in linking_keys.keys(mention):
                yield from ((index, other) for other in holders[key] if other > index)


def _ordered(
    rows: NDArray[np.int64], columns: NDArray[np.int64], alike: NDArray[np.bool_], same: bool
) -> Iterator[Pair]:
    """The pairs that are alike, the new mention first; within one article each once."""
    left, right = rows[np.nonzero(alike)[0]], columns[np.nonzero(alike)[1]]
    if same:
        left, right = left[left < right], right[left < right]
    yield from zip(np.minimum(left, right).tolist(), np.maximum(left, right).tolist(), strict=True)


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


def _by_article(mentions: Sequence[LinkMention]) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        found[mention.article].append(index)
    return {name: np.array(listed, dtype=np.int64) for name, listed in found.items()}
