"""Which candidates are entities, and of what type: a multinomial logistic regression over
`entities_features`, and a choice among overlapping candidates.

The weights are made by `training/entities.py` and shipped as `models/entities.npz`; numpy alone is
needed here.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from reportedly.data import EntityType
from reportedly.statements.entities_candidates import Candidate

#: A candidate likelier than this is an entity: F1 is highest well below one half where annotators leave out much.
THRESHOLD = 0.2
#: One inside another, of another type, must be likelier than this ("two" in "two fighters").
NESTED = 0.45
NONE = "none"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Weights: one row a feature, one column a type."""

    types: tuple[str, ...]
    index: dict[str, int]
    weights: Floats
    base: Floats

    def probabilities(self, features: Sequence[Sequence[str]]) -> Floats:
        """The probability of every type for each candidate, given by its features."""
        index = self.index
        known = [[0, *(index[name] for name in names if name in index)] for names in features]
        starts = np.cumsum([0, *(len(row) for row in known[:-1])])
        gathered = self.weights[[i for row in known for i in row]]
        scores = self.base + np.add.reduceat(gathered, starts, axis=0)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return cast(Floats, scores / scores.sum(axis=1, keepdims=True))


@lru_cache(maxsize=1)
def load() -> Model:
    """The shipped model."""
    raw = files("reportedly.models").joinpath("entities.npz").read_bytes()
    stored: Any = np.load(io.BytesIO(raw), allow_pickle=False)
    names = bytes(stored["names"]).decode().split("\0")
    types = tuple(bytes(stored["types"]).decode().split("\n"))
    weights = stored["weights"].astype(np.float32) / 100
    weights = np.vstack([np.zeros((1, len(types)), np.float32), weights])  # row 0 so that no candidate has none
    return Model(types, {name: i for i, name in enumerate(names, 1)}, weights, stored["base"].astype(np.float32))


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
    order = []
    for candidate, row, place in zip(candidates, probabilities, best, strict=True):
        column = eligible[place]
        if row[column] >= THRESHOLD:
            order.append(Chosen(candidate, cast(EntityType, types[column]), float(row[column])))
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
