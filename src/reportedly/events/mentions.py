"""The mentions of happenings in one article, each with everything that linking needs of it later.

A mention stands alone: it can be kept in a store and be compared years later without its article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import dropwhile, takewhile
from typing import TypeVar

import numpy as np
from msgspec import UNSET, Struct
from numpy.typing import NDArray

from reportedly.data import CodedArticle, DateExpression, Event, Participant, Place, Span
from reportedly.events import linking_story, linking_terms
from reportedly.events.encoder import EventEncoder

#: Kilometres by which a place of each precision may be off.
WITHIN = {"point": 5.0, "near": 20.0, "area": 40.0, "region": 150.0, "country": 600.0}


#: Why a mention that linking adds is no new event of its article.
MENTION = "mention"

_T = TypeVar("_T", Place, DateExpression)


class Where(Struct, frozen=True, kw_only=True):
    """A place as linking compares it: WGS 84 degrees, and the kilometres by which they may be off."""

    latitude: float
    longitude: float
    within: float
    geonameid: int | None = None
    country: str | None = None


class LinkMention(Struct, frozen=True, kw_only=True):
    """One mention of a happening.

    `key` is that of `reports.Statement` where the article's coding has the event, and is made in the same way
    where it has not. `stem` is that of the trigger's head word. `first` and `last` are the event's days where the
    article gives them, `published` the article's day, all ISO. `actors` and `recipients` are ids of the registry or
    else folded names. `figures` are (measure, low, high). `profile` is the article's (`linking_story`),
    `sentence` the rare terms of the mention's sentence (`linking_terms`), `vector` the trigger's in its context as
    signed bytes; empty where not known. `aside` says why it is no new event of its article; None for the article's own.
    `coded` is the position among the article's coded events, None for a mention that linking has added.
    """

    key: str
    article: str
    start: int
    end: int
    text: str
    stem: str
    type: str | None = None
    mode: str | None = None
    aside: str | None = None
    coded: int | None = None
    published: str | None = None
    first: str | None = None
    last: str | None = None
    place: Where | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    figures: tuple[tuple[str, float | None, float | None], ...] = ()
    profile: bytes = b""
    sentence: bytes = b""
    vector: bytes = b""


class Found(Struct, frozen=True):
    """A stretch of text that names a happening; `coded` is the article's event that it is, `aside` why it is none."""

    start: int
    end: int
    coded: int | None = None
    aside: str | None = None
    vector: bytes = b""


def found(article: CodedArticle, encoder: EventEncoder) -> list[Found]:
    """The triggers of the article's own events, then what else the encoder takes for a happening. That something is
    said is no such happening (it is in the attributions), nor is a state, a thought or a light verb."""
    own = [Span(event.start, event.end) for event in article.events]
    cues = [cue for attribution in article.attributions for cue in attribution.cue]
    reading = encoder.read(article.text, article.sentences, own, article.title)
    split = len(reading.mentions)
    packed = [pack(vector) for vector in reading.vectors]
    listed = [
        Found(event.start, event.end, coded=index, aside=None if event.aside is UNSET else event.aside, vector=vector)
        for index, (event, vector) in enumerate(zip(article.events, packed[split:], strict=True))
    ]
    for mention, vector in zip(reading.mentions, packed[:split], strict=True):
        span = Span(mention.start, mention.end)
        light = linking_terms.is_light(head(article.text[mention.start : mention.end]))
        if not light and not any(span.overlaps(other) for other in (*own, *cues)):
            listed.append(Found(mention.start, mention.end, aside=MENTION, vector=vector))
    return listed


def pack(vector: NDArray[np.float32]) -> bytes:
    """A vector of length 1 as signed bytes."""
    return np.rint(vector * 127).astype(np.int8).tobytes()


def describe(article: CodedArticle, found: Iterable[Found]) -> list[LinkMention]:
    """What linking needs of each trigger.

    Raises:
        ValueError: the article has no id, by which its mentions would be known.
    """
    return _Describer(article).all(found)


