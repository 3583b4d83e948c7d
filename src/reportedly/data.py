"""The types that pass between the rooms: an article and what is coded of it.

The field names are those of the coded-article format (docs/format.md), which says what each means. A
stretch of text goes from its first code point to the one behind its last. What the text does not
tell is None. A reference to another list of the article (`attribution`, `place`) is a position in it.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

EntityType = Literal[
    "Person",
    "Organisation",
    "Location",
    "Nationality",
    "Weapon",
    "MilitaryPlatform",
    "Vehicle",
    "Money",
    "Quantity",
    "Temporal",
    "DocumentReference",
    "Url",
    "CommsIdentifier",
    "Coordinate",
    "Frequency",
]
Kind = Literal["direct", "indirect", "mixed"]
Precision = Literal["point", "near", "area", "region", "country"]
Measure = Literal[
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "surrendered",
    "displaced",
    "evacuated",
    "returned",
    "fighters",
    "civilians",
    "population",
    "attacks",
    "weapons",
    "area",
    "distance",
    "money",
    "share",
    "age",
    "duration",
    "other",
]
Polarity = Literal["positive", "negative"]
Certainty = Literal["fact", "reported", "possible", "forecast", "denied"]
Relation = Literal["holds", "captures", "loses", "besieges", "contests"]
IncidentType = Literal["attack", "bombing", "kidnapping", "arson", "robbery"]
Confidence = Literal["fact", "claimed", "suspected"]


class Span(Struct, frozen=True, order=True):
    """A stretch of the article's text, in code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """True if the two stretches share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """True if `other` lies inside this stretch."""
        return self.start <= other.start and other.end <= self.end


class Entity(Struct, kw_only=True):
    """A mention of somebody or something; `actor` is the id of a known actor in the registry."""

    start: int
    end: int
    text: str
    type: EntityType
    name: str | None = None
    actor: str | None = None


class Attribution(Struct, kw_only=True):
    """Who said what: source, cue and content spans (PolNeAR's scheme), and who that is.

    `party` is true where the source is a party to the conflict that it reports on; `within` is the
    index of the attribution whose content holds this one ("the BBC quoted a spokesman as saying").
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    kind: Kind = "indirect"
    speaker: str | None = None
    organisation: str | None = None
    channel: str | None = None
    actor: str | None = None
    party: bool | None = None
    within: int | None = None


class Place(Struct, kw_only=True):
    """A toponym; coordinates in decimal degrees (WGS 84), `country` in ISO 3166-1 alpha-2."""

    start: int
    end: int
    text: str
    name: str | None = None
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    precision: Precision | None = None


class DateExpression(Struct, kw_only=True, rename={"from_": "from"}):
    """A date expression and the days that it means, ISO dates, both inclusive; None is an open side."""

    start: int
    end: int
    text: str
    from_: str | None = None
    to: str | None = None


class Figure(Struct, kw_only=True):
    """A stated quantity: `low` and `high` in `unit`; None is an open side."""

    start: int
    end: int
    text: str
    low: float | None = None
    high: float | None = None
    measure: Measure = "other"
    unit: str | None = None
    of: str | None = None
    actor: str | None = None
    approximate: bool = False
    attribution: int | None = None
    place: int | None = None
    date: int | None = None
    certainty: Certainty | None = None
    hedged: bool = False


class Participant(Struct, kw_only=True):
    """One actor or recipient of an event; `id` is the registry's, `country` ISO 3166-1 alpha-3,
    `sector` a PLOVER agent code."""

    start: int
    end: int
    text: str
    name: str | None = None
    id: str | None = None
    kind: Literal["person", "organisation", "object"] | None = None
    country: str | None = None
    sector: str | None = None
    confidence: Confidence | None = None


class Control(Struct, kw_only=True):
    """A statement on who holds a place; `actor` and `place` are names."""

    relation: Relation
    actor: str | None = None
    place: str | None = None


class Event(Struct, kw_only=True):
    """A PLOVER event; `start`/`end` span the trigger. `type` is a PLOVER event type or, for a
    statement of control that PLOVER has no type for, None. Linking sets `event`, the id of the linked
    event, and adds mentions that are no new event, with the reason in `aside`; their `type` may be None."""

    start: int
    end: int
    text: str
    type: str | None = None
    mode: str | None = None
    actor: list[Participant] = msgspec.field(default_factory=list)
    recipient: list[Participant] = msgspec.field(default_factory=list)
    place: int | None = None
    date: int | None = None
    figures: list[int] = msgspec.field(default_factory=list)
    attribution: int | None = None
    polarity: Polarity = "positive"
    certainty: Certainty = "fact"
    control: Control | None = None
    instrument: list[Span] = msgspec.field(default_factory=list)
    incident: IncidentType | UnsetType | None = UNSET
    event: str | UnsetType = UNSET
    aside: str | UnsetType = UNSET


class Dispute(Struct, kw_only=True):
    """Two statements of one article that contradict or qualify each other."""

    a: Span
    b: Span
    about: str | None = None


class Versions(Struct, kw_only=True):
    """What coded an article: program, language model and lexicons (a hash of the files)."""

    program: str
    model: str
    lexicons: str


class Article(Struct, kw_only=True):
    """A news report. Only `text` is required; it is never altered once it is here.

    `published` and `modified` are ISO dates or date-times, `language` an ISO 639-1 code. `archive`
    is the SHA-256 of the raw bytes in the archive folder, `fetched` the UTC time of fetching.
    """

    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    author: str | None = None
    modified: str | None = None
    language: str | None = None
    fetched: str | None = None
    archive: str | None = None


class CodedArticle(Article, kw_only=True):
    """An article with what was coded of it; `sentences` are what every line of an account leads to."""

    sentences: list[Span] = msgspec.field(default_factory=list)
    entities: list[Entity] = msgspec.field(default_factory=list)
    attributions: list[Attribution] = msgspec.field(default_factory=list)
    places: list[Place] = msgspec.field(default_factory=list)
    dates: list[DateExpression] = msgspec.field(default_factory=list)
    figures: list[Figure] = msgspec.field(default_factory=list)
    events: list[Event] = msgspec.field(default_factory=list)
    disputes: list[Dispute] = msgspec.field(default_factory=list)
    coder: Versions | None = None


#: The lists of a coded article, in the order of the format.
LAYERS = ("entities", "attributions", "places", "dates", "figures", "events", "disputes")


def to_dict(value: Struct) -> dict[str, Any]:
    """The plain JSON-ready form of any of these types."""
    built: dict[str, Any] = msgspec.to_builtins(value)
    return built
