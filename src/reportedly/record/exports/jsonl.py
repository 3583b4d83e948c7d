"""JSON Lines: everything that the record has of an event, one event a line (docs/exports/jsonl.md)."""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from reportedly.record.exports.formats import File, Format, Source, Written
from reportedly.record.exports.shapes import EventRecord

_encode = msgspec.json.Encoder(order="deterministic").encode


def write(source: Source, out: BinaryIO) -> Written:
    """Write all events."""
    written = Written()
    for record in source.events():
        out.write(_encode(line(record)) + b"\n")
        written.rows += 1
    return written


def line(record: EventRecord) -> dict[str, Any]:
    """One event: the fields of `shapes.EventRecord`, and `verification`."""
    data: dict[str, Any] = msgspec.to_builtins(record)
    low, best, high = record.killed
    return data | {"verification": record.verification, "killed": {"low": low, "best": best, "high": high}}


def write_articles(source: Source, out: BinaryIO) -> Written:
    """Write the coded articles, in the coded-article format."""
    written = Written()
    for article in source.articles():
        out.write(article + b"\n")
        written.rows += 1
    return written


FORMAT = Format("jsonl", "JSON Lines, everything on one event a line", (File("events.jsonl", write),))
ARTICLES = Format(
    "articles",
    "JSON Lines, one coded article a line, with the record's events",
    (File("articles.jsonl", write_articles),),
)
