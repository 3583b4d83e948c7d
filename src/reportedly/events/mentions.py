"""The mentions of happenings in one article, each with everything that linking needs of it later.

A mention stands alone: it can be kept in a store and be compared years later without its article.
"""

from __future__ import annotations

from msgspec import Struct


class Where(Struct, frozen=True, kw_only=True):
    """A place as linking compares it: WGS 84 degrees, and the kilometres by which they may be off."""

    latitude: float
    longitude: float
    within: float
    geonameid: int | None = None
    country: str | None = None


class LinkMention(Struct, frozen=True, kw_only=True):
    """One mention of a happening.

    `key` is that of `reports.EventReport` where the article's coding has the event, and is made in the same way
    where it has not. `stem` is that of the trigger's head word. `first` and `last` are the event's days where the
    article gives them, `published` the article's day, all ISO. `actors` and `recipients` are ids of the registry or
    else folded names. `figures` are (measure, low, high). `profile` and `sentence` are packed terms
    (`linking_terms.PROFILE`) of the article and of the sentence, `vector` the trigger's in its context as signed
    bytes; empty where not known. `aside` says why it is no new event of its article; None for the article's own.
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
