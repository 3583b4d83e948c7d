"""Times, measures, amounts of money and codes, by patterns over the characters of the text.

The words are in `lexicons/entities_patterns.json`; the patterns only say how they are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly import lexicons
from reportedly.data import EntityType


class Found(NamedTuple):
    """A stretch of the text, in code points, and the type that its pattern suggests."""

    start: int
    end: int
    type: EntityType


def _any(key: str, plural: bool = False) -> str:
    words = sorted(lexicons.tree("entities_patterns.json")[key], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in words) + (")s?" if plural else ")")


def _times() -> str:
    month, weekday = _any("months") + r"\.?", _any("weekdays") + r"\.?"
    unit, feast = _any("units_of_time", plural=True), _any("feasts")
    number = rf"(?:\d[\d,.]*|{_any('numbers')}(?:[ -]{_any('numbers')}){{0,4}})"
    day, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:1[6-9]|20)\d\d"
    clock = r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?\b)|\d{1,2}:\d\d(?:\s?(?:GMT|UTC|local time))?"
    dated = (
        rf"(?:{weekday},? )?{day}(?:\s?[-–]\s?{day})? (?:of )?{month}(?:,? {year})?"
        rf"|(?:{weekday},? )?{month} {day}(?:\s?[-–]\s?{day})?(?:, ?{year}| {year})?"
        rf"|(?:early |late |mid-)?{month},? {year}|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
    )
    shifted = rf"(?i:(?:(?:the|this) )?(?:{_any('shifters')} ){{1,2}}(?:{number} )?(?:{unit}|{_any('day_parts')}))"
    named = rf"(?i:(?:(?:the|this) )?{_any('shifters')}) (?:{weekday}|{month}|{feast}(?: Day)?)"
    spans = rf"(?i:(?:{_any('approximators')} )?{number}(?: long| more| full)?(?:[ -]{number})? {unit}(?: (?:ago|earlier|later|before))?)"
    years = rf"{year}\s?[-–]\s?(?:{year}|\d\d)|(?:the )?{year}s|{year}|\d{{3,4}} (?:B\.?C\.?|A\.?D\.?)"
    whole = rf"(?i:(?:the )?(?:end|start|beginning|middle|rest|summer|winter|spring|autumn)) of (?:the |last |this |next )?(?:{year}|{unit}|{month})"
    part = rf"(?:{weekday}|(?i:{_any('deictic')})) {_any('day_parts')}|the {_any('day_parts')}|(?i:every|each) {unit}|{feast}(?: Day)?"
    on = rf"(?:{clock})(?: on (?:{dated}|{weekday}))?"
    last = rf"{years}|{weekday}|(?i:{_any('deictic')})|{month}(?=[\s,.;)’']|$)"
    return rf"(?:{dated}|{on}|{whole}|{named}|{shifted}|{spans}|{part}|{last})(?!\w)"


_WORD = re.compile(r"[^\W\d_]+|\d[\d,.]*|[^\w\s]")
#: What is sought in a text that has one of the marks.
_CODES: tuple[tuple[EntityType, tuple[str, ...], re.Pattern[str]], ...] = (
    ("Url", ("://",), re.compile(r"\bhttps?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]")),
    ("Url", ("www.",), re.compile(r"\bwww\.[^\s<>\"')\]]+[^\s<>\"')\].,;:!?]")),
    ("CommsIdentifier", ("@",), re.compile(r"\b[\w.+-]{1,64}@[\w-]+\.[\w.-]*\w|(?<![\w.])@\w{2,30}")),
    ("CommsIdentifier", ("-",), re.compile(r"\+\d[\d ()-]{7,20}\d|\b\d{3}-\d{3}-\d{4}\b")),
    ("Coordinate", ("°",), re.compile(r"\d{1,3}°\s?\d{1,2}[′'].{0,12}?[NS],?\s\d{1,3}°\s?\d{1,2}[′'].{0,12}?[EW]")),
    ("Coordinate", ("°",), re.compile(r"\d{1,3}\.\d{3,8}°\s?[NS][,;]?\s\d{1,3}\.\d{3,8}°\s?[EW]")),
    ("Coordinate", (".",), re.compile(r"(?<![\d.])-?\d{1,3}\.\d{3,8}[,;]\s-?\d{1,3}\.\d{3,8}(?![\d.])")),
    ("Frequency", ("hz", "Hz", "hZ", "HZ"), re.compile(r"\b\d[\d,]*(?:\.\d+)?\s?[kMG]?[Hh][Zz]\b")),
    ("Frequency", ("Hz", "HZ"), re.compile(r"\b\d[\d,]*(?:\.\d+)?\s?[kMG]?H[zZ]\b")),
)


Measure = tuple[EntityType, re.Pattern[str]]


@lru_cache(maxsize=1)
def _measures() -> tuple[Measure, ...]:
    """What is tried at a number."""
    scale, unit = _any("scales"), _any("units_of_measure")
    digits = r"\d[\d,]*(?:\.\d+)?"
    figure = rf"(?:{digits}(?:\s?{scale}\b)?|(?i:{_any('numbers')})(?: {scale})?)"
    sign = _any("symbols")
    return (
        ("Money", re.compile(rf"{sign}\s?{digits}(?:\s?{scale}\b)?(?:\s?[-–]\s?{sign}?{digits}(?:\s?{scale}\b)?)?")),
        ("Money", re.compile(rf"{figure} (?:[A-Z][a-z]+ )?{_any('currencies')}\b")),
        ("Quantity", re.compile(rf"{digits}(?:\s?{scale})?[\s-]?{unit}(?!\w)|{figure} {unit}(?!\w)")),
        ("Quantity", re.compile(rf"(?i:{_any('vague')})\b|\d{{1,3}}-year-olds?\b")),
        ("Temporal", re.compile(_times())),
    )


@lru_cache(maxsize=1)
def _beginnings() -> dict[str, tuple[Measure, ...]]:
    """What is tried at a word, in lower case: what can begin with it."""
    signed, paid, measured, vague, timed = _measures()
    times = ("months", "weekdays", "day_parts", "deictic", "feasts", "shifters", "approximators", "numbers")
    begun = (
        (signed, _first_words("symbols")),
        (paid, _first_words("numbers")),
        (measured, _first_words("numbers")),
        (vague, _first_words("vague")),
        (timed, _first_words(*times) | {"the", "each", "every", "end", "start", "beginning", "middle", "rest"}),
    )
    words = {word for _, listed in begun for word in listed}
    return {word: tuple(measure for measure, listed in begun if word in listed) for word in words}


def _first_words(*kinds: str) -> set[str]:
    listed = [word for kind in kinds for word in lexicons.tree("entities_patterns.json")[kind]]
    return {first[0].lower() for word in listed if (first := _WORD.match(word))}


def found(text: str) -> Iterator[Found]:
    """Every stretch that a pattern finds; stretches may overlap."""
    for kind, marks, pattern in _CODES:
        if any(mark in text for mark in marks):
            yield from (Found(match.start(), match.end(), kind) for match in pattern.finditer(text))
    beginnings, measures, done = _beginnings(), _measures(), 0
    for word in _WORD.finditer(text):
        said = word.group()
        tried = measures if said[0].isdigit() else beginnings.get(said.lower())
        if not tried or (start := word.start()) < done:
            continue
        matches = [(match, kind) for kind, pattern in tried if (match := pattern.match(text, start))]
        for match, kind in matches:
            end = match.end() - (match.group().endswith("."))
            done = max(done, end if len(matches) == 1 else start)
            yield Found(start, end, kind)
