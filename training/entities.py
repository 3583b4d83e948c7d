"""Train the weights of the stage `entities` on a gold set and cross-validate them by article.

    python training/entities.py features GOLD FEATURES     # in the project's environment
    python training/entities.py fit FEATURES [--out FILE]  # where scikit-learn and numpy are

`GOLD` is JSON Lines of coded articles with `entities`. The first step parses and writes one line an
article: its candidates with their features and gold type. The second cross-validates a multinomial
logistic regression (L2) in ten folds by article, prints overlap F1 (same type, IoU >= 0.5), and with
--out fits all and writes the weights for `reportedly.statements.entities_model`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from record import record


def iou(a: tuple[int, int], b: tuple[int, int]) -> float:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0


def write_features(gold: Path, target: Path) -> None:
    from reportedly import settings
    from reportedly.evaluation import parsed, sets
    from reportedly.statements import entities_candidates, entities_features, language
    from reportedly.statements.entities_words import Words

    nlp = language.parser(settings.load())
    articles = list(sets.articles(gold))
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    with target.open("w", encoding="utf-8") as out:
        for row, doc in zip(rows, parsed.docs(nlp, articles, Path(".cache/parsed")), strict=True):
            words = Words(doc)
            listed = []
            for candidate in entities_candidates.of(words):
                tokens = doc[candidate.start : candidate.end]
                span = (tokens.start_char, tokens.end_char)
                listed.append([*span, candidate.shape, entities_features.of(words, candidate)])
            entities = sorted({(e["start"], e["end"], e["type"]) for e in row["entities"]})
            out.write(json.dumps({"candidates": listed, "gold": entities}) + "\n")


def label(article: dict[str, Any], near: str) -> list[str | None]:
    """The gold type of every candidate: the best of those that overlap a gold mention; None to leave out."""
    labels: list[str | None] = ["none"] * len(article["candidates"])
    spans = [(c[0], c[1]) for c in article["candidates"]]
    for start, end, kind in article["gold"]:
        ranked = sorted(((iou((start, end), span), i) for i, span in enumerate(spans)), reverse=True)
        best = [i for score, i in ranked if score >= 0.5]
        for i in best[1:]:
            if labels[i] == "none":
                labels[i] = {"skip": None, "none": "none", "same": kind}[near]
        if best:
            labels[best[0]] = kind
    return labels


def decode(
    article: dict[str, Any], probabilities: Any, classes: list[str], threshold: float
) -> set[tuple[int, int, str]]:
    """The choice of `entities_model.choose`, on character offsets."""
    order = []
    for i, row in enumerate(probabilities):
        best = max((p, c) for p, c in zip(row, classes, strict=True) if c != "none")
        order.append((best[0], i, best[1]))
    taken: list[tuple[int, int, str]] = []
    for probability, i, kind in sorted(order, reverse=True):
        if probability < threshold:
            break
        start, end = article["candidates"][i][:2]
        if all(_compatible((start, end, kind), other, probability) for other in taken):
            taken.append((start, end, kind))
    return set(taken)


def _compatible(new: tuple[int, int, str], old: tuple[int, int, str], probability: float) -> bool:
    (start, end, kind), (a, b, other) = new, old
    if end <= a or b <= start:
        return True
    inside = (a <= start and end <= b) or (start <= a and b <= end)
    return inside and (start, end) != (a, b) and kind != other and probability > 0.45


def score(gold: set[tuple[int, int, str]], found: set[tuple[int, int, str]], counts: dict[str, Counter[str]]) -> None:
    for _, _, kind in gold:
        counts["gold"][kind] += 1
    for _, _, kind in found:
        counts["found"][kind] += 1
    pairs = sorted((-iou(g[:2], f[:2]), g, f) for g in gold for f in found if g[2] == f[2] and iou(g[:2], f[:2]) >= 0.5)
    used: set[Any] = set()
    for _, g, f in pairs:
        if ("g", g) not in used and ("f", f) not in used:
            used |= {("g", g), ("f", f)}
            counts["right"][g[2]] += 1


def fit(path: Path, out: Path | None, strength: float, near: str, folds: int, threshold: float, least: int) -> None:
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    labels = [label(article, near) for article in articles]

    def fitted(chosen: list[int]) -> Any:
        rows = [(c[3], y) for i in chosen for c, y in zip(articles[i]["candidates"], labels[i], strict=True) if y]
        seen = Counter(f for features, _ in rows for f in set(features))
        vectorizer = DictVectorizer()
        x = vectorizer.fit_transform([{f: 1.0 for f in features if seen[f] >= least} for features, _ in rows])
        model = LogisticRegression(C=strength, max_iter=400)
        model.fit(x, [y for _, y in rows])
        return vectorizer, model

    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fold in range(folds):
        vectorizer, model = fitted([i for i in range(len(articles)) if i % folds != fold])
        for i in range(fold, len(articles), folds):
            x = vectorizer.transform([dict.fromkeys(c[3], 1.0) for c in articles[i]["candidates"]])
            found = decode(articles[i], model.predict_proba(x), list(model.classes_), threshold)
            score({tuple(g) for g in articles[i]["gold"]}, found, counts)
    for kind in sorted(counts["gold"]):
        g, f, r = (counts[name][kind] for name in ("gold", "found", "right"))
        print(f"{kind:20} f1 {2 * r / (g + f):.3f}  p {r / max(f, 1):.3f}  r {r / g:.3f}  n {g}")
    g, f, r = (counts[name].total() for name in ("gold", "found", "right"))
    print(f"cross-validated overlap micro F1 {2 * r / (g + f):.4f} p {r / f:.3f} r {r / g:.3f}")
    if out:
        record("entities", {"overlap/micro/f1": 2 * r / (g + f)})
        vectorizer, model = fitted(list(range(len(articles))))
        names = vectorizer.get_feature_names_out()
        weights = np.clip(np.round(model.coef_.T * 100), -32000, 32000).astype(np.int16)
        kept = np.abs(weights).max(axis=1) >= 3
        np.savez_compressed(
            out,
            names=np.frombuffer("\0".join(names[kept]).encode(), dtype=np.uint8),
            types=np.frombuffer("\n".join(model.classes_).encode(), dtype=np.uint8),
            weights=weights[kept],
            base=model.intercept_.astype(np.float32),
        )
        print(f"{int(kept.sum())} features, {out.stat().st_size} bytes")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = options.add_subparsers(dest="step", required=True)
    first = steps.add_parser("features")
    first.add_argument("gold", type=Path)
    first.add_argument("target", type=Path)
    second = steps.add_parser("fit")
    second.add_argument("features", type=Path)
    second.add_argument("--out", type=Path)
    second.add_argument("--strength", type=float, default=0.3)
    second.add_argument("--near", choices=("skip", "none", "same"), default="skip")
    second.add_argument("--folds", type=int, default=10)
    second.add_argument("--threshold", type=float, default=0.2)
    second.add_argument("--least", type=int, default=2)
    given = options.parse_args()
    if given.step == "features":
        write_features(given.gold, given.target)
    else:
        fit(given.features, given.out, given.strength, given.near, given.folds, given.threshold, given.least)


if __name__ == "__main__":
    main()
