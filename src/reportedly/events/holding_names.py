"""Names of known actors inside the words for a holder, and what kinds of words stand around them."""

from __future__ import annotations

import re
from functools import lru_cache

import pycountry
from msgspec import Struct

from reportedly import lexicons
from reportedly.statements import actors_registry as registry
from reportedly.statements.actors_names import occurrences

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


class Named(Struct, frozen=True, kw_only=True):
    """A known name in a phrase, by the positions of its words: a group's `id`, or a `state` (ISO 3166-1 alpha-3),
    or a `people`. `bound` is true for "US" in "US-backed"."""

    start: int
    end: int
    id: str | None = None
    state: str | None = None
    people: str | None = None
    bound: bool = False


def words(text: str) -> list[str]:
    """The words of a phrase in lower case, without possessive endings."""
    return [_POSSESSIVE.sub("", match.group().lower()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=8192)
def names_in(text: str) -> tuple[Named, ...]:
    """The known names in a phrase, from left to right."""
    starts = [match.start() for match in _WORD.finditer(text)]
    found = []
    for one in occurrences(text):
        inside = [place for place, start in enumerate(starts) if one.start <= start < one.end]
        if not inside:
            continue
        actor, country = one.alias.actor, one.alias.countries[0] if one.alias.countries else None
        state = country if one.alias.naming in ("demonym", "capital") or actor in registry.states() else None
        people = _people().get(one.alias.text) if one.alias.naming == "people" else None
        group = actor if actor is not None and state is None else None
        found.append(Named(start=inside[0], end=inside[-1] + 1, id=group, state=state, people=people, bound=one.bound))
    return tuple(found)


@lru_cache(maxsize=1)
def _people() -> dict[str, str]:
    """The name of a people by every way in which it is written."""
    return {
        text.strip(): row["people"].lower()
        for row in lexicons.rows("actors_peoples.tsv")
        for text in (row["people"], *row["aliases"].split("|"))
        if text.strip()
    }


def kinds(word: str) -> frozenset[str]:
    """What holding_words.tsv says of a word, or of its singular."""
    return _kinds().get(word, frozenset()) | _kinds().get(singular(word), frozenset())


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in lexicons.rows("holding_words.tsv"):
        found[row["word"]] = found.get(row["word"], frozenset()) | {row["kind"]}
    return found


def singular(word: str) -> str:
    """A noun without the ending of its plural ("rebels", "militias", "armies", "gunmen")."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


@lru_cache(maxsize=512)
def alpha3(country: str | None) -> str | None:
    """The ISO 3166-1 alpha-3 code of an alpha-2 one, as the registry has it (XKX for Kosovo)."""
    if not country:
        return None
    if country == "XK":
        return "XKX"
    found = pycountry.countries.get(alpha_2=country)
    return None if found is None else str(found.alpha_3)
