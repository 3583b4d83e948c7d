"""Who a source is, whatever a report calls it: bodies by the registry, outlets and state media by their lexicons.

"SDF", "S.D.F." and "Syrian Democratic Forces" are one; so are "AFP" and "Agence France-Presse", the White House and
the American government. Nothing is guessed: an unknown name stands for itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from reportedly import lexicons
from reportedly.statements import actors_names
from reportedly.statements import actors_registry as registry

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_NOISE = re.compile(r"[^\w\s&+/-]+")
_STATE_MEDIA = re.compile(
    r"\b(?:state|official|government)(?:[- ](?:run|owned|controlled|backed))?[- ]"
    r"(?:media|television|tv|radio|news agency|broadcaster|newspaper|press)\b",
    re.IGNORECASE,
)
#: Characters beside "state television" in which its country may be named.
_NEAR = 28


@dataclass(frozen=True)
class Source:
    """A source: `key` is the same for all its names, `name` the one to show. `side` is the root of the registry's
    hierarchy that it belongs to (a state or a group): two sources of one side are no check on each other. `named`
    is false for one that a report does not name ("officials")."""

    key: str
    kind: Literal["speaker", "outlet"]
    name: str
    side: str | None = None
    named: bool = True


def folded(name: str) -> str:
    """A name for comparison: without article, case and punctuation."""
    plain = _NOISE.sub("", name.replace("’", "'").replace("'s", ""))
    return " ".join(_ARTICLE.sub("", plain.strip()).casefold().split())


@lru_cache(maxsize=1)
def _same() -> dict[str, str]:
    return {row["name"]: row["actor"] for row in lexicons.rows("origins_bodies.tsv")}


@lru_cache(maxsize=1)
def _bodies() -> dict[str, str]:
    """Names that are one actor's alone, folded, and its id."""
    found: dict[str, set[str]] = {}
    for alias in registry.aliases():
        if alias.actor and not alias.weak:
            found.setdefault(folded(alias.text), set()).add(_one(alias.actor))
    table = {
        folded(registry.body(state, suffix).name): f"{state}-{suffix}"
        for state in registry.states()
        for suffix in registry.BODIES
    }
    table |= {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
    return table | {folded(name): actor for name, actor in _same().items()}


def _one(actor: str) -> str:
    """The id that stands for an actor and its offices; a state as such stands for its government."""
    listed = _same().get(actor, actor)
    return f"{listed}-GOV" if listed in registry.states() else listed


@cache
def side(actor: str) -> str:
    """The root of an actor's hierarchy in the registry: "RUS" of its armed forces and its news agencies."""
    for _ in range(10):
        known = registry.find(actor)
        if known is None or not known.parent:
            return actor
        actor = known.parent
    return actor


@lru_cache(maxsize=1)
def _outlets() -> dict[str, tuple[str, str | None]]:
    """Names of outlets, folded: the one to show, and the state whose medium it is."""
    table: dict[str, tuple[str, str | None]] = {}
    for row in lexicons.rows("attributions_outlets.tsv"):
        names = row["names"].split("|")
        table.update((folded(name), (names[0], row["state"] or None)) for name in names)
    for row in lexicons.rows("origins_agencies.tsv"):
        names = [row["name"], *row["marks"].split("|")]
        known = next((table[folded(name)] for name in names if folded(name) in table), (row["name"], None))
        table.update((folded(name), known) for name in names if folded(name) not in table)
    for actor in registry.groups().values():
        if actor.sector == "JRN":
            _add(table, actor)
    return table


def _add(table: dict[str, tuple[str, str | None]], actor: registry.Actor) -> None:
    names = [actor.name, *(alias.text for alias in registry.aliases() if alias.actor == actor.id and not alias.weak)]
    root = side(actor.id)
    state = root if root != actor.id and root in registry.states() else None
    known = next((table[folded(name)] for name in names if folded(name) in table), (actor.name, state))
    table.update((folded(name), known) for name in names if folded(name) not in table)


def outlet(name: str) -> Source | None:
    """The known outlet of a name, or None."""
    known = _outlets().get(folded(name)) or _outlets().get(_without_noun(folded(name)))
    return None if known is None else Source(f"outlet:{folded(known[0])}", "outlet", known[0], known[1])


def called_outlet(name: str) -> Source | None:
    """An outlet that is not known, by the last word of its name ("the Ridge Post"); None for other names."""
    plain = name.strip()
    last = plain.split()[-1:]
    if len(folded(plain).split()) < 2 or not lexicons.words("origins_outlet_endings.txt").issuperset(last):
        return None
    return publisher(_ARTICLE.sub("", plain)) if last else None


def _without_noun(name: str) -> str:
    words = name.split()
    nouns = lexicons.words("attributions_outlet_nouns.txt")
    while len(words) > 1 and words[-1] in nouns:
        words.pop()
    return " ".join(words)


def publisher(name: str) -> Source:
    """The outlet that published an article, known or not; of a host name the outlet that it is called after."""
    return outlet(name) or _host(name) or Source(f"outlet:{folded(name)}", "outlet", " ".join(name.split()))


def _host(name: str) -> Source | None:
    """The known outlet of an address's host ("www.bbc.co.uk", "foxnews.com"), or None."""
    labels = name.strip().casefold().split(".")
    if len(labels) < 2 or " " in name.strip():
        return None
    names = [name for label in sorted(labels[:-1], key=len) for name in (label.removeprefix("the"), label)]
    known = [_run_together()[name] for name in names if len(name) > 2 and name in _run_together()]
    return outlet(known[-1]) if known else None


@lru_cache(maxsize=1)
def _run_together() -> dict[str, str]:
    return {name.replace(" ", "").replace("-", ""): name for name in sorted(_outlets(), reverse=True)}


def state_media(words: str, quote: str = "") -> Source | None:
    """State media that are not named ("Syrian state television"), with their country where the words or those
    beside them in the sentence tell it; None if the words are of something else."""
    if not _STATE_MEDIA.search(words):
        return None
    country = _country(words) or next(
        filter(None, (_country(_around(quote, match)) for match in _STATE_MEDIA.finditer(quote))), None
    )
    if country is None:
        return Source("outlet:state media", "outlet", "state media")
    adjective = registry.adjectives().get(country) or registry.states()[country].name
    return Source(f"outlet:state media of {country}", "outlet", f"{adjective} state media", country)


def _around(quote: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
    return quote[start:end].partition(". ")[0]


def _country(words: str) -> str | None:
    found = {
        country
        for one in actors_names.occurrences(words)
        if one.alias.naming in ("demonym", "capital") or one.alias.actor in registry.states()
        for country in one.alias.countries
    }
    return found.pop() if len(found) == 1 else None


def actor(identifier: str) -> Source:
    """The source of a registry's id; media are outlets."""
    one = _one(identifier)
    known = registry.find(one)
    name = known.name if known else one
    if known is not None and known.sector == "JRN":
        return outlet(name) or Source(f"outlet:{folded(name)}", "outlet", name, side(one))
    return Source(f"actor:{one}", "speaker", name, side(one))


def body(name: str) -> Source | None:
    """The source of an organisation's name: a known actor or outlet, else the name itself; None for a bare noun
    that may be anybody's ("government")."""
    plain = folded(name)
    if not plain or plain in lexicons.words("attributions_bodies.txt"):
        return None
    if plain in _bodies():
        return actor(_bodies()[plain])
    known = outlet(name) or state_media(name) or called_outlet(name)
    return known or Source(f"body:{plain}", "speaker", _ARTICLE.sub("", " ".join(name.split())))


def body_within(words: str) -> Source | None:
    """The known body whose office or paper somebody is ("a report by Unicef", "the Syrian civil defence, a rescue
    group"); None where the words say more, as those of a fighter who fled it do."""
    head = folded(words.split(",")[0])
    if head in _bodies():
        return actor(_bodies()[head])
    named = [one for one in actors_names.occurrences(words) if one.alias.actor and one.alias.naming == "name"]
    if len(named) != 1 or named[0].bound:
        return None
    rest = folded(f"{words[: named[0].start]} {words[named[0].end :]}").split()
    offices = lexicons.words("attributions_offices.txt") | lexicons.words("origins_common_words.txt")
    known = all(_singular(word, offices) for word in rest)
    return actor(named[0].alias.actor or "") if known else None


def common_body(words: str) -> Source | None:
    """A body that is named by its noun alone ("the police", "an army officer", "coalition officials"): within one
    event all reports are taken to mean the same one. None for other words."""
    bodies, offices = lexicons.words("attributions_bodies.txt"), lexicons.words("attributions_offices.txt")
    listed = folded(words).split()
    nouns = [noun for word in listed if (noun := _singular(word, bodies))]
    rest = [word for word in listed if not _singular(word, bodies) and not _singular(word, offices)]
    if len(set(nouns)) != 1 or not lexicons.words("origins_common_words.txt").issuperset(rest):
        return None
    return Source(f"common:{nouns[0]}", "speaker", folded(words))


def _singular(word: str, listed: frozenset[str]) -> str | None:
    """The word of a list that this one is, or is the plural of."""
    return next((one for one in (word, word.removesuffix("s"), f"{word.removesuffix('ies')}y") if one in listed), None)


def may_be(common: Source, other: Source) -> bool:
    """Whether a body named by its noun alone ("police") may be another of the event ("Italian police", ITA-COP)."""
    noun = common.key.removeprefix("common:")
    endings = [row["ending"] for row in lexicons.rows("origins_common_bodies.tsv") if row["noun"] == noun]
    if other.key.startswith("actor:"):
        return any(other.key.endswith(ending) for ending in endings)
    return other.key.startswith("body:") and noun in other.key.split(":", 1)[1].split()


def leader(name: str) -> Source | None:
    """The government or force of a well-known leader who is named without it."""
    known = registry.leader(name)
    if known is None or not known.country or known.sector not in registry.BODIES:
        return None
    return actor(f"{known.country}-{known.sector}")
