"""One disagreement of what was found in several places: in copies of one text, or as an event and in an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from reportedly.data import Span
from reportedly.events.findings import Disagreement, Position, Support

_KEY = re.compile(r"(?P<article>.*)/(?P<layer>[a-z]+)/(?P<start>\d+)-(?P<end>\d+)(?:~\d+)?$")


def merged(found: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    """Disagreements without repetitions, in an order that is not that of the input.

    What was found in an article is left out where an event, figures or control hold both sides of it against each
    other too; what it has beyond that is kept with it. The same words in copies are one, with all outlets behind it.
    """
    listed = sorted(found, key=_order)
    kept = list(_once([item for item in listed if item.kind != "article"]))
    for item in _once([item for item in listed if item.kind == "article"]):
        at = next((number for number, other in enumerate(kept) if _covers(other, item)), None)
        if at is None:
            kept.append(item)
        else:
            kept[at] = _with_the_rest(kept[at], item)
    return tuple(sorted(kept, key=_order))


def _order(item: Disagreement) -> tuple[str, str, str, tuple[str, ...]]:
    return item.first or "", item.kind, item.about, item.statements


def _once(listed: Sequence[Disagreement]) -> Iterator[Disagreement]:
    """Those that say the same by the same speakers as one, and none that only has a part of another's statements."""
    same: dict[object, Disagreement] = {}
    for item in listed:
        key = _identity(item)
        same[key] = _together(same[key], item) if key in same else item
    items = list(same.values())
    for number, item in enumerate(items):
        larger = (o for n, o in enumerate(items) if n != number and set(item.statements) <= set(o.statements))
        if not any(len(o.statements) > len(item.statements) or items.index(o) < number for o in larger):
            yield item


def _identity(item: Disagreement) -> object:
    return frozenset(_said(position) for position in item.positions)


def _said(position: Position) -> tuple[str, frozenset[tuple[str, ...]]]:
    return position.label.casefold(), frozenset(support.speakers for support in position.supporters)


def _together(one: Disagreement, two: Disagreement) -> Disagreement:
    """Two of the same positions as one. The same words are one origin, however often they are printed."""
    others = {_said(position): position for position in two.positions}
    positions = []
    for position in one.positions:
        other = others[_said(position)]
        supporters = {support.statement: support for support in (*position.supporters, *other.supporters)}
        ordered = sorted(supporters.values(), key=lambda s: (not s.published, s.published or "", s.statement))
        positions.append(
            structs.replace(position, supporters=tuple(ordered), origins=max(position.origins, other.origins))
        )
    days = sorted(day for day in (one.first, one.last, two.first, two.last) if day)
    first, last = (days[0], days[-1]) if days else (None, None)
    return structs.replace(one, positions=tuple(positions), place=one.place or two.place, first=first, last=last)


def _covers(other: Disagreement, item: Disagreement) -> bool:
    """True if two sides of a contrast are in two positions of another disagreement."""
    touched = [_touched(other, position) for position in item.positions]
    return any(a and b and len(a | b) > 1 for n, a in enumerate(touched) for b in touched[n + 1 :])


def _touched(other: Disagreement, side: Position) -> set[int]:
    return {
        number
        for number, position in enumerate(other.positions)
        if any(_inside(support, one) for support in position.supporters for one in side.supporters)
    }


def _inside(support: Support, side: Support) -> bool:
    """True if a statement is a side of a contrast, or in it."""
    (article, span), (other, whole) = _place(support.statement), _place(side.statement)
    return article == other and whole.covers(span)


def _place(key: str) -> tuple[str, Span]:
    """Article and span of a statement, from its key."""
    found = _KEY.match(key)
    return (found["article"], Span(int(found["start"]), int(found["end"]))) if found else (key, Span(0, 0))


def _with_the_rest(kept: Disagreement, item: Disagreement) -> Disagreement:
    """A disagreement with those sides of a contrast that it has not got."""
    more = [structs.replace(side, stance="beside") for side in item.positions if not _touched(kept, side)]
    return structs.replace(kept, positions=(*kept.positions, *more))
