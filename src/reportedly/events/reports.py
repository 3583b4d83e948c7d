"""What an article says, laid flat: every statement with its own place, days, chain of sources and sentence.

A coded article refers from list to list by position. Here each statement stands alone, so that statements of
many articles can be put side by side. Nothing is added: a field that the article leaves open is None.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from reportedly.data import Certainty, IncidentType, Kind, Measure, Participant, Polarity, Precision, Relation, Span

Layer = Literal["event", "figure", "control", "said", "side"]


class Location(Struct, frozen=True, kw_only=True):
    """Where, as exact as the text supports: WGS 84 degrees, `country` ISO 3166-1 alpha-2, GeoNames' id."""

    name: str
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    precision: Precision | None = None


class Days(Struct, frozen=True, kw_only=True):
    """The days that are meant, ISO dates, both inclusive; None is an open side."""

    first: str | None = None
    last: str | None = None


class Said(Struct, frozen=True, kw_only=True):
    """One link of a chain of sources. `name` is the speaker's, else the organisation's, else the article's words;
    `party` is true for a party to the conflict."""

    name: str
    speaker: str | None = None
    organisation: str | None = None
    channel: str | None = None
    actor: str | None = None
    party: bool | None = None


class Statement(Struct, frozen=True, kw_only=True):
    """What every statement has.

    `key` names it for good: article, layer and span ("ab12/event/120-127"), the same again when the article is
    coded anew. `chain` goes from whoever says it outwards to whoever quotes that; it is empty where the article
    says it in its own voice. `outlet` is the publisher, `published` the article's ISO date or date-time.
    """

    key: str
    article: str
    start: int
    end: int
    text: str
    quote: str
    sentence: Span
    outlet: str | None = None
    published: str | None = None
    chain: tuple[Said, ...] = ()
    certainty: Certainty | None = None
    hedged: bool = False


class FigureReport(Statement, frozen=True, kw_only=True):
    """A stated quantity; None is an open side of its range."""

    low: float | None = None
    high: float | None = None
    measure: Measure = "other"
    unit: str | None = None
    of: str | None = None
    actor: str | None = None
    approximate: bool = False
    place: Location | None = None
    days: Days | None = None


class EventReport(Statement, frozen=True, kw_only=True):
    """A report of an event. `figures` are those that the article ties to it. `aside` says why it is no new
    event of the article (background, content of a demand …); None for the article's own events. `against` are the
    denials of it in the same article ("The army denied this")."""

    type: str | None = None
    mode: str | None = None
    actor: tuple[Participant, ...] = ()
    recipient: tuple[Participant, ...] = ()
    place: Location | None = None
    days: Days | None = None
    figures: tuple[FigureReport, ...] = ()
    polarity: Polarity = "positive"
    incident: IncidentType | None = None
    instrument: tuple[str, ...] = ()
    aside: str | None = None
    against: tuple[Statement, ...] = ()


class ControlReport(Statement, frozen=True, kw_only=True):
    """A statement on who holds a place. `actor` is a name, `actor_id` the registry's id where it is known;
    `place_name` stands even where the gazetteer does not know the place; `against` as of an event."""

    relation: Relation
    actor: str | None = None
    actor_id: str | None = None
    place_name: str | None = None
    place: Location | None = None
    days: Days | None = None
    against: tuple[Statement, ...] = ()


class SaidReport(Statement, frozen=True, kw_only=True):
    """An attribution by itself: `text` is the content, `cue` the words that say that it was said; the first link of
    the chain is who said it. `kind` is direct, indirect or mixed."""

    cue: str = ""
    kind: Kind = "indirect"


class Contrast(Struct, frozen=True, kw_only=True):
    """Two stretches of one article that contradict or qualify each other, with who says them. `denial` is "a" or "b"
    where that side denies the other."""

    a: Statement
    b: Statement
    about: str | None = None
    denial: Literal["a", "b"] | None = None


class Reports(Struct, frozen=True, kw_only=True):
    """All statements of one article, in text order."""

    events: tuple[EventReport, ...] = field(default=())
    figures: tuple[FigureReport, ...] = field(default=())
    control: tuple[ControlReport, ...] = field(default=())
    said: tuple[SaidReport, ...] = field(default=())
    contrasts: tuple[Contrast, ...] = field(default=())
