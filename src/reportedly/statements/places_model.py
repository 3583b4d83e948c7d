"""The weights of stage `places`: which names are places, and which places they are.

All are linear and small; models/places.json holds them by feature name. They are made by
training/places.py.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.statements import places_ranker
from reportedly.statements.places_mentions import Mention
from reportedly.statements.places_ranker import Group

FILE = "places.json"


class Model:
    """The weights, ready for use.

    Args:
        tree: `{"mention": {feature: weight}, "final": {…}, "alone": {…}, "context": {…}, "threshold": p}`.
    """

    def __init__(self, tree: dict[str, Any]) -> None:
        self.mention: dict[str, float] = tree["mention"]
        self.final: dict[str, float] = tree["final"]
        self.threshold: float = tree["threshold"]
        self.passes = (
            _vector(tree["alone"], places_ranker.ALONE),
            _vector(tree["context"], places_ranker.ALONE + places_ranker.CONTEXT),
        )


def _vector(weights: dict[str, float], names: tuple[str, ...]) -> NDArray[np.float64]:
    return np.array([weights.get(name, 0.0) for name in names])


@lru_cache(maxsize=1)
def load() -> Model:
    """The weights that the package ships."""
    return Model(json.loads(files("reportedly.models").joinpath(FILE).read_text(encoding="utf-8")))


def chance(features: dict[str, float], weights: dict[str, float]) -> float:
    """The logistic of the weighted features."""
    score = sum(value * weights.get(name, 0.0) for name, value in features.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def add_place_features(mention: Mention, group: Group) -> None:
    """Add what the choice of a place says for the name's being one, to the mention's features.

    Args:
        mention: one of the group's.
        group: with its final scores.
    """
    best = group.best()
    others = group.context[int(group.scores.argmax())]
    names = places_ranker.CONTEXT
    features = {f"best_{name}": float(others[names.index(name)]) for name in ("near_50", "near_150", "share_country")}
    features["best_chance"] = float(group.scores.max())
    features["best_is_city"] = float(best.kind == "city")
    features["best_small"] = float(best.kind == "city" and best.population < 5000)
    features["best_here"] = float(best.country is not None and best.country in group.countries)
    features["best_here_alone"] = features["best_here"] * float(len({r.country for r in group.records}) == 1)
    features["best_inside"] = float(others[names.index("share_admin1")])
    mention.features.update(features)
