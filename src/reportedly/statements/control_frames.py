"""The frames of the control lexicon, and the triggers that a text holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.statements.control_clause import negated, no_longer, particle

#: Prepositions that set a deed before or after what is tried.
TIMING = frozenset({"after", "before", "since", "by", "despite", "without", "upon", "following"})


@dataclass(frozen=True)
class Frame:
    """One row of control_triggers.tsv."""

    relation: str
    place: tuple[str, ...]
    actor: tuple[str, ...]
    needs: frozenset[str]


@lru_cache(maxsize=1)
def frames() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """The frames by (lemma with particle, part of speech), in the lexicon's order."""
    found: dict[tuple[str, str], tuple[Frame, ...]] = {}
    for row in lexicons.rows("control_triggers.tsv"):
        key = (row["trigger"], row["pos"])
        frame = Frame(row["relation"], _split(row["place"]), _split(row["actor"]), frozenset(row["needs"].split()))
        found[key] = (*found.get(key, ()), frame)
    return found


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


@lru_cache(maxsize=1)
def _lemmas() -> frozenset[str]:
    return frozenset(lemma.split()[0] for lemma, _ in frames())


def among(doc: Doc, attribute: str, strings: frozenset[str]) -> Iterator[Token]:
    """The tokens whose attribute ("LEMMA", "LOWER", "ORTH") is one of some strings, found by hash."""
    yield from hashed(doc, attribute, _hashes(strings))


def hashed(doc: Doc, attribute: str, hashes: frozenset[int]) -> Iterator[Token]:
    """The tokens whose attribute has one of some hashes."""
    for position, value in enumerate(doc.to_array(attribute).tolist()):
        if value in hashes:
            yield doc[position]


@lru_cache(maxsize=32)
def _hashes(strings: frozenset[str]) -> frozenset[int]:
    return frozenset(get_string_id(string) for string in strings)


def triggers(doc: Doc) -> Iterator[tuple[Token, Token, list[Frame]]]:
    """Every (trigger, its last token, its frames) of a text; the frames with particle come first."""
    known = frames()
    for token in among(doc, "LEMMA", _lemmas()):
        if token.pos_ not in ("VERB", "NOUN"):
            continue
        lemma, last = token.lemma_, token
        found: list[Frame] = []
        extra = particle(token) if token.pos_ == "VERB" else None
        if extra is not None and (f"{lemma} {extra.lower_}", "VERB") in known:
            found.extend(known[f"{lemma} {extra.lower_}", "VERB"])
            last = extra
        found.extend(known.get((lemma, token.pos_), ()))
        if found:
            yield token, last, found


@lru_cache(maxsize=1)
def _conatives() -> frozenset[str]:
    return lexicons.words("control_conatives.txt")


def conative(verb: Token) -> bool:
    """True where the trigger is what somebody fights or tries for ("the battle to retake …")."""
    here = verb
    for _ in range(3):
        above = here.head
        if above == here or here.dep_ not in ("xcomp", "acl", "relcl", "advcl", "pcomp", "prep", "conj"):
            return False
        if here.dep_ == "prep" and here.lower_ in TIMING:
            return False  # "after taking the town, they sought …"
        if here.dep_ in ("acl", "relcl", "advcl") and not _purpose(here):
            return False
        if above.lemma_.lower() in _conatives() and here.dep_ != "conj":
            return True
        here = above
    return False


def _purpose(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def denied(trigger: Token) -> bool:
    """True for "has not taken", "failed to hold" and the like (but not for "no longer holds")."""
    if no_longer(trigger):
        return False
    return negated(trigger)
