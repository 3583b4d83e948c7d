"""Who holds: names of holders brought to one identity each, and which holders are rivals.

"Isis fighters" are Islamic State, "the Syrian army" and "the regime" of a place in Syria are that state; "US-backed
forces" stay what they are called, whoever they may be. Two holders are rivals only if nothing known ties them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from reportedly import lexicons
from reportedly.events.holding_names import Named, alpha3, kinds, names_in, singular, words
from reportedly.statements import actors_registry as registry

_PARTS = re.compile(r"\s*,\s*(?:and\s+|as well as\s+)?|\s+and\s+|\s+as well as\s+|\s*/\s*|\s*&\s*")
#: "(PYD)", "10,000-strong", "2,500": what is written about a holder, not who it is; brackets round "[Isis]".
_ASIDE = re.compile(r"[\[\]]|\([^)]*\)|[\d,.]+-strong|\d[\d,.]*")
#: Groups of these sectors are on a side: they fight their state.
_FIGHTING = frozenset({"REB", "OPP"})


class Holder(Struct, frozen=True, kw_only=True):
    """One who holds, takes or loses a place.

    `key` is what makes two the same: the registry's id, else the name without the words that do not tell holders
    apart; empty for one whom the text does not name ("the fighters"). `ties` are the ids, states, peoples and sides
    that it belongs to or is named after.
    """

    key: str
    name: str
    id: str | None = None
    ties: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def holder(name: str, identifier: str | None = None, country: str | None = None) -> Holder:
    """The identity of a name.

    Args:
        name: the name, or the article's words.
        identifier: the registry's id where the article gives it.
        country: ISO 3166-1 alpha-2 code of where the place is: "the regime" there is that state's.
    """
    plain, state = " ".join(_ASIDE.sub(" ", name).split()), alpha3(country)
    parts = [part for part in _PARTS.split(plain) if part]
    if len(parts) < 2 or _is_one_name(plain):
        return _one(plain, name, identifier, state)
    several = [_one(part, part, None, state) for part in _with_noun(parts)]
    ties = frozenset[str]().union(*(one.ties for one in several))
    keys = {one.key for one in several}
    return Holder(key="" if "" in keys else "+".join(sorted(keys)), name=name, ties=ties)


def rivals(one: Holder, other: Holder, country: str | None = None) -> bool:
    """True if what the one holds the other does not hold: both are known and nothing ties them. Somebody who is only
    described ("a front group") is nobody's rival.

    Args:
        one, other: the holders.
        country: ISO 3166-1 alpha-2 code of where the place is; some alliances hold in one country only.
    """
    if not one.key or not other.key or one.key == other.key or not one.ties or not other.ties:
        return False
    return not _tied(one.ties, other.ties, alpha3(country))


@lru_cache(maxsize=65536)
def _tied(one: frozenset[str], other: frozenset[str], state: str | None) -> bool:
    return bool(one & _and_allies(other, state) or other & _and_allies(one, state))


@lru_cache(maxsize=8192)
def mentioned(text: str, country: str | None) -> frozenset[str]:
    """The known groups, states, peoples and unnamed sides that a sentence names."""
    found = _ties(text, alpha3(country))
    return frozenset(one for one in found if not one.startswith(("on:", "only:")))


def _is_one_name(text: str) -> bool:
    """True for a known name that has an "and" or a comma in it."""
    return any(one.start == 0 and one.end == len(words(text)) for one in names_in(text))


def _with_noun(parts: list[str]) -> list[str]:
    """ "Kurdish and Arab forces" are Kurdish forces and Arab forces: the last noun goes with a bare adjective."""
    last = parts[-1].split()
    noun = last[-1] if len(last) > 1 and kinds(last[-1].lower()) & {"force", "state"} else ""
    return [*(f"{part} {noun}".strip() if len(part.split()) == 1 else part for part in parts[:-1]), parts[-1]]


def _one(plain: str, name: str, identifier: str | None, state: str | None) -> Holder:
    known = identifier if identifier and registry.find(identifier) else _known(plain, state)
    if known is None:
        bare = _bare(plain)
        named = {bare} if bare and re.search(r"[A-Z]", plain) else frozenset[str]()
        return Holder(key=bare, name=name, ties=_ties(plain, state) | named)
    known = _state_of(known)
    actor = registry.find(known)
    return Holder(key=known, name=actor.name if actor else name, id=known, ties=_lineage(known) | _ties(plain, state))


def _state_of(identifier: str) -> str:
    """A state's own bodies are one holder with it: its army holds what its government holds."""
    country, _, body = identifier.partition("-")
    return country if country in registry.states() and body in registry.BODIES else identifier


def _known(text: str, state: str | None) -> str | None:
    """The registry's id of a name: the group that its words end in, or the state whose forces are meant."""
    found, said = names_in(text), words(text)
    while said and "force" in kinds(said[-1]) and not any(one.end == len(said) for one in found):
        said.pop()
    last = next((one for one in found if one.end == len(said) and one.id and not one.bound), None)
    if last is not None:
        return last.id
    return _long_names().get(" ".join(words(text))) or _state(text, found, state)


