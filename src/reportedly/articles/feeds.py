"""RSS and Atom feeds: the addresses of their reports."""

from __future__ import annotations

import re
from dataclasses import dataclass

import feedparser

from reportedly.articles import metadata
from reportedly.errors import ReadError

_ROOT = re.compile(r"<\s*(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One report of a feed: its address, and what the feed says of it."""

    link: str
    title: str | None
    published: str | None


def is_feed(text: str) -> bool:
    """True if a text is an RSS or Atom document."""
    return bool(_ROOT.search(text[:2000])) and not re.search(r"<\s*html\b", text[:2000], re.IGNORECASE)


def entries(source: str, raw: bytes) -> list[Entry]:
    """The reports of a feed, in its order.

    Raises:
        ReadError: it is broken and has no entry.
    """
    parsed = feedparser.parse(raw)
    found = [_entry(entry) for entry in parsed.entries if entry.get("link")]
    if not found:
        raise ReadError(source, "a feed without entries" if not parsed.bozo else "a broken feed")
    return found


def _entry(entry: feedparser.FeedParserDict) -> Entry:
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    published = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*stamp[:6]) if stamp else None
    return Entry(entry["link"], entry.get("title"), metadata.iso_date(published))