class _Describer:
    def __init__(self, article: CodedArticle) -> None:
        if not article.id:
            raise ValueError("an article without an id has no mentions that can be named")
        self.article, self.id = article, article.id
        self.sentences = article.sentences or [Span(0, len(article.text))]
        self.starts = [span.start for span in self.sentences]
        self.profile = linking_story.profile(article)
        self.rare: dict[int, bytes] = {}
        self.used: Counter[str] = Counter()

    def all(self, found: Iterable[Found]) -> list[LinkMention]:
        return [self._mention(item) for item in found]

    def _mention(self, found: Found) -> LinkMention:
        event = None if found.coded is None else self.article.events[found.coded]
        text = self.article.text[found.start : found.end]
        sentence = max(0, bisect_right(self.starts, found.start) - 1)
        place, date = self._circumstances(event, self.sentences[sentence])
        return LinkMention(
            key=self._key(found, event),
            article=self.id,
            start=found.start,
            end=found.end,
            text=text,
            stem=linking_terms.stem(head(text)),
            type=event.type if event else None,
            mode=event.mode if event else None,
            aside=found.aside,
            coded=found.coded,
            published=self.article.published[:10] if self.article.published else None,
            first=date.from_ if date else None,
            last=date.to if date else None,
            place=where(place) if place else None,
            actors=names(event.actor) if event else (),
            recipients=names(event.recipient) if event else (),
            figures=self._figures(event) if event else (),
            profile=self.profile,
            sentence=self._sentence(sentence),
            vector=found.vector,
        )

    def _key(self, found: Found, event: Event | None) -> str:
        """As `flatten` makes them, so that the record can join mentions and reports."""
        layer = "control" if event is not None and event.type is None and event.control is not None else "event"
        key = f"{self.id}/{layer}/{found.start}-{found.end}"
        self.used[key] += 1
        return key if self.used[key] == 1 else f"{key}~{self.used[key]}"

    def _circumstances(self, event: Event | None, sentence: Span) -> tuple[Place | None, DateExpression | None]:
        """Where and when by the coding; for what is not coded, the one place and date of its sentence."""
        if event is not None:
            place = None if event.place is None else self.article.places[event.place]
            return place, None if event.date is None else self.article.dates[event.date]
        return _only(self.article.places, sentence), _only(self.article.dates, sentence)

    def _figures(self, event: Event) -> tuple[tuple[str, float | None, float | None], ...]:
        found = [self.article.figures[index] for index in event.figures]
        return tuple((item.measure, item.low, item.high) for item in found)

    def _sentence(self, index: int) -> bytes:
        if index not in self.rare:
            span = self.sentences[index]
            self.rare[index] = linking_terms.rarest(self.article.text[span.start : span.end])
        return self.rare[index]


def _only(items: Sequence[_T], sentence: Span) -> _T | None:
    inside = [item for item in items if sentence.start <= item.start < sentence.end]
    return inside[0] if len(inside) == 1 else None


def head(trigger: str) -> str:
    """The head word of a trigger: before a particle ("pulled out", "fall of"), the last that names a kind of
    happening ("Operation Nightfall"), else the last."""
    words = [match.group() for match in linking_terms.WORD.finditer(trigger)]
    inner = dropwhile(_is_particle, words)
    before = list(takewhile(lambda word: not _is_particle(word), inner)) or words[:1]
    named = [word for word in before if linking_terms.families(linking_terms.stem(word))]
    return (named or before or [trigger])[-1]


def _is_particle(word: str) -> bool:
    return word.lower() in linking_terms.particles()


def where(place: Place) -> Where | None:
    """A place as linking compares it; None where its coordinates are not known."""
    if place.latitude is None or place.longitude is None:
        return None
    return Where(
        latitude=place.latitude,
        longitude=place.longitude,
        within=WITHIN[place.precision or "area"],
        geonameid=place.geonameid,
        country=place.country,
    )


def names(participants: Iterable[Participant]) -> tuple[str, ...]:
    """Who it is: the registry's id, else the name, else the country with the sector; nothing for a bare noun."""
    return tuple(dict.fromkeys(name for item in participants if (name := _name(item))))


def _name(item: Participant) -> str | None:
    if item.id or item.name:
        return item.id or " ".join(str(item.name).lower().split())
    return f"{item.country}/{item.sector or ''}" if item.country else None
