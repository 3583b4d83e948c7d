"""The lists of figures, control, disputes, sources, actors and places, and the page of one of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from reportedly.data import Measure
from reportedly.errors import QueryError
from reportedly.pages.views import charts, citing, feeds, filtering, mapping
from reportedly.record.queries import actors, control, disputes, figures, places, sources
from reportedly.record.queries.events import Where
from reportedly.record.queries.filters import MEASURES, Filter

#: What readers come for: measures that stand above the list of series.
MAIN: tuple[Measure, ...] = ("killed", "injured", "displaced", "detained", "fighters", "area")
#: Sentences that the list of control shows for each interval, and against it (`_control.html`).
EVIDENCE = 3


def _list(request: HttpRequest, name: str, query: Callable[[Filter], Sequence[Any]], **more: object) -> HttpResponse:
    """One page of a list; htmx asks for its rows alone."""
    asked = filtering.asked(request)
    found = query(asked.chosen)
    content = {
        "asked": asked,
        "lines": found[: filtering.ROWS],
        "more": len(found) > filtering.ROWS,
        "rows": f"pages/_{name}.html",
        "feed": feeds.of_list(request, name, name.capitalize(), asked.query),
        **more,
    }
    part = f"pages/_{name}.html" if request.headers.get("HX-Target") == "results" else f"pages/{name}.html"
    response = render(request, part, content, status=400 if asked.error else 200)
    patch_vary_headers(response, ["HX-Target"])  # a cache must not give the part for the page
    return response


def figure_list(request: HttpRequest) -> HttpResponse:
    """Series of figures, those with the latest figure first."""
    return _list(request, "figures", figures.listed, measures=MEASURES, main=MAIN)


def control_list(request: HttpRequest) -> HttpResponse:
    """Who holds what, place by place."""
    return _list(request, "control", lambda chosen: control.listed(chosen, each=EVIDENCE))


def dispute_list(request: HttpRequest) -> HttpResponse:
    """What sources disagree on, claims side by side."""
    return _list(request, "disputes", disputes.listed)


def source_list(request: HttpRequest) -> HttpResponse:
    """Outlets and speakers."""
    return _list(request, "sources", sources.listed)


def actor_list(request: HttpRequest) -> HttpResponse:
    """Actors, those with most statements first."""
    return _list(request, "actors", actors.listed)


def place_list(request: HttpRequest) -> HttpResponse:
    """Places, those with most statements first."""
    return _list(request, "places", places.listed)


def series(request: HttpRequest, key: str) -> HttpResponse:
    """One series of figures in time, as a chart and as a table."""
    points = _found(lambda: figures.one(key))
    content = {"points": points, "last": points[-1], "key": key, "rows": charts.series(points)}
    return render(request, "pages/series.html", content)


def source(request: HttpRequest, name: str) -> HttpResponse:
    """One outlet or speaker."""
    page = _found(lambda: sources.page(name))
    feed = feeds.Feed(page.line.name, citing.address(request, "feed-source", page.line.id))
    return render(request, "pages/source.html", {"page": page, "feed": feed})


def actor(request: HttpRequest, name: str) -> HttpResponse:
    """One actor."""
    page = _found(lambda: actors.page(name))
    feed = feeds.of_list(request, "front", page.line.name, filtering.encoded({"actor": page.line.name}))
    return render(request, "pages/actor.html", {"page": page, "feed": feed})


def place(request: HttpRequest, name: str) -> HttpResponse:
    """One place: who holds it over time, and the latest events and figures of it."""
    page = _found(lambda: places.page(name))
    where = Where(
        name=page.line.name,
        latitude=page.line.latitude,
        longitude=page.line.longitude,
        country=page.line.country,
        geonameid=page.line.geonameid,
        precision="point",
    )
    feed = feeds.of_list(request, "front", page.line.name, filtering.encoded({"place": page.line.name}))
    return render(request, "pages/place.html", {"page": page, "drawn": mapping.place(where), "feed": feed})


def _found(query: Callable[[], Any]) -> Any:
    """What a query gives; a page that does not exist where it says that there is no such thing."""
    try:
        return query()
    except QueryError as error:
        raise Http404(str(error)) from None
