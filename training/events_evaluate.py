"""Figures of the event encoder, as it is shipped, on the linking sets.

    python training/events_evaluate.py [--model FOLDER] [--data LINKING_FOLDER] [--threshold 0.6]

Tagging: F1 of triggers in the annotated ranges, by overlap, and for a set without ranges the recall
and the number found.  Linking: the vectors of the gold triggers alone, clustered by average linkage
on the cosine over the whole file, scored by the set's own scorer.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from corpora import DEFAULT_DATA, read
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from scorers import scorer

from reportedly.data import Span
from reportedly.events.encoder import EventEncoder
from reportedly.models.windows import sentence_starts

THRESHOLDS = tuple(round(0.3 + 0.05 * i, 2) for i in range(13))
Key = tuple[str, int]


def sentences(text: str) -> list[Span]:
    starts = sentence_starts(text)
    return [Span(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def read_all(
    encoder: EventEncoder, articles: list[dict[str, Any]]
) -> tuple[dict[Key, np.ndarray], dict[str, dict[str, Any]]]:
    """The vectors of the gold triggers, and the found mentions as coded articles."""
    vectors, coded = {}, {}
    for article in articles:
        given = [Span(m["start"], m["end"]) for m in article["mentions"]]
        reading = encoder.read(article["text"], sentences(article["text"]), given)
        for n, vector in enumerate(reading.vectors[len(reading.mentions) :]):
            vectors[article["id"], n] = vector
        coded[article["id"]] = {"events": [{"start": m.start, "end": m.end} for m in reading.mentions]}
    return vectors, coded


def tagging(score: Any, articles: list[dict[str, Any]], coded: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Recall, and in annotated ranges precision and F1 of the found mentions."""
    figures = score.score(articles, coded)["mentions"]
    total = sum(len(c["events"]) for c in coded.values())
    out = {"recall": figures["recall"], "an article": total / len(articles)}
    if any(a["annotated"] for a in articles):
        precision = figures["found"] / max(figures["predicted in scope"], 1)
        out |= {"precision": precision, "F1": 2 * precision * out["recall"] / max(precision + out["recall"], 1e-9)}
    return out


def clusters(vectors: dict[Key, np.ndarray], threshold: float) -> dict[Key, int]:
    """Average linkage on the cosine, cut where it falls under ``threshold``."""
    matrix = np.stack(list(vectors.values())).astype(np.float64)
    distance = np.clip(1.0 - matrix @ matrix.T, 0.0, 2.0)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform((distance + distance.T) / 2, checks=False), "average")
    return dict(zip(vectors, map(int, fcluster(tree, 1.0 - threshold, "distance")), strict=True))


def linking(score: Any, articles: list[dict[str, Any]], found: dict[Key, int]) -> dict[str, Any]:
    """CoNLL F1, cross-article links and pairs of articles of clustered gold mentions."""
    key = {(a["id"], n): m["chain"] for a in articles for n, m in enumerate(a["mentions"])}
    metrics = score.metrics(key, found)
    ids, gold = defaultdict(set), defaultdict(set)
    for mention, cluster in found.items():
        ids[mention[0]].add(cluster)
        gold[mention[0]].add(key[mention])
    p, g = score.article_pairs(ids), score.article_pairs(gold)
    return {**metrics, "articles": score.prf(len(g & p), len(p), len(g & p), len(g))}


def triple(figures: dict[str, float]) -> str:
    return " / ".join(f"{100 * figures[name]:.1f}" for name in ("precision", "recall", "f1"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA / "linking")
    parser.add_argument("--sets", nargs="*", default=["dev.jsonl.gz", "conflict_dev.jsonl"])
    parser.add_argument("--threshold", type=float, nargs="*", default=THRESHOLDS)
    parser.add_argument("--topics", nargs="*", help="only these topics of the set")
    args = parser.parse_args()
    score, encoder = scorer(args.data), EventEncoder(args.model)
    for name in args.sets:
        articles = [a for a in read(args.data / name) if not args.topics or a["topic"] in args.topics]
        vectors, coded = read_all(encoder, articles)
        print(name, {k: round(v, 3) for k, v in tagging(score, articles, coded).items()})
        for threshold in args.threshold:
            r = linking(score, articles, clusters(vectors, threshold))
            links, pairs = triple(r["cross-article links"]), triple(r["articles"])
            parts = " ".join(f"{m} {100 * r[m]['f1']:.1f}" for m in ("MUC", "B-cubed", "CEAF-e"))
            print(f"  {threshold:.2f}  {parts}  CoNLL {100 * r['CoNLL F1']:.1f}  links {links}  articles {pairs}")


if __name__ == "__main__":
    main()
