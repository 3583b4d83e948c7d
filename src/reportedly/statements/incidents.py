"""Stage `incidents`: attacks, bombings, kidnappings, arson and robbery by the rules of MUC-3/4.

For every violent event it names the weapon, tells persons from things and bodies, and how sure the
report is of the actor. Then learned models decide which events are *incidents* in the sense of the
Message Understanding Conferences' keys (Sundheim 1992): terrorism against civilians and their
property; not battles between armed forces, nothing old, nothing general. An event that is none of
that keeps its PLOVER type; only its `incident` is None. To those that are, the models add participants that
neighbouring sentences name.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Event, IncidentType
from reportedly.statements import (
    incidents_events,
    incidents_fill,
    incidents_judge,
    incidents_model,
    incidents_weapons,
    layers,
)
from reportedly.statements.incidents_events import Candidate
from reportedly.statements.incidents_judge import Reading
from reportedly.statements.incidents_model import Floats, Model

SLOT = "incidents"
NAMES: tuple[IncidentType, ...] = ("attack", "bombing", "kidnapping", "arson", "robbery")
layers.declare()


@Language.component(
    "reportedly_incidents",
    requires=[
        "doc._.entities",
        "doc._.events",
        "doc._.asides",
        "token.dep",
        "token.head",
        "token.lemma",
        "token.pos",
        "token.ent_type",
    ],
    assigns=["doc._.events", "doc._.entities"],
)
def run(doc: Doc) -> Doc:
    """Complete the violent events of `doc._.events`, and mark which are incidents."""
    found = prepare(doc)
    if found:
        mark(doc, found)
    return doc


def mark(doc: Doc, found: list[Candidate]) -> None:
    """Say which of the violent events are incidents, and complete them."""
    model = incidents_model.load()
    reading = incidents_judge.read(doc, found, model)
    odds = likelihood(doc, found, reading, model)
    types = incidents_judge.types(reading, found, odds, model)
    chosen = hosted(choose(found, odds, types, model.thresholds), found, reading)
    incidents_fill.prune(doc, chosen, reading, model.thresholds)
    incidents_fill.fill(doc, chosen, reading, model.thresholds)
    for item in found:
        incidents_fill.complete(doc, item)
    incidents_fill.agree(doc, chosen)
    told = [item.event for item in chosen if item.aside]
    doc._.events = sorted([*doc._.events, *told], key=lambda event: event.start)


def prepare(doc: Doc) -> list[Candidate]:
    """The events that may be incidents, with their weapons."""
    found = incidents_events.found(doc)
    for item in found:
        if item.event.type == "ASSAULT":
            incidents_weapons.apply(doc, item.event)
            item.type = incidents_events.usual_type(item.event, item.trigger) or item.type
    return found


def likelihood(doc: Doc, found: list[Candidate], reading: Reading, model: Model) -> list[float]:
    """The log-odds that each candidate is an incident of its type."""
    heads, context = reading.by_head(reading.roles), reading.context
    rows = [incidents_events.features(doc, item, reading.where, context, heads) for item in found]
    odds: list[float] = model.events.table(rows)[:, 0].tolist()
    return odds


def choose(found: list[Candidate], odds: list[float], types: Floats, thresholds: dict[str, float]) -> list[Candidate]:
    """Set `incident` on every candidate; returns those that are incidents.

    Of each type that the article has an incident of, at least the likeliest event is one, unless it is an aside
    and improbable.
    """
    accepted = [name for name, value in zip(NAMES, types, strict=True) if value >= thresholds[name]]
    chosen: dict[int, IncidentType] = {}
    for name in accepted:
        own = [n for n, item in enumerate(found) if item.type == name]
        likely = [n for n in own if odds[n] >= thresholds["event"]]
        others = [n for n in own or _free(found, accepted) if not found[n].aside or odds[n] >= thresholds["aside"]]
        best = likely or sorted(others, key=lambda n: -odds[n])[:1]
        chosen.update(dict.fromkeys(best, name))
    for number, item in enumerate(found):
        item.event.incident = chosen.get(number)
    return [item for number, item in enumerate(found) if number in chosen]


def hosted(chosen: list[Candidate], found: list[Candidate], reading: Reading) -> list[Candidate]:
    """The same, with an aside ("killed three in a bomb attack") joined to the reported event of its sentence, if
    there is one: they are one incident, told in two words."""
    number = reading.where.number
    hosts: dict[int | None, Candidate] = {}
    for item in found:
        if not item.aside and item.event.type == "ASSAULT":
            hosts.setdefault(number.get(item.trigger.i), item)
    made: list[Candidate] = []
    for item in chosen:
        host = hosts.get(number.get(item.trigger.i)) if item.aside else None
        if host is not None:
            _join(host.event, item.event)
        kept = host or item
        if not any(kept is other for other in made):
            made.append(kept)
    return made


def _join(host: Event, aside: Event) -> None:
    """Give an event the incident type, participants and instruments of an aside."""
    if not isinstance(host.incident, str) or host.incident == "attack":
        host.incident = aside.incident
    for side in ("actor", "recipient"):
        own = getattr(host, side)
        taken = [(item.start, item.end) for item in (*host.actor, *host.recipient)]
        own += [item for item in getattr(aside, side) if not any(a < item.end and item.start < b for a, b in taken)]
    host.instrument += [span for span in aside.instrument if not any(span.overlaps(other) for other in host.instrument)]


def _free(found: list[Candidate], accepted: list[IncidentType]) -> list[int]:
    """Candidates whose own type the article has no incident of."""
    return [number for number, item in enumerate(found) if item.type not in accepted]
