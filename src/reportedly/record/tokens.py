"""Tokens: made and shown once, kept hashed, checked, listed and revoked.

A token is 256 random bits, so that its plain SHA-256 cannot be guessed from; a slow hash is for passwords.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from reportedly.errors import RecordError
from reportedly.record.models import Token

PREFIX = "reportedly_"
#: That a token was used is noted once in this time.
NOTED = timedelta(minutes=5)


def make(user: str, note: str = "", days: int | None = None) -> str:
    """A new token of a user, good for some days or until it is revoked. It is nowhere else."""
    token = PREFIX + secrets.token_urlsafe(32)
    ends = timezone.now() + timedelta(days=days) if days is not None else None
    Token.objects.create(digest=_digest(token), user=user, note=note[:200], ends=ends)
    return token


def user(token: str) -> str | None:
    """The name of the user of a token; None if it is none, was revoked or has ended."""
    now = timezone.now()
    row = Token.objects.filter(Q(ends=None) | Q(ends__gt=now), digest=_digest(token)).first()
    if row is None:
        return None
    if row.used is None or now - row.used > NOTED:
        Token.objects.filter(pk=row.pk).update(used=now)
    return row.user


def of(user: str) -> QuerySet[Token]:
    """The tokens of a user, the latest first."""
    return Token.objects.filter(user=user).order_by("-pk")


def revoke(user: str, number: int) -> None:
    """Take a token back.

    Raises:
        RecordError: the user has no such token.
    """
    if not Token.objects.filter(pk=number, user=user).delete()[0]:
        raise RecordError(f"{number}: {user} has no such token")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
