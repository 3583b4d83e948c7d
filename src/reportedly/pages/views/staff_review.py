"""The review desk: the queue, and one statement, event or source to decide on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from reportedly.data import CodedArticle, Span
from reportedly.errors import DecisionError, QueryError
from reportedly.pages import roles
from reportedly.pages.views import staff_deciding, staff_fields
from reportedly.pages.views.staff_deciding import Maker, Outcome
from reportedly.record import decisions_making, history, writing
from reportedly.record.decisions_making import By
from reportedly.record.decisions_standing import Decided
from reportedly.record.models import Article, Response, Statement
from reportedly.record.queries import events, review, statements
from reportedly.record.queries.statements import Report

#: Statements on one page of the queue, decisions on one of the log.
ROWS = 25
_coded = msgspec.json.Decoder(CodedArticle).decode


@roles.needs("reader")
def desk(request: HttpRequest) -> HttpResponse:
    """The queue; for readers, what their role is for."""
    if not roles.at_least(request.user, "coder"):
        return render(request, "pages/staff/reader.html")
    page = max(staff_deciding.number(request.GET.get("page")), 1)
    found = review.queue(ROWS + 1, (page - 1) * ROWS)
    content = {"items": found[:ROWS], "page": page, "more": len(found) > ROWS, "here": "queue"}
    return render(request, "pages/staff/queue.html", content)


@roles.needs("coder")
def statement(request: HttpRequest, key: str) -> HttpResponseBase:
    """One statement in its sentence: confirm, correct, reject, undo."""
    rows = Statement.objects.select_related("article", "coding").filter(key=key)
    row = rows.order_by("-current", "-pk").first()
    if row is None:
        raise Http404(f"{key}: no such statement in the record")
    makers = {
        "confirm": staff_deciding.confirm,
        "reject": staff_deciding.reject,
        "correct": _corrections(lambda: _fields(request, row)),
        "undo": staff_deciding.undo,
    }
    outcome = _posted(request, "statement", key, makers)
    if outcome is not None and outcome.made:
        goes_on = outcome.made[-1].kind in ("confirm", "reject")
        return after(request, outcome, _next(key) if goes_on else reverse("staff-statement", args=[key]))
    content = {
        "row": row,
        "report": statements.one(key),
        "fields": _fields(request, row),
        "context": _context(row),
        "next": _next(key),
        **common(request, "statement", key, outcome),
    }
    return render(request, "pages/staff/statement.html", content, status=outcome.status if outcome else 200)


def _next(key: str) -> str:
    return f"{reverse('staff-next')}?{urlencode({'after': key})}"


@roles.needs("coder")
def following(request: HttpRequest) -> HttpResponseBase:
    """The statement of the queue that comes after one; the queue itself where it holds no other."""
    key = review.following(request.GET.get("after", ""))
    return redirect("staff-statement", key) if key else redirect("staff")


def _fields(request: HttpRequest, row: Statement) -> tuple[staff_fields.Field, ...]:
    report = statements.one(row.key)
    return staff_fields.of_statement(report, _article(row), _sentence(row), _typed(request))


def _sentence(row: Statement) -> Span:
    return writing.report(row).sentence


def _article(row: Statement) -> CodedArticle:
    return _coded(bytes(row.coding.coded))


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed into fields; what was left as the form had it is not typed, so that it reverts nobody's change."""
    given = request.POST
    names = [name.removeprefix("field-") for name in given if name.startswith("field-")]
    return {name: given[f"field-{name}"] for name in names if given[f"field-{name}"] != given.get(f"was-{name}")}


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """A statement's words in their sentence, and the sentences around it."""

    earlier: str
    before: str
    words: str
    after: str
    later: str


def _context(row: Statement) -> Context:
    article, sentence = _article(row), _sentence(row)
    text = article.text
    place = [one for one in article.sentences if one.end <= sentence.start][-2:]
    then = [one for one in article.sentences if one.start >= sentence.end][:2]
    return Context(
        earlier=text[place[0].start : place[-1].end] if place else "",
        before=text[sentence.start : row.start],
        words=text[row.start : row.end],
        after=text[row.end : sentence.end],
        later=text[then[0].start : then[-1].end] if then else "",
    )


