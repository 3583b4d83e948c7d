"""The label sets of the encoder's heads, in the order of their outputs."""

from __future__ import annotations

ROLES = ("source", "cue", "content")
ENTITY_KINDS = (
    "PERSON",
    "ORG",
    "NORP",
    "GPE",
    "LOC",
    "FAC",
    "DATE",
    "TIME",
    "CARDINAL",
    "ORDINAL",
    "QUANTITY",
    "MONEY",
    "PERCENT",
    "EVENT",
    "PRODUCT",
    "LAW",
    "LANGUAGE",
    "WORK_OF_ART",
)

ATTRIBUTION = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))
"""BIO over the roles of an attribution (PolNeAR, Newell et al. 2018)."""

SIDES = ("left", "right", "none")
"""Where a content's cue, or a cue's source, lies."""

ENTITY = ("O", *(f"{mark}-{kind}" for kind in ENTITY_KINDS for mark in "BI"))
"""BIO over the entity kinds (OntoNotes)."""

SHAPES = ("none", "lower", "capitalised", "upper", "mixed", "digit", "caseless", "first")
"""What the uncased word pieces cannot tell: the shape of the word that a piece belongs to.

``first`` is a capitalised word that begins a sentence, where a capital says nothing.
"""
