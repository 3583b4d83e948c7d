"""The body that an office is of: the one that its words name, or the government or force of its holder's state."""

from __future__ import annotations

from msgspec.structs import replace
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from reportedly.data import Participant
from reportedly.statements import actors_registry as registry
from reportedly.statements.actors import affiliation, participant
from reportedly.statements.attributions_bodies import names_state
from reportedly.statements.attributions_described import armed_group, well_known, without_its_noun
from reportedly.statements.attributions_holders import serving
from reportedly.statements.attributions_offices import Office
from reportedly.statements.attributions_words import STATE_SECTORS, employed, is_nominal, office_tokens, state_of


def body_of(doc: Doc, coded: Participant, office: Office) -> Participant | None:
    """The body of an office: the one named, or the government or force of its holder's state."""
    inside = None if office.body is None else _named(office.body)
    if inside is not None and inside.kind == "person":  # "the president's envoy"
        return state_of(serving(inside, inside.name, doc._.article.published))
    if inside is not None and employed(office) and inside.id in registry.states():  # "X of Solidarity Australia"
        return replace(inside, name=None, id=None, country=None, sector=None, kind="organisation")
    if inside is not None and inside.id and inside.id != coded.country and inside.sector not in STATE_SECTORS:
        return inside
    stately = inside is None or inside.id == coded.country or (inside.id is None and names_state(office.body))
    if stately and (state := state_of(coded)) is not None:
        return state
    if inside is None:  # "its spokesman"
        return affiliation(doc, office_tokens(office))
    return inside if inside.name or is_nominal(office.body) else None


def is_of_nobody(doc: Doc, body: Tokens | None) -> bool:
    """Whether an office is a person's who is in no office now: "the former leader's lawyer"."""
    inside = participant(doc, body) if body is not None else None
    return (
        inside is not None
        and inside.kind == "person"
        and state_of(serving(inside, inside.name, doc._.article.published)) is None
    )


def _named(body: Tokens) -> Participant:
    found = armed_group(well_known(participant(body.doc, body), body), body)
    name = None if found.id is not None else without_its_noun(body)
    named = None if name is None else participant(body.doc, name)
    return named if named is not None and named.id is not None and named.id != named.country else found
