"""The front page: the latest events, with a map and a timeline of the same choice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from reportedly import lexicons
from reportedly.pages.views import citing, feeds, filtering, metadata
from reportedly.record.queries import events


def front(request: HttpRequest) -> HttpResponse:
    """Events, the latest first, of the chosen period, place, actor, type and source."""
    asked = filtering.asked(request)
    found = events.listed(asked.chosen)
    content = {
        "asked": asked,
        "events": found[: filtering.ROWS],
        "more": len(found) > filtering.ROWS,
        "types": sorted(lexicons.tree("events_types.json")),
        "feed": feeds.of_list(request, "front", "Events", asked.query),
        "metadata": metadata.site(request),
        "address": citing.address(request, "front"),
    }
    part = "pages/_events.html" if request.headers.get("HX-Target") == "results" else "pages/front.html"
    response = render(request, part, content, status=400 if asked.error else 200)
    patch_vary_headers(response, ["HX-Target"])  # a cache must not give the part for the page
    return response
