"""One event in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from msgspec import Struct
from msgspec.structs import replace

from reportedly.account import words
from reportedly.errors import QueryError
from reportedly.events.findings import Dependency, Origin, Position
from reportedly.events.positions_numbers import GROWING
from reportedly.pages.views import charts, citing, mapping, metadata
from reportedly.record.queries import events
from reportedly.record.queries.statements import Report

#: How each aspect is asked, in the order of the page; numbers follow.
QUESTIONS = {
    "happened": "Did it happen?",
    "actor": "Who did it?",
    "recipient": "To whom?",
    "place": "Where?",
    "time": "When?",
    "held": "Who holds it?",
}


class Aspect(Struct, frozen=True):
    """A question that reports answer, its answers, and whether some contradict the leading one. `known` are sentences
    that the page has shown already, which an answer that stands alone does not say again; a number always does."""

    question: str
    positions: tuple[Position, ...]
    disputed: bool
    known: frozenset[str] = frozenset()


class Told(Struct, frozen=True):
    """A report with the origin that it counts to (its number on the page, from 1) and what it rests on there."""

    report: Report
    origin: int | None
    rests_on: Dependency | None


def event(request: HttpRequest, public_id: str) -> HttpResponse | HttpResponsePermanentRedirect:
    """An event's page; one that people merged into another leads there."""
    try:
        page = events.page(public_id)
    except QueryError as error:
        raise Http404(str(error)) from None
    if page.merged_into:
        return redirect("event", page.merged_into, permanent=False)
    content = {
        "page": page,
        "event": page.line,
        "aspects": aspects(page.positions),
        "charts": charts.tolls(page.tolls, page.positions),
        "told": told(page.reports, page.origins),
        "titles": {one.evidence.article: one.evidence.title or one.evidence.article for one in page.reports},
        "drawn": mapping.place(page.line.place),
        "citation": citing.event(request, page.line),
        "metadata": metadata.event(request, page),
        "picture": citing.address(request, "event-picture", page.line.id),
    }
    return render(request, "pages/event.html", content)


def aspects(positions: Sequence[Position]) -> list[Aspect]:
    """The questions that reports answer, disputed ones first, else in the order of `QUESTIONS`."""
    by_aspect: dict[str, list[Position]] = {}
    for position in positions:
        by_aspect.setdefault(position.aspect, []).append(position)
    order = [*QUESTIONS, *sorted(set(by_aspect) - set(QUESTIONS))]
    found = [_aspect(name, by_aspect[name]) for name in order if name in by_aspect]
    return list(_said_once(sorted(found, key=lambda one: not one.disputed)))


def _said_once(found: Iterable[Aspect]) -> Iterator[Aspect]:
    """The questions, each with the sentences that those before it have shown."""
    shown: set[str] = set()
    for one in found:
        alone = len(one.positions) == 1 and one.positions[0].aspect in QUESTIONS
        yield replace(one, known=frozenset(shown)) if alone else one
        shown |= {support.quote for position in one.positions for support in position.supporters}


def _aspect(name: str, positions: Sequence[Position]) -> Aspect:
    return Aspect(question(name), tuple(positions), any(one.stance == "contradicts" for one in positions))


def question(aspect: str) -> str:
    """An aspect as a question: "number/killed/civilians" is "How many were killed (civilians)?"."""
    if not aspect.startswith("number/"):
        return QUESTIONS.get(aspect, aspect.replace("_", " ").capitalize())
    measure, *rest = aspect.split("/")[1:]
    counted = f"were {measure}" if measure in GROWING else f"for “{measure}”"
    of = [f"new on {words.day(one[4:])}" if one.startswith("new ") else one for one in rest]
    counted += f" ({', '.join(of)})" if of else ""
    return f"How many {counted}?"


def told(reports: Sequence[Report], origins: Sequence[Origin]) -> list[Told]:
    """The reports in their order, each with its origin and what it rests on."""
    found: dict[str, tuple[int, Dependency]] = {}
    for number, origin in enumerate(origins, 1):
        for link in origin.chain:
            for key in link.statements:
                found.setdefault(key, (number, link))
    return [Told(one, *found.get(one.evidence.statement, (None, None))) for one in reports]
