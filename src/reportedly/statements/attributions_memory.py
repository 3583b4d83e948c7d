"""Who has spoken so far in an article, and by what they can be named again: pronouns, offices, bodies, recordings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportedly import lexicons
from reportedly.data import Participant


@dataclass(frozen=True)
class Speaker:
    """Who said something: names, the registry's id, and the coded participants behind it.

    `person` tells a person from a body, `gender` is m, f or None.
    """

    name: str | None = None
    organisation: str | None = None
    actor: str | None = None
    coded: tuple[Participant, ...] = ()
    person: bool = False
    gender: str | None = None

    @property
    def known(self) -> bool:
        """Whether it has any name."""
        return bool(self.name or self.organisation)


NOBODY = Speaker()
_PRONOUNS = {"m": ("he",), "f": ("she",), None: ("he", "she")}


@lru_cache(maxsize=1)
def alike() -> dict[str, frozenset[str]]:
    """A noun of office to the nouns by which its holder may be named as well."""
    found: dict[str, set[str]] = {}
    for row in lexicons.rows("attributions_offices_alike.tsv"):
        for noun in row["nouns"].split("|"):
            found.setdefault(noun, set()).update(row["nouns"].split("|"))
    return {noun: frozenset(others) for noun, others in found.items()}


@lru_cache(maxsize=1)
def _sectors() -> dict[str, frozenset[str]]:
    """A body's common noun to the sectors of those that are called so."""
    return {row["noun"]: frozenset(row["sectors"].split("|")) for row in lexicons.rows("attributions_body_nouns.tsv")}


class Memory:
    """The speakers of an article up to now.

    Args:
        nouns: the nouns of office that go with a person's name somewhere in the article ("General", "spokesman"), by the
            last word of the name in lower case.
    """

    def __init__(self, nouns: dict[str, set[str]]) -> None:
        self._nouns = nouns
        self._last: dict[str, Speaker] = {}
        self._media: dict[str, Speaker] = {}

    def keep(self, found: Speaker, noun: str | None, medium: str | None) -> None:
        """Remember who has just spoken.

        Args:
            found: the speaker.
            noun: the common noun that they were named by, in lower case.
            medium: the channel.
        """
        if found.known:
            for word in (*(_PRONOUNS[found.gender] if found.person else ("it", "those")), "they"):
                self._last[word] = found
            for called in (*self._offices(found), *((noun,) if noun else ())):
                self._last[f"the {called}"] = found
        elif noun is not None:
            for word in _PRONOUNS[found.gender]:
                self._last[word] = NOBODY  # somebody unknown has spoken since
            self._last[f"the {noun}"] = NOBODY
        if medium is not None:
            self._media[medium] = found

    def call(self, found: Speaker, nouns: Iterable[str]) -> None:
        """Remember by which other nouns somebody can be named: "X, a rescue group" is "the group" next."""
        for noun in nouns:
            self._last[f"the {noun}"] = found

    def strangers(self, word: str) -> None:
        """Remember that somebody has spoken whom nobody names and who is "it" or "they" from now on ("officials")."""
        self._last["those" if word == "they" else word] = NOBODY

    def pronoun(self, word: str) -> Speaker:
        """Whoever "he", "she", "it" or "they" is, by who has spoken; one person is no "they"."""
        return self._last.get("those" if word == "they" else word, NOBODY)

    def described(self, noun: str) -> Speaker | None:
        """Whoever "the spokesman" is: who was called so last, else the last person, if it can mean their office."""
        exact = self._last.get(f"the {noun}")
        if exact is not None:
            return exact
        last = self._last.get("they", NOBODY)
        return last if last.person and self._offices(last) & alike().get(noun, frozenset()) else None

    def body(self, noun: str) -> Speaker | None:
        """The body that has spoken last, if it can be called by a common noun ("the rights group")."""
        last = self._last.get("it", NOBODY)
        sectors = {actor.sector for actor in last.coded}
        return last if last.known and not sectors.isdisjoint(_sectors().get(noun, ())) else None

    def _offices(self, one: Speaker) -> set[str]:
        return self._nouns.get(one.name.split()[-1].lower(), set()) if one.name and one.person else set()

    def issued(self, medium: str) -> Speaker | None:
        """Whoever spoke last in a recording, statement, … of that kind."""
        return self._media.get(medium)


def filled(speakers: Sequence[Speaker]) -> list[Speaker]:
    """The same speakers, each person with the body that the article gives them anywhere."""
    bodies = {one.name: one for one in reversed(list(_of_bodies(speakers)))}
    return [_filled(one, bodies.get(one.name)) for one in speakers]


def _of_bodies(speakers: Iterable[Speaker]) -> Iterable[Speaker]:
    return (one for one in speakers if one.person and one.name and one.organisation)


def _filled(one: Speaker, body: Speaker | None) -> Speaker:
    if body is None or not one.person or one.organisation:
        return one
    return Speaker(one.name, body.organisation, one.actor or body.actor, (*one.coded, *body.coded), True, one.gender)
