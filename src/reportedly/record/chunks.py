"""Many values in one condition: some databases take only so many parameters in a query (SQLite: 32,766)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
#: Values in one query.
LONGEST = 5000


def split(values: Iterable[T]) -> Iterator[list[T]]:
    """Values, each once, in lists of which each fits into one query."""
    listed = list(dict.fromkeys(values))
    for start in range(0, len(listed), LONGEST):
        yield listed[start : start + LONGEST]
