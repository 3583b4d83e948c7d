"""Train the models of the incidents stage:  python training/incidents.py FOLDER [--cache FOLDER]

FOLDER holds train.jsonl.gz (articles with incident templates) and the scorer `score.py`, which says
what counts as the same filler. Writes src/reportedly/models/incidents.npz and prints the figures of
a five-fold cross-validation. Everything is seeded. Needs scikit-learn, which the package does not.

The order: (1) an article model per incident type, (2) an entity model per role, with the article
model's held-out predictions among its features, (3) an article's types from both, (4) an event model.
"""

from __future__ import annotations

import argparse
import copy
import gzip
import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from incidents_key import SLOTS, role_labels
from scipy.sparse import csr_matrix
from scorers import scorer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from reportedly import settings
from reportedly.evaluation import parsed, sets
from reportedly.statements import (
    actors,
    events,
    incidents,
    incidents_events,
    incidents_features,
    incidents_heads,
    incidents_judge,
    language,
    reading,
)
from reportedly.statements import entities as naming
from reportedly.statements import incidents_model as models

FOLDS, SEED = 5, 0
OUT = Path("src/reportedly/models/incidents.npz")
WIDE = 600


def documents(path: Path, cache: Path) -> Any:
    """Parsed articles with what comes of the stages before `incidents` that it looks at."""
    nlp = language.parser(settings.load())
    articles = list(sets.articles(path))
    for article, doc in zip(articles, parsed.docs(nlp, articles, cache), strict=True):
        doc._.article = article
        yield events.run(actors.run(naming.run(doc)))
        reading.forget(doc)


def cues(docs: list[Any], labels: np.ndarray) -> frozenset[str]:
    """The lemmas that tell articles with incidents from others, by the log-odds of a one-feature model."""
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for doc, label in zip(docs, labels, strict=True):
        counts[int(label)].update({t.lemma_.lower() for t in doc if t.pos_ in ("VERB", "NOUN", "ADJ") and t.is_alpha})
    total = [max(1, int((labels == side).sum())) for side in (0, 1)]
    worth = {}
    for lemma in counts[1]:
        a, b = counts[1][lemma], counts[0][lemma]
        if a + b >= 12:
            p, q = (a + 0.5) / total[1], (b + 0.5) / total[0]
            worth[lemma] = (p - q) ** 2 / (p + q)
    return frozenset(sorted(worth, key=lambda lemma: (-worth[lemma], lemma))[:WIDE])


def vocabulary(rows: list[set[str]], least: int) -> dict[str, int]:
    """Features that occur in at least `least` rows."""
    counts = Counter(feature for row in rows for feature in row)
    return {feature: index for index, feature in enumerate(sorted(f for f, n in counts.items() if n >= least))}


def matrix(rows: list[set[str]], index: dict[str, int]) -> csr_matrix:
    """The rows as a sparse 0/1 matrix."""
    starts, columns = [0], []
    for row in rows:
        columns += sorted(index[feature] for feature in row if feature in index)
        starts.append(len(columns))
    return csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(rows), len(index)))


def fit(x: csr_matrix, labels: np.ndarray, c: float) -> LogisticRegression:
    """One regularised logistic regression."""
    return LogisticRegression(C=c, solver="liblinear", random_state=SEED).fit(x, labels)


class Columns:
    """Logistic regressions, one a column of labels: held-out log-odds and the final weights."""

    def __init__(self, rows: list[set[str]], labels: np.ndarray, groups: np.ndarray, c: float, least: int) -> None:
        self.index = vocabulary(rows, least)
        x = matrix(rows, self.index)
        self.held_out = np.zeros(labels.shape, np.float32)
        fitted = []
        for column in range(labels.shape[1]):
            for train, test in folds(groups):
                model = fit(x[train], labels[train, column], c)
                self.held_out[test, column] = model.decision_function(x[test])
            fitted.append(fit(x, labels[:, column], c))
        self.weights = np.stack([model.coef_[0] for model in fitted], axis=1)
        self.bias = np.array([model.intercept_[0] for model in fitted])

    def stored(self, name: str, keep: float) -> dict[str, np.ndarray]:
        """The arrays to save, features without weight left out."""
        words = [word for word, _ in sorted(self.index.items(), key=lambda item: item[1])]
        kept = np.abs(self.weights).max(axis=1) >= keep
        text = "\n".join(word for word, use in zip(words, kept, strict=True) if use)
        return {
            f"{name}_features": np.frombuffer(text.encode(), np.uint8),
            f"{name}_weights": self.weights[kept].astype(np.float16),
            f"{name}_bias": self.bias.astype(np.float32),
        }


