"""The learned part of the incidents stage: linear models over string features, kept in one small file.

`training/incidents.py` makes models/incidents.npz; here it is only read and applied (numpy).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FILE = "incidents.npz"
TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery")
ROLES = ("individual", "organisation", "victim", "target", "instrument")
#: The log-odds of what is not there.
FLOOR = -9.0


@dataclass(frozen=True)
class Linear:
    """Logistic regressions over the same string features, one column each.

    Args:
        index: the row of each feature, counted from 1.
        weights: [1 + features, columns]; the first row is that of no feature.
        bias: [columns].
    """

    index: dict[str, int]
    weights: Floats
    bias: Floats

    def logits(self, features: Iterable[str]) -> Floats:
        """The log-odds of each column, for one case."""
        row: Floats = self.table([features])[0]
        return row

    def table(self, cases: Sequence[Iterable[str]]) -> Floats:
        """The log-odds of each column (n, columns), for the features of each case."""
        listed = [list(filter(None, map(self.index.get, case))) for case in cases]
        ends = np.cumsum([len(rows) for rows in listed])
        # In double precision sums of such weights are exact: they do not depend on the order of a set.
        running = np.zeros((int(ends[-1]) + 1, self.weights.shape[1]))
        np.cumsum(self.weights[list(chain.from_iterable(listed))], axis=0, dtype=np.float64, out=running[1:])
        return np.asarray(self.bias + np.diff(running[[0, *ends]], axis=0), np.float32)


@dataclass(frozen=True)
class Dense:
    """Logistic regressions over a fixed vector, standardised first."""

    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    def logits(self, vector: Floats) -> Floats:
        """The log-odds of each column, for one case."""
        return np.asarray(((vector - self.mean) / self.scale) @ self.weights + self.bias, np.float32)


@dataclass(frozen=True)
class Model:
    """All models: which cue words count, articles, entities' roles, an article's types, events.

    `roles` has ten columns: the five roles by words and syntax, then the five with what the encoder's head says.
    """

    cues: frozenset[str]
    article: Linear
    roles: Linear
    types: Dense
    events: Linear
    thresholds: dict[str, float]


def sigmoid(logits: Floats) -> Floats:
    """Probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def context(logits: Floats) -> list[str]:
    """The article model's log-odds as features of its entities and events."""
    return [f"P{column}={int(value)}" for column, value in enumerate(np.clip(logits * 1.5, -6, 6))]


def summary(article: Floats, roles: Floats, evidence: Floats) -> Floats:
    """What an article's types are decided on: its own log-odds, its entities' (n, 5) best, second and sum, and
    the log-odds of its likeliest event of each type."""
    if not len(roles):
        roles = np.full((1, len(ROLES)), FLOOR, np.float32)
    ranked = np.sort(np.clip(roles, FLOOR, -FLOOR), axis=0)[::-1]
    parts = [article, ranked[0], ranked[min(1, len(ranked) - 1)], sigmoid(roles).sum(axis=0), evidence]
    vector: Floats = np.concatenate(parts)
    return vector


def evidence(types: list[str], odds: list[float]) -> Floats:
    """The log-odds of the likeliest event of each type, and how many are likely."""
    best = np.full(len(TYPES), FLOOR, np.float32)
    likely = np.zeros(len(TYPES), np.float32)
    for name, value in zip(types, odds, strict=True):
        column = TYPES.index(name)
        best[column] = max(best[column], value)
        likely[column] += value > 0
    vector: Floats = np.concatenate([best, np.minimum(likely, 3)])
    return vector


def _linear(stored: dict[str, NDArray[np.generic]], name: str) -> Linear:
    words = bytes(stored[f"{name}_features"].tobytes()).decode().split("\n")
    weights = np.pad(stored[f"{name}_weights"].astype(np.float32), ((1, 0), (0, 0)))
    return Linear({word: row for row, word in enumerate(words, 1)}, weights, stored[f"{name}_bias"].astype(np.float32))


@lru_cache(maxsize=1)
def load() -> Model:
    """The model that is shipped with the package."""
    with as_file(files("reportedly.models").joinpath(FILE)) as path, np.load(path, allow_pickle=False) as archive:
        stored = {name: archive[name] for name in archive.files}
    dense = Dense(*(stored[f"types_{part}"].astype(np.float32) for part in ("mean", "scale", "weights", "bias")))
    names = bytes(stored["threshold_names"].tobytes()).decode().split("\n")
    return Model(
        cues=frozenset(bytes(stored["cues"].tobytes()).decode().split("\n")),
        article=_linear(stored, "article"),
        roles=_linear(stored, "roles"),
        types=dense,
        events=_linear(stored, "events"),
        thresholds=dict(zip(names, stored["thresholds"].tolist(), strict=True)),
    )
