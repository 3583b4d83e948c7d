"""The weights of linking, from the training half of ECB+: one command, the same result each time.

    python training/linking.py --evaluation ../shared/evaluation --coded train.coded.jsonl \\
        --fold RUN/A "1 6 9 11" --fold RUN/B "3 8 14" …

`--coded` is the training file after `reportedly code`. Each fold is an encoder as events_export.py writes it, and the
topics that were kept out of its training (events_train.py --without): only their mentions are read with it, since a
vector that has been trained on a mention says nothing of how good vectors are.

1. Pairs of articles of one topic: how likely they tell of one event, by the likeness of their words (story.json).
2. Pairs of gold mentions that blocking brings together are compared level by level; a logistic regression with a ridge
   gives each level its evidence, so that comparisons that say the same thing twice are not counted twice. Evidence and
   prior are written as m and u probabilities, Splink's own form: u is how often the level is seen in pairs of two
   events, m is u times the evidence (linking.json).
3. The same with a part of the topics kept out, for the figures that are printed: choose `linking.JOINED` by them.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import linking_levels
import msgspec
import numpy as np
from scipy.optimize import minimize

from reportedly.data import CodedArticle, Span
from reportedly.events import clustering, linking_model, linking_story, mentions
from reportedly.events.encoder import EventEncoder
from reportedly.events.linking_model import Scored, Scorer
from reportedly.events.mentions import Found, LinkMention

RIDGE, TOGETHER, FOLDS = 2.0, 60, 4
#: Bounds in nats for what ECB+ has too few examples of, or none: others are no evidence for one event, and two tolls that
#: differ by more than a factor of two speak against it.
EXPECTED = {
    "others": (-1.0, 0.0),
    "one in common": (0.5, 2.0),
    "the same number of dead": (0.5, 2.0),
    "up to twice as many dead": (-0.5, 0.0),
    "other numbers of dead": (-5.0, -4.0),
    "dates up to two weeks apart": (-2.0, -0.7),
    "dates further apart": (-3.0, -1.5),
    "another type": (-2.0, -0.7),
    "far apart": (-3.0, -1.0),
    "further apart": (-2.0, -0.5),
}
OUT = Path(__file__).parent.parent / "src" / "reportedly" / "models" / "events"


def gold_of(path: Path) -> list[dict[str, Any]]:
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def coded_of(path: Path) -> dict[str, CodedArticle]:
    with path.open("rb") as lines:
        articles = [msgspec.json.decode(line, type=CodedArticle) for line in lines]
    return {str(article.id): article for article in articles}


def gold_mentions(
    article: CodedArticle, gold: dict[str, Any], encoder: EventEncoder
) -> tuple[list[LinkMention], dict[str, str]]:
    """The gold mentions as linking would see them, coded where the coder has an event on the trigger; their chains."""
    spans = [Span(part["start"], part["end"]) for part in ((m.get("parts") or [m])[0] for m in gold["mentions"])]
    reading = encoder.read(article.text, article.sentences, spans, article.title)
    found = []
    for span, vector in zip(spans, reading.vectors[len(reading.mentions) :], strict=True):
        event = next((i for i, e in enumerate(article.events) if span.overlaps(Span(e.start, e.end))), None)
        found.append(Found(span.start, span.end, coded=event, vector=mentions.pack(vector)))
    described = mentions.describe(article, found)
    return described, {m.key: g["chain"] for m, g in zip(described, gold["mentions"], strict=True)}


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
            known = [
                item["label_for_charts"] for item in comparison["comparison_levels"] if not item.get("is_null_level")
            ]
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


def written(
    model: dict[str, Any], intercept: float, weights: np.ndarray, levels: np.ndarray, y: np.ndarray
) -> dict[str, Any]:
    """The model with m and u that give this evidence; what m's sum lacks or has too much goes to the prior."""
    columns = Levels(model)
    odds = intercept
    for index, comparison in enumerate(model["comparisons"]):
        size = columns.sizes[index]
        labels = [item["label_for_charts"] for item in reversed(comparison["comparison_levels"])][:size]
        seen = Counter(levels[~y, index].tolist())
        u = np.array([seen[level] + 1.0 for level in range(size)])
        u /= u.sum()
        fitted = columns.evidence(weights, index)
        expected = [EXPECTED.get(label, (-9.0, 9.0)) for label in labels]
        evidence = np.clip(fitted, *np.array(expected).T) + np.arange(size) * 1e-5  # no two alike: see linking_model
        m = u * np.exp(evidence)
        known = [item for item in comparison["comparison_levels"] if not item.get("is_null_level")]
        for level, item in enumerate(reversed(known)):
            item["m_probability"], item["u_probability"] = round(float(m[level]), 12), round(float(u[level]), 12)
    model["probability_two_random_records_match"] = 1 / (1 + math.exp(-odds))
    return model