def _corrections(fields: Callable[[], tuple[staff_fields.Field, ...]]) -> Maker:
    """Sets every field that was changed; they are read when nobody else can decide any more."""

    def correct(request: HttpRequest, target: str, by: By) -> list[Decided]:
        wanted = staff_fields.changed(fields())
        if not wanted:
            raise DecisionError("correct: no field was changed")
        return [decisions_making.correct(target, name, written, by) for name, written in wanted.items()]

    return correct


@roles.needs("coder")
def event(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One event across articles: confirm, correct, reject, merge, split, grade, undo."""
    try:
        page = events.page(public_id)
    except QueryError as error:
        raise Http404(str(error)) from None
    fields = staff_fields.of_event(page.line, page.corrections, _typed(request))
    makers = {
        **{name: getattr(staff_deciding, name) for name in ("confirm", "reject", "merge", "split", "grade", "undo")},
        "correct": _corrections(lambda: fields),
    }
    outcome = _posted(request, "event", public_id, makers)
    if outcome is not None and outcome.made:
        return after(request, outcome, reverse("staff-event", args=[public_id]))
    content = {
        "page": page,
        "event": page.line,
        "fields": fields,
        "alike": review.alike(public_id),
        "credibility": decisions_making.CREDIBILITY,
        "airwars": decisions_making.AIRWARS,
        "ticked": {*request.POST.getlist("statements"), *request.POST.getlist("others")},
        **common(request, "event", public_id, outcome),
    }
    return render(request, "pages/staff/event.html", content, status=outcome.status if outcome else 200)


@roles.needs("coder")
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    """An article's statements, each of which leads to where it is decided on."""
    row = Article.objects.select_related("outlet").filter(public_id=public_id).first()
    if row is None:
        raise Http404(f"{public_id}: no such article in the record")
    found: list[Report] = statements.reports(
        Statement.objects.filter(article=row, current=True).order_by("start", "pk")
    )
    content = {"article": row, "reports": found, "entries": history.of(public_id), **_answered(request)}
    return render(request, "pages/staff/article.html", content)


@roles.needs("coder")
def log(request: HttpRequest) -> HttpResponse:
    """The latest decisions on whatever."""
    page = max(staff_deciding.number(request.GET.get("page")), 1)
    found = history.latest(ROWS + 1, (page - 1) * ROWS)
    content = {"entries": found[:ROWS], "page": page, "more": len(found) > ROWS, "here": "log"}
    return render(request, "pages/staff/log.html", content)


@roles.needs("coder")
def seen(request: HttpRequest) -> HttpResponse:
    """What others decided on the target of an open page, for a page that asks now and then."""
    kind, target = request.GET.get("kind", ""), request.GET.get("target", "")
    since = staff_deciding.number(request.GET.get("seen"))
    content = {"changes": staff_deciding.changes(kind, target, since)}
    return render(request, "pages/staff/_changes.html", content)


# ---- what all pages of an item share

Makers = Mapping[str, Maker]


def _posted(request: HttpRequest, kind: str, target: str, makers: Makers) -> Outcome | None:
    return staff_deciding.decide(request, kind, target, makers) if request.method == "POST" else None


def after(request: HttpRequest, outcome: Outcome, onwards: str) -> HttpResponse:
    told = "; ".join(f"{one.target} {history.told(one)} (decision {one.id})" for one in outcome.made)
    messages.success(request, f"{told}.")
    return redirect(onwards)


def common(request: HttpRequest, kind: str, target: str, outcome: Outcome | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "target": target,
        "outcome": outcome,
        "reason": request.POST.get("reason", ""),
        "other": request.POST.get("other", ""),
        "seen": staff_deciding.last(kind, target),
        "entries": history.of(target),
        **_answered(request),
    }


def _answered(request: HttpRequest) -> dict[str, Response | None]:
    """The response that the next decision follows from, for editors who came from it."""
    wanted = staff_deciding.number(request.POST.get("response") or request.GET.get("response"))
    found = Response.objects.filter(pk=wanted).first() if wanted else None
    return {"answered": found if found is not None and roles.at_least(request.user, "editor") else None}
