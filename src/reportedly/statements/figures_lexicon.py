"""The lexicons of what figures count, by lemma."""

from __future__ import annotations

from typing import NamedTuple, cast

from reportedly import lexicons
from reportedly.data import Measure


class Noun(NamedTuple):
    """A counted noun: what a number of them measures without a verb, the unit, and whether it measures
    by itself whatever the verb ("deaths"), or only where ten or more are counted."""

    measure: Measure
    unit: str
    strong: bool
    many: bool = False


class Cue(NamedTuple):
    """What a governing word says of those counted; a `sure` one needs no people ("two towns surrendered"),
    one of `many` ten or more."""

    measure: Measure
    sure: bool
    many: bool = False


def _nouns() -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    for row in lexicons.rows("figures_nouns.tsv"):
        noun = Noun(cast(Measure, row["measure"]), row["unit"], row["strength"] == "strong", row["strength"] == "many")
        found.setdefault(row["noun"], noun)  # the first row wins
    return found


def _cues() -> dict[tuple[str, str], Cue]:
    return {
        (row["word"], row["role"]): Cue(
            cast(Measure, row["measure"]), row["strength"] == "sure", row["strength"] == "many"
        )
        for row in lexicons.rows("figures_measures.tsv")
    }


def _context() -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for row in lexicons.rows("figures_context.tsv"):
        found.setdefault((row["side"], row["means"]), set()).add(row["word"])
    return {key: frozenset(words) for key, words in found.items()}


NOUNS = _nouns()
CUES = _cues()
CONTEXT = _context()
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "ee", "man", "woman", "ant", "ese", "eer")


def noun(lemma: str) -> Noun | None:
    """What the lexicon says of a counted noun."""
    return NOUNS.get(lemma) or (NOUNS.get(lemma[:-1]) if lemma.endswith("s") else None)


def is_person(lemma: str, proper: bool) -> bool:
    """True if the noun may be of people: by the lexicon, else a name of a people or a noun of agent."""
    known = noun(lemma)
    if known is not None:
        return known.unit in ("person", "family")
    return proper or lemma.endswith(_PERSON_ENDINGS)
