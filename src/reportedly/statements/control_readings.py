"""From triggers to statements of control: which relation, which places, which actor.

Verbs and nouns with a frame are read here; "under X control", "in X hands" in `control_grips`;
modifiers ("rebel-held") and nouns that are the place ("stronghold") in `control_seats`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.data import Relation
from reportedly.statements.control_actors import Parties, Party
from reportedly.statements.control_clause import Roles, agents, no_longer, passive, prepositions, roles, word_set
from reportedly.statements.control_focus import countries
from reportedly.statements.control_frames import Frame, conative
from reportedly.statements.control_names import Site
from reportedly.statements.control_places import Gazette

LAST = word_set("last")
FLAGS = word_set("flags")
ADDING = ("along with", "together with", "as well as")
PLACING = ("in", "at", "near")
#: How far back, in tokens, "the siege" may find a place that has no name.
REACH = 150


@dataclass(frozen=True)
class Reading:
    """One statement of control; `party` is None where only the rest of the article tells the actor.

    `filler` is the head of the phrase that gave the place.
    """

    relation: Relation
    site: Site
    party: Party | None
    head: Token
    start: int
    end: int
    filler: int = -1


@dataclass(frozen=True)
class Context:
    """What all readers of one article share."""

    doc: Doc
    gazette: Gazette
    parties: Parties


def read(context: Context, head: Token, last: Token, frame: Frame) -> Iterator[Reading]:
    """The statements that a verb or noun makes by one of its frames."""
    if not _fits(head, frame):
        return
    fillers = roles(head)
    sites, filler = _sites(context, head, frame, fillers)
    if not sites:
        return
    relation, party, open_actor = _relation(context, head, frame, fillers, filler)
    if party is None and (not open_actor or "armed" in frame.needs):
        return
    first, final = (head, last) if head.i <= last.i else (last, head)
    for actor in (party, *_apart(context, head, frame, party)):
        for site in sites:
            yield Reading(relation, site, actor, head, first.idx, final.idx + len(final), filler)


def _apart(context: Context, head: Token, frame: Frame, first: Party | None) -> Iterator[Party]:
    """Those who act besides the first: Y of "by X on one side and by Y on the other"."""
    if first is None:
        return
    for group in agents(head)[1:]:
        party = next((p for f in group if (p := context.parties.party(f, "armed" in frame.needs))), None)
        if party is not None and party.name != first.name:
            yield party


def _fits(head: Token, frame: Frame) -> bool:
    """What the lexicon's `needs` ask of the words beside the trigger."""
    beside = {child.lower_ for child in head.children}
    if "flag" in frame.needs and not any(c.dep_ in ("dobj", "nsubjpass") and c.lemma_ in FLAGS for c in head.children):
        return False
    if "ground" in frame.needs and beside & lexicons.words("control_remote.txt"):
        return False
    return "last" not in frame.needs or bool(beside & LAST)


def _sites(context: Context, head: Token, frame: Frame, fillers: Roles) -> tuple[list[Site], int]:
    """The places of a trigger, and the position of the phrase that gave them."""
    for role in frame.place:
        for filler in fillers.get(role, ()):
            if role == "its":
                return ([], -1) if fillers.get("of") else ([context.gazette.it(filler)], filler.i)
            sites = [
                s for s in context.gazette.sites(filler, role in ("obj", "subj")) if _placed(context, s, frame, filler)
            ]
            sites = sites or _through(context, filler, frame, role)
            if sites:
                return [*_narrowed(context, sites, fillers), *_added(context, fillers)], filler.i
    if frame.relation == "ousts":
        for filler in fillers.get("obj", ()):
            if sites := _through(context, filler, frame, "obj"):
                return sites, filler.i
    named = any(filler.pos_ == "PROPN" for role in frame.place for filler in fillers.get(role, ()))
    near = "near" in frame.needs and not named and (head.pos_ == "VERB" or head.tag_ == "NN")
    return ([context.gazette.near(head)], -1) if near else ([], -1)


def _added(context: Context, fillers: Roles) -> list[Site]:
    """The places that "along with" adds to the object of a verb."""
    added = [filler for role in ADDING for filler in fillers.get(role, ())]
    return [site for filler in added for site in context.gazette.sites(filler)]