def beside(first: Columns, second: Columns) -> Columns:
    """Two models as one, the columns of the second behind those of the first."""
    words = sorted({*first.index, *second.index})
    weights = np.zeros((len(words), first.weights.shape[1] + second.weights.shape[1]))
    for model, columns in ((first, slice(None, len(first.bias))), (second, slice(len(first.bias), None))):
        for row, word in enumerate(words):
            if word in model.index:
                weights[row, columns] = model.weights[model.index[word]]
    both = copy.copy(first)
    both.index, both.weights = {word: row for row, word in enumerate(words)}, weights
    both.bias = np.concatenate([first.bias, second.bias])
    return both


def folds(groups: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Train and test rows of each fold; rows of one article stay together."""
    articles = np.arange(groups.max() + 1)
    split = KFold(FOLDS, shuffle=True, random_state=SEED).split(articles)
    return [(np.flatnonzero(np.isin(groups, train)), np.flatnonzero(np.isin(groups, test))) for train, test in split]


def told_by_head(cache: Path, listed: list[list[Any]]) -> list[np.ndarray | None]:
    """What heads of the encoder say of each article's entities that have not seen the article (training/roles.py).

    None for each where the weights have no such head.
    """
    if not reading.encoder().roles:
        return [None] * len(listed)
    with np.load(cache / incidents_heads.HELD_OUT) as stored:
        tables = np.split(stored["odds"], np.cumsum(stored["sizes"])[:-1])
    if [len(table) for table in tables] != [len(entities) for entities in listed]:
        raise SystemExit("the entities are not those that training/roles.py saw: run it again")
    return list(tables)


def event_label(score: Any, gold: dict[str, Any], item: Any) -> int:
    """1 if the article has an incident of a candidate's type and the key knows its participants."""
    types, fillers, _ = score.gold_roles(gold)
    if not any(item.type in kinds for kinds, _ in types):
        return 0
    known = 0
    for people, slots in ((item.event.actor, SLOTS[:2]), (item.event.recipient, SLOTS[2:4])):
        for person in people:
            if any(f.matches({person.text}) for slot in slots for f in fillers[slot]):
                known += 1
            else:
                known -= 1
    return int(known >= 0)


def train(folder: Path, cache: Path) -> None:
    """The whole training, and its figures."""
    score = scorer(folder)
    with gzip.open(folder / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    docs = list(documents(folder / "train.jsonl.gz", cache))
    types = np.array(
        [[any(t in kinds for kinds, _ in score.gold_roles(g)[0]) for t in models.TYPES] for g in gold], int
    )
    relevant = types.any(axis=1).astype(int)
    chosen = cues(docs, relevant)
    where = [incidents_features.sentences(doc, chosen) for doc in docs]
    bags = [incidents_features.article(doc, w.first) for doc, w in zip(docs, where, strict=True)]
    each = np.arange(len(docs))
    article = Columns(bags, np.column_stack([types, relevant]), each, c=0.2, least=3)
    print("articles", figures(article.held_out[:, :5] > -0.8, types), flush=True)

    found = [incidents.prepare(doc) for doc in docs]
    listed = [incidents_judge.entities(doc, w) for doc, w in zip(docs, where, strict=True)]
    told = told_by_head(cache, listed)
    rows, marked, labels, groups = [], [], [], []
    for number, (doc, w, entities) in enumerate(zip(docs, where, listed, strict=True)):
        marks = incidents_heads.marks(told[number], len(entities))
        context = models.context(article.held_out[number])
        coded = incidents_events.parts(doc, found[number])
        own = [incidents_features.entity(entity, w, context, coded) for entity in entities]
        rows += own
        marked += [features | mark for features, mark in zip(own, marks, strict=True)]
        labels += role_labels(score, gold[number], doc, entities)
        groups += [number] * len(entities)
    group = np.array(groups)
    roles = Columns(rows, np.array(labels), group, c=0.05, least=4)
    print("roles", figures(roles.held_out > -0.8, np.array(labels)), flush=True)
    parts = Columns(marked, np.array(labels), group, c=0.05, least=4)
    print("roles, with the encoder's head", figures(parts.held_out > -0.8, np.array(labels)), flush=True)

    event_rows, event_labels, event_groups, event_types = [], [], [], []
    for number, (doc, w, entities) in enumerate(zip(docs, where, listed, strict=True)):
        mine = roles.held_out[group == number]
        heads = {m.head.i: row for entity, row in zip(entities, mine, strict=True) for m in entity.mentions}
        context = models.context(article.held_out[number])
        for item in found[number]:
            event_rows.append(incidents_events.features(doc, item, w, context, heads))
            event_labels.append([event_label(score, gold[number], item)])
            event_groups.append(number)
            event_types.append(item.type)
    happened = Columns(event_rows, np.array(event_labels), np.array(event_groups), c=0.1, least=3)
    print("events", figures(happened.held_out > 0, np.array(event_labels)), flush=True)

    event_group, odds = np.array(event_groups), happened.held_out[:, 0]
    vectors = []
    for number in each:
        mine = np.flatnonzero(event_group == number)
        evidence = models.evidence([event_types[i] for i in mine], [float(odds[i]) for i in mine])
        vectors.append(models.summary(article.held_out[number], roles.held_out[group == number], evidence))
    vectors = np.stack(vectors)
    mean, scale = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    x = (vectors - mean) / scale
    held = np.zeros(types.shape, np.float32)
    final = []
    for column in range(len(models.TYPES)):
        for a, b in folds(each):
            model = LogisticRegression(C=0.1, max_iter=1000).fit(x[a], types[a, column])
            held[b, column] = model.decision_function(x[b])
        final.append(LogisticRegression(C=0.1, max_iter=1000).fit(x, types[:, column]))
    print("types", figures(held > -0.4, types), flush=True)

    stored = {"cues": np.frombuffer("\n".join(sorted(chosen)).encode(), np.uint8)}
    stored |= (
        article.stored("article", 0.01) | beside(roles, parts).stored("roles", 0.02) | happened.stored("events", 0.01)
    )
    stored |= {
        "types_mean": mean,
        "types_scale": scale,
        "types_weights": np.stack([m.coef_[0] for m in final], axis=1),
        "types_bias": np.array([m.intercept_[0] for m in final]),
    }
    np.savez_compressed(OUT, **stored, **thresholds())
    print(OUT, OUT.stat().st_size)
    held_out = {
        "types": held,
        "roles": roles.held_out,
        "parts": parts.held_out,
        "article": article.held_out,
        "events": happened.held_out,
    }
    (cache / "incidents-held-out.pkl").write_bytes(pickle.dumps(held_out))


def thresholds() -> dict[str, np.ndarray]:
    """The thresholds as arrays to save."""
    names, values = zip(*sorted(THRESHOLDS.items()), strict=True)
    return {"threshold_names": np.frombuffer("\n".join(names).encode(), np.uint8), "thresholds": np.array(values)}


def set_thresholds() -> None:
    """Write only the thresholds into the model that is there."""
    with np.load(OUT) as archive:
        stored = {name: archive[name] for name in archive.files}
    np.savez_compressed(OUT, **(stored | thresholds()))


#: Log-odds from which on an answer is given: types of an article, roles of an entity, events.
THRESHOLDS = {
    "article": -2.0,
    "attack": -0.3,
    "bombing": -0.5,
    "kidnapping": -0.4,
    "arson": -0.7,
    "robbery": -0.8,
    "individual": -1.0,
    "organisation": -0.8,
    "victim": 0.0,
    "target": -0.4,
    "instrument": 0.0,
    "event": -0.6,
    "aside": -1.5,
    "keep actor": -1.0,
    "keep recipient": -1.0,
}


def figures(found: np.ndarray, labels: np.ndarray) -> list[tuple[float, float, float]]:
    """Precision, recall and F1 of each column."""
    hits = (found & (labels > 0)).sum(axis=0)
    precision, recall = hits / np.maximum(found.sum(axis=0), 1), hits / np.maximum((labels > 0).sum(axis=0), 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return [tuple(round(float(v), 3) for v in row) for row in zip(precision, recall, f1, strict=True)]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--cache", type=Path, default=Path(".cache/parsed"))
    options.add_argument("--thresholds", action="store_true", help="only write THRESHOLDS into the model")
    given = options.parse_args()
    if given.thresholds:
        set_thresholds()
    else:
        train(given.folder, given.cache)
