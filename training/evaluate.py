"""Figures of an encoder folder on the dev sets, with the shared scorers' own arithmetic.

    python training/evaluate.py --data ../shared/evaluation [--model MODEL_DIR] [--spacy en_core_web_sm]

Prints the attribution scores (all, and direct speech), the agreement of the entities with a spaCy
pipeline, and how many gold toponyms each recognises.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from corpora import DEFAULT_DATA, read
from scorers import scorer

from reportedly.statements.encoder import MODEL_DIR, Encoder, Reading

KINDS = {"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"}
PLACES = {"GPE", "LOC", "FAC"}
Spans = set[tuple[int, int, str]]


def coded(article: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The article with its attributions in the coded-article format."""
    items = []
    for found in reading.attributions:
        roles = {role: getattr(found, role) for role in ("source", "cue", "content")}
        items.append({r: [{"start": a, "end": b} for a, b in spans] for r, spans in roles.items()})
    return {"id": article["id"], "text": article["text"], "attributions": items}


def f1(gold: list[Spans], predicted: list[Spans]) -> tuple[float, float, float]:
    """Exact precision, recall and F1."""
    hits = sum(len(a & b) for a, b in zip(gold, predicted, strict=True))
    p, r = hits / max(1, sum(map(len, predicted))), hits / max(1, sum(map(len, gold)))
    return p, r, 2 * p * r / max(1e-9, p + r)


def spacy_entities(model: str, texts: list[str]) -> list[Spans]:
    import spacy

    nlp = spacy.load(model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    return [{(e.start_char, e.end_char, e.label_) for e in d.ents if e.label_ in KINDS} for d in nlp.pipe(texts)]


def overlap(gold: list[list[tuple[int, int]]], predicted: list[Spans]) -> tuple[float, float, float]:
    """Recognition of toponyms: a predicted place counts if it overlaps a gold one."""
    hit = found = total = right = 0
    for spans, guesses in zip(gold, predicted, strict=True):
        places = [(a, b) for a, b, kind in guesses if kind in PLACES]
        found += len(places)
        total += len(spans)
        right += sum(any(a < d and c < b for c, d in spans) for a, b in places)
        hit += sum(any(a < d and c < b for a, b in places) for c, d in spans)
    p, r = right / max(1, found), hit / max(1, total)
    return p, r, 2 * p * r / max(1e-9, p + r)


def attribution_figures(data: Path, encoder: Encoder) -> list[Spans]:
    """Prints the attribution scores; returns the entities that came with them."""
    dev = read(data / "attribution" / "dev.jsonl")
    encoder.read("Warm up.")
    began = time.process_time()
    readings = [encoder.read(a["text"]) for a in dev]
    print(f"encoder: {(time.process_time() - began) / len(dev):.4f} CPU seconds an article")
    gold = {a["id"]: a for a in dev}
    predicted = {a["id"]: coded(a, r) for a, r in zip(dev, readings, strict=True)}
    score = scorer(data / "attribution").score
    for kind in ("all", "direct"):
        figures = score(gold, predicted, kind)
        print(kind, {k: round(v, 3) for k, v in figures.items() if not k.startswith("token") or k.endswith("f1")})
    return [set(r.entities) for r in readings]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--spacy", nargs="*", default=[])
    args = parser.parse_args()
    encoder = Encoder(args.model)
    entities = attribution_figures(args.data, encoder)
    texts = [a["text"] for a in read(args.data / "attribution" / "dev.jsonl")]
    places = read(args.data / "places" / "dev.jsonl")
    gold = [[(p["start"], p["end"]) for p in a["places"]] for a in places]
    if args.spacy:
        print("toponyms, encoder:", overlap(gold, [set(encoder.read(a["text"]).entities) for a in places]))
    for model in args.spacy:
        print(f"entities against {model}:", f1(spacy_entities(model, texts), entities))
        print(f"toponyms, {model}:", overlap(gold, spacy_entities(model, [a["text"] for a in places])))


if __name__ == "__main__":
    main()
