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

LONGEST = 80
"""Characters of a line of names alone, at most."""

CREDITS = 240
"""Characters of a line that says that others contributed, at most."""

_DATELINE = re.compile(r"^[^()\n]{0,60}\(([^()\n]{2,40})\)\s*[-–—:]{1,2}\s*")
_CLOSING = re.compile(r"[(\[—–]\s*([^()\[\]\n—–]{2,80}?)\s*[)\]]?\.?$")
_TIMED = re.compile(r"^([^\d|·•:–—-]{2,40}?)[\s,|·•:–—-]+(?:\w+[\s.,]+){0,3}?(?:(?:19|20)\d\d\b|\d?\d[:.]\s?\d\d\b)")
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
    """The words of a credit; one that is a single word ("by", "from") only where a line begins or ends with it."""
    longest = sorted(lexicons.words("origins_credits.txt"), key=len, reverse=True)
    anywhere, outside = (
        "|".join(map(re.escape, (phrase for phrase in longest if (" " in phrase) == several)))
        for several in (True, False)
    )
    return re.compile(
        rf"(?:^|(?<=[\s.]))(?:{anywhere})(?=\s|$|\.)|^(?:{outside})(?=\s)|\s(?:{outside})$", re.IGNORECASE
    )


def credited(text: str, publisher: str | None = None) -> tuple[str, ...]:
    """The outlets that an article credits for its text, by their usual names, in the order in which they stand.

    Args:
        text: the article's text.
        publisher: who published it; it does not rest on itself.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = dict.fromkeys(name for line in lines[:EDGE] for name in _opening(line))
    found |= dict.fromkeys(name for line in [*lines[:EDGE], *lines[-EDGE:]] for name in (*_line(line), *_dated(line)))
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
    bare, credits = _phrases().subn(" ", line.strip("()[].—–- \t"))
    if len(line) > (CREDITS if credits else LONGEST):
        return ()
    return _names(" ".join(re.sub(r"\d+", " ", bare).strip(" .:,").split()), all_known=credits == 0)


def _dated(line: str) -> tuple[str, ...]:
    """The agencies of a line that gives them and the time ("Reuters | 18 September 2013, 02:16")."""
    match = _TIMED.match(line) if len(line) <= LONGEST // 2 else None
    return _names(match.group(1).strip()) if match else ()


def _names(listed: str, all_known: bool = True) -> tuple[str, ...]:
    """The agencies of a list of names. If `all_known`, none where another name is among them, but "Jane Doe in
    Beirut and agencies" credits agencies."""
    whole = _marks().get(listed)
    if whole:
        return (whole,)
    parts = [part.removeprefix("the ").strip() for part in _JOINTS.split(listed) if part.strip()]
    known = [_marks()[part] for part in parts if part in _marks()]
    if all_known and len(known) < len(parts):
        return (UNNAMED,) if UNNAMED in known else ()
    if not all_known:
        known += [name for part in parts for mark, name in _marks().items() if part.startswith(f"{mark} ")]
    return tuple(dict.fromkeys(known))


def dependencies(article_id: str, text: str, publisher: str | None = None) -> tuple[Dependency, ...]:
    """An article's dependencies on the outlets that it credits for its text, to be given to `origins.of_event`."""
    return tuple(Dependency(article=article_id, on=name, kind="outlet") for name in credited(text, publisher))
