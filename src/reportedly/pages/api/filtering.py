"""The parameters of the lists: the filters of the pages under the same names, and the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict, Field, field_validator

from reportedly import lexicons
from reportedly.errors import QueryError
from reportedly.pages.views import citing
from reportedly.record.queries import filters
from reportedly.record.queries.filters import MEASURES, Filter

#: Rows of a page if nobody says how many and at most, and how far a list can be paged through.
ROWS, MOST, FARTHEST = 50, 200, 20_000
LONGEST = 300

# What the description of the API says of values beside their type; `filters.read` checks them, in words of its own.
_NUMBER = r"-?\d{1,3}(\.\d{1,6})?"
_DAY: Any = {"pattern": r"^([12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?)?)?$", "examples": ["2019-03"]}
_BOX: Any = {"pattern": rf"^({_NUMBER}(,{_NUMBER}){{3}})?$", "examples": ["38.5,33.5,42.5,37.5"]}
_NEAR: Any = {"pattern": rf"^({_NUMBER},{_NUMBER})?$", "examples": ["34.45,40.95"]}
TEXT: Any = {"pattern": r"^[^\x00-\x1f\x7f-\x9f]*$", "maxLength": LONGEST}
_TYPE: Any = {"enum": ["", *lexicons.tree("events_types.json"), None]}
_MEASURE: Any = {"enum": ["", *MEASURES, None]}


def plain(value: str) -> str:
    """A value without control characters, of which a database takes some for its own.

    Raises:
        QueryError: it has one, or is too long.
    """
    if len(value) > LONGEST or any(unicodedata.category(one) in ("Cc", "Cs") for one in value):
        raise QueryError(f"{value[:20]!a}…: too long, or has control characters")
    return value


class Checked(Schema):
    """Parameters without control characters; those of other names are passed over."""

    model_config = ConfigDict(extra="ignore")

    @field_validator("*", mode="before")
    @classmethod
    def plain_only(cls, value: Any) -> Any:
        """Refuse control characters."""
        try:
            return plain(value) if isinstance(value, str) else value
        except QueryError as error:
            raise ValueError(str(error)) from None


class Paging(Checked):
    """Which rows of a list."""

    limit: int = Field(ROWS, ge=1, le=MOST, description="rows of a page")
    offset: int = Field(0, ge=0, le=FARTHEST, description="rows to pass over")


class Time(Checked):
    """Days and sources."""

    since: str | None = Field(
        None, description="from this day, month or year on (YYYY-MM-DD, YYYY-MM or YYYY)", json_schema_extra=_DAY
    )
    until: str | None = Field(None, description="up to this day, month or year", json_schema_extra=_DAY)
    source: str | None = Field(None, description="an outlet or a speaker, by name or id", json_schema_extra=TEXT)


class Matter(Time):
    """The filters of the record's lists; all that are given must hold."""

    place: str | None = Field(None, description="a place or a country, by name or id", json_schema_extra=TEXT)
    box: str | None = Field(None, description="a box, W,S,E,N in degrees", json_schema_extra=_BOX)
    near: str | None = Field(None, description="around a point, LAT,LON in degrees", json_schema_extra=_NEAR)
    radius: float | None = Field(None, gt=0, le=20_000, description="how far around, in kilometres; 10 if not given")
    actor: str | None = Field(None, description="an actor, by name, alias or id", json_schema_extra=TEXT)
    type: str | None = Field(None, description="a PLOVER event type", json_schema_extra=_TYPE)
    measure: str | None = Field(None, description="what is measured: killed, displaced …", json_schema_extra=_MEASURE)
    search: str | None = Field(
        None, description='words that must all be there; "in quotes" side by side', json_schema_extra=TEXT
    )


class Days(Time, Paging):
    """The filters of a search."""


class Words(Days):
    """The filters of articles."""

    search: str | None = Field(
        None, description='words that must all be there; "in quotes" side by side', json_schema_extra=TEXT
    )


class Narrowing(Matter, Paging):
    """The filters of everything else."""


def chosen(given: Paging, **more: Any) -> Filter:
    """The filter of a request; one row more than the page holds tells whether there is a next.

    Raises:
        QueryError: a value cannot be used.
    """
    return filters.read(**{**fields(given), "limit": given.limit + 1}, **more)


def fields(given: Checked) -> dict[str, Any]:
    """The parameters that have a value."""
    return {name: value for name, value in given.model_dump().items() if value not in (None, "")}


def page(request: HttpRequest, given: Paging, query: Callable[[Filter], Sequence[Any]], **more: Any) -> dict[str, Any]:
    """One page of a list, with the addresses of the pages beside it."""
    found = query(chosen(given, **more))
    rest = len(found) > given.limit and given.offset + given.limit <= FARTHEST
    return {
        "items": tuple(found[: given.limit]),
        "limit": given.limit,
        "offset": given.offset,
        "next": _address(request, given.offset + given.limit) if rest else None,
        "previous": _address(request, max(0, given.offset - given.limit)) if given.offset else None,
    }


def _address(request: HttpRequest, offset: int) -> str:
    kept = [(name, value) for name, value in request.GET.items() if name != "offset"]
    query = urlencode([*kept, ("offset", offset)])
    return citing.absolute(request, f"{request.path}?{query}")
