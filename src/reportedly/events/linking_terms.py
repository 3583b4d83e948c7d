"""Words as linking compares them: stems, how rare these are in the news, and families of words for one happening.

Rarity is the inverse document frequency (Spärck Jones 1972) over shipped counts, so that what is made of an article
never changes when other articles come.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import zlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from reportedly import lexicons

WORD = re.compile(r"\d[\d.,:]*|[^\W\d_]+")
#: Rare terms of a sentence that are kept.
LONGEST_SENTENCE = 12
#: How much more a name or a number weighs than another word as rare.
NAME_WEIGHT = 1.6

TERM = np.dtype("<u4")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word, lower case; irregular forms and nouns of deeds go to their verb's ("fell", "death")."""
    lower = word.lower()
    found: str = _stemmer().stemWord(_forms().get(lower, lower))
    return found


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _forms() -> dict[str, str]:
    return {form: row["lemma"] for row in lexicons.rows("linking_forms.tsv") for form in row["forms"].split()}


def particles() -> frozenset[str]:
    """Words behind which a trigger's head word is not ("pulled out", "fall of the city")."""
    return lexicons.words("linking_particles.txt")


def is_light(word: str) -> bool:
    """True for a word that by itself names no happening ("held", "gave")."""
    return stem(word) in _light()


@cache
def _light() -> frozenset[str]:
    return frozenset(stem(word) for word in lexicons.words("linking_light.txt"))


def families(word: str) -> tuple[int, ...]:
    """The families of words of a stem, each by a number: words of one family can name the same happening."""
    return _families().get(word, ())


@cache
def _families() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for index, row in enumerate(lexicons.rows("linking_families.tsv")):
        for word in dict.fromkeys(stem(word) for word in row["words"].split()):
            found.setdefault(word, []).append(index)
    return {word: tuple(listed) for word, listed in found.items()}


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


def rarest(text: str) -> bytes:
    """The rarest terms of a sentence, packed as numbers."""
    found = {stem(match.group().rstrip(".,:")) for match in WORD.finditer(text) if len(match.group()) > 1}
    best = sorted(found, key=lambda term: (-rarity(term), term))[:LONGEST_SENTENCE]
    return np.array([number(term) for term in best], dtype=TERM).tobytes()
