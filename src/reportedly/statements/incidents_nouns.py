"""What a noun stands for in a report of violence: an attacker, a force, a civilian, a thing, a weapon."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements import columns
from reportedly.statements.columns import Columns

WEAPON = "weapon"


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """Lemma to its class, or to its classes joined by "/" (incidents_nouns.tsv)."""
    found: dict[str, set[str]] = {}
    for row in lexicons.rows("incidents_nouns.tsv"):
        found.setdefault(row["lemma"], set()).add(row["class"])
    return {lemma: "/".join(sorted(kinds)) for lemma, kinds in found.items()}


@lru_cache(maxsize=1)
def weapons() -> dict[str, tuple[str, str]]:
    """Weapon phrase to its PLOVER mode and strength: strong, weak or platform (events_weapons.tsv)."""
    rows = lexicons.rows("events_weapons.tsv")
    return {row["phrase"]: (row["mode"], row["strength"]) for row in rows}


@lru_cache(maxsize=1)
def trigger_types() -> dict[str, str]:
    """Trigger lemma to the incident type that it speaks for (incidents_types.tsv)."""
    return {row["lemma"]: row["type"] for row in lexicons.rows("incidents_types.tsv")}


@lru_cache(maxsize=8192)
def _listed(lemma: str, lower: str) -> str | None:
    known = classes().get(lemma) or classes().get(lower)
    return known or (WEAPON if lemma in weapons() or lower in weapons() else None)


def class_at(read: Columns, i: int) -> str:
    """The class of the noun at a position; of an unknown one its entity label, "name" or "-"."""
    return _listed(read.lemma[i], read.lower[i]) or read.label[i] or ("name" if read.pos[i] == "PROPN" else "-")


def class_of(token: Token) -> str:
    """The same for a token."""
    return class_at(columns.of(token.doc), token.i)
