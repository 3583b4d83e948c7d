"""`make bench`: the CPU of our whole coding over the CPU of the bare parse of the same articles.

Both are measured in one process and in turn, parse and coding of one batch after the other, because a machine that
others use is faster in one minute than in the next. The ratio of each round over all articles is taken, and the
median of the ratios is the figure. CPU seconds of the process, one thread.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language

from reportedly import settings as settings_module
from reportedly.articles.reader import Reader
from reportedly.data import Article
from reportedly.statements import language


def stories(corpus: Path, most: int) -> list[Article]:
    """Articles to measure on: a corpus of real stories, or the example pages where there is none."""
    if corpus.exists():
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for _, line in zip(range(most), lines, strict=False)]
        return [Article(text=row["text"], published=row.get("published")) for row in rows]
    reader = Reader(settings_module.load())
    return [found for found in reader.read("examples") if isinstance(found, Article)]


def rounds(articles: list[Article], number: int) -> Iterator[tuple[float, float]]:
    """CPU seconds of the bare parse and of the whole coding, a round at a time."""
    settings = settings_module.load()
    bare, ours = spacy.load(settings.model), language.load(settings)
    size = settings.batch_size
    batches = [articles[i : i + size] for i in range(0, len(articles), size)]
    _turn(bare, ours, articles[:2])  # what is loaded lazily is loaded now
    for _ in range(number):
        spent = [_turn(bare, ours, batch) for batch in batches]
        yield sum(parse for parse, _ in spent), sum(coding for _, coding in spent)


def _turn(bare: Language, ours: Language, batch: list[Article]) -> tuple[float, float]:
    """CPU seconds of the bare parse and of the whole coding of one batch."""
    start = time.process_time()
    list(bare.pipe([article.text for article in batch], batch_size=len(batch)))
    middle = time.process_time()
    list(language.code(ours, batch, len(batch)))
    return middle - start, time.process_time() - middle


def stage_shares(articles: list[Article]) -> dict[str, float]:
    """Each component's share of the CPU of our coding, once its tables are filled."""
    nlp = language.load(settings_module.load())
    list(language.code(nlp, articles))
    spent = dict.fromkeys(nlp.pipe_names, 0.0)
    docs = [language.document(nlp, article) for article in articles]
    for name, component in nlp.pipeline:
        start = time.process_time()
        docs = (
            list(component.pipe(docs, batch_size=16))
            if hasattr(component, "pipe")
            else [component(doc) for doc in docs]
        )
        spent[name] += time.process_time() - start
    by, start = language.versions(nlp), time.process_time()
    for doc in docs:
        language.coded(doc, by)
    spent["output"] = time.process_time() - start
    whole = sum(spent.values())
    return {name: seconds / whole for name, seconds in spent.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpus", type=Path, default=Path("../shared/corpus/syria_news.jsonl.gz"))
    options.add_argument("--articles", type=int, default=64)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--most", type=float, help="fail if the ratio is greater")
    given = options.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    articles = stories(given.corpus, given.articles)
    measured = list(rounds(articles, given.rounds))
    ratio = statistics.median(ours / bare for bare, ours in measured)
    for bare, ours in measured:
        print(f"bare parse {bare:7.2f} s   whole coding {ours:7.2f} s   ratio {ours / bare:.2f}")
    print(f"{len(articles)} articles: median ratio {ratio:.2f} (Citron 2.85)")
    for name, share in sorted(stage_shares(articles).items(), key=lambda item: -item[1]):
        print(f"  {share:6.1%}  {name}")
    if given.most is not None and ratio > given.most:
        raise SystemExit(f"the ratio is above {given.most}")


if __name__ == "__main__":
    main()
