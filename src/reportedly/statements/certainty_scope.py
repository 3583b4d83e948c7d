"""Which cues a statement stands under: those on the way from its trigger up through the parse.

The way goes from the trigger to its clause's verb and on through complements ("is expected to
…"), shared clauses ("may kill and wound") and nouns ("a plan to …"). It ends at a clause of its own
(a relative clause, "while …", "after …") and at a verb of speech: what the speaker's verb stands
under does not touch what is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.data import Certainty

PRESENT = frozenset({"VBZ", "VBP"})
BESIDE = frozenset({"advmod", "amod", "quantmod", "npadvmod", "acomp"})
#: Clauses that go on with the clause that they hang on.
SHARING = frozenset({"conj", "xcomp", "ccomp", "pcomp", "csubj", "dobj", "nsubj", "nsubjpass", "attr", "agent"})
#: The ways up after which an adverb beside a verb is still about the statement.
NEARBY = frozenset({"", "conj", "xcomp", "dobj", "nsubj", "nsubjpass", "attr", "agent", "prep", "advcl"})
NOUNY = frozenset(
    {"prep", "pobj", "compound", "nummod", "quantmod", "nmod", "poss", "amod", "oprd", "appos", "acl", "npadvmod"}
)
REACH = 12
#: Words after "no" or "not" that make it part of a bound ("no more than").
BOUNDING = frozenset({"more", "less", "fewer", "later", "longer", "only", "other"})
#: The ways up after which a "not" is about something else: "did not go, blaming …", "did not say that …".
UNDENIED = frozenset({"ccomp", "advcl"})
#: Verbs and adjectives that say of their subject what they say of the clause below them.
RAISING = frozenset({"seem", "appear", "likely", "unlikely", "tend", "due", "set", "poise", "purport"})


@dataclass(frozen=True)
class Cue:
    """A row of certainty_cues.tsv; `purpose` marks what is only tried or meant ("the battle to …")."""

    certainty: Certainty
    hedge: bool
    purpose: bool = False


@lru_cache(maxsize=1)
def cues() -> dict[str, dict[str, Cue]]:
    """The cues by scope and lemma."""
    found: dict[str, dict[str, Cue]] = {}
    for row in lexicons.rows("certainty_cues.tsv"):
        cue = Cue(cast(Certainty, row["certainty"]), row["hedge"] == "yes")
        found.setdefault(row["scope"], {})[row["cue"]] = cue
    return found


def over(trigger: Token) -> Iterator[Cue]:
    """The cues that a trigger stands under, nearest first."""
    here, came_by = trigger, ""
    for _ in range(REACH):
        yield from _beside(here, came_by)
        if here.dep_ == "prep" and came_by == "pobj" and here.lower_ != "of" and here.head.pos_ in ("VERB", "AUX"):
            yield from (cue for cue in _beside(here.head, "prep") if not cue.hedge)
            return
        step = _up(here)
        if step is None:
            return
        above = here.head
        yield from _governor(above, here)
        if step == "last" or (here.dep_ == "ccomp" and above.lemma_.lower() not in cues()["verb"]):
            return
        here, came_by = above, here.dep_


def _beside(token: Token, came_by: str) -> Iterator[Cue]:
    """The cues among the children of one token on the way."""
    table = cues()
    noun = token.pos_ in ("NOUN", "PROPN", "NUM", "ADJ", "SYM")
    for child in token.children:
        lemma = child.lower_ if noun or child.dep_ in ("aux", "advmod", "mark") else child.lemma_.lower()
        if child.dep_ in ("aux", "auxpass") and child.tag_ == "MD":
            cue = table["aux"].get(child.lower_)
        elif child.dep_ == "mark" or (child.dep_ == "advmod" and child.lower_ == "once"):
            cue = _mark(child.lower_, token)
        elif child.dep_ in BESIDE and came_by in (("", "nummod", "quantmod") if noun else NEARBY):
            cue = table["adjective" if noun else "adverb"].get(lemma) or table["adverb"].get(lemma)
        else:
            continue
        if cue is not None:
            yield cue
    if came_by not in UNDENIED and _negated(token, came_by):
        yield Cue("denied", False)


def _negated(token: Token, came_by: str) -> bool:
    """True if a "not" or "no" beside a word on the way denies the statement below it."""
    if any(child.lower_ in ("longer", "only") for child in token.children):
        return False
    nots = (c for c in token.children if c.dep_ == "neg" or (c.lower_ == "no" and c.dep_ in ("det", "neg")))
    if not any(c.i + 1 >= len(c.doc) or c.nbor(1).lower_ not in BOUNDING for c in nots):
        return False  # none, or "no more than 1,200"
    copular = token.lemma_ == "be" and any(child.dep_ in ("attr", "acomp") for child in token.children)
    return not (copular and came_by in ("nsubj", "csubj"))  # "the fall of X is not the end"


def _mark(word: str, verb: Token) -> Cue | None:
    table = cues()
    if word in table["present"]:
        present = verb.tag_ in PRESENT or any(c.tag_ in PRESENT for c in verb.children if c.dep_ in ("aux", "auxpass"))
        return table["present"][word] if present else None
    return table["mark"].get(word)


def _governor(above: Token, here: Token) -> Iterator[Cue]:
    """The cue that the word above is itself, or the bare infinitive of purpose under it."""
    table = cues()
    lemma = above.lemma_.lower()
    clause = here.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl", "oprd", "csubj", "pcomp", "prep")
    if above.pos_ in ("NOUN", "PROPN"):
        cue = table["noun"].get(lemma) if clause else None
    elif here.dep_ in ("xcomp", "ccomp", "oprd", "csubj", "nsubj", "nsubjpass", "dobj", "pcomp"):
        cue = _verb(lemma, here, above)
    else:
        cue = table["verb"].get(lemma) if here.dep_ == "advcl" and _infinitive(here) else None
    if cue is not None:
        yield cue
    elif _infinitive(here) and here.dep_ in ("advcl", "relcl", "acl"):
        yield Cue("possible", False, purpose=True)


def _verb(lemma: str, here: Token, above: Token) -> Cue | None:
    """The cue of a governing verb: of its clause, of the subject of "are believed to …", of some objects."""
    table = cues()
    passive = any(child.dep_ == "nsubjpass" for child in above.children)
    cue = table["verb"].get(lemma) or (table["passive"].get(lemma) if passive else None)
    if here.dep_ in ("nsubj", "nsubjpass"):
        raised = passive or lemma in RAISING
        return cue if raised and any(child.dep_ in ("xcomp", "oprd") for child in above.children) else None
    if here.dep_ == "dobj":
        return cue if lemma in _taking_nouns() else None
    return cue


@lru_cache(maxsize=1)
def _taking_nouns() -> frozenset[str]:
    """Cues that govern a noun as well as a clause: "denied the attack", "fear an assault"."""
    found = {lemma for lemma, cue in cues()["verb"].items() if cue.certainty in ("denied", "forecast")}
    return frozenset(found - {"set", "go", "order", "ask", "call", "fail", "want", "seek"}) | {
        "fear",
        "suspect",
        "estimate",
        "claim",
        "allege",
    }


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _up(here: Token) -> str | None:
    """Whether the way goes on above a token: "on", "last" (look once more) or None."""
    above = here.head
    if above == here:
        return None
    if here.dep_ == "conj":
        own = any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in here.children)
        return None if own and here.pos_ in ("VERB", "AUX") else "on"
    if here.dep_ == "ccomp" and here.i < above.i:
        return None  # "five came home; others refuse to go", "…, they believe": the attribution tells of the latter
    if here.dep_ in ("advcl", "relcl", "acl"):
        if here.tag_ in ("VBG", "VBN") and here.dep_ != "relcl":
            finite = any(child.dep_ in ("mark", "nsubj", "nsubjpass", "aux") for child in here.children)
            return "on" if here.dep_ == "advcl" and not finite else None
        if not _infinitive(here):
            return None
        return "on" if above.pos_ == "NOUN" else "last"
    return "on" if here.dep_ in SHARING or here.dep_ in NOUNY else None
