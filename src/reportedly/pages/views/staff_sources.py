"""A source on the staff's side: its grade, and whether an outlet's texts may be shown whole."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from reportedly.pages import roles
from reportedly.pages.views import staff_deciding
from reportedly.pages.views.staff_review import after, common
from reportedly.record import decisions, decisions_making
from reportedly.record.models import OutletSetting, Source


@roles.needs("editor")
def source(request: HttpRequest, key: str) -> HttpResponseBase:
    """Grade a source from A to F; undo."""
    row = _row(key)
    makers = {"grade": staff_deciding.grade, "undo": staff_deciding.undo}
    outcome = staff_deciding.decide(request, "source", key, makers) if request.method == "POST" else None
    if outcome is not None and outcome.made:
        return after(request, outcome, request.path)
    content = {
        "source": row,
        "graded": decisions.reliabilities([key]).get(key),
        "reliability": decisions_making.RELIABILITY,
        "setting": OutletSetting.objects.filter(outlet=row).first(),
        **common(request, "source", key, outcome),
    }
    return render(request, "pages/staff/source.html", content, status=outcome.status if outcome else 200)


@roles.needs("editor")
def outlet(request: HttpRequest, key: str) -> HttpResponseBase:
    """Say whether the public may read an outlet's texts whole."""
    row = _row(key)
    if request.method != "POST" or row.kind != "outlet":
        raise Http404(f"{key}: is no outlet")
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, "Not changed: say why the outlet allows it or does not.")
        return redirect("staff-source", key)
    whole = request.POST.get("whole_text") == "yes"
    given = {"whole_text": whole, "user": request.user.get_username(), "reason": reason}
    OutletSetting.objects.update_or_create(outlet=row, defaults=given)
    shown = "whole" if whole else "by the sentences that were coded"
    messages.success(request, f"The public reads articles of {row.name} {shown}.")
    return redirect("staff-source", key)


def _row(key: str) -> Source:
    row = Source.objects.filter(key=key).first()
    if row is None:
        raise Http404(f"{key}: no such source in the record")
    return row
