"""Reports made up for tests, with only what a test is about filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportedly.data import Participant, Relation, Span
from reportedly.events.reports import (
    Contrast,
    ControlReport,
    Days,
    EventReport,
    FigureReport,
    Location,
    Said,
    Statement,
)


def said(name: str, actor: str | None = None, party: bool | None = None, speaker: bool = False) -> Said:
    """A source: a body, or a person if `speaker`."""
    named = name[:1].isupper()
    return Said(
        name=name,
        speaker=name if speaker and named else None,
        organisation=name if named and not speaker else None,
        actor=actor,
        party=party,
    )


def _shared(layer: str, article: str, start: int, given: dict[str, Any]) -> dict[str, Any]:
    by = tuple(given.pop("by", ()) or ())
    filled = {
        "key": f"{article}/{layer}/{start}-{given.get('end', start + 5)}",
        "article": article,
        "start": start,
        "end": start + 5,
        "text": "words",
        "quote": "A sentence of the article.",
        "sentence": Span(0, 26),
        "outlet": f"Outlet of {article}",
        "chain": by,
        "certainty": "reported" if by else "fact",
    }
    return filled | {
        key: value for key, value in given.items() if value is not None or key in ("published", "outlet", "certainty")
    }


def report(article: str, start: int = 0, **given: Any) -> EventReport:
    """A report of an event; `days` as a pair, `actor` as registry ids, `by` as the chain of sources."""
    days = given.pop("days", None)
    actors = tuple(Participant(start=0, end=1, text=item, name=item, id=item) for item in given.pop("actor", ()))
    figures = tuple(given.pop("figures", ()))
    filled = _shared("event", article, start, {"type": "ASSAULT", "text": "attacked", **given})
    return EventReport(
        **filled, days=Days(first=days[0], last=days[1]) if days else None, actor=actors, figures=figures
    )


def figure(article: str, low: float | None, high: float | None, start: int = 100, **given: Any) -> FigureReport:
    """A figure; of people killed if nothing else is given."""
    days = given.pop("days", None)
    text = f"{low} to {high}"
    filled = _shared(
        "figure", article, start, {"measure": "killed", "unit": "person", "of": "people", "text": text, **given}
    )
    return FigureReport(**filled, low=low, high=high, days=Days(first=days[0], last=days[1]) if days else None)


def side(article: str, start: int, text: str, by: Sequence[Said] = (), **given: Any) -> Statement:
    """One side of a contrast, or a denial."""
    return Statement(**_shared("side", article, start, {"by": by, "text": text, "end": start + len(text), **given}))


def denial(article: str, by: Sequence[Said], start: int = 200, **given: Any) -> Statement:
    """A denial."""
    return side(article, start, given.pop("text", "denied this"), by, **given)


def contrast(a: Statement, b: Statement, about: str | None = None, denial: Any = None) -> Contrast:
    """Two sides that an article sets against each other."""
    return Contrast(a=a, b=b, about=about, denial=denial)


def control(article: str, relation: Relation, actor: str, start: int = 300, **given: Any) -> ControlReport:
    """A statement on who holds Baghuz; `days` as a pair."""
    days = given.pop("days", None)
    filled = _shared("control", article, start, {"place_name": "Baghuz", "text": "took", **given})
    return ControlReport(
        **filled, relation=relation, actor=actor, days=Days(first=days[0], last=days[1]) if days else None
    )


def place(name: str, latitude: float, longitude: float, **given: Any) -> Location:
    """A place; a point in Syria if nothing else is given."""
    identity = round(abs(latitude) * 1000) * 1000 + round(abs(longitude) * 10)
    filled: dict[str, Any] = {"country": "SY", "precision": "point", "geonameid": identity}
    return Location(name=name, latitude=latitude, longitude=longitude, **(filled | given))
