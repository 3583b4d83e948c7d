"""Stage `control`: statements that an actor holds, takes, loses, besieges or contests a place.

PLOVER has no type for them. Each becomes the `control` of the event that its trigger already is,
or an event of its own without type. An actor that a statement leaves out ("the fall of the town")
is filled in from what the same article says of the place; where nothing does, the statement is
left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Control, Event
from reportedly.statements import control_grips, control_readings, control_seats, layers, spans
from reportedly.statements.control_actors import Parties
from reportedly.statements.control_frames import denied, triggers
from reportedly.statements.control_places import Gazette
from reportedly.statements.control_readings import Context, Reading

SLOT = "control"
layers.declare()

#: The relations of one that comes to a place; "holds" and "loses" are of one that is there.
COMING = frozenset({"captures", "besieges", "contests"})


@Language.component("reportedly_control", requires=["doc._.places", "doc._.mentions"], assigns=["doc._.events"])
def run(doc: Doc) -> Doc:
    """Add the article's statements of control to its events."""
    found = readings(doc)
    if found:
        known = _Known(found)
        for reading in found:
            actor = reading.party.name if reading.party else known.actor(reading)
            if actor and not _same(actor, reading.site.name):
                _add(doc, reading, actor)
        doc._.events.sort(key=lambda event: (event.start, event.end))
    return doc


def readings(doc: Doc) -> list[Reading]:
    """All statements of control in text order."""
    context = Context(doc, Gazette(doc), Parties(doc))
    found = list(_all(context))
    givers = {reading.filler for reading in found if reading.filler != reading.head.i}
    inner = control_seats.seats()
    kept = [r for r in found if r.head.i not in givers or r.head.lemma_.lower() not in inner]
    return sorted(control_readings.settled(context, kept), key=lambda reading: reading.start)


def _all(context: Context) -> Iterator[Reading]:
    taken: set[int] = set()
    for head, last, frames in triggers(context.doc):
        if denied(head):
            continue
        for frame in frames:
            if "seat" in frame.needs:
                found = list(control_seats.read(context, head, frame))
            elif control_grips.is_grip(head, frame):
                found = list(control_grips.read(context, head, frame))
            else:
                found = list(control_readings.read(context, head, last, frame))
            if found:
                taken.add(head.i)
                yield from found
                break
    yield from control_seats.modifiers(context, taken)


class _Known:
    """Who comes to and who is in each place, as far as the article says."""

    def __init__(self, found: list[Reading]) -> None:
        self.named = [reading for reading in found if reading.party is not None]

    def actor(self, reading: Reading) -> str | None:
        """The likeliest actor of a statement that names none: of the same place, else of the article."""
        coming = reading.relation in COMING
        same = [r for r in self.named if (r.relation in COMING) == coming]
        here = [r for r in same if _same(r.site.name, reading.site.name)]
        exact = [r for r in here if r.relation == reading.relation]
        for choice in (exact, here, same):
            if choice:
                return Counter(r.party.name for r in choice if r.party).most_common(1)[0][0]
        return None


def _same(one: str, other: str) -> bool:
    return one.lower() in other.lower() or other.lower() in one.lower()


def _add(doc: Doc, reading: Reading, actor: str) -> None:
    """Put a statement on the event of its trigger, or add an event for it."""
    control = Control(relation=reading.relation, actor=actor, place=reading.site.name)
    events = doc._.events
    if any(event.control == control and event.start == reading.start for event in events):
        return
    for index, event in enumerate(events):
        if event.start <= reading.head.idx < event.end and event.control is None:
            events[index] = replace(event, control=control)
            return
    events.append(_event(doc, reading, control))


def _event(doc: Doc, reading: Reading, control: Control) -> Event:
    coded = reading.party.participant() if reading.party else None
    return Event(
        start=reading.start,
        end=reading.end,
        text=spans.tokens_at(doc, reading.start, reading.end).text,
        actor=[coded] if coded is not None else [],
        place=_place(doc, reading),
        control=control,
    )


def _place(doc: Doc, reading: Reading) -> int | None:
    """The index of the toponym that the statement's place is named by."""
    tokens = reading.site.tokens
    for index, place in enumerate(doc._.places):
        if place.start < tokens.end_char and tokens.start_char < place.end:
            return index
    return None
