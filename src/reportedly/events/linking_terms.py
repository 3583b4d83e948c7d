"""The words that tell one story from another: stems weighed by how rare they are in the news.

An article's profile is its rarest terms, each by tf-idf (Spärck Jones 1972) against shipped document frequencies,
so that it never changes when other articles come. Names and numbers weigh more than other words: two stories of the
same kind of event differ in who, where and how many.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from reportedly import lexicons

WORD = re.compile(r"\d[\d.,:]*|[^\W\d_]+")
#: Terms that an article's profile keeps, and a sentence's.
LONGEST_PROFILE, LONGEST_SENTENCE = 64, 12
#: How much more a name or a number weighs than another word as rare.
NAME_WEIGHT = 1.6

PROFILE = np.dtype([("term", "<u4"), ("weight", "<f4")])
Profile = NDArray[np.void]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word, lower case; irregular forms and nouns of deeds go to their verb's ("fell", "death")."""
    lower = word.lower()
    return _stemmer().stemWord(_forms().get(lower, lower))


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _forms() -> dict[str, str]:
    return {form: row["lemma"] for row in lexicons.rows("linking_forms.tsv") for form in row["forms"].split()}


class _Stemmer:
    """The part of a Snowball stemmer that is used, for its type."""

    def stemWord(self, word: str) -> str:  # noqa: N802
        raise NotImplementedError


def particles() -> frozenset[str]:
    """Words behind which a trigger's head word is not ("pulled out", "fall of the city")."""
    return lexicons.words("linking_particles.txt")


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    """Over how many articles, and in how many of them each stem stands."""
    packed = files("reportedly.models").joinpath("events", "frequencies.json.gz").read_bytes()
    kept = json.loads(gzip.decompress(packed))
    return kept["articles"], kept["stems"]


def rarity(term: str) -> float:
    """The inverse document frequency of a stem, in nats; that of a term in one article for an unseen one."""
    articles, stems = _frequencies()
    return math.log(articles / stems.get(term, 1))


def number(term: str) -> int:
    """A term as a number of 32 bits, the same in every process."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


def terms(text: str) -> Iterator[tuple[str, bool]]:
    """The stems of a text in order, and whether each is written as a name or number."""
    for match in WORD.finditer(text):
        word = match.group()
        if len(word) > 1:
            yield stem(word.rstrip(".,:")), word[0].isdigit() or word[0].isupper()


def weights(text: str) -> dict[str, float]:
    """tf-idf of every term of a text, tf damped by its logarithm."""
    counts: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for term, name in terms(text):
        counts[term] += 1
        named[term] += name
    return {
        term: (1 + math.log(count)) * rarity(term) * (NAME_WEIGHT if 2 * named[term] > count else 1.0)
        for term, count in counts.items()
    }


def profile(weighed: Mapping[str, float], longest: int = LONGEST_PROFILE) -> Profile:
    """The heaviest terms, heaviest first, as a vector of length 1."""
    best = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))[:longest]
    length = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return np.array([(number(term), weight / length) for term, weight in best], dtype=PROFILE)


def similarities(some: Iterable[Profile], others: Iterable[Profile]) -> NDArray[np.float32]:
    """The cosines of every profile with every other, [some, others]."""
    listed = [{int(t): float(w) for t, w in profile} for profile in others]
    owners: dict[int, list[tuple[int, float]]] = {}
    for index, weighed in enumerate(listed):
        for term, weight in weighed.items():
            owners.setdefault(term, []).append((index, weight))
    rows = []
    for one in some:
        row = np.zeros(len(listed), dtype=np.float32)
        for term, weight in one:
            for index, other in owners.get(int(term), ()):
                row[index] += float(weight) * other
        rows.append(row)
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(listed))
