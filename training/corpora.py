"""The texts the encoder is taught on, and the rule that keeps every dev text out of them.

The data folder is not part of this repository.  It is given as an argument or as the
environment variable ``REPORTEDLY_EVALUATION`` and defaults to ``../shared/evaluation``;
the unlabelled news stories lie beside it in ``../shared/corpus``.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEFAULT_DATA = Path(os.environ.get("REPORTEDLY_EVALUATION", "../shared/evaluation"))
SHINGLE = 12  # words; two stories that share a run this long share copied text
MUC_SAMPLE = 500


@dataclass
class Text:
    """One training text: its attributions (``None`` where nobody annotated any) and silver entities."""

    id: str
    text: str
    attributions: list[dict[str, Any]] | None = None
    entities: list[tuple[int, int, str, float]] = field(default_factory=list)


def read(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def shingles(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of ``SHINGLE`` lower-cased words of ``text``."""
    words = re.findall(r"\w+", text.lower())
    return (tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def dev_shingles(data: Path) -> set[tuple[str, ...]]:
    """The shingles of every dev text of every set: nothing that shares them may be trained on."""
    files = sorted([*data.glob("*/*dev.jsonl"), *data.glob("*/*dev.jsonl.gz")])
    return {shingle for path in files for article in read(path) for shingle in shingles(article["text"])}


def without_dev(texts: Iterable[Text], held_out: set[tuple[str, ...]]) -> list[Text]:
    """The texts that share no long run of words with any dev text.

    Labelled texts are kept as the set's makers split them; only the unlabelled ones, which
    come from other collections than the dev texts, can repeat one.
    """
    kept = []
    for item in texts:
        shared = sum(shingle in held_out for shingle in shingles(item.text))
        if shared < 3:
            kept.append(item)
    return kept


def training_texts(data: Path) -> list[Text]:
    """All training texts: PolNeAR's with attributions, then the unlabelled news."""
    labelled = [Text(a["id"], a["text"], a["attributions"]) for a in read(data / "attribution" / "train.jsonl.gz")]
    plain = [Text(a["id"], a["text"]) for a in read(data.parent / "corpus" / "syria_news.jsonl.gz")]
    muc = read(data / "incidents" / "train.jsonl.gz")
    plain += [Text(a["id"], a["text"]) for a in random.Random(7).sample(muc, MUC_SAMPLE)]
    plain += [Text(a["id"], a["text"]) for a in read(data / "linking" / "train.jsonl.gz")]
    return labelled + without_dev(plain, dev_shingles(data))
