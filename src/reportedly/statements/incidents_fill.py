"""Giving incidents the participants that the models find, also from neighbouring sentences."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.data import Participant
from reportedly.statements import actors as registry
from reportedly.statements import incidents_kinds as kinds
from reportedly.statements import spans
from reportedly.statements.incidents_candidates import Entity, Mention
from reportedly.statements.incidents_events import Candidate, head_of
from reportedly.statements.incidents_judge import Reading
from reportedly.statements.incidents_model import ROLES, Floats

#: Column of each role, its side of the event and the kind of its participants.
SIDES: dict[str, tuple[Literal["actor", "recipient"], Literal["person", "organisation", "object"]]] = {
    "individual": ("actor", "person"),
    "organisation": ("actor", "organisation"),
    "victim": ("recipient", "person"),
    "target": ("recipient", "object"),
}
PAIRS = (("individual", "organisation"), ("victim", "target"), ("instrument",))
#: How many sentences away from an incident somebody may be named who took part in it.
REACH = 3


@dataclass(frozen=True)
class Place:
    """An event and where its trigger is."""

    item: Candidate
    token: int
    sentence: int


def prune(doc: Doc, chosen: list[Candidate], reading: Reading, thresholds: dict[str, float]) -> None:
    """Take those off incidents whom the models hold improbable in their role, and pronouns that stand for nobody
    known; say of the others whether they are persons, bodies or things."""
    heads = reading.by_head(reading.parts)
    for item in chosen:
        for side, first, kinds_ in (("actor", 0, ("person", "organisation")), ("recipient", 2, ("person", "object"))):
            kept: list[Participant] = []
            for person in getattr(item.event, side):
                head = head_of(doc, person)
                odds = heads.get(head.i)
                if odds is None:
                    if head.pos_ != "PRON" or person.name:
                        kept.append(person)
                elif max(odds[first], odds[first + 1]) >= thresholds[f"keep {side}"]:
                    person.kind = kinds_[int(odds[first + 1] > odds[first])]
                    kept.append(person)
            setattr(item.event, side, kept)


def fill(doc: Doc, chosen: list[Candidate], reading: Reading, thresholds: dict[str, float]) -> None:
    """Add to each chosen event whoever the models find in a role nearest to it."""
    number = reading.where.number
    places = [Place(item, item.trigger.i, number.get(item.trigger.i, 0)) for item in chosen]
    places.sort(key=lambda place: place.token)
    for entity, row in zip(reading.entities, reading.parts, strict=True):
        for role in _roles(row, thresholds):
            _attach(doc, entity, role, places)


def _roles(row: Floats, thresholds: dict[str, float]) -> list[str]:
    """The roles of an entity, at most one on either side of an event: the one farthest above its threshold."""
    above = {role: float(value) - thresholds[role] for role, value in zip(ROLES, row, strict=True)}
    best = [max(pair, key=lambda role: above[role]) for pair in PAIRS]
    return [role for role in best if above[role] >= 0]


def _attach(doc: Doc, entity: Entity, role: str, places: list[Place]) -> None:
    """Add an entity to the event that one of its mentions is nearest to."""
    ranked = sorted((_distance(m, places[k]), n, k) for n, m in enumerate(entity.mentions) for k in _around(m, places))
    done: set[str] = set()
    for (sentences, _), number, index in ranked:
        mention = entity.mentions[number]
        text = doc[mention.start : mention.end].text
        if sentences > REACH or (done and sentences > 0):
            break
        if text not in done:
            done.add(text)
            _add(doc, mention, role, places[index].item)


def _around(mention: Mention, places: list[Place]) -> range:
    """The events right before and after a mention, as indices into `places` (in the order of the text)."""
    after = bisect.bisect_left(places, mention.head.i, key=lambda place: place.token)
    return range(max(0, after - 1), min(len(places), after + 1))


def _distance(mention: Mention, place: Place) -> tuple[int, int]:
    return abs(mention.sentence - place.sentence), abs(mention.head.i - place.token)


def _add(doc: Doc, mention: Mention, role: str, item: Candidate) -> None:
    tokens, event = doc[mention.start : mention.end], item.event
    if role == "instrument":
        span = spans.of(tokens)
        if not any(span.overlaps(other) for other in event.instrument):
            event.instrument.append(span)
        return
    side, kind = SIDES[role]
    listed: list[Participant] = getattr(event, side)
    same = [other for other in listed if head_of(doc, other).i == mention.head.i]
    if same:
        same[0].kind = kind
        return
    made = participant(doc, tokens)
    made.kind = kind
    listed.append(made)


def participant(doc: Doc, tokens: Tokens) -> Participant:
    """A participant of these words, with what the registry of actors knows of it."""
    return registry.participant(doc, tokens)


def agree(doc: Doc, chosen: list[Candidate]) -> None:
    """Type as Person the entities that are attackers named by a common noun ("four gunmen", "guerrillas").

    The entity stage takes any group of people for an Organisation; whoever attacked in an incident, and is not
    named as a body, is persons, and the two layers of an article should not contradict each other.
    """
    for item in chosen:
        for person in item.event.actor:
            head = head_of(doc, person)
            if person.kind != "person" or head.pos_ != "NOUN":
                continue
            for entity in doc._.entities:
                if entity.type == "Organisation" and not entity.actor and entity.start <= head.idx < entity.end:
                    entity.type = "Person"


def complete(doc: Doc, item: Candidate) -> None:
    """Kind and confidence of an event's participants, where they are not set."""
    for person in item.event.actor:
        head: Token = head_of(doc, person)
        person.kind = person.kind or kinds.of_actor(head)
        person.confidence = person.confidence or kinds.confidence(head)
    for person in item.event.recipient:
        person.kind = person.kind or kinds.of_recipient(head_of(doc, person))
