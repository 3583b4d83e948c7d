"""Tokens by which programs write in somebody's name."""

from __future__ import annotations

from django.db import models


class Token(models.Model):
    """A token of one user. Only its SHA-256 is kept: whoever reads the table cannot use it. `user` is the user's name,
    as in decisions; what the token may do is what the user's role allows when it is used."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.CharField(max_length=150, db_index=True)
    note = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField(auto_now_add=True)
    ends = models.DateTimeField(null=True, blank=True)
    used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"token {self.pk} of {self.user}"
