"""An article's page: for the public the sentences that statements come from, never the whole text."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.pages.views import citing, metadata
from reportedly.record.queries import articles
from reportedly.record.queries.statements import Report

#: The share of an article's text that its sentences may make up together on one public page.
SHARE = 0.6


class Sentence(Struct, frozen=True):
    """A sentence with its statements in the order of the text; `shown` is false where it would be too much of it."""

    quote: str
    reports: list[Report]
    shown: bool


def article(request: HttpRequest, public_id: str) -> HttpResponse:
    """Headline, outlet, date, address, and coded sentences in the order of the text. The one that `at` (the key of a
    statement) asks for is always among them."""
    try:
        page = articles.page(public_id)
    except QueryError as error:
        raise Http404(str(error)) from None
    listed = sentences(page.statements, page.length, request.GET.get("at", ""))
    content = {
        "article": page.line,
        "sentences": listed,
        "hidden": sum(not one.shown for one in listed),
        "address": citing.address(request, "article", public_id),
        "metadata": metadata.page_of_article(request, page.line),
    }
    return render(request, "pages/article.html", content)


def sentences(reports: Sequence[Report], length: int, asked: str) -> list[Sentence]:
    """The sentences of an article, of which those are shown that say most, up to `SHARE` of its `length`."""
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.evidence.quote, []).append(report)
    room, shown = SHARE * length, set[str]()
    for quote in sorted(found, key=lambda one: _weight(found[one], asked), reverse=True):
        if len(quote) <= room or any(report.evidence.statement == asked for report in found[quote]):
            shown.add(quote)
            room -= len(quote)
    return [Sentence(quote, same, quote in shown) for quote, same in found.items()]


def _weight(reports: Sequence[Report], asked: str) -> tuple[bool, int]:
    """First the sentence that is asked for, then those with most statements other than that somebody says it."""
    here = any(report.evidence.statement == asked for report in reports)
    return here, sum(report.evidence.layer != "said" for report in reports)
