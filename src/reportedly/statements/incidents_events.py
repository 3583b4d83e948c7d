"""Which events may be incidents, of which type, and what tells whether they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from reportedly.data import Event, Participant
from reportedly.statements import incidents_nouns as nouns
from reportedly.statements import spans
from reportedly.statements.incidents_features import Sentences
from reportedly.statements.incidents_model import Floats

#: PLOVER type and mode to the incident type that they are without further knowledge.
MODES = {
    "abduct": "kidnapping",
    "explosives": "bombing",
    "suicide-attack": "bombing",
    "destroy": "arson",
    "crowd-control": "",
}
#: Log-odds of a role, from which on they fall into the next bucket.
STEPS = np.array([-4.0, -3.0, -2.0, -1.0, 0.0, 1.0], np.float32)


@dataclass
class Candidate:
    """An event that may be an incident; `aside` says why the events stage does not report it ("" if it does)."""

    event: Event
    aside: str
    trigger: Token
    type: str


def usual_type(event: Event, trigger: Token) -> str:
    """The incident type of an event by its words and mode alone; "" if it can be none."""
    if event.polarity == "negative" or event.certainty in ("denied", "forecast"):
        return ""
    if event.type == "THREATEN":
        return "attack" if event.mode == "violence" else ""
    if event.type != "ASSAULT":
        return ""
    return nouns.trigger_types().get(trigger.lemma_.lower()) or MODES.get(event.mode or "", "attack")


def found(doc: Doc) -> list[Candidate]:
    """The candidates among the document's events and asides, in the order of the text."""
    listed = [(event, "") for event in doc._.events] + list(doc._.asides)
    made = []
    for event, aside in listed:
        if aside in ("condition", "negated", "possible"):
            continue
        trigger = spans.tokens_at(doc, event.start, event.end)[0]
        if kind := usual_type(event, trigger):
            made.append(Candidate(event, aside, trigger, kind))
    return sorted(made, key=lambda item: item.event.start)


def head_of(doc: Doc, participant: Participant) -> Token:
    """The head token of a participant."""
    return spans.tokens_at(doc, participant.start, participant.end).root


def parts(doc: Doc, found: list[Candidate]) -> dict[int, list[str]]:
    """What the events stage has made of a mention, by its head token, as features of its entity."""
    made: dict[int, list[str]] = {}
    for item in found:
        event, lemma = item.event, item.trigger.lemma_.lower()
        for side, people in (("a", event.actor), ("r", event.recipient)):
            for person in people:
                head = head_of(doc, person)
                marks = (
                    f"ev={side}|{lemma}",
                    f"ev={side}|{item.type}|{event.mode}",
                    f"ev={side}|{item.type}|{nouns.class_of(head)}",
                )
                made.setdefault(head.i, []).extend((*marks, f"ev={side}|{item.aside}", f"sector={person.sector}"))
        for span in event.instrument:
            head = spans.tokens_at(doc, span.start, span.end).root
            made.setdefault(head.i, []).extend((f"ev=i|{lemma}", f"ev=i|{item.type}", "ev=i"))
    return made


def features(doc: Doc, item: Candidate, where: Sentences, context: list[str], roles: dict[int, Floats]) -> set[str]:
    """The features of a candidate. `roles` holds the role log-odds of entities by their mentions' head tokens."""
    event, lemma = item.event, item.trigger.lemma_.lower()
    number = where.number.get(item.trigger.i, 0)
    made = {f"t={lemma}", f"type={item.type}", f"mode={event.mode}", f"aside={item.aside}", f"t={lemma}|{item.aside}"}
    made |= {f"{mark}|{item.type}" for mark in context} | set(context)
    made.add(f"si={min(number, 6)}")
    made.add(f"tag={item.trigger.tag_}|{item.trigger.dep_}")
    for cue in where.cues[number] if number < len(where.cues) else ():
        made.add("sw=" + cue)
    made.update(_participants("a", doc, event.actor, item.type, roles, (0, 1)))
    made.update(_participants("r", doc, event.recipient, item.type, roles, (2, 3)))
    return made


def _participants(
    side: str, doc: Doc, listed: list[Participant], kind: str, roles: dict[int, Floats], columns: tuple[int, int]
) -> Iterator[str]:
    yield f"{side}n={min(len(listed), 2)}|{kind}"
    best = -9.0
    for participant in listed:
        head = head_of(doc, participant)
        noun_class = nouns.class_of(head)
        yield f"{side}={head.lemma_.lower()}"
        yield f"{side}c={noun_class}|{kind}"
        yield f"{side}s={participant.sector}"
        yield f"{side}i={participant.id or participant.country}"
        if head.i in roles:
            best = max(best, float(roles[head.i][list(columns)].max()))
    yield f"{side}q={int(np.searchsorted(STEPS, best))}"
