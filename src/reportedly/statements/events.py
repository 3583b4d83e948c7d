"""Stage `events`: PLOVER events with their actors and recipients, read from the dependency parse.

The types and modes are those of PLOVER (Open Event Data Alliance, 2018 and the manual of 2022);
lexicon, rules and frames are our own. `events_lexicon` holds what the words mean, `events_triggers`
finds them, `events_scope` and `events_filter` tell which of them are reported as having happened, `events_roles`
who acted upon whom.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from reportedly.data import Event, Participant
from reportedly.statements import actors as registry
from reportedly.statements import (
    events_demands,
    events_extent,
    events_filter,
    events_lexicon,
    events_roles,
    events_scope,
    events_triggers,
    layers,
)
from reportedly.statements.events_filter import Reading
from reportedly.statements.events_lexicon import Lexicon
from reportedly.statements.events_triggers import Trigger

SLOT = "events"
#: What a sense may have for a type if the type follows from what is intended; after a colon, the type
#: if that is not known.
INTENTION = "INTEND"
#: The types of which what is no new event is still worth its participants.
KEPT_ASIDE = frozenset({"ASSAULT", "COERCE", "THREATEN"})
layers.declare()


@dataclass
class Draft:
    """An event before its participants are made."""

    trigger: Trigger
    reading: Reading
    actors: list[Token]
    recipients: list[Token]


@Language.component(
    "reportedly_events",
    requires=["token.dep", "token.head", "token.lemma", "token.tag", "token.pos", "token.ent_type"],
    assigns=["doc._.events", "doc._.asides"],
)
def run(doc: Doc) -> Doc:
    """Fill `doc._.events`, and `doc._.asides` with what a word reports only as content or background."""
    lexicon = events_lexicon.load()
    found: list[Event] = []
    asides: list[tuple[Event, str]] = []
    seen: set[object] = set()
    for draft in drafts(doc, lexicon):
        event = _event(doc, draft)
        if draft.reading.aside:
            asides.append((event, draft.reading.aside))
        elif not _is_public(event, draft, lexicon):
            asides.append((event, "private"))
        elif (told := _key(event)) is None or told not in seen:
            found.append(event)
            seen.add(told)
    doc._.events = [*doc._.events, *found]
    doc._.asides = asides
    return doc


def _is_public(event: Event, draft: Draft, lexicon: Lexicon) -> bool:
    heads = draft.actors + draft.recipients
    return events_filter.is_public(event, draft.trigger.token, heads, lexicon.types.get(event.type or "", {}))


def drafts(doc: Doc, lexicon: Lexicon) -> list[Draft]:
    """All events that words of the document report, the new ones and the asides, in order."""
    triggers = events_triggers.find(doc, lexicon)
    triggers += events_demands.find(doc, {trigger.token.i for trigger in triggers})
    triggers.sort(key=lambda trigger: trigger.token.i)
    owners = events_scope.owners(triggers)
    contents: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        if (owner := owners.get(trigger.token.i)) is not None and owner[1] == "content":
            contents.setdefault(owner[0].token.i, []).append(trigger)
    built = [_draft(trigger, owners, contents, lexicon) for trigger in triggers]
    return [draft for draft in built if draft.reading.type]


def _draft(
    trigger: Trigger, owners: dict[int, tuple[Trigger, str]], contents: dict[int, list[Trigger]], lexicon: Lexicon
) -> Draft:
    below = contents.get(trigger.token.i, [])
    reading = events_filter.read(trigger.token, _type(trigger, below, lexicon), lexicon.types)
    if (owner := owners.get(trigger.token.i)) is not None:
        reading = Reading(reading.type, reading.polarity, reading.certainty, aside=owner[1])
    if reading.aside and reading.type not in KEPT_ASIDE:
        return Draft(trigger, reading, [], [])
    actors = events_roles.actors(trigger, lexicon)
    recipients = _content_recipients(trigger, below, lexicon, actors)
    recipients = recipients or events_roles.recipients(trigger, lexicon, actors)
    return Draft(trigger, reading, actors, recipients)


def _type(trigger: Trigger, below: list[Trigger], lexicon: Lexicon) -> str:
    """The type of a trigger; of an intention, by what is intended ("" if that is not known)."""
    kind, _, otherwise = trigger.sense.type.partition(":")
    if kind != INTENTION:
        return kind
    known = next((item.sense.type for item in below if item.sense.type in lexicon.types), "")
    return str(lexicon.types[known]["future"]) if known else otherwise


def _content_recipients(trigger: Trigger, below: list[Trigger], lexicon: Lexicon, taken: list[Token]) -> list[Token]:
    """Whoever is acted upon in the content, for senses that look there first."""
    if trigger.sense.recipient[:1] != ("comp",):
        return []
    for item in below:
        if found := events_roles.recipients(item, lexicon, taken):
            return found
    return []


def _event(doc: Doc, draft: Draft) -> Event:
    words = events_triggers.span(draft.trigger)
    mode = draft.trigger.sense.mode if draft.reading.type == draft.trigger.sense.type else None
    return Event(
        start=words.start_char,
        end=words.end_char,
        text=words.text,
        type=draft.reading.type,
        mode=mode,
        actor=[_participant(doc, noun) for noun in draft.actors],
        recipient=[_participant(doc, noun) for noun in draft.recipients],
        polarity=draft.reading.polarity,
        certainty=draft.reading.certainty,
    )


def _participant(doc: Doc, noun: Token) -> Participant:
    return registry.participant(doc, events_extent.extent(noun))


def _key(event: Event) -> tuple[object, ...] | None:
    """What two tellings of one event in a document share; None without both an actor and a recipient."""
    if not event.actor or not event.recipient:
        return None
    actor = frozenset(item.id or item.text for item in event.actor)
    recipient = frozenset(item.id or item.text for item in event.recipient)
    return (event.type, event.mode, event.polarity, actor, recipient)
