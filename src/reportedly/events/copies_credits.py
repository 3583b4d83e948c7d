"""Agencies that an article credits for itself: in its dateline, in a byline of its own, or in a line at its end.

"BEIRUT (AP) — …", "Agencies", "Reuters contributed to this report". Only such places are read: an agency named in
the running text is a source like any other, and the coded attributions tell of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reportedly import lexicons
from reportedly.events.findings import Dependency

UNNAMED = "news agencies"
"""The name under which agencies are kept that an article credits without naming them."""

EDGE = 4
"""Lines at an article's beginning and end in which a credit may stand."""

LONGEST = 100
"""Characters of a line that is nothing but a credit, at most."""

_DATELINE = re.compile(r"^[^()\n]{0,60}\(([^()\n]{2,40})\)\s*[-–—:]{1,2}\s*")
_CLOSING = re.compile(r"[(\[—–]\s*([^()\[\]\n—–]{2,80}?)\s*[)\]]?\.?$")
_JOINTS = re.compile(r"\s*(?:,|/|&|;|\band\b|\bwith\b)\s*")


@lru_cache(maxsize=1)
def _marks() -> dict[str, str]:
    table = dict.fromkeys(lexicons.words("origins_agencies_unnamed.txt"), UNNAMED)
    table |= {mark.lower(): UNNAMED for mark in table} | {mark.upper(): UNNAMED for mark in table}
    for row in lexicons.rows("origins_agencies.tsv"):
        for mark in (row["name"], *row["marks"].split("|")):
            table[mark] = row["name"]
    return table


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    longest = sorted(lexicons.words("origins_credits.txt"), key=len, reverse=True)
    return re.compile(r"(?:^|\s)(?:" + "|".join(map(re.escape, longest)) + r")(?=\s|$|\.)", re.IGNORECASE)


def credited(text: str, publisher: str | None = None) -> tuple[str, ...]:
    """The outlets that an article credits for its text, by their usual names, in the order in which they stand.

    Args:
        text: the article's text.
        publisher: who published it; it does not rest on itself.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = dict.fromkeys(name for line in lines[:EDGE] for name in _opening(line))
    found |= dict.fromkeys(name for line in [*lines[:EDGE], *lines[-EDGE:]] for name in _line(line))
    found |= dict.fromkeys(name for line in lines[-EDGE:] for name in _ending(line))
    own = (publisher or "").casefold()
    return tuple(name for name in found if name.casefold() != own and _marks().get(publisher or "") != name)


def _opening(line: str) -> tuple[str, ...]:
    match = _DATELINE.match(line)
    return _names(match.group(1)) if match else ()


def _ending(line: str) -> tuple[str, ...]:
    match = _CLOSING.search(line)
    return _names(match.group(1)) if match else ()


def _line(line: str) -> tuple[str, ...]:
    """The outlets of a line that holds nothing but them, other names and the words of a credit."""
    if len(line) > LONGEST:
        return ()
    bare, credits = _phrases().subn(" ", line.strip("()[].—–- \t"))
    return _names(bare.strip(" .:,"), all_known=credits == 0)


def _names(listed: str, all_known: bool = True) -> tuple[str, ...]:
    """The agencies of a list of names; none if `all_known` and one of them is no agency."""
    whole = _marks().get(listed)
    if whole:
        return (whole,)
    parts = [part.removeprefix("the ").strip() for part in _JOINTS.split(listed) if part.strip()]
    known = [_marks()[part] for part in parts if part in _marks()]
    return () if all_known and len(known) < len(parts) else tuple(dict.fromkeys(known))


def dependencies(article_id: str, text: str, publisher: str | None = None) -> tuple[Dependency, ...]:
    """An article's dependencies on the outlets that it credits for its text, to be given to `origins.of_event`."""
    return tuple(Dependency(article=article_id, on=name, kind="outlet") for name in credited(text, publisher))
