"""Sentences that one article has from another: an agency's lines stand in reports that are no copies as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.events.copies_shingles import SHINGLE, shingles, words
from reportedly.events.reports import Statement

ALIKE = 0.7
"""Jaccard of the 3-word shingles from which on two sentences are one."""

SHORTEST = 8
"""Words of a sentence below which two reporters may well write the same."""


def copied(statements: Sequence[Statement]) -> dict[str, tuple[Statement, float]]:
    """For statements whose sentence stands in another article too: the one of it that was published first, and how
    alike the two sentences are (0 to 1).

    Only what articles say in their own voice is compared; what somebody is quoted with, many may quote. Of sentences
    of one day, the one whose key comes first counts as the original.
    """
    found: dict[str, tuple[Statement, float]] = {}
    originals: list[tuple[Statement, frozenset[tuple[str, ...]]]] = []
    where: dict[tuple[str, ...], list[int]] = {}
    for one in sorted((s for s in statements if not s.chain), key=_order):
        if len(words(one.quote)) < SHORTEST:
            continue
        mine = shingles(one.quote, SHINGLE)
        earlier = {index for shingle in mine for index in where.get(shingle, ())}
        best = max(((_alike(mine, originals[index][1]), -index) for index in earlier), default=(0.0, 0))
        if best[0] >= ALIKE:
            original = originals[-best[1]][0]
            if original.article != one.article:
                found[one.key] = (original, best[0])
            continue
        for shingle in mine:
            where.setdefault(shingle, []).append(len(originals))
        originals.append((one, mine))
    return found


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / max(1, len(one | other))


def _order(statement: Statement) -> tuple[bool, str, str]:
    return not statement.published, (statement.published or "")[:10], statement.key
