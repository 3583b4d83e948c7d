"""How large a request may be, told before anything of it is read.

Django reads a form, files included, as soon as its token is asked for: before it is known who sends it. So only where
files are added, and only with a session, may a request be as large as a file.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

#: Bytes of any other request, and what a form adds to its file.
LARGEST = 1_000_000
FILES = "/staff/add"


class Bodies:
    """Middleware that refuses requests which are too large."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request, or say that it is too large."""
        given = request.META.get("CONTENT_LENGTH") or "0"
        size = int(given) if given.isascii() and given.isdigit() else LARGEST + 1
        if size <= _allowed(request):
            return self.get_response(request)
        return render(request, "413.html", status=413)


def _allowed(request: HttpRequest) -> int:
    staff = request.path_info == FILES and settings.SESSION_COOKIE_NAME in request.COOKIES
    return LARGEST + (int(settings.REPORTEDLY.max_download) if staff else 0)
