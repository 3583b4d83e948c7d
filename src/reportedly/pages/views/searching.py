"""Full-text search: events and articles that have the words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.pages.views import filtering
from reportedly.record import search as text_search
from reportedly.record.queries import events
from reportedly.record.queries.filters import Filter

#: Events and articles shown of each.
MOST = 20


def search(request: HttpRequest) -> HttpResponse:
    """What the record has on some words; an empty query asks for some."""
    query = request.GET.get("q", "").strip()
    content: dict[str, object] = {"query": query, "asked": filtering.asked(request)}
    if text_search.phrases(query):
        content["events"] = events.listed(Filter(search=query, background=True, limit=MOST))
        content["hits"] = text_search.hits(query, limit=MOST)
    return render(request, "pages/search.html", content)


def about(request: HttpRequest) -> HttpResponse:
    """How the record is made and how to read it."""
    return render(request, "pages/about.html")
