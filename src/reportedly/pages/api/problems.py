"""What goes wrong, as one line of JSON (RFC 9457): never a page, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http.client import responses
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from reportedly.errors import ComponentError, DecisionError, QueryError, RecordError
from reportedly.pages.api.shapes import Problem

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class NotThere(Exception):
    """The record has nothing of this name."""


class TooMany(Exception):
    """Somebody asks too often."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests from your address; go on in {seconds} seconds")
        self.seconds = seconds


def problem(status: int, detail: str) -> HttpResponse:
    """A response that says what is wrong."""
    content = Problem(title=responses[status], status=status, detail=" ".join(detail.split()))
    response = HttpResponse(msgspec.json.encode(content), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def too_many(error: TooMany) -> HttpResponse:
    """A response that says when to go on."""
    response = problem(429, str(error))
    response["Retry-After"] = str(error.seconds)
    return response


def unread(error: RecordError) -> HttpResponse:
    """A response that says that the record cannot be used now; where it is and why are for the log."""
    logger.error("%s", error)
    return problem(503, "the record cannot be read or written now")


def register(api: NinjaAPI) -> None:
    """Tell an API which error is which status."""
    told: dict[type[Exception], int] = {
        QueryError: 400,
        DecisionError: 409,
        ComponentError: 404,
        Http404: 404,
        NotThere: 404,
        PermissionDenied: 403,
    }
    for kind, status in told.items():
        api.add_exception_handler(kind, _told(status))
    api.add_exception_handler(TooMany, lambda request, error: too_many(error))  # type: ignore[arg-type]
    api.add_exception_handler(RecordError, lambda request, error: unread(error))  # type: ignore[arg-type]
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, lambda request, error: problem(_status(error), str(error)))


def _told(status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: problem(status, str(error))


def _status(error: Any) -> int:
    return int(error.status_code)


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(401, "give a token that is valid: Authorization: Bearer TOKEN")


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """The first thing that is wrong with the parameters or the body."""
    first = error.errors[0] if error.errors else {"loc": (), "msg": "cannot be read"}
    where = [str(part) for part in first["loc"][1:] if str(part) not in ("body", "given", "filters")]
    return problem(400, f"{'.'.join(where) or 'request'}: {first['msg']}")
