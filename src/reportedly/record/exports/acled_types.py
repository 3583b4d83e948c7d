"""PLOVER's types and modes in ACLED's hierarchy of event and sub-event types (`exports_acled_types.tsv`)."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from reportedly import lexicons
from reportedly.record.exports import people
from reportedly.record.exports.shapes import EventRecord

#: ACLED's inter codes of those who riot and protest.
DEMONSTRATORS = {"Riots": 5, "Protests": 6}
ANY = "*"
GRENADE, LAUNCHED = "grenade", ("launch", "rocket")
ORGANISED = {"state", "armed"}


class Kind(Struct, frozen=True):
    """An event of ACLED's: its type, sub-type and disorder type; None where the reports do not say enough."""

    event: str | None = None
    sub_event: str | None = None
    disorder: str | None = None

    @property
    def demonstrators(self) -> int | None:
        """The inter code that the type itself gives its actor."""
        return DEMONSTRATORS.get(self.event or "")


NOTHING = Kind()


def of(record: EventRecord) -> Kind | None:
    """The event's place in ACLED's hierarchy; None if it has none."""
    for row in lexicons.rows("exports_acled_types.tsv"):
        if row["type"] == record.type and row["mode"] in (ANY, record.mode or "") and _holds(row["when"], record):
            event, sub_event = row["event_type"] or None, row["sub_event_type"] or None
            return Kind(event, sub_event, disorder(event, sub_event))
    return None


def disorder(event: str | None, sub_event: str | None) -> str | None:
    """The disorder type; of an event without a sub-type only if all its sub-types have the same."""
    if event is None:
        return None
    if sub_event is not None:
        return _hierarchy()[event][sub_event]
    all_of = set(_hierarchy()[event].values())
    return all_of.pop() if len(all_of) == 1 else None


@lru_cache(maxsize=1)
def _hierarchy() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in lexicons.rows("exports_acled_hierarchy.tsv"):
        found.setdefault(row["event_type"], {})[row["sub_event_type"]] = row["disorder_type"]
    return found


def _holds(condition: str, record: EventRecord) -> bool:
    if not condition:
        return True
    if condition == GRENADE:
        return any(_hand_grenade(words) for report in record.reports for words in report.instrument)
    actors = people.sides(people.leading(record, "actor"))
    recipients = people.sides(people.leading(record, "recipient"))
    return {
        "civilians": "civilian" in recipients and not recipients & ORGANISED,
        "armed": bool(actors & ORGANISED and recipients & ORGANISED),
        "state": "state" in actors,
        "group": "armed" in actors and "state" not in actors,
    }[condition]


def _hand_grenade(words: str) -> bool:
    said = words.casefold()
    return GRENADE in said and not any(word in said for word in LAUNCHED)
