"""Writing: the decisions of people, with a token, under the same rules as in the pages and on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from pydantic import ConfigDict, field_validator

from reportedly.pages import roles
from reportedly.pages.api import describing, reading
from reportedly.pages.api.tokens import Token, allowed
from reportedly.record import decisions_making
from reportedly.record.decisions import Decided
from reportedly.record.decisions_making import LONGEST_REASON, By

router = Router(auth=Token())
#: Characters of an id, at most.
ID = 400
_SURROGATE = re.compile("[\ud800-\udfff]")


class Reasoned(Schema):
    """A reason, which every decision has."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=LONGEST_REASON, description="why")

    @field_validator("*", mode="after")
    @classmethod
    def storable(cls, value: str | list[str]) -> str | list[str]:
        """Refuse what a database cannot store."""
        if any("\x00" in one or _SURROGATE.search(one) for one in ([value] if isinstance(value, str) else value)):
            raise ValueError("has characters that cannot be stored")
        return value


class Judging(Reasoned):
    """A decision on one thing."""

    target: str = Field(min_length=1, max_length=ID, description="a statement's key or an event's id")


class Correcting(Judging):
    """A value that people set."""

    field: str = Field(max_length=40, description="the field, as the statement or event names it")
    value: str = Field(max_length=4000, description="the value as `reportedly decide correct` takes it; empty for none")


class Merging(Reasoned):
    """Events that are one."""

    keep: str = Field(min_length=1, max_length=ID, description="the event that stays")
    others: list[str] = Field(min_length=1, max_length=100, description="the events that are the same")


class Splitting(Reasoned):
    """Statements that are of another event."""

    event: str = Field(min_length=1, max_length=ID, description="the event that they are of now")
    statements: list[str] = Field(min_length=1, max_length=1000, description="their keys")


class Grading(Reasoned):
    """A grade of a source or an event."""

    target: str = Field(min_length=1, max_length=ID, description="a source's or an event's id")
    grade: str = Field(min_length=1, max_length=20, description="A to F for a source; 1 to 6 or Airwars' word")


def _made(decided: Sequence[Decided]) -> HttpResponse:
    return reading.given(tuple(decided), "Made", status=201)


@router.post("/confirm", **describing.write("Vouch for an event, or for a statement as it is coded now."))
def confirm(request: HttpRequest, given: Judging) -> HttpResponse:
    by = By(allowed(request, "confirm"), given.reason)
    return _made([decisions_making.confirm(given.target, by)])


@router.post("/reject", **describing.write("Reject an event that is none, or a statement that its text does not make."))
def reject(request: HttpRequest, given: Judging) -> HttpResponse:
    by = By(allowed(request, "reject"), given.reason)
    return _made([decisions_making.reject(given.target, by)])


@router.post("/correct", **describing.write("Set a field of an event or a statement."))
def correct(request: HttpRequest, given: Correcting) -> HttpResponse:
    by = By(allowed(request, "correct"), given.reason)
    return _made([decisions_making.correct(given.target, given.field, given.value, by)])


@router.post("/merge", **describing.write("Find that events are one."))
def merge(request: HttpRequest, given: Merging) -> HttpResponse:
    by = By(allowed(request, "merge"), given.reason)
    return _made(decisions_making.merge(given.keep, given.others, by))


@router.post("/split", **describing.write("Find that some statements of an event are of another one."))
def split(request: HttpRequest, given: Splitting) -> HttpResponse:
    by = By(allowed(request, "split"), given.reason)
    return _made([decisions_making.split(given.event, given.statements, by)])


@router.post("/grade", **describing.write("Grade a source or an event."))
def grade(request: HttpRequest, given: Grading) -> HttpResponse:
    by = By(allowed(request, "grade"), given.reason)
    return _made([decisions_making.grade(given.target, given.grade, by)])


@router.post("/{int:number}/undo", **describing.write("Take a decision back; it stays in the history."))
def undo(request: HttpRequest, number: int, given: Reasoned) -> HttpResponse:
    by = By(allowed(request, "undo", roles.of_undoing(number)), given.reason)
    return _made([decisions_making.undo(number, by)])
