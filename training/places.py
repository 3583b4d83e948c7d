"""Train the weights of stage `places` on a set of articles with gold places.

    python training/places.py GOLD.jsonl [--folds 5] [--write]

GOLD holds coded articles whose `places` have `kind` (literal, other) and coordinates. The set has no
training part, so that what counts is the cross-validated figure, by document; the shipped weights
are then trained on all of it. No text goes into the weights: they are a number for each feature.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from record import record
from reportedly import data, settings
from reportedly.data import Article
from reportedly.evaluation import parsed, sets
from reportedly.statements import (
    gazetteer,
    gazetteer_build,
    language,
    places,
    places_described,
    places_model,
    places_ranker,
)

NEAR = 161.0


class Sample:
    """One article: its mentions, and for each which gold place it is."""

    def __init__(self, article: Article, doc: Any, gold: list[dict[str, Any]], index: gazetteer.Gazetteer) -> None:
        self.article, self.gold = article, gold
        doc._.article = article
        self.doc = doc
        self.mentions = places.candidates(doc)
        self.countries = places_described.countries(self.mentions) & gazetteer_build.folding_countries()
        self.literal = [self.match(m, "literal") for m in self.mentions]
        self.other = [self.match(m, "other") for m in self.mentions]

    def match(self, mention: Any, kind: str) -> dict[str, Any] | None:
        for place in self.gold:
            literal = "literal" if place.get("kind", "literal") == "literal" else "other"
            if literal == kind and place["start"] < mention.end and mention.start < place["end"]:
                return place
        return None


def right(record: Any, place: dict[str, Any]) -> bool:
    if record.id == place["geonameid"]:
        return True
    return (
        gazetteer_build.km(record.latitude, record.longitude, float(place["latitude"]), float(place["longitude"]))
        <= NEAR
    )


def logistic(rows: list[dict[str, float]], labels: list[float], names: list[str], strength: float) -> dict[str, float]:
    """L2-regularised logistic regression."""
    x = np.array([[row.get(n, 0.0) for n in names] for row in rows])
    y = np.array(labels) * 2 - 1

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = np.clip(y * (x @ w), -40, 40)
        p = 1 / (1 + np.exp(margin))
        return float(np.log1p(np.exp(-margin)).sum() + strength * w @ w / 2), -(x.T @ (y * p)) + strength * w

    w = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return {n: round(float(v), 4) for n, v in zip(names, w, strict=True) if abs(v) > 1e-4}


def ranking(sets_: list[tuple[np.ndarray, np.ndarray, float]], size: int, strength: float) -> np.ndarray:
    """Maximum marginal likelihood: the probability that some right place has, over a softmax."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, gradient = strength * float(w @ w) / 2, strength * w
        for rows, good, weight in sets_:
            p = places_ranker.softmax(rows @ w)
            mass = float(p[good].sum()) + 1e-12
            q = np.where(good, p, 0.0) / mass
            total -= weight * np.log(mass)
            gradient = gradient + weight * (rows.T @ (p - q))
        return total, gradient

    return minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x


def collected(samples: list[Sample], rows: dict[int, Any]) -> list[tuple[np.ndarray, np.ndarray, float]]:
    out = []
    for s in samples:
        for group, matrix in rows[id(s)]:
            places = [s.literal[i] for i in group.mentions if s.literal[i] is not None]
            if not places or len(group.records) < 2:
                continue
            good = np.array([any(right(r, p) for p in places) for r in group.records])
            if good.any() and not good.all():
                out.append((matrix, good, 1.0 + 0.3 * (len(places) - 1)))
    return out


