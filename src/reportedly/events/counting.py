"""New or cumulative: whether a figure adds to what was told before, or is the whole up to a day.

"20 more were killed, bringing the toll to 210" has both. Two figures can be summed or follow each other only if
that is known, so what the sentence does not tell is None; it is never worked out from the numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reportedly import lexicons
from reportedly.events.reports import FigureReport

Counting = Literal["new", "cumulative"]

#: Measures that are no counts: nothing is added to them.
UNCOUNTED = frozenset({"duration", "age", "share", "distance"})
#: How many words before a number a word of the `needs` groups may stand.
REACH = 12
#: Among how many of the first words of a sentence a phrase that opens it begins ("Since", "“So").
OPENING = 2

_WORD = re.compile(r"\w[\w'’.,]*\w|\w|[^\w\s]")
_NUMBER = re.compile(r"\d[\d.,]*$")
_YEARS = re.compile(r"years?|decades?|months?|weeks?")


@dataclass(frozen=True)
class Pattern:
    """One row of events_counting.tsv: words beside a number or in its clause, and what they make it."""

    words: tuple[str, ...]
    kind: str
    needs: frozenset[str]
    never: str


@dataclass(frozen=True)
class Words:
    """A sentence in lower-case words, and where in it a figure stands: [start, end)."""

    words: tuple[str, ...]
    start: int
    end: int


def kind(figure: FigureReport) -> Counting | None:
    """ "new" for a count on top of what there was, "cumulative" for the whole so far, None where it is not told."""
    if figure.measure in UNCOUNTED:
        return None
    found = around(figure)
    if found is None:
        return None
    return _one({*_beside(found)}) or _one({*_in_clause(found)})


def around(figure: FigureReport) -> Words | None:
    """The words of a figure's sentence and its place among them; None if the quotation has not got it."""
    text = " ".join(figure.text.split())
    expected = figure.start - figure.sentence.start
    places = [match.start() for match in re.finditer(re.escape(text), figure.quote)] if text else []
    if not places:
        return None
    start = min(places, key=lambda place: (abs(place - expected), place))
    before, inside = words_of(figure.quote[:start]), words_of(text)
    after = words_of(figure.quote[start + len(text) :])
    return Words((*before, *inside, *after), len(before), len(before) + len(inside))


def words_of(text: str) -> tuple[str, ...]:
    """The words and marks of a text, in lower case."""
    return tuple(_WORD.findall(text.lower()))


def _one(kinds: set[str]) -> Counting | None:
    """The kind that all signs agree on; None where there is none or they differ."""
    if kinds == {"new"}:
        return "new"
    return "cumulative" if kinds == {"cumulative"} else None


def _beside(found: Words) -> Iterator[str]:
    """The kinds of the patterns right before and after the figure."""
    before, after = found.words[: found.start], found.words[found.end :]
    for pattern in _patterns("before"):
        if before[-len(pattern.words) :] == pattern.words and _met(pattern, before):
            yield pattern.kind
    for pattern in _patterns("after"):
        size = len(pattern.words)
        if after[:size] == pattern.words and pattern.never not in after[size : size + 1]:
            yield pattern.kind


def _met(pattern: Pattern, before: tuple[str, ...]) -> bool:
    """True if a word of the groups that a pattern needs stands before it, in the same clause."""
    if not pattern.needs:
        return True
    clause = before[max(0, len(before) - REACH) :]
    start = max((end for _, end, _ in _boundaries(clause)), default=0)
    return any(_groups().get(word, frozenset()) & pattern.needs for word in clause[start:])


def _in_clause(found: Words) -> Iterator[str]:
    """The kinds of the patterns in the figure's clause."""
    marks = list(_boundaries(found.words))
    before = [(end, sort) for _, end, sort in marks if end <= found.start]
    start = max((end for end, _ in before), default=0)
    stop = min((first for first, _, _ in marks if first >= found.end), default=len(found.words))
    clause = found.words[start:stop]
    opening = found.words[:start] if all(sort == "soft" for _, sort in before) else ()
    known = _by_first("clause")
    for words in (clause, opening[: OPENING + REACH]):
        for place, word in enumerate(words if words is clause else words[:OPENING]):
            yield from (pattern.kind for pattern in known.get(word, ()) if _matches(pattern.words, words[place:]))


def _boundaries(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Where the marks between clauses start and end, and their sort ("soft" or "").

    The words of a mark belong to the clause behind it."""
    known = _by_first("boundary")
    for place, word in enumerate(words):
        for pattern in known.get(word, ()):
            if tuple(words[place : place + len(pattern.words)]) == pattern.words:
                yield place, place + 1, pattern.kind


def _matches(pattern: tuple[str, ...], words: Sequence[str]) -> bool:
    """True if words begin with a pattern; <time> is a word of time, <years> one to three words up to a unit."""
    if not pattern:
        return True
    if pattern[0] == "<years>":
        return any(
            _YEARS.fullmatch(word) is not None and _matches(pattern[1:], words[place + 1 :])
            for place, word in enumerate(words[:3])
        )
    if not words:
        return False
    if pattern[0] == "<time>":
        return _is_time(words[0]) and _matches(pattern[1:], words[1:])
    return pattern[0] == words[0] and _matches(pattern[1:], words[1:])


def _is_time(word: str) -> bool:
    times = _times()
    return word in times or word.split("-")[0] in times or ("#" in times and _NUMBER.match(word) is not None)


@lru_cache(maxsize=4)
def _patterns(where: str) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(tuple(row["words"].split()), row["kind"], frozenset(row["needs"].split()), row["not"])
        for row in lexicons.rows("events_counting.tsv")
        if row["where"] == where
    )


@lru_cache(maxsize=4)
def _by_first(where: str) -> dict[str, list[Pattern]]:
    """Patterns by their first word, which is never a placeholder."""
    found: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in _patterns(where):
        found[pattern.words[0]].append(pattern)
    return dict(found)


@lru_cache(maxsize=1)
def _times() -> frozenset[str]:
    return frozenset(row["words"] for row in lexicons.rows("events_counting.tsv") if row["where"] == "time")


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    """The groups of every word that is in one."""
    rows = [row for row in lexicons.rows("events_counting.tsv") if row["where"] == "group"]
    return {row["words"]: frozenset(row["needs"].split()) for row in rows}
