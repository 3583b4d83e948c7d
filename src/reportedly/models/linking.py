"""Joins sources, cues and contents to attributions.

The side head says on which side of a content its cue lies, and on which side of a cue its source
lies; distance decides between the candidates on that side.  Contents that share a cue are one
attribution, so that ``"X," he said, "Y"`` has two content spans, as in PolNeAR (Newell et al. 2018).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from reportedly.models.tagging import Floats, Logits, Tagged

Span = tuple[int, int]

REACH = 120
"""Words between two linked spans at most."""

PER_WORD = 0.06
"""Cost of each word that lies between; chosen on PolNeAR's dev part."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as spans (start, end) of code points, in text order."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def side_scores(logits: Logits) -> Floats:
    """Log-probabilities of left, right, none of every word: [words, 3]."""
    shifted = logits.side - logits.side.max(1, keepdims=True)
    scores: Floats = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return scores


def _nearest(item: Tagged, others: list[Tagged], side: int) -> tuple[int, int] | None:
    """(index, words between) of the nearest of ``others`` on one side, if it is within reach.

    ``others`` are in text order; tagged spans never overlap.
    """
    right = bisect_left(others, item.first, key=lambda other: other.first)
    index = right - 1 if side == 0 else right
    if not 0 <= index < len(others):
        return None
    other = others[index]
    gap = item.first - other.last - 1 if side == 0 else other.first - item.last - 1
    return (index, gap) if gap <= REACH else None


def link(sides: Floats, item: Tagged, others: list[Tagged], optional: bool) -> int | None:
    """The index of the one of ``others`` that belongs to ``item``; None if out of reach, or if ``optional``.

    ``sides`` [words, 3] are `side_scores`: their mean over the words of ``item`` tells on which side to look.
    """
    scores = sides[item.first : item.last + 1].mean(0)
    best, chosen = float(scores[2]) if optional else -np.inf, None
    for side in (0, 1):
        found = _nearest(item, others, side)
        if found is not None and float(scores[side]) - PER_WORD * found[1] > best:
            best, chosen = float(scores[side]) - PER_WORD * found[1], found[0]
    return chosen


def attributions(logits: Logits, tagged: list[Tagged]) -> list[Attribution]:
    """The attributions of a text; a cue without content says nothing and is left out."""
    roles = {role: [t for t in tagged if t.label == role] for role in ("source", "cue", "content")}
    sides = side_scores(logits) if tagged else logits.side
    groups: dict[int, list[Tagged]] = {}
    for n, content in enumerate(roles["content"]):
        cue = link(sides, content, roles["cue"], optional=False)
        groups.setdefault(-1 - n if cue is None else cue, []).append(content)
    found = []
    for key, contents in groups.items():
        cue_item = roles["cue"][key] if key >= 0 else None
        source = None if cue_item is None else link(sides, cue_item, roles["source"], optional=True)
        found.append(
            Attribution(
                () if source is None else _span(roles["source"][source]),
                () if cue_item is None else _span(cue_item),
                tuple((c.start, c.end) for c in contents),
            )
        )
    return sorted(found, key=lambda a: a.content)


def _span(item: Tagged) -> tuple[Span, ...]:
    return ((item.start, item.end),)
