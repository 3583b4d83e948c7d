"""The frames of the control lexicon, and the triggers that a text holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.statements.control_clause import negated, no_longer, particle, roles


@dataclass(frozen=True)
class Frame:
    """One row of control_triggers.tsv."""

    relation: str
    place: tuple[str, ...]
    actor: tuple[str, ...]
    needs: frozenset[str]


@dataclass(frozen=True)
class Trigger:
    """A word that may say who holds a place: its tokens (ends included), frame and role fillers."""

    head: Token
    first: Token
    last: Token
    frame: Frame
    fillers: dict[str, list[Token]]


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


def triggers(doc: Doc) -> Iterator[tuple[Token, Token, list[Frame]]]:
    """Every (trigger, its last token, its frames) of a text; the frames with particle come first."""
    known, lemmas = frames(), _lemmas()
    for token in doc:
        lemma = token.lemma_.lower()
        if lemma not in lemmas or token.pos_ not in ("VERB", "NOUN"):
            continue
        found: list[Frame] = []
        last = token
        if token.pos_ == "VERB":
            extra = particle(token)
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


def fill(head: Token, last: Token, frame: Frame) -> Trigger:
    """A trigger with its fillers."""
    return Trigger(head, head, last if last.i > head.i else head, frame, roles(head))
