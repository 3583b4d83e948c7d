"""A decision that is sent by a form: who may make it, whether somebody else decided meanwhile, and what follows.

The form carries the number of the last decision that it saw. If there is a later one, nothing is decided: the page is
shown again with what the others decided and with what was typed. The check and the decision are one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from msgspec import Struct

from reportedly.errors import DecisionError, ReportedlyError
from reportedly.pages import roles
from reportedly.record import decisions_making, decisions_standing, history, responses, setup
from reportedly.record.decisions_making import By
from reportedly.record.decisions_standing import Decided
from reportedly.record.models import Decision

Kind = str
Maker = Callable[[HttpRequest, str, By], list[Decided]]


class Change(Struct, frozen=True, kw_only=True):
    """What somebody decided meanwhile."""

    id: int
    user: str
    told: str
    reason: str
    made: str


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of a form: the decisions that were made, or what is in their way."""

    made: tuple[Decided, ...] = ()
    error: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def status(self) -> int:
        """As a status of HTTP: 409 where somebody else decided meanwhile."""
        return 409 if self.changes else 400 if self.error else 200


def about(kind: Kind, target: str) -> QuerySet[Decision]:
    """The decisions that change what a page of this target shows."""
    found = Q(target_kind=kind, target=target)
    if kind == "event":
        led = Q(target_kind="event", kind__in=("merge", "split"), value__into=target)
        found |= led | Q(target_kind="event", kind="undo", undoes__value__into=target)
    return Decision.objects.filter(found)


def last(kind: Kind, target: str) -> int:
    """The number of the last decision on a target; 0 for none."""
    return about(kind, target).aggregate(last=Max("pk"))["last"] or 0


def changes(kind: Kind, target: str, seen: int) -> tuple[Change, ...]:
    """What was decided on a target after a decision that was seen."""
    rows = list(about(kind, target).filter(pk__gt=seen).order_by("pk"))
    return tuple(
        Change(id=one.id, user=one.user, told=history.told(one), reason=one.reason, made=one.made)
        for one in decisions_standing.all_of(rows)
    )


def number(given: str | None) -> int:
    """A number of a form; 0 for what is none."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 19 else 0


def decide(request: HttpRequest, kind: Kind, target: str, makers: Mapping[str, Maker]) -> Outcome:
    """Make what a form asks for, unless somebody else decided since it was opened.

    Raises:
        PermissionDenied: the user's role may not decide so.
    """
    action = request.POST.get("action", "")
    if action not in makers:
        return Outcome(error="Say what to decide: use one of the buttons.")
    if not roles.at_least(request.user, roles.DECISIONS[action]):
        raise PermissionDenied(f"{action} needs the role {roles.DECISIONS[action]}")
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return Outcome(error="Reason: a decision has one. What you typed is still here.")
    try:
        return _together(request, kind, target, makers[action], By(request.user.get_username(), reason))
    except DecisionError as error:
        return Outcome(error=str(error))


def _together(request: HttpRequest, kind: Kind, target: str, maker: Maker, by: By) -> Outcome:
    with transaction.atomic():
        setup.lock()
        meanwhile = changes(kind, target, number(request.POST.get("seen")))
        if meanwhile:
            return Outcome(changes=meanwhile)
        made = maker(request, target, by)
        _answer(request, made)
    return Outcome(made=tuple(made))


def _answer(request: HttpRequest, made: list[Decided]) -> None:
    """A response that a decision follows from is accepted with it."""
    response = number(request.POST.get("response"))
    if not response or not made:
        return
    if not roles.at_least(request.user, "editor"):
        raise PermissionDenied("accepting a response needs the role editor")
    try:
        responses.accept(response, made[-1].id, request.user.get_username())
    except ReportedlyError as error:
        raise DecisionError(str(error)) from None


# ---- what a form can ask for


def confirm(request: HttpRequest, target: str, by: By) -> list[Decided]:
    """Vouch for it."""
    return [decisions_making.confirm(target, by)]


def reject(request: HttpRequest, target: str, by: By) -> list[Decided]:
    """It is none."""
    return [decisions_making.reject(target, by)]


def merge(request: HttpRequest, target: str, by: By) -> list[Decided]:
    """Other events are this one: those that are ticked, and those whose ids are typed."""
    typed = request.POST.get("other", "").replace(",", " ").split()
    return decisions_making.merge(target, [*request.POST.getlist("others"), *map(_bare, typed)], by)


def _bare(written: str) -> str:
    """An event's id; of its address, what stands at the end."""
    return written.rstrip("/").rpartition("/")[2]


def split(request: HttpRequest, target: str, by: By) -> list[Decided]:
    """The ticked statements are of another event."""
    return [decisions_making.split(target, request.POST.getlist("statements"), by)]


def grade(request: HttpRequest, target: str, by: By) -> list[Decided]:
    """Grades, of one or two scales."""
    given = [one for one in request.POST.getlist("grade") if one]
    if not given:
        raise DecisionError("grade: choose one")
    return [decisions_making.grade(target, one, by) for one in given]


def undo(request: HttpRequest, target: str, by: By) -> list[Decided]:
    """Take a decision back, if the user's role could have made it.

    Raises:
        PermissionDenied: it could not.
    """
    wanted = number(request.POST.get("decision"))
    needed = roles.of_undoing(wanted)
    if not roles.at_least(request.user, needed):
        raise PermissionDenied(f"undoing it needs the role {needed}")
    return [decisions_making.undo(wanted, by)]
