"""Other names for the towns of a training text, so that a name is told by its sentence and not by heart.

The texts are of American politics, and the silver teachers knew few towns of Syria or Sudan: a network taught on them
takes Manbij for a group.  What stands in the sentence of a town stays, its name is drawn from our lexicons.
"""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import pairwise
from typing import Any

from reportedly import lexicons

TOWN, SURE, RENAMED = "GPE", 1.0, 0.4  # kind; both teachers agree; share of the names in a chosen text


@lru_cache(maxsize=1)
def towns() -> tuple[str, ...]:
    """Names of towns, camps and villages, as English texts spell them."""
    listed = [row["name"] for row in lexicons.rows("places_supplement.tsv") if row["precision"] == "point"]
    return tuple(sorted({*listed, *lexicons.words("names_towns.txt")}))


def renamed(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A row of the silver file in which some towns have other names, each the same one throughout."""
    text = row["text"]
    agreed = [(a, b) for a, b, kind, weight in row["entities"] if kind == TOWN and weight == SURE]
    sure = [(a, b) for a, b in agreed if text[a:b].istitle() and "." not in text[a:b]]
    names = {text[a:b] for a, b in sure}
    other = {name: rng.choice(towns()) for name in sorted(names) if rng.random() < RENAMED}
    spans = [(a, b) for a, b in sorted(sure) if text[a:b] in other]
    return _rewritten(row, [(a, b, other[text[a:b]]) for a, b in spans])


def _rewritten(row: dict[str, Any], changes: list[tuple[int, int, str]]) -> dict[str, Any]:
    """The row with spans of its text replaced and everything behind them moved."""
    text, out, offsets = row["text"], [], list(range(len(row["text"]) + 1))
    moved = 0
    for (_, before, _), (a, b, name) in pairwise([(0, 0, ""), *changes]):
        out += [text[before:a], name]
        offsets[before : a + 1] = range(before + moved, a + moved + 1)
        offsets[a + 1 : b] = [a + moved + 1] * (b - a - 1)
        moved += len(name) - (b - a)
    last = changes[-1][1] if changes else 0
    offsets[last:] = range(last + moved, len(text) + moved + 1)
    spans = [
        {
            role: [{"start": offsets[s["start"]], "end": offsets[s["end"]]} for s in item[role]]
            for role in ("source", "cue", "content")
        }
        for item in row["attributions"] or []
    ]
    return {
        **row,
        "text": "".join([*out, text[last:]]),
        "attributions": None if row["attributions"] is None else spans,
        "entities": [(offsets[a], offsets[b], kind, weight) for a, b, kind, weight in row["entities"]],
    }
