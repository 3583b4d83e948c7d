""" "Control", "grip", "hands" and "under siege": nouns whose verb or preposition says what becomes of a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from spacy.tokens import Token

from reportedly.data import Relation
from reportedly.statements.control_clause import Roles, roles, word_set
from reportedly.statements.control_frames import Frame, conative, denied
from reportedly.statements.control_names import Site, kinds
from reportedly.statements.control_readings import Context, Reading, relation_table

GRIPS = word_set("grips")
#: Verbs that only place something "under control", "in … hands".
STATIVE = word_set("stative_verbs")
SKIPPED = word_set("skipped_adverbs")


def is_grip(head: Token, frame: Frame) -> bool:
    """True if a noun is read here: "control of …", "in … hands", "under siege"."""
    if head.pos_ != "NOUN":
        return False
    under = head.dep_ == "pobj" and head.head.lower_ == "under"
    return head.lemma_ in GRIPS or (under and frame.relation == "besieges")


def read(context: Context, head: Token, frame: Frame) -> Iterator[Reading]:
    """The statements that such a noun makes."""
    verb = head.head
    if head.dep_ == "pobj" and verb.lower_ == "in" and head.lemma_ == "control":
        yield from _in_control(context, head, frame, verb)
    if head.dep_ == "pobj" and verb.lower_ in ("under", "in", "into"):
        yield from _governed(context, head, frame, verb)
    elif head.lemma_ != "hand" and not (head.dep_ == "pobj" and verb.lower_ in ("outside", "beyond", "of", "without")):
        yield from _held(context, head, frame, verb)


def _in_control(context: Context, head: Token, frame: Frame, preposition: Token) -> Iterator[Reading]:
    """ "the alliance was in control of the camp": the subject holds what is "of"."""
    fillers = roles(head)
    subjects = roles(preposition.head).get("subj", []) if preposition.head.pos_ in ("VERB", "AUX") else []
    party = next((p for f in subjects if (p := context.parties.party(f, True))), None)
    if party is None or fillers.get("subj"):
        return
    for filler in fillers.get("of", ()):
        for site in context.gazette.sites(filler):
            yield Reading(cast(Relation, frame.relation), site, party, head, preposition.idx, head.idx + len(head))


def _governed(context: Context, head: Token, frame: Frame, preposition: Token) -> Iterator[Reading]:
    """ "under rebel control", "in the hands of the rebels", "under siege by …"."""
    if head.lemma_ == "hand" and head.tag_ != "NNS":
        return
    fillers = roles(head)
    actors = [f for role in ("subj", "of", "by") for f in fillers.get(role, ())]
    actors += roles(preposition.head).get("by", []) if frame.relation == "besieges" else []
    party = next((p for f in actors if (p := context.parties.party(f, True))), None)
    if party is None and frame.relation != "besieges":
        return
    relation = cast(Relation, frame.relation)
    for site in governed_sites(context, preposition):
        yield Reading(relation, site, party, head, preposition.idx, head.idx + len(head))


def _held(context: Context, head: Token, frame: Frame, verb: Token) -> Iterator[Reading]:
    """ "the group's control of …", "seized control of …"."""
    relation, start = cast(Relation, frame.relation), head
    fillers = roles(head)
    actors = [f for role in ("subj", "by") for f in fillers.get(role, ())]
    if head.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB":
        if denied(verb):
            return
        relation = relation_table("control_grip.tsv", "verb").get(verb.lemma_, "holds")
        if relation == "captures" and conative(verb):
            relation = "contests"
        start = verb if verb.i < head.i else head
        actors = actors or roles(verb).get("subj", [])
    elif head.dep_ == "pobj" and verb.lower_ == "with" and not actors:
        actors = [child for child in verb.head.children if child.dep_ == "dobj"]
    party = next((p for f in actors if (p := context.parties.party(f, head.lemma_ != "control"))), None)
    if party is None and relation == "holds":
        return
    for site in _sites(context, fillers, verb, head):
        yield Reading(relation, site, party, head, start.idx, head.idx + len(head))


def _sites(context: Context, fillers: Roles, verb: Token, head: Token) -> list[Site]:
    upper = verb.head if verb.pos_ == "ADP" else verb
    above = roles(upper) if upper.pos_ == "VERB" else {}
    for role in ("of", "over", "on", "in"):
        for filler in [*fillers.get(role, ()), *above.get(role, ())]:
            sites = context.gazette.sites(filler, strict=role == "in")
            sites = [s for s in sites if not (s.kind == "name" and context.parties.group(s.tokens))]
            if sites:
                return sites
    if head.dep_ == "dobj" and verb.lemma_ in relation_table("control_grip.tsv", "verb"):
        return _clause_place(context, verb)
    return []


def _clause_place(context: Context, verb: Token) -> list[Site]:
    """ "swept into Afrin, seizing control": the place of the clause that the verb hangs on."""
    for upper in (verb, *list(verb.ancestors)[:2]):
        if upper.pos_ != "VERB":
            continue
        fillers = roles(upper)
        for filler in (f for role in ("in", "into", "of") for f in fillers.get(role, ())):
            site = context.gazette.site(filler, strict=False)
            if site is not None and site.kind == "name":
                return [site]
    return []


def governed_sites(context: Context, preposition: Token) -> list[Site]:
    """What is "under … control": the noun before the preposition, or the subject of "is"."""
    above = preposition.head
    candidates = [] if above.pos_ in ("VERB", "AUX", "ADV") else [above]
    position = preposition.i - 1
    while position > 0 and context.doc[position].lower_ in SKIPPED:
        position -= 1
    candidates.append(context.doc[position])
    if above.lemma_ in STATIVE:
        candidates.extend(roles(above).get("subj", []))
        candidates.extend(roles(above).get("obj", []))
    for candidate in candidates:
        named = _example(context, candidate)
        if named is None and candidate.pos_ in ("NOUN", "PROPN", "PRON"):
            named = context.gazette.site(candidate)
        if named is not None:
            return [named]
    return []


def _example(context: Context, noun: Token) -> Site | None:
    """ "cities under their control, such as Mosul": the example names the place."""
    if noun.lemma_ not in kinds() or noun.tag_ != "NNS":
        return None
    for role, fillers in roles(noun.head).items() if noun.head.pos_ == "VERB" else ():
        if role in ("as", "including", "like"):
            return next((s for f in fillers if (s := context.gazette.site(f)) is not None), None)
    return None
