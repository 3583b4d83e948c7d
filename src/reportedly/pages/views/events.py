"""One event in full, and the events of a choice as points of the map."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect, render

from reportedly.errors import QueryError
from reportedly.events.findings import Position
from reportedly.pages.views import filtering
from reportedly.record.queries import events

#: Events that the map and the timeline hold at most.
MAPPED = 1000
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


def mapped(request: HttpRequest) -> JsonResponse:
    """The events of a choice for the map and the timeline, as GeoJSON; those without a place have no geometry.

    `precision` tells how exact the text is: what is not "point" is drawn as an area."""
    asked = filtering.asked(request, rows=MAPPED - 1)
    features = [
        {
            "type": "Feature",
            "geometry": _geometry(line),
            "properties": {
                "id": line.id,
                "label": line.label,
                "precision": line.place.precision if line.place else "",
                "day": (line.first or line.reported or "") and (line.first or line.reported).isoformat(),  # type: ignore[union-attr]
                "certainty": line.certainty,
                "disputed": line.disputed,
            },
        }
        for line in events.listed(asked.chosen)
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features}, status=400 if asked.error else 200)


def _geometry(line: events.EventLine) -> dict[str, object] | None:
    place = line.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}
