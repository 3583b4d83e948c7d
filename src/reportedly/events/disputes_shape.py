"""What all disagreements have in common: place and days of their statements, and positions without a matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from reportedly.events.findings import Disagreement, Origin, Position, Stance
from reportedly.events.positions_support import Origins, day, order, support
from reportedly.events.reports import Days, Location, Statement

Kind = Literal["event", "figure", "control", "article"]


def shaped(kind: Kind, about: str, listed: Sequence[Position], statements: Iterable[Statement]) -> Disagreement:
    """A disagreement with the place that most of its statements give, and the days that they give."""
    ordered = sorted(statements, key=order)
    places = [place for one in ordered if isinstance(place := getattr(one, "place", None), Location)]
    days = [found for one in ordered if isinstance(found := getattr(one, "days", None), Days)]
    given = sorted(d for item in days for d in (item.first, item.last) if d) or sorted(filter(None, map(day, ordered)))
    return Disagreement(
        kind=kind,
        about=about,
        positions=tuple(listed),
        place=max(places, key=places.count) if places else None,
        first=given[0][:10] if given else None,
        last=given[-1][:10] if given else None,
    )


def position(
    label: str, stance: Stance, statements: Iterable[Statement], origins: Sequence[Origin], because: str = ""
) -> Position:
    """A position that is what statements say, in words."""
    ordered = sorted({one.key: one for one in statements}.values(), key=order)
    return Position(
        aspect="statement",
        value={"text": label},
        label=label,
        stance=stance,
        supporters=tuple(support(one) for one in ordered),
        origins=len(Origins(origins).sources(ordered)),
        because=because,
    )
