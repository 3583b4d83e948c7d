"""The lists of figures, control, disputes, sources and actors, and the page of one source and one actor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.errors import QueryError
from reportedly.pages.views import filtering
from reportedly.record.queries import actors, control, disputes, figures, sources
from reportedly.record.queries.filters import MEASURES, Filter


def _list(request: HttpRequest, name: str, query: Callable[[Filter], Sequence[Any]], **more: object) -> HttpResponse:
    """One page of a list; htmx asks for its rows alone."""
    asked = filtering.asked(request)
    found = query(asked.chosen)
    content = {
        "asked": asked,
        "lines": found[: filtering.ROWS],
        "more": len(found) > filtering.ROWS,
        "rows": f"pages/_{name}.html",
        **more,
    }
    part = f"pages/_{name}.html" if request.headers.get("HX-Target") == "results" else f"pages/{name}.html"
    return render(request, part, content, status=400 if asked.error else 200)


def figure_list(request: HttpRequest) -> HttpResponse:
    """Series of figures, those with the latest figure first."""
    return _list(request, "figures", figures.listed, measures=MEASURES)


def control_list(request: HttpRequest) -> HttpResponse:
    """Who holds what, place by place."""
    return _list(request, "control", control.listed)


def dispute_list(request: HttpRequest) -> HttpResponse:
    """What sources disagree on, claims side by side."""
    return _list(request, "disputes", disputes.listed)


def source_list(request: HttpRequest) -> HttpResponse:
    """Outlets and speakers."""
    return _list(request, "sources", sources.listed)


def actor_list(request: HttpRequest) -> HttpResponse:
    """Actors, those with most statements first."""
    return _list(request, "actors", actors.listed)


def series(request: HttpRequest, key: str) -> HttpResponse:
    """One series of figures in time."""
    return render(request, "pages/series.html", {"points": _found(lambda: figures.one(key)), "key": key})


def source(request: HttpRequest, name: str) -> HttpResponse:
    """One outlet or speaker."""
    return render(request, "pages/source.html", {"page": _found(lambda: sources.page(name))})


def actor(request: HttpRequest, name: str) -> HttpResponse:
    """One actor."""
    return render(request, "pages/actor.html", {"page": _found(lambda: actors.page(name))})


def _found(query: Callable[[], Any]) -> Any:
    """What a query gives; a page that does not exist where it says that there is no such thing."""
    try:
        return query()
    except QueryError as error:
        raise Http404(str(error)) from None
