"""Figures as rows of a chart: their range, whose they are, and the words that a reader sees over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportedly.account import words
from reportedly.events.findings import Position, Support, Toll
from reportedly.record.queries.figures import Point

#: Speakers that are named at a row, at most.
NAMED = 2
Row = dict[str, Any]


def tolls(tolls: Sequence[Toll], positions: Sequence[Position]) -> list[tuple[str, Row]]:
    """A chart of each measure: a row for each figure that reports of an event give, and, where all count one thing, the
    band of its range."""
    by_measure: dict[str, list[Toll]] = {}
    for toll in tolls:
        by_measure.setdefault(toll.measure, []).append(toll)
    return [
        (measure, {"band": _band(same), "rows": [row for toll in same for row in _rows(toll, positions)]})
        for measure, same in by_measure.items()
    ]


def _band(same: Sequence[Toll]) -> Row | None:
    toll = same[0]
    return None if len(same) > 1 or (toll.low, toll.high) == (None, None) else {"low": toll.low, "high": toll.high}


def _rows(toll: Toll, positions: Sequence[Position]) -> list[Row]:
    keys = {*toll.statements, *toll.outside}
    of_toll = [one for one in positions if any(support.statement in keys for support in one.supporters)]
    return [_position(one, set(toll.outside), toll.of) for one in of_toll if _bounded(one)]


def _bounded(position: Position) -> bool:
    return position.value.get("low") is not None or position.value.get("high") is not None


def _position(position: Position, outside: set[str], of: str | None) -> Row:
    party = all(support.statement in outside for support in position.supporters)
    kind = "party" if party else "contradicts" if position.stance == "contradicts" else ""
    return {
        "low": position.value.get("low"),
        "high": position.value.get("high"),
        "label": ": ".join(filter(None, (of, named(position.supporters)))),
        "kind": kind,
        "title": f"{position.label}\n{named(position.supporters)}\n{position.stance}",
    }


def named(supporters: Sequence[Support]) -> str:
    """Who says it, in a few words: "Khaled", "rescuers, Kestrel News and 2 more"."""
    names = list(
        dict.fromkeys(one.speakers[0] if one.speakers else one.outlet or "an unnamed outlet" for one in supporters)
    )
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def series(points: Sequence[Point]) -> list[Row]:
    """The points of a series; a point without a day of its own stands at the day of its report."""
    return [_point(point) for point in points]


def _point(point: Point) -> Row:
    day = point.first or point.last
    shown = day.isoformat() if day else (point.evidence.published or "")[:10]
    kind = "party" if point.evidence.party else "forecast" if point.evidence.certainty == "forecast" else ""
    return {
        "day": shown,
        "low": point.low,
        "high": point.high,
        "kind": kind,
        "title": f"{point.evidence.text}\n{point.evidence.says}\n{words.day(shown)}{'' if day else ' (day of the report)'}",
    }
