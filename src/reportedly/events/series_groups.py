"""Whom a figure counts, brought to a few groups, and whose people they are."""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly import lexicons
from reportedly.events.counting import around
from reportedly.events.holding_actors import holder
from reportedly.events.holding_names import names_in, singular, words
from reportedly.events.reports import FigureReport

#: "refugees a year", "executions per month": a rate is no count.
_RATE = re.compile(r"\b(?:a|an|per|every|each)\s+(?:hour|day|night|week|month|year)\b|\bdaily\b", re.IGNORECASE)
#: How many words behind "the number of" the counted noun may stand.
REACH = 3
#: Nouns whose plural ends in nothing that `singular` knows.
_PLURALS = {"children": "child", "wives": "wife", "lives": "life", "bodies": "body", "casualties": "casualty"}


def group(figure: FigureReport) -> str | None:
    """The counted group ("children", "fighters", "foreign fighters"; "children+women" for both); None where it is
    not told.

    A modifier that narrows the group makes another one: foreign fighters are not set against all fighters. Measures
    in a unit of their own (km²) that count no group have "".
    """
    if figure.of is None and figure.unit not in (None, "person"):
        return ""
    if figure.of is None:
        return _numbered(figure) or ("people" if figure.measure == "killed" and _is_toll(figure) else None)
    said, named = _head(figure.of), _named(figure.of)
    if _RATE.search(figure.of) or any("unknown" in sorts(word) and word not in named for word in said):
        return None
    nouns = {_groups()[word] for word in said if word in _groups()}
    nouns -= {"members"} if len(nouns) > 1 else set()
    nouns -= {"people"} if len(nouns) > 1 else set()
    narrowing = {word for word in said if word not in _groups() and not sorts(word) & {"skipped"}}
    narrowing -= named
    if not nouns:
        return " ".join(sorted(narrowing)) or ("people" if named else None)
    return " ".join([*sorted(narrowing), "+".join(sorted(nouns))])


def _head(text: str) -> list[str]:
    """The singular words of a counted phrase that say whom it counts: up to the first preposition, or from "of" on
    where the noun before only says that they are counted ("deaths of children")."""
    found: list[str] = []
    for word in words(text):
        single = _single(word)
        if "preposition" in sorts(word) and found:
            if word != "of" or {_groups().get(one) for one in found} != {"people"}:
                break
            found = []
        elif word.isalpha() or not any(letter.isdigit() for letter in word):
            found.append(single)
    return found


def _named(text: str) -> set[str]:
    """The words of a phrase that are known names, singular."""
    said = words(text)
    return {_single(said[place]) for one in names_in(text) for place in range(one.start, one.end)}


def whose(figure: FigureReport) -> str:
    """Whose people are counted: a registry id or a people or state that the counted phrase names; else "".

    Only what the figure itself says: "militants" are nobody's, whoever else may be named in the article."""
    if figure.actor is not None:
        found = holder(figure.actor, figure.actor)
        return found.key or ""
    named = [one for one in names_in(figure.of or "") if not one.bound]
    keys = {one.id or one.state or one.people or "" for one in named}
    return "+".join(sorted(key for key in keys if key))


def sorts(word: str) -> frozenset[str]:
    """What series_words.tsv says of a word."""
    return _sorts().get(word, frozenset())


def _is_toll(figure: FigureReport) -> bool:
    found = around(figure)
    return found is not None and any("toll" in sorts(word) for word in found.words)


def _numbered(figure: FigureReport) -> str | None:
    """The group in "the number of people in the camp has grown to 73,000"."""
    found = around(figure)
    before = found.words[: found.start] if found else ()
    for place in range(len(before) - 2):
        if before[place : place + 2] in (("number", "of"), ("population", "of")):
            return next((_groups()[one] for one in map(_single, before[place + 2 :][:REACH]) if one in _groups()), None)
    return None


def _single(word: str) -> str:
    return _PLURALS.get(word) or singular(word)


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    return {row["word"]: row["group"] for row in lexicons.rows("series_groups.tsv")}


@lru_cache(maxsize=1)
def _sorts() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in lexicons.rows("series_words.tsv"):
        found[row["word"]] = found.get(row["word"], frozenset()) | {row["kind"]}
    return found
