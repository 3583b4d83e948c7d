"""Towns and leaders that the recogniser takes for something else, or for nothing at all.

The encoder was taught on news that hardly names Idlib, Manbij or Assad, and in a bare sentence it takes them for a
group. A name that the lexicons know as a town or a leader, standing on its own, is that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.attrs import ORTH
from spacy.tokens import Doc

from reportedly import lexicons

_KINDS = frozenset(("city", "camp"))
#: Kinds that a town's or a leader's name on its own is wrongly given.
_MISTAKEN = {
    "GPE": frozenset(("ORG", "PERSON", "NORP", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART")),
    "PERSON": frozenset(("ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART")),
}
#: Fewest letters of a name that no more than a lexicon speaks for.
_SHORTEST = 4
_MARK = re.compile(r"\W")

Found = tuple[int, int, str]


@lru_cache(maxsize=1)
def known() -> dict[str, str]:
    """The names of towns (GPE) and leaders (PERSON) that are hardly ever anything else."""
    named = {
        name.strip()
        for row in lexicons.rows("places_supplement.tsv")
        if row["kind"] in _KINDS
        for name in (row["name"], *row["aliases"].split("|"))
    }
    towns = {name for name in named if len(name) >= _SHORTEST} - lexicons.words("names_not_towns.txt")
    leaders = {
        name
        for row in lexicons.rows("actors_leaders.tsv")
        for name in (row["name"], *row["surnames"].split("|"))
        if len(name) >= _SHORTEST
    }
    return dict.fromkeys(leaders, "PERSON") | dict.fromkeys(towns | lexicons.words("names_towns.txt"), "GPE")


@lru_cache(maxsize=1)
def _by_beginning() -> dict[str, list[str]]:
    """The names by the letters before their first mark or space, the longest first."""
    table: dict[str, list[str]] = {}
    for name in sorted(known(), key=len, reverse=True):
        table.setdefault(_beginning(name), []).append(name)
    return table


@lru_cache(maxsize=65536)
def _begun_by(word: str) -> tuple[str, ...]:
    """The names that may begin with a word."""
    return tuple(_by_beginning().get(_beginning(word), ()))


def _beginning(name: str) -> str:
    return _MARK.split(name, maxsplit=1)[0]


def corrected(doc: Doc, found: list[Found]) -> list[Found]:
    """Names (first token, token behind the last, kind) with those that are known given their kind, and those added
    that were left out or found in part."""
    called = [(a, b, _kind(doc[a:b].text, kind)) for a, b, kind in found]
    missed = [
        one for one in _named(doc) if not any(a <= one[0] and one[1] <= b for a, b, _ in called) and _alone(doc, one)
    ]
    kept = [(a, b, kind) for a, b, kind in called if not any(a < last and first < b for first, last, _ in missed)]
    return sorted([*kept, *missed])


def _kind(name: str, kind: str) -> str:
    right = known().get(name)
    return right if right and kind in _MISTAKEN[right] else kind


def _named(doc: Doc) -> Iterator[Found]:
    """Where towns and leaders are named, as tokens."""
    text, end, strings = doc._.article.text, 0, doc.vocab.strings
    words: list[int] = doc.to_array(ORTH).tolist()
    # Each word of the article is asked once: hardly any begins a name.
    begins = {word: names for word in set(words) if (names := _begun_by(strings[word]))}
    for i in [i for i, word in enumerate(words) if word in begins]:
        if i < end:
            continue
        start = doc[i].idx
        for name in begins[words[i]]:
            span = doc.char_span(start, start + len(name)) if text.startswith(name, start) else None
            if span is not None:
                end = span.end
                yield span.start, span.end, known()[name]
                break


def _alone(doc: Doc, one: Found) -> bool:
    """Whether no capitalised word goes on before or behind a name."""
    beside = [doc[j] for j in (one[0] - 1, one[1]) if 0 <= j < len(doc)]
    return not any(token.text[:1].isupper() and token.is_alpha and not token.is_sent_start for token in beside)
