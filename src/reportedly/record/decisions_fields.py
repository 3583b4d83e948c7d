"""The fields that people can correct, and how a corrected value goes into a statement.

People name fields as the docs do (`date`, `source`, `place`); a statement has its own (`days`, `chain`, `place` and
`place_name`). A decision keeps the people's field and a JSON value of the statement's type.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from reportedly.events.reports import ControlReport, EventReport, FigureReport, SaidReport, Statement

_EVENT = ("type", "mode", "actor", "recipient", "place", "date", "certainty", "polarity", "aside", "source")
_FIGURE = ("low", "high", "measure", "unit", "of", "actor", "approximate", "place", "date", "certainty", "source")
_CONTROL = ("relation", "actor", "place", "date", "certainty", "source")
#: The fields of each layer's statements, as people name them.
STATEMENT = {"event": _EVENT, "figure": _FIGURE, "control": _CONTROL, "said": ("source",)}
#: The fields of an event across articles.
EVENT = ("type", "mode", "place", "date", "certainty", "killed_low", "killed_best", "killed_high")
TYPES: dict[str, type[Statement]] = {
    "event": EventReport,
    "figure": FigureReport,
    "control": ControlReport,
    "said": SaidReport,
}
_NAMES = {"date": "days", "source": "chain"}
_HEDGED = ("possible", "forecast")

S = TypeVar("S", bound=Statement)


def changes(layer: str, field: str, value: Any) -> dict[str, Any]:
    """A corrected field as the fields of the statement that it sets, JSON values."""
    if layer == "control" and field == "actor":
        return {"actor": value and value["name"], "actor_id": value and value.get("id")}
    if layer == "control" and field == "place":
        return {"place": value, "place_name": value and value["name"]}
    if field == "certainty":
        return {"certainty": value, "hedged": value in _HEDGED}
    return {_NAMES.get(field, field): value if field != "source" else value or []}


def coded(report: Statement, layer: str) -> dict[str, Any]:
    """Every field of a statement that can be corrected, as it stands: what a confirmation vouches for."""
    found: dict[str, Any] = {}
    for field in STATEMENT[layer]:
        names = {"control": {"actor": ("actor", "actor_id"), "place": ("place", "place_name")}}.get(layer, {})
        for name in names.get(field, (_NAMES.get(field, field),)):
            found[name] = msgspec.to_builtins(getattr(report, name))
    return {**found, "hedged": report.hedged}


def replaced(report: S, values: Mapping[str, Any]) -> S:
    """The statement with other values, given as JSON, in some of its fields.

    Raises:
        msgspec.ValidationError: a value is not of the field's type.
    """
    types = _types(type(report))
    known = {name: msgspec.convert(value, types[name]) for name, value in values.items() if name in types}
    return msgspec.structs.replace(report, **known)


@cache
def _types(of: type[Statement]) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(of)}
