"""Which place a statement of control is of."""

from __future__ import annotations

import re

from reportedly import lexicons
from reportedly.events.holding_names import alpha3, names_in, words
from reportedly.events.reports import ControlReport, Location
from reportedly.statements import actors_registry as registry

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: Words of names that are written small.
_SMALL = frozenset({"al", "el", "ez", "az", "as", "ar", "an", "ad", "ash", "at", "of", "the", "de", "la", "and", "us"})


def place_key(report: ControlReport) -> str | None:
    """What makes two statements be about one place; None where that cannot be told.

    A place of GeoNames is its id with the precision that is meant ("geonames:172955/point"), another one its name.
    A whole country, the surroundings of a place and a description that fits many places ("the last stronghold",
    "the city") have no key. Nothing is merged: a camp in a town, a district and its town are places of their own.
    """
    where, name = report.place, report.place_name
    if where is not None and where.precision in ("country", "near"):
        return None
    if where is not None and not is_part(where):
        if where.geonameid is not None:
            return f"geonames:{where.geonameid}/{where.precision or 'point'}"
        name = where.name
    elif where is not None and name == where.name:
        return None
    return f"name:{' '.join(words(name))}" if name and is_name(name) else None


def is_part(place: Location) -> bool:
    """True for a part of a country that is not told apart from its other parts ("north-eastern Syria" as Syria)."""
    if place.precision != "region":
        return False
    state = registry.states().get(alpha3(place.country) or "")
    return state is not None and state.name.casefold() == place.name.casefold()


def is_name(text: str) -> bool:
    """True for a place's own name: capitals, with a direction before or one noun for a place behind at most."""
    tokens = _TOKEN.findall(text)
    while tokens and (tokens[0].lower() in _directions() or tokens[0].lower() == "the"):
        tokens.pop(0)
    if len(tokens) > 1 and tokens[-1].lower() in _areas():
        tokens.pop()
    own = bool(tokens) and all(token[0].isupper() or token.lower() in _SMALL for token in tokens)
    if not own or re.search(r"[\d%,;]|['’]s\b", text):
        return False
    whole = [one for one in names_in(" ".join(tokens)) if one.end - one.start == len(tokens)]
    return tokens[-1][0].isupper() and not any(one.id for one in whole)


def proper(name: str) -> list[str]:
    """The words of a place's name that are names, in lower case; all its words if none is."""
    return [token.lower() for token in _names(name)] or words(name)


def _names(name: str) -> list[str]:
    return [part for token in _TOKEN.findall(name) for part in re.split("-", token) if part[0].isupper()]


def _directions() -> frozenset[str]:
    return frozenset(lexicons.tree("control_words.json")["directions"])


def _areas() -> frozenset[str]:
    """Nouns for one place that has bounds ("province", "camp"); not "border", "areas", "airspace"."""
    kinds = {"settlement", "quarter", "area", "zone", "holdout"}
    return frozenset(row["noun"] for row in lexicons.rows("control_place_nouns.tsv") if row["kind"] in kinds)
