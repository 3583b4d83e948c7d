"""The words of a sentence that say when, left out of an event's name where the day itself stands in it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from reportedly import lexicons
from reportedly.events.reports import Days
from reportedly.statements.dates_grammar import expressions
from reportedly.statements.dates_points import Expression
from reportedly.statements.dates_reading import Reading

_WORD = re.compile(r"[^\W\d_]+")


def without(sentence: str, days: Days, published: str | None) -> str:
    """A sentence without the words that mean some days ("on Saturday"), with what leads to them ("late on").

    Words stay where they mean other days, where something needs them ("scheduled for Monday", "the March offensive") or
    where they are what is told of ("Saturday was quiet").

    Args:
        sentence: the words of an article.
        days: the days that stand beside them, ISO dates.
        published: the article's ISO date or date-time, against which words such as "Saturday" are read.
    """
    for found in reversed(list(expressions(sentence))):
        start = _start(sentence, found)
        if start is not None and _means(found, days, published):
            sentence = f"{sentence[:start].rstrip()}{_space(sentence, found.end)}{sentence[found.end :].lstrip()}"
    return sentence.strip()


def _means(found: Expression, days: Days, published: str | None) -> bool:
    """True if an expression means these days, read as of the past or as of the future."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        day = None
    told = (days.first, days.last)
    read = (Reading(day, future).interval(found) for future in (False, True))
    return any(told == tuple(end and end.isoformat() for end in (one.start, one.end)) for one in read)


def _start(sentence: str, found: Expression) -> int | None:
    """Where the words that say when begin; None where the sentence cannot do without them."""
    before, behind = sentence[: found.start], sentence[found.end :]
    led = _leading().search(before)
    last, following = _WORD.findall(before)[-1:], _WORD.match(behind.lstrip())
    beside = following[0].lower() if following else ""
    held = not led and before[-1:].isspace() and bool(last) and last[0].lower() in words("holder")
    subject = not led and beside in words("verb")
    if held or subject or beside in words("narrowing") or behind[:1] in ("'", "’", "-", "–"):
        return None
    return led.start() if led else found.start


def _space(sentence: str, end: int) -> str:
    return " " if sentence[end:].lstrip()[:1].isalnum() else ""


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    """What leads to a day: adverbs, a preposition and adverbs ("late on", "in early"), at least one of them."""
    adverb, preposition = ("|".join(map(re.escape, sorted(words(kind)))) for kind in ("adverb", "preposition"))
    several = rf"(?:\b(?:{adverb})\s+)*"
    return re.compile(rf"{several}\b(?:{adverb}|{preposition})\s+{several}$", re.IGNORECASE)


@lru_cache(maxsize=8)
def words(kind: str) -> frozenset[str]:
    """The words of one kind (record_label_words.tsv)."""
    return frozenset(row["word"] for row in lexicons.rows("record_label_words.tsv") if row["kind"] == kind)