def story(articles: dict[str, CodedArticle], golds: list[dict[str, Any]], out: Path) -> None:
    """Fit and write the model of articles, on pairs within a topic: between topics it is too easy."""
    marked = [gold for gold in golds if gold["mentions"]]
    profiles = [linking_story.unpacked(linking_story.profile(articles[gold["id"]])) for gold in marked]
    chains = [{mention["chain"] for mention in gold["mentions"]} for gold in marked]
    facets = linking_story.facets(profiles, profiles)
    pairs = [
        (a, b) for a, b in itertools.combinations(range(len(marked)), 2) if marked[a]["topic"] == marked[b]["topic"]
    ]
    x = np.array([facets[a, b] for a, b in pairs])
    y = np.array([not chains[a].isdisjoint(chains[b]) for a, b in pairs])
    intercept, weights = fit(x, y, 1.0)
    named = {name: round(float(weight), 4) for name, weight in zip(linking_story.FACETS, weights, strict=True)}
    kept = {"weights": named, "intercept": round(intercept, 4)}
    (out / "story.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"stories: {len(y):,} pairs of articles, {y.sum():,} of one event: {kept}")


class Pairs:
    """All pairs of the folds' gold mentions: levels, truth, and the topic of each."""

    def __init__(self) -> None:
        self.scored: list[Scored] = []
        self.chains: dict[str, str] = {}
        self.topics: dict[str, str] = {}

    def read(self, articles: dict[str, CodedArticle], golds: list[dict[str, Any]], encoder: EventEncoder) -> None:
        """Add the mentions of some articles, as this encoder reads them."""
        listed = []
        for gold in golds:
            described, chains = gold_mentions(articles[gold["id"]], gold, encoder)
            listed.append(described)
            self.chains.update(chains)
            self.topics.update(dict.fromkeys(chains, gold["topic"]))
        self.scored += pairs(listed, Scorer(linking_levels.settings(), least=0.0))

    def fit(self, without: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The model of all pairs but those of some topics."""
        used = [one for one in self.scored if self.topics[one.a] not in without and self.topics[one.b] not in without]
        levels = np.array([one.levels for one in used])
        y = np.array([self.chains[one.a] == self.chains[one.b] for one in used])
        model = linking_levels.settings()
        intercept, weights = Levels(model).fitted(levels, y)
        print(f"links: {len(y):,} pairs, {y.sum():,} of one event, without {sorted(without)}")
        return written(model, intercept, weights, levels, y)

    def figures(self, model: dict[str, Any], topics: frozenset[str], metrics: Any) -> None:
        """How well the model links the gold mentions of topics that it was not fitted on."""
        keys = [key for key, topic in self.topics.items() if topic in topics]
        held = [one for one in self.scored if self.topics[one.a] in topics and self.topics[one.b] in topics]
        odds = {(one.a, one.b): _odds(model, one.levels) for one in held}
        for least in (-2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5):
            groups = clustering.groups(keys, odds, clustering.Least(least))
            labels = {(key.split("/")[0], key): index for index, group in enumerate(groups) for key in group}
            scored = metrics({mention: self.chains[mention[1]] for mention in labels}, labels)
            print(f"  from {least}: CoNLL {scored['CoNLL F1']:.3f}, links {scored['cross-article links']}")


def _odds(model: dict[str, Any], levels: tuple[int, ...]) -> float:
    share = model["probability_two_random_records_match"]
    bits = sum(linking_model.bits(item, level) for item, level in zip(model["comparisons"], levels, strict=True))
    return math.log(share / (1 - share)) + bits * math.log(2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluation", type=Path, required=True)
    parser.add_argument("--coded", type=Path, required=True)
    parser.add_argument("--fold", nargs=2, action="append", required=True, metavar=("ENCODER", "TOPICS"))
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    sys.path.insert(0, str(given.evaluation / "linking"))
    from score import metrics

    golds, articles = gold_of(given.evaluation / "linking" / "train.jsonl.gz"), coded_of(given.coded)
    story(articles, golds, given.out)
    everything = Pairs()
    for folder, topics in given.fold:
        chosen = [gold for gold in golds if gold["topic"] in topics.split()]
        everything.read(articles, chosen, EventEncoder(Path(folder)))
    listed = sorted({topic for _, topics in given.fold for topic in topics.split()}, key=int)
    for part in range(FOLDS):
        held = frozenset(listed[part::FOLDS])
        everything.figures(everything.fit(held), held, metrics)
    (given.out / "linking.json").write_text(json.dumps(everything.fit(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
