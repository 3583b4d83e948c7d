"""What stands before the API: who asks too often, what is as it was, and that other sites' scripts may read.

An ETag is the state of the record: the last coding and the last decision, without which nothing in it changes, asked
for in two look-ups of an index. A conditional request of a record that is as it was costs no more than these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

import reportedly
from reportedly.errors import RecordError
from reportedly.pages import limits
from reportedly.pages.api import problems
from reportedly.record import setup
from reportedly.record.models import Coding, Decision

ROOT = "/api/v1/"
READING = ("GET", "HEAD", "OPTIONS")
#: Seconds for which a browser need not ask whether another site may read.
PREFLIGHT = 86_400
Response = Callable[[HttpRequest], HttpResponseBase]


class Guard:
    """Middleware of the API; pages go by."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request of the API."""
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        response = self._answer(request)
        response["X-Robots-Tag"] = "noindex"
        if request.method in READING:
            _open(response)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        wait = limits.wait(request, "api")
        if wait:
            return problems.too_many(problems.TooMany(wait))
        if request.method == "OPTIONS":
            return HttpResponse(status=204)
        if request.method in ("GET", "HEAD"):
            return self._read(request)
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        return _told(response)

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        try:
            tag = state(request.get_full_path())
        except RecordError as error:
            return problems.unread(error)
        if _same(request.headers.get("If-None-Match", ""), tag):
            response: HttpResponseBase = HttpResponseNotModified()
        else:
            response = self._got(request)
        if response.status_code in (200, 304):
            response["ETag"], response["Cache-Control"] = tag, "no-cache"
        return response

    def _got(self, request: HttpRequest) -> HttpResponseBase:
        """A HEAD is answered as a GET; the server leaves its body out."""
        asked, request.method = request.method, "GET"
        response = self.get_response(request)
        request.method = asked
        return _told(response)


def state(address: str) -> str:
    """The ETag of what an address gives now.

    Raises:
        RecordError: the record cannot be read.
    """
    with setup.told():
        coding = Coding.objects.aggregate(last=Max("pk"))["last"]
        decision = Decision.objects.aggregate(last=Max("pk"))["last"]
    found = "\n".join(map(str, (reportedly.__version__, coding, decision, address)))
    return f'W/"{hashlib.sha256(found.encode("utf-8", "surrogateescape")).hexdigest()[:32]}"'


def _same(given: str, tag: str) -> bool:
    wanted = tag.removeprefix("W/")
    return any(one == "*" or one.removeprefix("W/") == wanted for one in parse_etags(given))


def _told(response: HttpResponseBase) -> HttpResponseBase:
    """Errors that Django answers with a page, as a problem."""
    plain = not response.get("Content-Type", "").startswith(("application/json", problems.MEDIA_TYPE))
    if response.status_code >= 400 and plain:
        words = {404: "there is no such address", 405: "the method is not one of this address"}
        allow = response.get("Allow")
        response = problems.problem(response.status_code, words.get(response.status_code, "the request cannot be used"))
        if allow:
            response["Allow"] = allow
    return response


def _open(response: HttpResponseBase) -> None:
    """Scripts of any site may read: what is here is public, and no cookie counts."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response["Access-Control-Allow-Methods"] = ", ".join(READING)
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = str(PREFLIGHT)
