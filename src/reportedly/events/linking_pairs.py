"""Of the mentions that blocking brings together, those pairs whose triggers have something in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.events import linking_keys
from reportedly.events.mentions import LinkMention

#: Cosine of two vectors from which triggers have something in common.
ALIKE = 0.3
#: Length of a trigger's vector.
WIDTH = 128

Pair = tuple[int, int]


def pairs(new: Sequence[LinkMention], old: Sequence[LinkMention]) -> list[Pair]:
    """The pairs to score, as positions in `new` followed by `old`; the first of each is a new mention."""
    everything = [*new, *old]
    found = set(_by_story(new, everything))
    found.update(_by_key(new, everything))
    return sorted(found)


def vectors(mentions: Sequence[LinkMention]) -> NDArray[np.float32]:
    """The triggers' vectors, [mentions, WIDTH]; 0 where not known."""
    nothing = bytes(WIDTH)
    packed = b"".join(mention.vector or nothing for mention in mentions)
    return np.frombuffer(packed, dtype=np.int8).reshape(len(mentions), WIDTH).astype(np.float32) / 127


def _by_story(new: Sequence[LinkMention], everything: Sequence[LinkMention]) -> Iterator[Pair]:
    """All of an article with all of one that shares a rare term with it, where vector or word say so."""
    triggers = vectors(everything)
    stems = _numbered([mention.stem for mention in everything])
    places = _by_article(everything)
    fresh = list(dict.fromkeys(mention.article for mention in new))
    for number, name in enumerate(fresh):
        others = [other for other in _sharing(everything, places, name) if other not in fresh[:number]]
        rows, columns = places[name], np.concatenate([places[other] for other in others])
        alike = (triggers[rows] @ triggers[columns].T >= ALIKE) | (stems[rows][:, None] == stems[columns][None])
        left, right = rows[np.nonzero(alike)[0]], columns[np.nonzero(alike)[1]]
        same = np.isin(right, rows)
        yield from zip(left[~same | (left < right)].tolist(), right[~same | (left < right)].tolist(), strict=True)


def _numbered(words: Sequence[str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.int64)


def _by_article(mentions: Sequence[LinkMention]) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        found[mention.article].append(index)
    return {name: np.array(listed, dtype=np.int64) for name, listed in found.items()}


def _sharing(mentions: Sequence[LinkMention], places: dict[str, NDArray[np.int64]], name: str) -> list[str]:
    """The articles that share a rare term with one, itself first."""
    terms = set(linking_keys.story(mentions[places[name][0]]))
    others = [other for other, at in places.items() if other != name and not terms.isdisjoint(linking_keys.story(mentions[at[0]]))]
    return [name, *others]


def _by_key(new: Sequence[LinkMention], everything: Sequence[LinkMention]) -> Iterator[Pair]:
    holders: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(everything):
        for key in linking_keys.keys(mention):
            holders[key].append(index)
    for index, mention in enumerate(new):
        for key in linking_keys.keys(mention):
            yield from ((index, other) for other in holders[key] if other > index)
