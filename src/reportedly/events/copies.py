"""Which articles are copies of which: found by sketches, decided on the texts themselves.

An agency's report appears in many papers, whole or cut to a third, under other headlines. Such copies are one
origin of knowledge. Two kinds of look-up keys find them in a store: bands of a MinHash sketch for texts that are
much the same, and fingerprints of passages (winnowing) for those of which only a part is left. Whether one is a
copy is then decided on all shingles outside quotations, since two reporters may quote the same speech.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct

from reportedly.events.copies_shingles import PERMUTATIONS, fingerprints, minhash, own_words, shingles
from reportedly.events.findings import Dependency

ROWS = 4
"""Numbers of a MinHash band; PERMUTATIONS / ROWS bands find texts from a Jaccard of about 0.4 on."""

COPIED = 0.5
"""Share of the shorter text's shingles, quotations aside, that a copy has in common with the longer one."""

FEWEST = 20
"""Shingles in common that a copy has at least: a shared line of credits is none."""

WHOLE = 0.8
"""Share of all shingles where hardly anything stands outside of quotations."""

_WIDTH = PERMUTATIONS * 4


class Likeness(Struct, frozen=True, kw_only=True):
    """How alike two texts are, on 3-word shingles: `jaccard` of both sets, `containment` of the smaller in the
    larger, `shared` shingles; `quotations` is true if those in quotation marks were counted too."""

    jaccard: float
    containment: float
    shared: int
    quotations: bool = False


def signature(text: str) -> bytes:
    """A text's sketches, to be stored: its MinHash numbers and its fingerprints, big-endian."""
    return minhash(text).astype(">u4").tobytes() + fingerprints(text).astype(">u8").tobytes()


def bands(signature: bytes) -> list[str]:
    """The keys under which a text is looked up: texts that are copies of each other share at least one.

    "m07:…" are bands of the MinHash, "w:…" fingerprints of passages. A text of 600 words has about 100 keys. A key
    that very many articles share is a line that their publisher puts under all of them, and may be passed over.

    Raises:
        ValueError: the bytes are no signature.
    """
    if len(signature) < _WIDTH or (len(signature) - _WIDTH) % 8:
        raise ValueError("not a signature of a text")
    numbers = np.frombuffer(signature[:_WIDTH], dtype=">u4")
    if bool((numbers == np.iinfo(np.uint32).max).all()):
        return []
    size = ROWS * 4
    keys = [f"m{i // size:02d}:{signature[i : i + size].hex()}" for i in range(0, _WIDTH, size)]
    return keys + [f"w:{signature[i : i + 8].hex()}" for i in range(_WIDTH, len(signature), 8)]


def likeness(text: str, other: str) -> Likeness:
    """How alike two texts are outside their quotations; with them where one of the two is little else."""
    mine, theirs = shingles(own_words(text)), shingles(own_words(other))
    if min(len(mine), len(theirs)) >= FEWEST:
        return _compared(mine, theirs, quotations=False)
    return _compared(shingles(text), shingles(other), quotations=True)


def _compared(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]], quotations: bool) -> Likeness:
    shared = len(a & b)
    return Likeness(
        jaccard=shared / max(1, len(a | b)),
        containment=shared / max(1, min(len(a), len(b))),
        shared=shared,
        quotations=quotations,
    )


def dependency(
    article_id: str,
    text: str,
    other_id: str,
    other_text: str,
    *,
    published: str | None = None,
    other_published: str | None = None,
) -> Dependency | None:
    """Which of two articles is a copy of the other, or None if neither is.

    The later one rests on the earlier one. Where both are of one day, or one has no date, the shorter rests on
    the longer; of two alike, the one with the greater id on the other.

    Args:
        article_id, text: the one article.
        other_id, other_text: the other article.
        published, other_published: ISO dates or date-times.

    Returns:
        The dependency with the containment as its `similarity`.
    """
    if article_id == other_id:
        return None
    found = likeness(text, other_text)
    least = WHOLE if found.quotations else COPIED
    if found.containment < least or (found.shared < FEWEST and found.jaccard < WHOLE):
        return None
    first = _first((article_id, text, published), (other_id, other_text, other_published))
    copy, on = (other_id, article_id) if first == "one" else (article_id, other_id)
    return Dependency(article=copy, on=on, kind="copy", similarity=round(found.containment, 4))


def _first(one: tuple[str, str, str | None], other: tuple[str, str, str | None]) -> Literal["one", "other"]:
    """Which of two articles (id, text, date) is the original."""
    days = (one[2] or "")[:10], (other[2] or "")[:10]
    if all(days) and days[0] != days[1]:
        return "one" if days[0] < days[1] else "other"
    return "one" if (-len(one[1]), one[0]) <= (-len(other[1]), other[0]) else "other"
