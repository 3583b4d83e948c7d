"""Moderating responses: show, decline, or accept by a decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from msgspec import Struct

from reportedly.errors import DecisionError, QueryError
from reportedly.pages import roles
from reportedly.pages.views import staff_deciding
from reportedly.pages.views.responses import back
from reportedly.record import responses
from reportedly.record.models import Response

#: Responses on one page.
ROWS = 25
STATES = ("waiting", "shown", "declined")


class Listed(Struct, frozen=True):
    """A response with the page that it is about, and where a decision accepts it."""

    row: Response
    title: str
    page: str
    decide: str


@roles.needs("editor")
def moderation(request: HttpRequest) -> HttpResponse:
    """The responses of a state, those that wait first of all."""
    state = request.GET.get("state", "waiting")
    if state not in STATES:
        raise Http404(f"{state}: responses are waiting, shown or declined")
    page = max(staff_deciding.number(request.GET.get("page")), 1)
    rows = Response.objects.filter(state=state).order_by("pk" if state == "waiting" else "-moderated", "pk")
    found = list(rows[(page - 1) * ROWS : page * ROWS + 1])
    content = {"listed": [_listed(row) for row in found[:ROWS]], "state": state, "states": STATES, "page": page}
    return render(request, "pages/staff/responses.html", content | {"more": len(found) > ROWS, "here": "responses"})


def _listed(row: Response) -> Listed:
    decide = f"{reverse(f'staff-{row.kind}', args=[row.target])}?response={row.pk}"
    try:
        about = responses.about(row.kind, row.target)
    except QueryError:  # coded anew since: its article has what is left of it
        known = reverse("article", args=[row.article]) if row.article else ""
        return Listed(row, row.target, known, decide if row.kind != "statement" else "")
    return Listed(row, about.title, back(about), decide)


@roles.needs("editor")
def moderate(request: HttpRequest, number: int) -> HttpResponseBase:
    """Show or decline one response. If somebody else moderated it meanwhile, that is told and nothing is done."""
    row = Response.objects.filter(pk=number).first()
    if row is None or request.method != "POST":
        raise Http404("no such response")
    if row.state != request.POST.get("seen"):
        messages.error(request, f"{row.moderator} has {row.state} this response meanwhile; look at it again.")
        return redirect(f"{reverse('staff-responses')}?state={row.state}")
    try:
        done = responses.moderate(
            number, request.POST.get("state", ""), request.user.get_username(), request.POST.get("note", "")
        )
    except DecisionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The response of {done.name} is {done.state}.")
    return redirect("staff-responses")
