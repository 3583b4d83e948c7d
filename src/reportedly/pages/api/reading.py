"""Reading: a list and one of everything that the pages show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from reportedly.errors import QueryError
from reportedly.pages.api import describing, filtering, problems, shapes
from reportedly.pages.api.filtering import Days, Narrowing, Paging, Words
from reportedly.record import history, setup
from reportedly.record.queries import actors, articles, control, disputes, events, figures, places, sources, statements
from reportedly.record.queries.filters import Filter

router = Router()
#: Events that stand before the articles that a search found.
EVENTS = 10


def given(found: Any, kind: str, status: int = 200) -> HttpResponse:
    """A result as JSON."""
    content = msgspec.json.encode(shapes.shaped(found, kind))
    return HttpResponse(content, status=status, content_type="application/json")


def _one(query: Callable[[str], Any], name: str, kind: str) -> HttpResponse:
    """One of anything; 404 where the query says that there is no such thing."""
    try:
        filtering.plain(name)
        with setup.told():
            return given(query(name), kind)
    except QueryError as error:
        raise problems.NotThere(str(error)) from None


def _list(request: HttpRequest, asked: Paging, query: Callable[[Filter], Any], kind: str, **more: Any) -> HttpResponse:
    with setup.told():
        return given(filtering.page(request, asked, query, **more), kind)


@router.get("/events", **describing.read("Events", "The events that the filters hold, the latest first."))
def event_list(request: HttpRequest, filters: Query[Narrowing], background: bool = False) -> HttpResponse:
    return _list(request, filters, events.listed, "Events", background=background)


@router.get("/events/{public_id}", **describing.read("Event", "One event in full.", one=True))
def event(request: HttpRequest, public_id: str) -> HttpResponse:
    return _one(events.page, public_id, "Event")


@router.get("/statements/{path:key}", **describing.read("Statement", "One statement in full.", one=True))
def statement(request: HttpRequest, key: str) -> HttpResponse:
    return _one(statements.one, key, "Statement")


@router.get("/figures", **describing.read("Figures", "Series of figures, those with the latest figure first."))
def figure_list(request: HttpRequest, filters: Query[Narrowing]) -> HttpResponse:
    return _list(request, filters, figures.listed, "Figures")


@router.get(
    "/figures/{path:key}",
    **describing.read("Series", "The figures of one series in time, by the key of any of them.", one=True),
)
def series(request: HttpRequest, key: str) -> HttpResponse:
    return _one(figures.one, key, "Series")


@router.get("/control", **describing.read("Control", "Who holds which place, place by place and in time."))
def control_list(request: HttpRequest, filters: Query[Narrowing]) -> HttpResponse:
    return _list(request, filters, control.listed, "Control")


@router.get("/control/{path:place}", **describing.read("Held", "The history of who holds one place.", one=True))
def held(request: HttpRequest, place: str) -> HttpResponse:
    return _one(control.one, place, "Held")


@router.get("/disputes", **describing.read("Disputes", "What sources disagree on, the latest first."))
def dispute_list(request: HttpRequest, filters: Query[Narrowing]) -> HttpResponse:
    return _list(request, filters, disputes.listed, "Disputes")


@router.get(
    "/disputes/{path:target}",
    **describing.read("DisputesOf", "What sources disagree on about an event, a statement or an article.", one=True),
)
def disputes_of(request: HttpRequest, target: str) -> HttpResponse:
    return _one(disputes.about, target, "DisputesOf")


@router.get("/sources", **describing.read("Sources", "Outlets and speakers, those with most statements first."))
def source_list(request: HttpRequest, filters: Query[Narrowing]) -> HttpResponse:
    return _list(request, filters, sources.listed, "Sources")


@router.get("/sources/{path:name}", **describing.read("Source", "One outlet or speaker, by id or name.", one=True))
def source(request: HttpRequest, name: str) -> HttpResponse:
    return _one(sources.page, name, "Source")


@router.get("/actors", **describing.read("Actors", "Actors, those with most statements first."))
def actor_list(request: HttpRequest, filters: Query[Narrowing]) -> HttpResponse:
    return _list(request, filters, actors.listed, "Actors")


@router.get("/actors/{path:name}", **describing.read("Actor", "One actor, by id, name or alias.", one=True))
def actor(request: HttpRequest, name: str) -> HttpResponse:
    return _one(actors.page, name, "Actor")


@router.get("/places", **describing.read("Places", "Places, those with most statements first."))
def place_list(request: HttpRequest, filters: Query[Narrowing]) -> HttpResponse:
    return _list(request, filters, places.listed, "Places")


@router.get("/places/{path:name}", **describing.read("Place", "One place, by id or name.", one=True))
def place(request: HttpRequest, name: str) -> HttpResponse:
    return _one(places.page, name, "Place")


@router.get("/articles", **describing.read("Articles", "Articles, the latest first."))
def article_list(request: HttpRequest, filters: Query[Words]) -> HttpResponse:
    return _list(request, filters, articles.listed, "Articles")


@router.get(
    "/articles/{public_id}",
    **describing.read("Article", "One article with its coded sentences, never its whole text.", one=True),
)
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    return _one(articles.page, public_id, "Article")


class Asked(Days):
    """A search: words, and which articles."""

    q: str = Field(
        description='words that must all be there; "in quotes" side by side', json_schema_extra=filtering.TEXT
    )


@router.get("/search", **describing.read("Found", "The latest events, and the articles, that have all the words."))
def search(request: HttpRequest, filters: Query[Asked]) -> HttpResponse:
    words = filters.q
    with setup.told():
        found = filtering.page(request, _without(filters), lambda chosen: articles.hits(words, chosen))
        first = [] if filters.offset else events.listed(Filter(search=words, background=True, limit=EVENTS))
    return given({"events": tuple(first), "articles": found}, "Found")


def _without(asked: Asked) -> Days:
    return Days(**asked.model_dump(exclude={"q"}))


@router.get("/decisions", **describing.read("Decisions", "What people decided, the latest first."))
def decision_list(request: HttpRequest, filters: Query[Paging]) -> HttpResponse:
    def latest(chosen: Filter) -> list[Any]:
        return [entry.decision for entry in history.latest(chosen.limit, chosen.offset)]

    return _list(request, filters, latest, "Decisions")
