"""Whether a participant is a person, an organisation or an object, and how sure the report is of an actor."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.data import Confidence
from reportedly.statements import incidents_nouns as nouns

Kind = Literal["person", "organisation", "object"]


def of_actor(head: Token) -> Kind | None:
    """The kind of an actor, by its head noun."""
    return _bodies(head) or ("person" if head.pos_ in ("NOUN", "PRON") else None)


def of_recipient(head: Token) -> Kind | None:
    """The kind of a recipient, by its head noun."""
    kind = nouns.class_of(head)
    if "object" in kind.split("/") and head.ent_type_ != "PERSON":
        return "object"
    return _bodies(head) or ("person" if kind in ("fighter", "force", "civilian") or head.pos_ == "PRON" else None)


def _bodies(head: Token) -> Kind | None:
    if head.ent_type_ == "PERSON":
        return "person"
    if head.ent_type_ == "ORG" or head.lemma_.lower() in lexicons.words("incidents_bodies.txt"):
        return "organisation"
    return None


def confidence(head: Token) -> Confidence | None:
    """How sure the report is that this is who did it, by the words around its mention; None for no such word."""
    cues = _cues()
    for item in head.children:
        if found := cues.get(("mod", item.lemma_.lower())):
            return found
    here = head
    for _ in range(4):
        if here.head.i == here.i:
            break
        here = here.head
        if here.pos_ == "VERB":
            return cues.get(("verb", here.lemma_.lower()))
        for item in here.children:
            if found := cues.get(("mod", item.lemma_.lower())):
                return found
    return None


@lru_cache(maxsize=1)
def _cues() -> dict[tuple[str, str], Confidence]:
    labels: dict[str, Confidence] = {"claimed": "claimed", "suspected": "suspected", "fact": "fact"}
    return {
        (row["where"], row["lemma"]): labels[row["confidence"]] for row in lexicons.rows("incidents_confidence.tsv")
    }
