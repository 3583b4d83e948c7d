"""Queries whose SQL is worked out once and that are asked many times, with other values.

Django writes the SQL of a query anew each time it is asked, which takes several times as long as the database needs to
look up a few rows by an index. A `Prepared` query is written once for each connection; then only its values are put in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db import connection, connections
from django.db.models import QuerySet

#: How many values of a list a query is written for: the next of these, the last value repeated. With more of them it is
#: asked as it is.
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096)
#: What stands for a value while a query is written: nothing that a record holds.
_WORD, _NUMBER = "\u241fvalue ", -7_450_000_000
Value = str | int | Collection[str] | Collection[int]
Row = tuple[Any, ...]


class Prepared:
    """A query with values to be put in.

    Args:
        build: gives a query set of tuples (`values_list`, not flat) for some values: a word, a number, or a list of
            either (for `__in`). It must use each value as it is given, and do the same with every value.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build

    def __call__(self, *values: Value) -> list[Row]:
        """The rows for these values: one query; none where a list is empty."""
        given = [one if isinstance(one, str | int) else list(one) for one in values]
        if [] in given:
            return []
        if any(isinstance(one, list) and len(one) > SIZES[-1] for one in given):
            return list(self.build(*given))
        filled = [_padded(one) if isinstance(one, list) else one for one in given]
        return self._written(filled).rows(_flat(filled))

    def _written(self, values: Sequence[Any]) -> _Written:
        """The query for so many values of these kinds, as it is written for the connection of this thread."""
        kept: dict[Any, _Written] = connections[connection.alias].__dict__.setdefault("reportedly_prepared", {})
        key = (self, *((len(one), type(one[0])) if isinstance(one, list) else type(one) for one in values))
        if key not in kept:
            kept[key] = _Written(self.build, values)
        return kept[key]


class _Written:
    """A query as it is written for one connection: the SQL, where which value goes, and how rows are read."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], values: Sequence[Any]) -> None:
        marked, marks = _marked(values)
        compiler = build(*marked).query.get_compiler(using=connection.alias)
        self.sql, parameters = compiler.as_sql()
        self.parameters = list(parameters)
        self.places = _places(self.parameters, marks)
        if not all(self.places):
            raise TypeError("a prepared query has to use each of its values as it is")
        self.converters = compiler.get_converters([column for column, _, _ in compiler.select])
        self.compiler = compiler

    def rows(self, values: Sequence[Any]) -> list[Row]:
        """The rows for these values."""
        parameters = list(self.parameters)
        for places, value in zip(self.places, values, strict=True):
            for at in places:
                parameters[at] = value
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        return list(map(tuple, self.compiler.apply_converters(found, self.converters))) if self.converters else found


def _places(parameters: Sequence[Any], marks: Sequence[Any]) -> list[list[int]]:
    """Where each mark stands among the parameters."""
    found: dict[Any, list[int]] = {mark: [] for mark in marks}
    for at, one in enumerate(parameters):
        if isinstance(one, str | int) and one in found:
            found[one].append(at)
    return [found[mark] for mark in marks]


def _padded(values: list[Any]) -> list[Any]:
    size = next(size for size in SIZES if size >= len(values))
    return values + values[-1:] * (size - len(values))


def _flat(values: Sequence[Any]) -> list[Any]:
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _marked(values: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """The values with a mark instead of each, and the marks in their order."""
    flat = _flat(values)
    marks = [f"{_WORD}{at}" if isinstance(one, str) else _NUMBER - at for at, one in enumerate(flat)]
    left = iter(marks)
    return [[next(left) for _ in one] if isinstance(one, list) else next(left) for one in values], marks
