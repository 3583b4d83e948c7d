"""How often one visitor may ask for what costs most: the API, searches, exports.

Counted by minute in the cache of the process: with several processes each counts for itself, and a web server in
front can set a limit for all (docs/deploying.md). Visitors from this machine itself are not counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from reportedly.pages import visitors

MINUTE = 60
#: Beginnings of the addresses of pages that are counted together.
COUNTED = ("/search",)
OWN = ("127.0.0.1", "::1", "")


def rate_of_setting() -> int:
    """Requests a minute that one visitor may make."""
    found: int = settings.REPORTEDLY.rate
    return found


def clock() -> float:
    """Seconds since the epoch."""
    return time.time()


def wait(request: HttpRequest, what: str, rate: int | None = None) -> int:
    """How many seconds a visitor has to wait; 0 if there is no need.

    Args:
        what: what is counted together.
        rate: requests a minute; None is the setting's, 0 any number.
    """
    most = rate_of_setting() if rate is None else rate
    address = visitors.address(request)
    if not most or address in OWN:
        return 0
    now = clock()
    key = f"rate:{what}:{address}:{int(now // MINUTE)}".replace(" ", "")[:200]
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # it was thrown out of a full cache meanwhile
        return 0
    return int(MINUTE - now % MINUTE) + 1 if count > most else 0


class Limits:
    """Middleware that turns away who searches too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request, or say when to come again."""
        if not request.path_info.startswith(COUNTED):
            return self.get_response(request)
        seconds = wait(request, "search")
        if not seconds:
            return self.get_response(request)
        response = render(request, "429.html", {"seconds": seconds}, status=429)
        response["Retry-After"] = str(seconds)
        return response
