"""How sure a report is of who did it, by who says so: an own claim is `claimed`, a doubt is `suspected`.

What a word at the actor's name says ("the alleged", "blamed on") is decided before, by the stage `incidents`, and stands.
"""

from __future__ import annotations

from reportedly.data import Attribution, Event, Participant


def settle(event: Event, attributions: list[Attribution]) -> None:
    """Fill `confidence` of an event's actors, where it is not known, from the event's source and certainty."""
    said = None if event.attribution is None else attributions[event.attribution]
    for actor in event.actor:
        if actor.confidence is not None:
            continue
        if said is not None and _own(actor, said):
            actor.confidence = "claimed"
        elif event.certainty == "possible":
            actor.confidence = "suspected"


def _own(actor: Participant, said: Attribution) -> bool:
    """Whether an actor speaks, or is spoken for, in what is said of it."""
    if actor.id is not None and actor.id == said.actor:
        return True
    return actor.name is not None and actor.name in (said.speaker, said.organisation)
