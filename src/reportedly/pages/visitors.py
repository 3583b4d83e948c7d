"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The internet address of a visitor. Behind our web server (`site_secure`) it is the last that `X-Forwarded-For`
    names, which that server itself added; all before it anybody can write."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")) if settings.REPORTEDLY.site_secure else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
