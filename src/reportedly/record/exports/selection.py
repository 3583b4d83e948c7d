"""Which events go into an export: the filters of the queries, and whether people have confirmed them."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import QuerySet
from msgspec import Struct

from reportedly.record.models import Event
from reportedly.record.queries import matching
from reportedly.record.queries.filters import Filter

#: Events that are only background go out too; each format says what it does with them.
EVERYTHING = Filter(background=True)


class Selection(Struct, frozen=True):
    """Filters on events, all of which must hold. `confirmed` leaves only events that people have confirmed."""

    chosen: Filter = EVERYTHING
    confirmed: bool = False

    @property
    def everything(self) -> bool:
        """True if it lets everything through."""
        return self == Selection()

    def narrow(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """The events that the filters let through."""
        if self.chosen != EVERYTHING:
            rows = rows.filter(pk__in=matching.events(self.chosen).values("pk"))
        return rows.filter(judgement="confirmed") if self.confirmed else rows

    def told(self) -> dict[str, Any]:
        """The filters that filter something, for a manifest to keep."""
        plain, chosen = msgspec.to_builtins(EVERYTHING), msgspec.to_builtins(self.chosen)
        found = {name: value for name, value in chosen.items() if value != plain[name]}
        return found | ({"confirmed": True} if self.confirmed else {})
