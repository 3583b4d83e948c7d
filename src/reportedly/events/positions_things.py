"""What a figure counts: two numbers are of one thing only if what is counted, and whose side it is on, agree."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from reportedly import lexicons
from reportedly.events.reports import FigureReport
from reportedly.statements import actors_registry as registry

#: The class of whoever is counted without being told apart.
EVERYBODY = "people"
#: The class of words that tell nothing apart.
NOTHING = "-"
LINKS = frozenset({"and", "or"})
#: Names of actors are at most this many words long.
LONGEST = 6


class Thing(Struct, frozen=True, order=True):
    """A class of what is counted ("civilians"), the registry's id of the side it is on ("" if not told), and the
    words that tell it apart from others of its class ("foreign")."""

    kind: str
    side: str = ""
    told_apart: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """For people: "foreign fighters, Islamic State"."""
        actor = registry.find(self.side) if self.side else None
        return ", ".join(filter(None, (" ".join((*self.told_apart, self.kind)), actor.name if actor else self.side)))


def of(figure: FigureReport) -> Thing:
    """What a figure counts."""
    words = [clean for word in (figure.of or "").split() if (clean := re.sub(r"^\W+|\W+$|['’]s$", "", word))]
    side, named = _side(words)
    if figure.actor and registry.find(figure.actor):
        side = figure.actor
    nouns = [_singular(word.lower()) for number, word in enumerate(words) if number not in named]
    kinds = [kind for noun in nouns if (kind := _classes().get(noun))]
    if not kinds or set(kinds) == {NOTHING}:
        rest = [noun for noun in nouns if noun not in _classes()]
        return Thing(rest[-1] if rest else EVERYBODY, side, tuple(rest[:-1]))
    told = dict.fromkeys(kind for kind in kinds if kind != NOTHING)
    if len(told) > 1:
        told.pop(EVERYBODY, None)
    apart = [noun for noun in nouns if noun not in _classes() and noun not in LINKS]
    return Thing(" and ".join(told), side, tuple(apart))


def _singular(noun: str) -> str:
    known = _classes()
    if noun in known:
        return noun
    for ending, instead in (("ies", "y"), ("men", "man"), ("ren", ""), ("s", "")):
        if noun.endswith(ending):
            return noun[: -len(ending)] + instead
    return noun


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    return {row["noun"]: row["class"] for row in lexicons.rows("events_counted.tsv")}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Ids of actors and states by their names and demonyms; those of several states are left out."""
    found: dict[str, str] = {}
    for alias in registry.aliases():
        identifier = alias.actor or (alias.countries[0] if len(alias.countries) == 1 else None)
        if identifier and not alias.weak:
            found.setdefault(alias.text, identifier)
    return found


def _side(words: list[str]) -> tuple[str, range]:
    """The actor that the words name, the longest name first, and which words that are."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            found = _names().get(" ".join(words[start : start + length]))
            if found:
                return found, range(start, start + length)
    return "", range(0)
