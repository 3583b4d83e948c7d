"""Who may write: a token stands for a user, whose role of today says what it may do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import HttpBearer

from reportedly.pages import roles
from reportedly.record import tokens


class Token(HttpBearer):
    """`Authorization: Bearer TOKEN`."""

    openapi_description = "made by `reportedly token USER`; kept hashed, shown once"

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The user that a token stands for; None if it is not valid, or the user may not sign in any more."""
        name = tokens.user(token)
        return User.objects.filter(username=name, is_active=True).first() if name else None


def allowed(request: HttpRequest, kind: str, needed: str = "") -> str:
    """The name of the user of a request, who may make a decision of this kind; `needed` is a role that this one
    decision needs in its place.

    Raises:
        PermissionDenied: the role does not allow it.
    """
    user: Any = request.auth  # type: ignore[attr-defined]
    needed = needed or roles.DECISIONS[kind]
    if not roles.at_least(user, needed):
        raise PermissionDenied(f"{kind}: needs the role {needed}; this token's user is {roles.role(user) or 'none'}")
    return str(user.username)
