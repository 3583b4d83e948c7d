"""Silver entity labels: what two spaCy pipelines make of the training texts.

    python training/silver.py --data ../shared/evaluation --out RUN/silver.jsonl.gz --teacher MODEL --second MODEL

The first pipeline (``en_core_web_md``) is the teacher.  Where the second (``en_core_web_sm``)
does not give exactly the same entity, the label gets a low weight: labels on which two
teachers agree are cleaner (the idea of co-teaching; here simply a weight per span).
"""

from __future__ import annotations

import argparse
import gzip
import json
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import spacy
from corpora import DEFAULT_DATA, training_texts

from reportedly.models.labels import ENTITY_KINDS

DOUBT = 0.3  # weight of a span on which the teachers differ
UNUSED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]  # NER has its own tok2vec

Span = tuple[int, int, str]


def entities(model: str, texts: list[str]) -> list[set[Span]]:
    """The entities that ``model`` finds in each text, as character spans."""
    nlp = spacy.load(model, exclude=UNUSED)
    docs = nlp.pipe(texts, batch_size=16)
    return [{(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in ENTITY_KINDS} for doc in docs]


def weighed(first: set[Span], second: set[Span]) -> list[tuple[int, int, str, float]]:
    """The teacher's spans with their weights, and the second's extra spans as doubtful "O"."""
    out = [(*span, 1.0 if span in second else DOUBT) for span in first]
    out += [(start, end, "O", DOUBT) for start, end, _ in second - first]
    return sorted(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher", default="en_core_web_md")
    parser.add_argument("--second", default="en_core_web_sm")
    args = parser.parse_args()
    texts = training_texts(args.data)
    print(f"{len(texts)} texts, {sum(t.attributions is not None for t in texts)} with attributions", flush=True)
    bodies = [t.text for t in texts]
    with ProcessPoolExecutor(2) as pool:
        first, second = pool.map(entities, (args.teacher, args.second), (bodies, bodies))
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for item, a, b in zip(texts, first, second, strict=True):
            row = {"id": item.id, "text": item.text, "attributions": item.attributions, "entities": weighed(a, b)}
            out.write(json.dumps(row) + "\n")
    agree = sum(len(a & b) for a, b in zip(first, second, strict=True))
    print(f"spans: teacher {sum(map(len, first))}, second {sum(map(len, second))}, both {agree}")


if __name__ == "__main__":
    main()
