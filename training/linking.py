"""The weights of linking, from the training half of ECB+: one command, the same result each time.

    python training/linking.py --evaluation ../shared/evaluation --coded train.coded.jsonl

Pairs of gold mentions that share a blocking key are compared level by level; a logistic regression with a ridge over
the levels gives each its evidence, so that comparisons that say the same thing twice are not counted twice. Evidence
and prior are then written as m and u probabilities, Splink's own form: u is how often the level is seen in pairs of
two events, m is u times the evidence. Folds are topics, which are the news stories of ECB+.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import linking_levels
import msgspec
import numpy as np
from scipy.optimize import minimize

from reportedly.data import CodedArticle
from reportedly.events import linking_model, mentions
from reportedly.events.linking_model import Scored, Scorer
from reportedly.events.mentions import Found, LinkMention

RIDGE = 2.0
TOGETHER = 60
OUT = Path(__file__).parent.parent / "src" / "reportedly" / "models" / "events" / "linking.json"


def gold_of(path: Path) -> list[dict[str, Any]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def coded_of(path: Path) -> dict[str, CodedArticle]:
    with path.open("rb") as lines:
        articles = [msgspec.json.decode(line, type=CodedArticle) for line in lines]
    return {str(article.id): article for article in articles}


def gold_mentions(article: CodedArticle, gold: dict[str, Any]) -> tuple[list[LinkMention], dict[str, str]]:
    """The gold mentions as linking would see them, coded where the coder has an event on the trigger."""
    found, chains = [], []
    for mention in gold["mentions"]:
        first = (mention.get("parts") or [mention])[0]
        event = next((i for i, e in enumerate(article.events) if e.start < first["end"] and first["start"] < e.end), None)
        found.append(Found(first["start"], first["end"], coded=event))
        chains.append(mention["chain"])
    described = mentions.describe(article, found)
    return described, {m.key: c for m, c in zip(described, chains, strict=True)}


def pairs(listed: Sequence[Sequence[LinkMention]], scorer: Scorer) -> list[Scored]:
    """All pairs that share a blocking key, some articles at a time."""
    found: list[Scored] = []
    before: list[LinkMention] = []
    for start in range(0, len(listed), TOGETHER):
        new = [mention for article in listed[start : start + TOGETHER] for mention in article]
        found += scorer.score(new, before)
        before += new
    return found


class Levels:
    """Levels as columns of one matrix; "not known" has none.

    Levels that are steps of one scale ("vectors 0.4 alike", "vectors 0.5 alike") are fitted as steps: the ridge is on
    what a step adds, so that a step with few examples stays near its neighbours.
    """

    def __init__(self, model: dict[str, Any]) -> None:
        self.sizes = [len(item["comparison_levels"]) - 1 for item in model["comparisons"]]
        self.offsets = np.cumsum([0, *self.sizes])
        self.steps = np.eye(self.offsets[-1])
        for comparison, offset in zip(model["comparisons"], self.offsets, strict=False):
            known = [item["label_for_charts"] for item in comparison["comparison_levels"] if not item.get("is_null_level")]
            for scale in _scales(list(reversed(known))):
                for low, high in itertools.pairwise(scale):
                    self.steps[offset + high] += self.steps[offset + low]

    def matrix(self, levels: np.ndarray) -> np.ndarray:
        """[pairs, columns]; times `steps` it is what is fitted."""
        x = np.zeros((len(levels), self.offsets[-1]), dtype=np.float32)
        for index, offset in enumerate(self.offsets[:-1]):
            known = levels[:, index] >= 0
            x[np.flatnonzero(known), offset + levels[known, index]] = 1
        return x

    def fitted(self, levels: np.ndarray, y: np.ndarray, ridge: float = RIDGE) -> tuple[float, np.ndarray]:
        """Intercept and a weight a level, in nats."""
        intercept, steps = fit(self.matrix(levels) @ self.steps, y, ridge)
        return intercept, self.steps @ steps

    def evidence(self, weights: np.ndarray, index: int) -> np.ndarray:
        return weights[self.offsets[index] : self.offsets[index + 1]]


def _scales(labels: list[str]) -> list[list[int]]:
    """Positions of the labels that differ in a number only ("articles 0.2 alike"), lowest first, with their "unlike"."""
    found: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        if re.search(r"\d+ alike$|unlike$|words? in common$", label):
            found.setdefault(re.sub(r"[\d.]+ alike$|unlike$|(no|\d) rare.*", "", label), []).append(index)
    return list(found.values())


def fit(x: np.ndarray, y: np.ndarray, ridge: float = RIDGE) -> tuple[float, np.ndarray]:
    """Intercept and weights in nats of a ridge logistic regression."""
    signs = np.where(y, 1.0, -1.0)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = signs * (x @ theta[1:] + theta[0])
        pull = -signs / (1 + np.exp(np.clip(margin, -50, 50)))
        value = np.logaddexp(0, -margin).sum() + ridge / 2 * theta[1:] @ theta[1:]
        return float(value), np.r_[pull.sum(), x.T @ pull + ridge * theta[1:]]

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return float(found.x[0]), found.x[1:]


def written(model: dict[str, Any], intercept: float, weights: np.ndarray, levels: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """The model with m and u that give this evidence; what m's sum lacks or has too much goes to the prior."""
    columns = Levels(model)
    odds = intercept
    for index, comparison in enumerate(model["comparisons"]):
        size = columns.sizes[index]
        seen = Counter(levels[~y, index].tolist())
        u = np.array([seen[level] + 1.0 for level in range(size)])
        u /= u.sum()
        evidence = columns.evidence(weights, index) + np.arange(size) * 1e-5  # no two alike: see linking_model
        m = u * np.exp(evidence)
        known = [item for item in comparison["comparison_levels"] if not item.get("is_null_level")]
        for level, item in enumerate(reversed(known)):
            item["m_probability"], item["u_probability"] = round(float(m[level]), 12), round(float(u[level]), 12)
    model["probability_two_random_records_match"] = 1 / (1 + math.exp(-odds))
    return model


def prepare(evaluation: Path, coded: Path, name: str = "train.jsonl.gz") -> tuple[list[Scored], dict[str, str], dict[str, str]]:
    """Pairs, chain of every key, topic of every key."""
    articles = coded_of(coded)
    listed, chains, topics = [], {}, {}
    for gold in gold_of(evaluation / "linking" / name):
        described, of = gold_mentions(articles[gold["id"]], gold)
        listed.append(described)
        chains.update(of)
        topics.update(dict.fromkeys(of, gold.get("topic", "")))
    return pairs(listed, Scorer(linking_levels.settings())), chains, topics


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluation", type=Path, required=True)
    parser.add_argument("--coded", type=Path, required=True)
    given = parser.parse_args()
    found, chains, _ = prepare(given.evaluation, given.coded)
    levels = np.array([one.levels for one in found])
    y = np.array([chains[one.a] == chains[one.b] for one in found])
    model = linking_levels.settings()
    intercept, weights = Levels(model).fitted(levels, y)
    OUT.write_text(json.dumps(written(model, intercept, weights, levels, y), indent=1) + "\n", encoding="utf-8")
    print(f"{len(y):,} pairs, {y.sum():,} of one event")


if __name__ == "__main__":
    main()
