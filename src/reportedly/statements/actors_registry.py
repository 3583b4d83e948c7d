"""The registry of actors: states, their own bodies, and the groups of `lexicons/actors_groups.tsv`.

Read once from the lexicon files; there is no database. Ids are stable: `SYR` is a state, `SYR-MIL`
its armed forces, `SYR-SDF` a group. Countries are ISO 3166-1 alpha-3 (XKX for Kosovo), sectors the
agent codes of PLOVER (Halterman et al. 2023, after CAMEO).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from reportedly import lexicons

#: The names of a state's own bodies, by the suffix of their ids.
BODIES = {
    "GOV": "government",
    "LEG": "parliament",
    "MIL": "armed forces",
    "AIR": "air force",
    "NAV": "navy",
    "COP": "police",
    "SPY": "intelligence service",
}
#: The sector of a body, where it is not the suffix itself.
_SECTORS = {"AIR": "MIL", "NAV": "MIL"}

Naming = Literal["name", "demonym", "capital", "people"]


@dataclass(frozen=True)
class Actor:
    """One known actor. `since` and `until` are years; None is unknown or going on."""

    id: str
    name: str
    country: str | None = None
    sector: str | None = None
    parent: str | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class Alias:
    """One way in which an actor is named.

    `weak` aliases count only where the article names the actor or its country elsewhere. `countries`
    has several entries for a people that lives in several states.
    """

    text: str
    actor: str | None
    naming: Naming
    countries: tuple[str, ...] = ()
    weak: bool = False


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


@lru_cache(maxsize=1)
def groups() -> dict[str, Actor]:
    """Every group of the lexicon by id."""
    return {
        row["id"]: Actor(
            row["id"],
            row["name"],
            row["country"] or None,
            row["sector"] or None,
            row["parent"] or None,
            _year(row["from"]),
            _year(row["to"]),
        )
        for row in lexicons.rows("actors_groups.tsv")
    }


@lru_cache(maxsize=1)
def states() -> dict[str, Actor]:
    """Every state by its ISO 3166-1 alpha-3 code, which is its id."""
    return {
        row["country"]: Actor(row["country"], row["name"], row["country"]) for row in lexicons.rows("actors_states.tsv")
    }


@lru_cache(maxsize=1)
def adjectives() -> dict[str, str]:
    """The first demonym of every state that has one ("TUR" → "Turkish")."""
    rows = lexicons.rows("actors_states.tsv")
    return {row["country"]: row["demonyms"].split("|")[0] for row in rows if row["demonyms"]}


@cache
def body(country: str, suffix: str) -> Actor:
    """A state's own body: `body("TUR", "MIL")` is the Turkish armed forces."""
    adjective = adjectives().get(country) or states()[country].name
    sector = _SECTORS.get(suffix, suffix)
    parent = country if suffix == "GOV" else f"{country}-MIL" if suffix in _SECTORS else f"{country}-GOV"
    return Actor(f"{country}-{suffix}", f"{adjective} {BODIES[suffix]}", country, sector, parent)


def find(identifier: str) -> Actor | None:
    """The actor of an id: a group, a state or a state's own body; None if there is none."""
    known = groups().get(identifier) or states().get(identifier)
    if known:
        return known
    country, _, suffix = identifier.partition("-")
    return body(country, suffix) if country in states() and suffix in BODIES else None


@dataclass(frozen=True)
class Leader:
    """A well-known leader: the name in full, the country and sector."""

    name: str
    country: str | None
    sector: str


@lru_cache(maxsize=1)
def _leaders() -> dict[str, Leader]:
    """Well-known leaders by full name, and by the short forms that are theirs alone, case-folded."""
    found = {}
    for row in lexicons.rows("actors_leaders.tsv"):
        who = Leader(row["name"], row["country"] or None, row["sector"])
        for text in (row["name"], *_split(row["surnames"])):
            found[text.casefold()] = who
    return found


def leader(name: str) -> Leader | None:
    """The well-known leader of a name, full or short."""
    return _leaders().get(name.casefold())


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _of_group(row: dict[str, str]) -> list[Alias]:
    listed = _split(row["aliases"])
    marked = {text[1:] for text in listed if text.startswith("~")}
    texts = dict.fromkeys([row["name"], *(text.lstrip("~") for text in listed)])
    countries = (row["country"],) if row["country"] else ()
    return [Alias(text, row["id"], "name", countries, text in marked) for text in texts]


def _of_state(row: dict[str, str]) -> list[Alias]:
    code = row["country"]
    named = [Alias(text, code, "name", (code,)) for text in (row["name"], *_split(row["aliases"]))]
    people = [Alias(text, None, "demonym", (code,)) for text in _split(row["demonyms"])]
    plurals = [Alias(f"{alias.text}s", None, "demonym", (code,)) for alias in people if alias.text[-1] not in "shz"]
    seats = [Alias(text, f"{code}-GOV", "capital", (code,)) for text in _split(row["capitals"])]
    return [*named, *people, *plurals, *seats]


def _of_people(row: dict[str, str]) -> list[Alias]:
    countries = tuple(_split(row["countries"]))
    return [Alias(text, None, "people", countries) for text in (row["people"], *_split(row["aliases"]))]


@lru_cache(maxsize=1)
def aliases() -> tuple[Alias, ...]:
    """Every way in which the registry's actors, states and peoples are named."""
    found: list[Alias] = []
    for row in lexicons.rows("actors_groups.tsv"):
        found += _of_group(row)
    for row in lexicons.rows("actors_states.tsv"):
        found += _of_state(row)
    for row in lexicons.rows("actors_peoples.tsv"):
        found += _of_people(row)
    return tuple(found)
