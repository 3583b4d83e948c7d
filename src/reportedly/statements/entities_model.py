"""Which candidates are entities, and of what type: a multinomial logistic regression over
`entities_features`, and a choice among overlapping candidates.

The weights are made by `training/entities.py` and shipped as `models/entities.npz`; numpy alone is
needed here.
"""

from __future__ import annotations

import io
import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from reportedly.data import EntityType
from reportedly.statements.entities_candidates import Candidate
from reportedly.statements.entities_features import Key, spelled

#: A candidate likelier than this is an entity: F1 is highest well below one half where annotators leave out much.
THRESHOLD = 0.2
#: One inside another, of another type, must be likelier than this ("two" in "two fighters").
NESTED = 0.45
NONE = "none"
#: The weights are kept as whole numbers, so that their sum does not depend on its order.
SCALE = 100
#: Keys of features kept with their sums: beyond this they are forgotten between two articles, so that a long run's memory
#: stays bounded.
MOST = 300_000

Floats = npt.NDArray[np.float32]


class Sums(dict[Key, int]):
    """The row of `table` in which the weights of a key's features are added up, worked out at its first use.

    Args:
        index: the number of each feature.
        weights: one row a feature, one column a type.
    """

    def __init__(self, index: dict[str, int], weights: npt.NDArray[np.int32]) -> None:
        super().__init__()
        self.index, self.weights = index, weights
        self.table = np.zeros((1024, weights.shape[1]), np.int32)
        #: The first row is empty: most words that a key may name have no weight.
        self.used = 1
        self._lock = threading.Lock()

    def __missing__(self, key: Key) -> int:
        found = [self.index[name] for name in spelled(key) if name in self.index]
        if not found:
            return self.setdefault(key, 0)
        with self._lock:
            if self.used == len(self.table):
                self.table = np.concatenate([self.table, np.zeros_like(self.table)])
            self.table[self.used] = self.weights[found].sum(axis=0)
            self[key] = self.used
            self.used += 1
            return self[key]


@dataclass(frozen=True)
class Model:
    """Weights in hundredths: one row a feature, one column a type; `base` is not scaled."""

    types: tuple[str, ...]
    index: dict[str, int]
    weights: npt.NDArray[np.int32]
    base: Floats
    _kept: list[Sums] = field(default_factory=list)

    def probabilities(self, candidates: Sequence[Sequence[Key]]) -> Floats:
        """The probability of every type for each candidate, given by the keys of its features (at least one each)."""
        sums = self._sums()
        rows = np.fromiter(map(sums.__getitem__, chain.from_iterable(candidates)), np.int64)
        starts = np.cumsum([0, *(len(keys) for keys in candidates[:-1])])
        scores = self.base + np.add.reduceat(sums.table[rows], starts, axis=0) / np.float32(SCALE)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return cast(Floats, scores / scores.sum(axis=1, keepdims=True))

    def _sums(self) -> Sums:
        """The sums that are known, or none where there are too many."""
        if not self._kept or len(self._kept[-1]) > MOST:
            self._kept[:] = [Sums(self.index, self.weights)]
        return self._kept[-1]


@lru_cache(maxsize=1)
def load() -> Model:
    """The shipped model."""
    raw = files("reportedly.models").joinpath("entities.npz").read_bytes()
    stored: Any = np.load(io.BytesIO(raw), allow_pickle=False)
    names = bytes(stored["names"]).decode().split("\0")
    types = tuple(bytes(stored["types"]).decode().split("\n"))
    weights = stored["weights"].astype(np.int32)
    return Model(types, {name: i for i, name in enumerate(names)}, weights, stored["base"].astype(np.float32))


@dataclass(frozen=True)
class Chosen:
    """A candidate that is an entity of a type, and how likely."""

    candidate: Candidate
    type: EntityType
    probability: float


def choose(candidates: Sequence[Candidate], probabilities: Floats, types: Sequence[str]) -> list[Chosen]:
    """The entities among candidates: the likeliest first, then what does not overlap those."""
    eligible = [column for column, kind in enumerate(types) if kind != NONE]
    best = probabilities[:, eligible].argmax(axis=1)
    chances = probabilities[np.arange(len(best)), np.array(eligible)[best]]
    order = [
        Chosen(candidates[i], cast(EntityType, types[eligible[best[i]]]), float(chances[i]))
        for i in np.flatnonzero(chances >= THRESHOLD).tolist()
    ]
    order.sort(key=lambda chosen: (-chosen.probability, chosen.candidate.start))
    taken: list[Chosen] = []
    covering: dict[int, list[Chosen]] = defaultdict(list)
    for chosen in order:
        where = range(chosen.candidate.start, chosen.candidate.end)
        if all(_compatible(chosen, other) for i in where for other in covering.get(i, ())):
            taken.append(chosen)
            for i in where:
                covering[i].append(chosen)
    return sorted(taken, key=lambda chosen: (chosen.candidate.start, chosen.candidate.end))


def _compatible(new: Chosen, old: Chosen) -> bool:
    """Whether two overlapping choices can both stand: one inside the other, and of another type."""
    a, b = new.candidate, old.candidate
    inside = (b.start <= a.start and a.end <= b.end) or (a.start <= b.start and b.end <= a.end)
    same = (a.start, a.end) == (b.start, b.end)
    return inside and not same and new.type != old.type and new.probability > NESTED
