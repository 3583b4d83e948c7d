"""What is left of a text for telling copies: its words, the runs of words that it holds, and small sketches of them.

Hashes are BLAKE2 of the words themselves and permutations come from a fixed seed, so that a sketch is the same
on every machine and in every run, and may be stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

SHINGLE = 3
"""Words of a shingle that resemblance is counted on (Broder 1997)."""

PERMUTATIONS = 128
"""Hash functions of a MinHash sketch."""

RUN = 6
"""Words of a run that a text is known by where only a passage of it is left."""

WINDOW = 16
"""Of the runs that begin in so many words on end one is kept: a passage of RUN + WINDOW - 1 words in common
gives two texts a fingerprint in common, wherever it stands."""

Hashes = NDArray[np.uint64]

_PRIME = np.uint64((1 << 31) - 1)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED = re.compile(r"“[^“”\n]*(?:”|(?=\n|$))|\"[^\"\n]*\"|(?<![\w])‘[^‘\n]{12,}?’(?!\w)|«[^»\n]*»")


def words(text: str) -> list[str]:
    """The words of a text, case-folded, without punctuation; ligatures and widths are made plain."""
    return [word.replace("’", "'") for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())]


def own_words(text: str) -> str:
    """A text without what stands in quotation marks; a quotation over several paragraphs goes up to each one's end."""
    return _QUOTED.sub(" \n ", text)


def shingles(text: str, size: int = SHINGLE) -> frozenset[tuple[str, ...]]:
    """All runs of `size` words of a text, none across a quotation or a line's end that `own_words` cut at."""
    found: set[tuple[str, ...]] = set()
    for part in text.split(" \n "):
        said = words(part)
        found.update(tuple(said[i : i + size]) for i in range(len(said) - size + 1))
    return frozenset(found)


def hashed(runs: Sequence[Sequence[str]]) -> Hashes:
    """A stable 64-bit hash of each run of words."""
    return np.array(
        [int.from_bytes(blake2b(" ".join(run).encode(), digest_size=8).digest(), "big") for run in runs],
        dtype=np.uint64,
    )


@lru_cache(maxsize=1)
def _permutations() -> tuple[Hashes, Hashes]:
    """Multipliers and summands of the universal hash family (Carter and Wegman 1979) that MinHash permutes with."""
    draw = np.random.Generator(np.random.PCG64(20190323))
    high = int(_PRIME)
    return (
        draw.integers(1, high, PERMUTATIONS, dtype=np.uint64)[:, None],
        draw.integers(0, high, PERMUTATIONS, dtype=np.uint64)[:, None],
    )


def minhash(text: str) -> NDArray[np.uint32]:
    """The MinHash sketch of a text's shingles (Broder 1997): PERMUTATIONS numbers; all at their greatest if it
    has no shingle."""
    found = shingles(text)
    if not found:
        return np.full(PERMUTATIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    values = hashed(sorted(found)) % _PRIME
    times, plus = _permutations()
    least: NDArray[np.uint32] = ((values[None, :] * times + plus) % _PRIME).min(axis=1).astype(np.uint32)
    return least


def fingerprints(text: str) -> Hashes:
    """Hashes of some runs of RUN words, chosen by winnowing (Schleimer, Wilkerson and Aiken 2003), sorted.

    In every window of WINDOW runs the least hash is kept, so that no passage of some length is without one, and a
    text that keeps a passage of another keeps its fingerprints."""
    said = words(text)
    values = hashed([said[i : i + RUN] for i in range(len(said) - RUN + 1)])
    if len(values) == 0:
        return values
    if len(values) <= WINDOW:
        return np.array([values.min()], dtype=np.uint64)
    least = np.lib.stride_tricks.sliding_window_view(values, WINDOW).min(axis=1)
    return np.unique(least)
