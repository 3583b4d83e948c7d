"""The columns of deaths of UCDP's dataset: by side, and low, best and high.

Nothing is added up: UCDP's coders add deaths by side where they know that reports count different people, which a
program does not. `best` is the event's figure by the record's rule, the sides are those figures that name one.
"""

from __future__ import annotations

from reportedly.data import Participant
from reportedly.events import positions_things
from reportedly.events.findings import Toll
from reportedly.record.exports import wording
from reportedly.record.exports.shapes import EventRecord
from reportedly.record.exports.tables import Cell

#: The class of `events_counted.tsv` that UCDP counts as civilians.
CIVILIANS = "civilians"


def said(record: EventRecord) -> bool:
    """True if anybody gives a number of people killed above nothing."""
    if any(value for value in record.killed):
        return True
    known = wording.figures(record)
    keys = [key for toll in wording.killed(record) for key in (*toll.statements, *toll.outside)]
    return any((known[key].low or known[key].high or 0) > 0 for key in keys if key in known)


def columns(record: EventRecord, side_a: Participant | None, side_b: Participant | None) -> dict[str, Cell]:
    """Deaths by side and altogether; what nobody gives, or only a party to the conflict, is missing."""
    low, best, high = record.killed
    parts: dict[str, Cell] = {}
    for toll in wording.killed(record):
        if toll.best is not None and not toll.rule.startswith("new count"):
            parts.setdefault(_column(record, toll, side_a, side_b), toll.best)
    unknown = parts.pop("", None)
    if not parts and unknown is not None:
        parts["deaths_unknown"] = best if best is not None else unknown
    return {**parts, "best": best, "high": high, "low": low}


def _column(record: EventRecord, toll: Toll, side_a: Participant | None, side_b: Participant | None) -> str:
    """The column of those that a toll counts; "" where it does not say who they were."""
    known = wording.figures(record)
    figure = next((known[key] for key in toll.statements if key in known), None)
    if figure is None or toll.of is None:
        return ""
    thing = positions_things.of(figure)
    for side, column in ((side_a, "deaths_a"), (side_b, "deaths_b")):
        if side and side.id and thing.side == side.id:
            return column
    return "deaths_civilians" if thing.kind == CIVILIANS else ""