def _placed(context: Context, site: Site, frame: Frame, filler: Token) -> bool:
    if "name" in frame.needs and (site.kind in ("own", "any", "vague", "zone") or not site.resolved):
        return False
    if "local" in frame.needs and (site.kind == "country" or site.tokens.text in countries()):
        return False
    if "spot" in frame.needs and site.tokens[-1].text in countries():
        return False
    if "armed" in frame.needs and site.kind == "any" and filler.dep_ != "nsubjpass":
        return False  # "hold it", "secure it": mostly no place
    return not (site.kind == "name" and context.parties.group(site.tokens))


def _through(context: Context, filler: Token, frame: Frame, role: str) -> list[Site]:
    """The place of people: "oust the extremists from Baghuz", "the siege of civilians in Ghouta"."""
    if frame.relation in ("holds", "contests") or role not in ("obj", "of") or not context.parties.people(filler):
        return []
    wanted = frame.place if "from" in frame.place else PLACING
    for name, inner in prepositions(filler):
        if name in wanted and (site := context.gazette.site(inner, strict=False)) is not None:
            return [site]
    return []


def _narrowed(context: Context, sites: list[Site], fillers: Roles) -> list[Site]:
    """ "retook the last enclave … in Baghuz": the name that the clause gives for a bare description."""
    if len(sites) > 1 or sites[0].resolved or sites[0].kind == "part":
        return sites
    for filler in (f for role in PLACING for f in fillers.get(role, ())):
        site = context.gazette.site(filler)
        if site is not None and site.kind == "name" and site.name != sites[0].name:
            return [site]
    return sites


def _relation(
    context: Context, head: Token, frame: Frame, fillers: Roles, place: int
) -> tuple[Relation, Party | None, bool]:
    """The relation, its actor (not what gave the place), and whether the actor may be left to the rest of the article."""
    if frame.relation == "ousts":
        return _ousting(context, head, fillers)
    relation = cast(Relation, frame.relation)
    if relation == "captures" and conative(head):
        relation = "contests"
    if no_longer(head):
        relation = "loses"
    named = [filler for role in frame.actor for filler in fillers.get(role, ()) if filler.i != place]
    party = next((p for f in named if (p := context.parties.party(f, "armed" in frame.needs))), None)
    if party is None and (named or frame.actor == ("to",)):
        return relation, None, head.pos_ == "NOUN" or any(_act(filler) for filler in named)
    return relation, party, relation != "holds"


def _act(word: Token) -> bool:
    """True for a subject that is itself an act ("the offensive recaptured …"): its actor is told elsewhere."""
    return word.lemma_ in lexicons.words("control_conatives.txt")


def _ousting(context: Context, head: Token, fillers: Roles) -> tuple[Relation, Party | None, bool]:
    """Who puts whom out: told of the one who does it (captures), else of the one put out (loses)."""
    subject = next((p for f in fillers.get("subj", ()) if (p := context.parties.party(f, True))), None)
    ousted = next((p for f in fillers.get("obj", ()) if (p := context.parties.party(f, True))), None)
    if ousted is None:
        return "loses", None, False
    if conative(head):
        return "contests", subject, True
    if subject is not None and not passive(head):
        return "captures", subject, True
    return "loses", ousted, False


@cache
def relation_table(name: str, key: str) -> dict[str, Relation]:
    """A lexicon that gives words a relation."""
    return {row[key]: cast(Relation, row["relation"]) for row in lexicons.rows(name)}


def settled(context: Context, found: list[Reading]) -> list[Reading]:
    """Readings with every "the town" looked up, in the light of the places that all of them name."""
    gazette = context.gazette
    done: list[Reading] = []
    for reading in found:
        gazette.fought_over(reading.site)
    bare = [reading for reading in found if _bare(reading)]
    for reading in [*(reading for reading in found if not _bare(reading)), *bare]:
        site = gazette.final(reading.site) or (_described(reading, done) if _bare(reading) else None)
        if site is None:
            continue
        if reading.site.pending is not None:
            gazette.fought_over(site)
        done.append(replace(reading, site=site))
    return done


def _bare(reading: Reading) -> bool:
    """True of a trigger without a place ("the siege"), which is about a place that is already known to be held."""
    return reading.site.pending is not None and reading.site.pending.kind == "front"


def _described(reading: Reading, done: list[Reading]) -> Site | None:
    """The place without a name that was spoken of last ("the final redoubt of the caliphate")."""
    earlier = [r for r in done if r.start < reading.start and not r.site.resolved and r.site.name]
    latest = max(earlier, key=lambda r: r.start, default=None)
    near = latest is not None and reading.head.i - latest.head.i <= REACH
    return latest.site if latest is not None and near else None
