"""Full-text search: events and articles that have the words; and how to read the record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.errors import QueryError
from reportedly.pages.views import feeds, filtering
from reportedly.record import search as text_search
from reportedly.record.queries import articles, events
from reportedly.record.queries.filters import Filter

#: Events that stand above the articles, and articles on one page.
EVENTS, ARTICLES = 10, 20


def search(request: HttpRequest) -> HttpResponse:
    """What the record has on some words; an empty query asks for some."""
    query = request.GET.get("q", "").strip()
    asked = filtering.asked(request, rows=ARTICLES)
    content: dict[str, object] = {"query": query, "asked": asked}
    if not query:
        return render(request, "pages/search.html", content)
    try:
        text_search.phrases(query)
    except QueryError:
        return render(request, "pages/search.html", content | {"wordless": True}, status=400)
    if asked.page == 1:
        content["events"] = events.listed(Filter(search=query, background=True, limit=EVENTS))
    found = articles.hits(query, Filter(limit=ARTICLES + 1, offset=(asked.page - 1) * ARTICLES))
    content |= {"hits": found[:ARTICLES], "more": len(found) > ARTICLES}
    content["feed"] = feeds.of_list(request, "search", f"“{query}”", filtering.encoded({"q": query}))
    return render(request, "pages/search.html", content)


def about(request: HttpRequest) -> HttpResponse:
    """How the record is made and how to read it."""
    return render(request, "pages/about.html")
