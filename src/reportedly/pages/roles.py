"""Who may do what: four roles, each of which may do what those before it may.

A reader reads articles whole; a coder confirms and corrects; an editor merges, splits, rejects, grades, moderates, adds
and says what an outlet allows; an administrator does everything, accounts included. The first three are groups of
Django's, the last is its superuser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from reportedly.record.models import Decision

#: From the one who may least to the one who may most.
ROLES = ("reader", "coder", "editor", "administrator")
#: The role that a kind of decision needs.
DECISIONS = {
    "confirm": "coder",
    "correct": "coder",
    "undo": "coder",
    "merge": "editor",
    "split": "editor",
    "reject": "editor",
    "grade": "editor",
}
View = Callable[..., HttpResponseBase]
Somebody = AbstractBaseUser | AnonymousUser


def role(user: Somebody) -> str:
    """The highest role of a user; "" for one who has none or is not signed in. One query a request."""
    known: str | None = getattr(user, "_role", None)
    if known is None:
        known = _role(user)
        user._role = known  # type: ignore[union-attr]
    return known


def _role(user: Somebody) -> str:
    if not isinstance(user, User) or not user.is_active:
        return ""
    if user.is_superuser:
        return ROLES[-1]
    mine = set(user.groups.values_list("name", flat=True))
    return next((name for name in reversed(ROLES[:-1]) if name in mine), "")


def at_least(user: Somebody, needed: str) -> bool:
    """True if a user's role is this one or a higher one."""
    has = role(user)
    return bool(has) and ROLES.index(has) >= ROLES.index(needed)


def of_undoing(number: int) -> str:
    """The role that taking a decision back needs: that of the decision itself, also through undone undoings."""
    row = Decision.objects.filter(pk=number).first()
    while row is not None and row.undoes is not None:
        row = row.undoes
    return DECISIONS[row.kind if row else "undo"]


def needs(needed: str) -> Callable[[View], View]:
    """A view for this role and higher ones: others sign in, or are told that it is not open to them. Nothing of it is
    kept by a cache."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not at_least(request.user, needed):
                raise PermissionDenied(f"needs the role {needed}")
            return view(request, *args, **kwargs)

        checked.role = needed  # type: ignore[attr-defined]
        return checked

    return decorate


def give(user: User, name: str) -> None:
    """Make this the one role of a user."""
    user.is_superuser = user.is_staff = name == ROLES[-1]
    user.save()
    user.groups.set(Group.objects.filter(name=name))
