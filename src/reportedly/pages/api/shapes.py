"""What the API gives: what the queries give, less who of the staff decided.

A shape is made from a query's result attribute by attribute, so that a field which is not named here or in the
query's own type can never come out. `schemas` are the same types as JSON Schema; `fields.tsv` says what each field is.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from reportedly.record.queries import actors, articles, events, places, sources, statements
from reportedly.record.queries.control import IntervalLine
from reportedly.record.queries.disputes import Dispute
from reportedly.record.queries.figures import Point, SeriesLine
from reportedly.record.search import Hit

T = TypeVar("T")
REFERENCE = "#/components/schemas/{name}"


class Decision(Struct, frozen=True, kw_only=True):
    """What a person decided, and why; who it was is not given."""

    id: int
    kind: str
    target_kind: str
    target: str
    made: str
    reason: str
    field: str
    value: Any
    was: Any
    undoes: int | None
    undone_by: int | None
    stands: bool


class Statement(statements.Report, frozen=True, kw_only=True):
    """A statement in full: what the machine coded, what people decided of it, and why it is linked to its event."""

    decisions: tuple[Decision, ...]  # type: ignore[assignment]


class EventLine(events.EventLine, frozen=True, kw_only=True):
    """An event in a list."""

    verification: str


class Event(events.EventPage, frozen=True, kw_only=True):
    """An event in full: positions with their supporters, tolls, origins, reports, disputes, decisions."""

    line: EventLine
    reports: tuple[Statement, ...]
    decisions: tuple[Decision, ...]  # type: ignore[assignment]


class SourceLine(sources.SourceLine, frozen=True, kw_only=True):
    """An outlet or a speaker, with how often others bear it out."""

    set_by: Decision | None  # type: ignore[assignment]


class Source(sources.SourcePage, frozen=True, kw_only=True):
    """An outlet or a speaker with the latest of what it said."""

    line: SourceLine


class Actor(actors.ActorPage, frozen=True, kw_only=True):
    """An actor with its parts in statements, the places it holds and its latest events."""

    events: tuple[EventLine, ...]


class Place(places.PlacePage, frozen=True, kw_only=True):
    """A place, who holds it over time, and its latest events and figures."""

    events: tuple[EventLine, ...]


class Article(articles.ArticlePage, frozen=True, kw_only=True):
    """An article: where it is to be found, and its coded sentences. Never its whole text."""

    statements: tuple[Statement, ...]


class Found(Struct, frozen=True, kw_only=True):
    """What a search found: the latest events whose sentences have all the words, and one page of articles."""

    events: tuple[EventLine, ...]
    articles: Page[Hit]


class Download(Struct, frozen=True, kw_only=True):
    """One file of an export format."""

    format: str
    about: str
    file: str
    media_type: str
    url: str


class Problem(Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457)."""

    title: str
    status: int
    detail: str


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list, in the list's order."""

    items: tuple[T, ...]
    limit: int
    offset: int
    next: str | None
    previous: str | None


#: Everything that an operation gives, by the name under which the schema has it.
KINDS: dict[str, Any] = {
    "Actor": Actor,
    "Actors": Page[actors.ActorLine],
    "Article": Article,
    "Articles": Page[articles.ArticleLine],
    "Control": Page[IntervalLine],
    "Decisions": Page[Decision],
    "Disputes": Page[Dispute],
    "Event": Event,
    "Events": Page[EventLine],
    "Figures": Page[SeriesLine],
    "Found": Found,
    "Place": Place,
    "Places": Page[places.PlaceLine],
    "Problem": Problem,
    "Source": Source,
    "Sources": Page[SourceLine],
    "Statement": Statement,
    "DisputesOf": tuple[Dispute, ...],
    "Downloads": tuple[Download, ...],
    "Held": tuple[IntervalLine, ...],
    "Made": tuple[Decision, ...],
    "Series": tuple[Point, ...],
}


def shaped(found: Any, kind: str) -> Any:
    """A query's result as the API gives it."""
    return msgspec.convert(found, KINDS[kind], from_attributes=True)


@cache
def schemas() -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The JSON Schema of each kind, and the components that they refer to, with the meaning of every field."""
    found, components = msgspec.json.schema_components(KINDS.values(), ref_template=REFERENCE)
    for name, component in components.items():
        for field, schema in component.get("properties", {}).items():
            schema["description"] = meaning(name, field)
    return dict(zip(KINDS, found, strict=True)), components


def meaning(component: str, field: str) -> str:
    """What a field is; empty if `fields.tsv` does not say (a test fails then)."""
    known = _meanings()
    return known.get(f"{component}.{field}") or known.get(field, "")


@cache
def _meanings() -> dict[str, str]:
    with files("reportedly.pages.api").joinpath("fields.tsv").open(encoding="utf-8") as file:
        return {row[0]: row[1] for row in csv.reader(file, delimiter="\t") if row and not row[0].startswith("#")}
