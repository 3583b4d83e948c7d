"""For developers: `python -m reportedly.evaluation SET… [--out FOLDER]` codes gold sets with cached
parses and prints every figure of their scorers. `reportedly evaluate` is the measured run."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from reportedly import settings
from reportedly.data import CodedArticle
from reportedly.evaluation import parsed, sets
from reportedly.events.linking import Linker
from reportedly.statements import language


def write(path: Path, coded: list[CodedArticle]) -> None:
    """Coded articles as JSON Lines."""
    encoder = msgspec.json.Encoder()
    path.write_bytes(b"".join(encoder.encode(article) + b"\n" for article in coded))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sets", nargs="*", help="names of sets (all that are there)")
    options.add_argument("--folder", type=Path, default=Path("../shared/evaluation"))
    options.add_argument("--out", type=Path, default=Path(".cache/coded"))
    options.add_argument("--only", default="", help="print only figures whose name holds this")
    given = options.parse_args()
    nlp = language.load(settings.load())
    given.out.mkdir(parents=True, exist_ok=True)
    for gold in sets.found(given.folder):
        if given.sets and gold.name not in given.sets:
            continue
        target = given.out / f"{gold.name}.jsonl"
        coded = list(parsed.code(nlp, sets.articles(gold.path(given.folder)), Path(".cache/parsed")))
        write(target, list(Linker(settings.load()).link(coded)) if gold.linked else coded)
        for name, value in sets.score(gold, given.folder, target).items():
            if given.only in name:
                print(f"{gold.name:12} {name:45} {value:.4f}")


if __name__ == "__main__":
    main()
