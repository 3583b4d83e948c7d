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
from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.data import Control, Event, Relation
from reportedly.statements import control_grips, control_readings, control_seats, layers, spans
from reportedly.statements.control_actors import Parties
from reportedly.statements.control_frames import denied, triggers
from reportedly.statements.control_names import Site
from reportedly.statements.control_places import Gazette
from reportedly.statements.control_readings import Context, Reading

SLOT = "control"
layers.declare()

#: The relations of one that comes to a place; "holds" and "loses" are of one that is there.
COMING = frozenset({"captures", "besieges", "contests"})


#: How many statements with an actor are looked through for one that has none.
MOST = 300


@Language.component(
    "reportedly_control",
    requires=["doc._.entities", "doc._.places", "doc._.mentions", "doc._.dates", "doc._.attributions"],
    assigns=["doc._.events"],
)
def run(doc: Doc) -> Doc:
    """Add the article's statements of control to its events."""
    found = readings(doc)
    if found:
        known, written = _Known(found), _Written(doc)
        for reading in found:
            actor = reading.party.name if reading.party else known.actor(reading, _teller(doc, reading))
            if actor and not _itself(actor, reading.site):
                written.add(reading, actor)
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
        self.named = [reading for reading in found if reading.party is not None][:MOST]

    def actor(self, reading: Reading, teller: str) -> str | None:
        """The likeliest actor of a statement that names none: of the same place, else of the article.

        Args:
            reading: the statement.
            teller: who says it, in lower case; whoever tells of an attack without saying whose is rather
                its side, and whoever tells of a fall is not the one who lost.
        """
        coming = reading.relation in COMING
        same = [r for r in self.named if (r.relation in COMING) == coming]
        same = [r for r in same if not self._contrary(r, reading)]
        own = [r for r in same if r.party and r.party.name.lower() in teller]
        if not coming:
            same = [r for r in same if r not in own]
        likely = [own] if coming else []
        chosen = next((found for found in (*likely, *_nearest(same, reading)) if found), [])
        names = Counter(r.party.name for r in chosen if r.party)
        return max(names, key=lambda name: names[name]) if names else None

    def _contrary(self, one: Reading, reading: Reading) -> bool:
        """True of who takes a place, for who lost it, and the other way round."""
        other = {"loses": "captures", "captures": "loses"}.get(reading.relation)
        return any(
            r.relation == other and r.party and one.party and r.party.name == one.party.name
            for r in self.named
            if _same(r.site.name, reading.site.name)
        )


def _nearest(found: list[Reading], reading: Reading) -> tuple[list[Reading], ...]:
    """Statements by how near they are to one: of its place and relation, of its place, of its relation, the others;
    who holds a place is known from statements on that place only."""
    here = [r for r in found if _same(r.site.name, reading.site.name)]
    exact = [r for r in here if r.relation == reading.relation]
    if reading.relation == "holds":
        return exact, here
    return exact, here, [r for r in found if r.relation == reading.relation], found


def _teller(doc: Doc, reading: Reading) -> str:
    """The words of all sources that say a statement, in lower case."""
    text = doc._.article.text
    said = (a for a in doc._.attributions if any(c.start <= reading.start < c.end for c in a.content))
    return " ".join(text[span.start : span.end] for item in said for span in item.source).lower()


def _same(one: str, other: str) -> bool:
    return one.lower() in other.lower() or other.lower() in one.lower()


def _itself(actor: str, site: Site) -> bool:
    """True of a name that was read as both actor and place; "the last Isis-held town" only tells who holds it."""
    return _same(actor, site.name) if site.kind in ("name", "country") else actor.lower() == site.name.lower()


class _Written:
    """The events of an article, by the characters of their triggers, as statements are put on them."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.events: list[Event] = doc._.events
        self.at = {place: n for n, event in enumerate(self.events) for place in range(event.start, event.end)}
        self.places = {token.i: n for n, p in enumerate(doc._.places) for token in spans.tokens_at(doc, p.start, p.end)}
        self.told: set[tuple[int, Relation, str, str]] = set()

    def add(self, reading: Reading, actor: str) -> None:
        """Put a statement on the event of its trigger, or add an event for it."""
        key = (reading.start, reading.relation, actor, reading.site.name)
        if key in self.told:
            return
        self.told.add(key)
        control = Control(relation=reading.relation, actor=actor, place=reading.site.name)
        index = self._told(reading.head)
        if index is not None and self.events[index].control is None:
            event = self.events[index]
            place = self._place(reading) if event.place is None else event.place
            self.events[index] = replace(event, control=control, place=place)
        else:
            self.events.append(self._event(reading, control))

    def _told(self, head: Token) -> int | None:
        """The event that a statement's trigger is, or of whose trigger it is the object ("completed the withdrawal")."""
        light = head.pos_ == "NOUN" and head.dep_ == "dobj" and head.head.lemma_ in lexicons.words("events_light.txt")
        verb = head.head if light else head
        return next((self.at[word.idx] for word in (head, verb) if word.idx in self.at), None)

    def _event(self, reading: Reading, control: Control) -> Event:
        coded = reading.party.participant() if reading.party else None
        return Event(
            start=reading.start,
            end=reading.end,
            text=spans.tokens_at(self.doc, reading.start, reading.end).text,
            actor=[coded] if coded is not None else [],
            place=self._place(reading),
            control=control,
        )

    def _place(self, reading: Reading) -> int | None:
        return next((self.places[token.i] for token in reading.site.tokens if token.i in self.places), None)
