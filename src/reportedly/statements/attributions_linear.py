"""A log-linear choice among candidates: each is the sum of its features' weights, and so is "none".

The weights are kept as one gzipped JSON file of {model: {feature: weight in thousandths}}.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from math import exp

Weights = dict[str, float]


@lru_cache(maxsize=4)
def load(name: str) -> dict[str, Weights]:
    """The models of a file in the package's `models` folder."""
    packed = files("reportedly.models").joinpath(name).read_bytes()
    models: dict[str, dict[str, int]] = json.loads(gzip.decompress(packed))
    return {model: {key: value / 1000 for key, value in weights.items()} for model, weights in models.items()}


def total(weights: Weights, features: Iterable[str]) -> float:
    """The sum of the weights of the features that the model knows."""
    return sum([weights[feature] for feature in features if feature in weights])


def shares(scores: list[float]) -> list[float]:
    """Probabilities from scores (softmax)."""
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    whole = sum(raised)
    return [value / whole for value in raised]
