"""Blocking: which mentions are compared at all.

A report is found again on three ways, however it is told:
  story   its article shares rare terms with the other article, and the two are among the nearest by these
  where   event type, window of days and place cell are the same
  who     event type, window of days and an actor or recipient are the same

Windows are of days and of degrees; what lies near a border has the keys of both sides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from reportedly.events import linking_story
from reportedly.events.mentions import LinkMention

#: Days of a time window, days before publication in which an undated event is looked for, degrees of a cell.
WINDOW, BEFORE, CELL = 14, 10, 1.0
#: Places less exact than this, in kilometres, are no place to look in.
VAGUE = 100.0
#: Rarest terms of an article by which its story is looked up.
TERMS = 10


def keys(mention: LinkMention) -> list[str]:
    """The where and who keys of a mention, without repeats; none for one without type or days."""
    return list(dict.fromkeys([*_where(mention), *_who(mention)]))


def story(mention: LinkMention) -> list[int]:
    """The rarest terms of a mention's article, as numbers of 32 bits: the same for all its mentions."""
    return [int(term) for term in linking_story.unpacked(mention.profile)["term"][:TERMS]]


def _where(mention: LinkMention) -> Iterator[str]:
    place = mention.place
    if mention.type is None or place is None or place.within > VAGUE:
        return
    for window in _windows(mention):
        for row in _near(place.latitude / CELL):
            for column in _near(place.longitude / CELL):
                yield f"w/{mention.type}/{window}/{row}/{column}"


def _near(value: float) -> tuple[int, ...]:
    """The cell of a value and, near its border, the next one: two values half a cell apart share one."""
    cell = math.floor(value)
    if value - cell < 0.25:
        return (cell, cell - 1)
    return (cell, cell + 1) if value - cell > 0.75 else (cell,)


def _who(mention: LinkMention) -> Iterator[str]:
    if mention.type is not None:
        for window in _windows(mention):
            for name in {*mention.actors, *mention.recipients}:
                yield f"a/{mention.type}/{window}/{name}"


def _windows(mention: LinkMention) -> list[int]:
    first, last = days(mention)
    if first is None or last is None or last - first > 2 * WINDOW:
        return []
    return sorted({(first - 1) // WINDOW, (last + 1) // WINDOW})


def days(mention: LinkMention) -> tuple[int | None, int | None]:
    """First and last day on which it can have been, as ordinals: what the article says, else the days before it
    was published. The day of the report is not that of the event."""
    if mention.first or mention.last:
        return ordinal(mention.first), ordinal(mention.last)
    published = ordinal(mention.published)
    return (None, None) if published is None else (published - BEFORE, published)


@lru_cache(maxsize=10_000)
def ordinal(day: str | None) -> int | None:
    """An ISO day as a number of days; None for none, or for a year that no calendar has."""
    if day is None:
        return None
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None
