"""Nouns that are a word for the place somebody holds ("stronghold"), and modifiers ("rebel-held")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.data import Relation
from reportedly.statements.control_actors import Party
from reportedly.statements.control_clause import roles, word_set
from reportedly.statements.control_focus import countries
from reportedly.statements.control_frames import Frame, among
from reportedly.statements.control_names import Site
from reportedly.statements.control_readings import Context, Reading, relation_table

FACTO = word_set("de_facto")
HYPHENS = frozenset({"-", "‑", "–"})


@lru_cache(maxsize=1)
def seats() -> frozenset[str]:
    """The lemmas of nouns that are a word for a held place."""
    return frozenset(row["trigger"] for row in lexicons.rows("control_triggers.tsv") if "seat" in row["needs"].split())


def read(context: Context, head: Token, frame: Frame) -> Iterator[Reading]:
    """ "the last Isis stronghold", "Raqqa, the group's de facto capital", "Idlib is a rebel enclave"."""
    if "facto" in frame.needs and not any(child.lower_ in FACTO for child in head.children):
        return
    site = _site(context, head)
    party = _holder(context, head)
    set_off = site is not None and site.kind == "name" and site.tokens.end <= head.i
    if set_off and site is not None and party is not None and party.coded is not None and party.coded.id is None:
        party = context.parties.named_before(head, site.tokens) or party
    if party is None and "people" in frame.needs:
        party = _people(context, head)
    if site is None or (party is None and (not site.resolved or site.kind != "name")):
        return
    yield Reading("holds", _unowned(site, party), party, head, head.idx, head.idx + len(head), head.i)


def _unowned(site: Site, party: Party | None) -> Site:
    """ "Isis’s last pocket in Syria" held by Isis is "last pocket in Syria"."""
    if site.resolved or party is None or not site.name.lower().startswith(party.name.lower()):
        return site
    rest = site.name[len(party.name) :].removeprefix("’s").removeprefix("'s").strip()
    return replace(site, name=rest) if rest else site


def _holder(context: Context, head: Token) -> Party | None:
    fillers = roles(head)
    own = [filler for filler in fillers.get("subj", ()) if filler.head == head]  # not who fights for it
    for filler in (*own, *fillers.get("of", ()), *fillers.get("for", ())):
        if context.gazette.named(filler) and not context.parties.group(context.gazette.names[filler.i]):
            continue
        if filler.dep_ == "poss" or not _people_only(context, filler):
            party = context.parties.party(filler, armed=True)
            if party is not None:
                return party
    return None


def _people(context: Context, head: Token) -> Party | None:
    """ "Kurdish" in "a Kurdish stronghold": those who hold it, not only those who live there."""
    people = next((c for c in head.children if c.dep_ == "amod" and c.ent_type_ == "NORP"), None)
    return context.parties.modifier(people) if people is not None else None


def _people_only(context: Context, modifier: Token) -> bool:
    """True for "Kurdish" in "a Kurdish enclave": who lives there, not who holds it."""
    return modifier.ent_type_ == "NORP" and modifier.tag_ == "JJ" and not context.parties.known(modifier)


def _site(context: Context, head: Token) -> Site | None:
    subject = _copular_subject(head)
    if subject is not None:
        site = context.gazette.site(subject, strict=False)
        if site is not None:
            return site
    return context.gazette.site(head)


def _copular_subject(head: Token) -> Token | None:
    """What "is" a stronghold, or "is one of the strongholds"."""
    here = head
    if here.dep_ == "pobj" and here.head.head.dep_ == "attr":
        here = here.head.head
    if here.dep_ != "attr":
        return None
    return next(iter(roles(here.head).get("subj", [])), None)


def modifiers(context: Context, taken: set[int]) -> Iterator[Reading]:
    """ "rebel-held Aleppo", "the last Isis controlled villages", "the besieged town"."""
    table = relation_table("control_held.tsv", "word")
    for token in among(context.doc, "LOWER", frozenset(table)):
        relation = table[token.lower_]
        if token.i in taken or token.i == 0 or token.head.i <= token.i:
            continue
        if token.dep_ not in ("amod", "acl", "nmod", "compound") or token.head.pos_ not in ("NOUN", "PROPN"):
            continue
        yield from _modifier(context, token, relation)


def _joined(before: Token, actor: Token) -> bool:
    """True for "Islamic" in "Islamic State-held"."""
    return before.text[:1].isupper() and before.dep_ in ("compound", "amod") and before.head == actor


def _modifier(context: Context, token: Token, relation: Relation) -> Iterator[Reading]:
    site = context.gazette.site(token.head)
    if site is None:
        return
    doc = context.doc
    before = doc[token.i - 1]
    hyphened = before.text in HYPHENS and token.i > 1
    actor = doc[token.i - 2] if hyphened else before
    if actor.pos_ in ("NOUN", "PROPN", "ADJ", "ADV") and (hyphened or context.parties.armed(actor)):
        start = actor.i
        while start > 0 and actor.text[:1].isupper() and _joined(doc[start - 1], actor):
            start -= 1
        party = Party(doc[start : actor.i + 1].text, tokens=doc[start : actor.i + 1])
        if site.kind == "name" and site.tokens.text in countries():  # a part of it
            site = replace(site, name=f"{doc[start : token.i + 1].text} {site.name}", kind="part")
        yield Reading(relation, site, party, token, doc[start].idx, token.idx + len(token))
    elif relation == "besieges" and not hyphened and site.name and token.head.tag_ != "NNS":
        yield Reading(relation, site, None, token, token.idx, token.idx + len(token))