def train(samples: list[Sample], index: gazetteer.Gazetteer, options: Any) -> dict[str, Any]:
    names = sorted(
        {n for s in samples for m in s.mentions for n in m.features if not n.startswith(("best_", "first_chance"))}
    )
    use = [
        (m, float(s.literal[i] is not None))
        for s in samples
        for i, m in enumerate(s.mentions)
        if s.literal[i] or not s.other[i]
    ]
    mention = logistic([m.features for m, _ in use], [y for _, y in use], names, options.strength)
    tree = {"mention": mention, "final": {}, "threshold": 0.5, "alone": {}, "context": {}}
    alone, both = {}, {}
    for s in samples:
        for m in s.mentions:
            m.chance = places_model.chance(m.features, mention)
        found = places_ranker.groups(s.mentions)
        about = places_ranker.Article_(s.article, s.mentions, index)
        for g in found:
            g.weight = max(s.mentions[i].chance for i in g.mentions)
            places_ranker.prune(g, s.mentions)
        beside = places_ranker.elsewhere(found, s.mentions)
        alone[id(s)] = [(g, places_ranker.alone(g, s.mentions, about, beside)) for g in found]
    w1 = ranking(collected(samples, alone), len(places_ranker.ALONE), options.rank_strength)
    for s in samples:
        for g, rows in alone[id(s)]:
            g.scores = places_ranker.softmax(rows @ w1)
        found = [g for g, _ in alone[id(s)]]
        more = places_ranker.context(found) if found else []
        both[id(s)] = [(g, np.hstack([rows, c])) for (g, rows), c in zip(alone[id(s)], more, strict=True)]
    w2 = ranking(collected(samples, both), len(places_ranker.ALONE) + len(places_ranker.CONTEXT), options.rank_strength)
    tree["alone"] = dict(zip(places_ranker.ALONE, np.round(w1, 4).tolist(), strict=True))
    tree["context"] = dict(zip(places_ranker.ALONE + places_ranker.CONTEXT, np.round(w2, 4).tolist(), strict=True))
    model = places_model.Model(tree)
    rows, labels = [], []
    for s in samples:
        for m, i in resolved(s, index, model):
            if s.literal[i] or not s.other[i]:
                rows.append(dict(m.features))
                labels.append(float(s.literal[i] is not None))
    names = sorted({n for row in rows for n in row})
    tree["final"] = logistic(rows, labels, names, options.strength)
    return tree


def resolved(s: Sample, index: gazetteer.Gazetteer, model: places_model.Model) -> list[tuple[Any, int]]:
    """The mentions with final features, and their indices; sets `found` on the sample."""
    s.found = places.resolve(s.doc, s.mentions, model)
    return [(m, i) for i, m in enumerate(s.mentions)]


def predict(s: Sample, index: gazetteer.Gazetteer, model: places_model.Model) -> list[tuple[float, dict[str, Any]]]:
    out = []
    for m, i in resolved(s, index, model):
        place = data.to_dict(places.place(s.doc, s.mentions, i, s.found))
        chance = places_model.chance(m.features, model.final)
        if places.accepted(m, s.found.get(i), model, s.countries):
            chance = max(chance, model.threshold)  # what the stage codes by its rules
        out.append((chance, place))
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("gold", type=Path)
    options.add_argument("--folds", type=int, default=5, help="0 to train without cross-validating")
    options.add_argument("--strength", type=float, default=1.0)
    options.add_argument("--rank-strength", type=float, default=1.0)
    options.add_argument("--write", action="store_true")
    options.add_argument("--out", type=Path, default=Path(".cache/coded-places/cv.jsonl"))
    given = options.parse_args()
    samples, index = load(given.gold)
    order = np.random.default_rng(0).permutation(len(samples))
    predictions: dict[int, Any] = {}
    for fold in range(given.folds):
        held = set(order[fold :: given.folds].tolist())
        model = places_model.Model(train([s for i, s in enumerate(samples) if i not in held], index, given))
        for i in held:
            predictions[i] = predict(samples[i], index, model)
    if predictions:
        report(samples, predictions, given)
    if given.write:
        tree = train(samples, index, given)
        tree["threshold"] = 0.5
        target = Path("src/reportedly/models/places.json")
        target.write_text(json.dumps(tree, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def report(samples: list[Sample], predictions: dict[int, Any], given: Any) -> None:
    """Write the cross-validated predictions at several thresholds and score each."""
    given.out.parent.mkdir(parents=True, exist_ok=True)
    for threshold in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        with given.out.open("w", encoding="utf-8") as out:
            for i, s in enumerate(samples):
                listed = [p for chance, p in predictions[i] if chance >= threshold]
                out.write(json.dumps({"id": s.article.id, "places": listed}) + "\n")
        gold = sets.GoldSet(given.gold.parent.name, given.gold.name)
        f = sets.score(gold, given.gold.parent.parent, given.out)
        shown = (
            "all/recognition/precision",
            "all/recognition/recall",
            "all/recognition/f1",
            "all/resolution/accuracy161",
            "all/end_to_end/f1",
            "LGL/end_to_end/f1",
            "TR-News/end_to_end/f1",
        )
        if threshold == 0.5:  # the one that is shipped
            record("places", {name: f[name] for name in ("all/end_to_end/f1", "all/recognition/f1")})
        print(threshold, "  ".join(f"{n.replace('all/', '')} {f[n]:.3f}" for n in shown), flush=True)


def load(gold: Path) -> tuple[list[Sample], gazetteer.Gazetteer]:
    articles = list(sets.articles(gold))
    listed = [json.loads(line)["places"] for line in gold.open(encoding="utf-8")]
    nlp = language.load(settings.load())
    docs = parsed.docs(nlp, articles, Path(".cache/parsed"))
    index = gazetteer.default()
    return [Sample(a, d, g, index) for a, d, g in zip(articles, docs, listed, strict=True)], index


if __name__ == "__main__":
    main()