@lru_cache(maxsize=1)
def _long_names() -> dict[str, str]:
    """Groups by their names of two words and more, whose capitals need not be right to know them."""
    found: dict[str, str] = {}
    for alias in registry.aliases():
        if alias.naming == "name" and alias.actor in registry.groups() and not alias.weak and " " in alias.text:
            found.setdefault(" ".join(words(alias.text)), alias.actor)
    return found


def _state(text: str, found: tuple[Named, ...], state: str | None) -> str | None:
    """The state whose name, people or leader is all that a name has beside nouns for a state's forces."""
    said = words(text)
    if len(found) == 1 and found[0].state and not found[0].bound:
        others = [*said[: found[0].start], *said[found[0].end :]]
        return found[0].state if all(kinds(word) & {"loose", "state", "force"} for word in others) else None
    person = " ".join(word for word in text.split() if not kinds(word.lower()) & {"state", "loose"})
    leader = registry.leader(re.sub(r"['’]s?$", "", person)) if person else None
    if leader is not None and leader.country and leader.sector in ("GOV", "MIL"):
        return leader.country
    core = [word for word in said if "loose" not in kinds(word)]
    own = [word for word in core if "state" in kinds(word) and "force" not in kinds(word)]
    if not own or any("whose" in kinds(word) for word in said) or "state" not in kinds(said[-1]):
        return None
    return state if all(kinds(word) & {"state", "force"} for word in core) else None


def _bare(text: str) -> str:
    """The words of a name that tell holders apart, a people by its adjective; empty if there are none."""
    found = {place: one.people for one in names_in(text) if one.people for place in range(one.start, one.end)}
    kept = [
        found.get(place) or singular(word)
        for place, word in enumerate(words(text))
        if not kinds(word) & {"force", "loose", "whose"}
    ]
    return "" if all("state" in kinds(word) for word in kept) else " ".join(kept)


def _ties(text: str, state: str | None) -> frozenset[str]:
    """Whom a name mentions: known actors, states, peoples, and the side that its nouns say."""
    found: set[str] = set()
    names, said = names_in(text), words(text)
    against = any(one.people for one in names) or any(kinds(word) & {"rebel", "jihadist"} for word in said)
    for one in names:
        found |= _lineage(one.id) if one.id else frozenset()
        found |= {one.state} if one.state and not (against and one.state == state and not one.bound) else set()
        found |= {f"people:{one.people}"} if one.people else set()
    for word in said:
        if "people" in kinds(word):
            found.add(f"people:{singular(word)}")
        found |= {f"side:{kind}:{state or ''}" for kind in kinds(word) & {"rebel", "jihadist"}}
        if state and "own" in kinds(word):
            found.add(state)
    return frozenset(map(_state_of, found))


def _lineage(identifier: str) -> frozenset[str]:
    """An id with all that it is part of, and the side of a group that fights its state."""
    found: set[str] = set()
    here: str | None = identifier
    while here and here not in found:
        found.add(here)
        actor = registry.find(here)
        here = actor.parent if actor else None
    actor = registry.find(identifier)
    if found & lexicons.words("actors_jihadists.txt"):
        found.add("only:jihadist" if found & _apart() else "on:jihadist")
    if actor is not None and actor.sector in _FIGHTING and actor.country and not found & _apart():
        found.add(f"on:rebel:{actor.country}")
    return frozenset(map(_state_of, found))


def _and_allies(ties: frozenset[str], state: str | None) -> frozenset[str]:
    """All that a holder with these ties is no rival of in a country.

    A side that is not named ("the rebels") and a group on it are no rivals; two groups on one side may be."""
    found = set(ties)
    for tie in ties:
        kind, _, rest = tie.partition(":")
        side = rest.split(":")[0]
        if kind in ("side", "on", "only"):
            found.discard(tie)
            found |= {f"side:{rest}", f"side:{side}:{state or ''}", f"side:{side}"}
        if kind == "side":
            found |= {f"{on}:{one}" for on in ("on", "only") for one in (rest, f"{side}:{state or ''}", side)}
        key = f"side:{side}" if kind in ("side", "on") else tie
        for ally, where in _allies().get(key, ()):
            if where in ("", state):
                found |= {ally, f"{ally}:{state or ''}", ally.replace("side:", "on:")}
    return frozenset(found)


@lru_cache(maxsize=1)
def _allies() -> dict[str, list[tuple[str, str]]]:
    """The allies of an id, state, people or side, each with the country where it counts (empty: anywhere)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in lexicons.rows("holding_allies.tsv"):
        if not row["b"].startswith("!"):
            found.setdefault(row["a"], []).append((row["b"], row["in"]))
            found.setdefault(row["b"], []).append((row["a"], row["in"]))
    return found


@lru_cache(maxsize=1)
def _apart() -> frozenset[str]:
    """Groups that fight their state and are not meant by "the rebels" there."""
    return frozenset(row["a"] for row in lexicons.rows("holding_allies.tsv") if row["b"] == "!side:rebel")
