"""One event in full, and the events of a choice as points of the map."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render

from reportedly.errors import QueryError
from reportedly.events.findings import Position
from reportedly.record.queries import events

#: How each aspect is asked, in the order of the page; numbers follow.
QUESTIONS = {
    "happened": "Did it happen?",
    "actor": "Who did it?",
    "recipient": "To whom?",
    "place": "Where?",
    "time": "When?",
    "held": "Who holds it?",
}


def event(request: HttpRequest, public_id: str) -> HttpResponse | HttpResponsePermanentRedirect:
    """An event's page; one that people merged into another leads there."""
    try:
        page = events.page(public_id)
    except QueryError as error:
        raise Http404(str(error)) from None
    if page.merged_into:
        return redirect("event", page.merged_into, permanent=False)
    content = {"page": page, "event": page.line, "aspects": aspects(page.positions)}
    return render(request, "pages/event.html", content)


def aspects(positions: tuple[Position, ...]) -> list[tuple[str, list[Position], bool]]:
    """The questions that reports answer: its words, the answers, and whether answers contradict each other."""
    by_aspect: dict[str, list[Position]] = {}
    for position in positions:
        by_aspect.setdefault(position.aspect, []).append(position)
    order = [*QUESTIONS, *sorted(set(by_aspect) - set(QUESTIONS))]
    return [
        (_question(aspect), by_aspect[aspect], any(one.stance == "contradicts" for one in by_aspect[aspect]))
        for aspect in order
        if aspect in by_aspect
    ]


def _question(aspect: str) -> str:
    if aspect.startswith("number/"):
        return f"How many {aspect.split('/')[1]}?"
    return QUESTIONS.get(aspect, aspect.replace("_", " ").capitalize())
