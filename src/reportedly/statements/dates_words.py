"""The pieces of a text that a date expression is made of: words, numbers, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly import lexicons

_PIECE = re.compile(r"\d+(?:st|nd|rd|th|s)\b|\d+|[^\W\d_]+|[^\w\s]|\n\s*\n")
_WORDS = {row["word"]: (row["kind"], row["value"]) for row in lexicons.rows("dates_words.tsv")}
#: Kinds of word that are written with a capital: in lower case they are other words ("march", "may").
_CAPITAL = frozenset(("month", "short-month", "weekday", "short-weekday"))
#: A date expression holds at least one piece of these kinds.
TRIGGERS = frozenset(
    ("month", "short-month", "weekday", "season", "fall", "unit", "units", "weekend", "deictic", "year", "decade",
     "decade-name", "holiday", "stamp", "part-of-day")
)  # fmt: skip
_NONE = ("", "")
_STAMP = re.compile(r"(?<![\d.,/-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?![\d/-]|[.,]\d)(?:T[\d:.]+Z?)?")
_HOLIDAYS = sorted((re.escape(row["name"]) for row in lexicons.rows("dates_holidays.tsv")), key=len, reverse=True)
_HOLIDAY = re.compile(rf"\b(?:{'|'.join(_HOLIDAYS)})(?![\w’'])")


class Piece(NamedTuple):
    """A word, number or sign: lower-cased `word`, its `kind` in the lexicon ("" if none) and value."""

    start: int
    end: int
    word: str
    kind: str
    value: str


def pieces(text: str) -> list[Piece]:
    """All pieces of a text, in order, a paragraph's end among them. Whole stamps (2019-01-10, 10/01/2019) and holidays are one piece."""
    whole = [(m.start(), m.end(), "stamp") for m in _STAMP.finditer(text)]
    whole += [(m.start(), m.end(), "holiday") for m in _HOLIDAY.finditer(text)]
    found: list[Piece] = []
    at = 0
    for start, end, kind in sorted(whole):
        if start >= at:
            found.extend(_between(text, at, start))
            found.append(Piece(start, end, text[start:end], kind, text[start:end]))
            at = end
    found.extend(_between(text, at, len(text)))
    return found


def _between(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _PIECE.finditer(text, start, end):
        low, kind, value = _known(match[0])
        if kind is None:
            kind, value = _number(text, match)
        yield Piece(*match.span(), low, kind, value)


@lru_cache(maxsize=32768)
def _known(word: str) -> tuple[str, str | None, str]:
    """A word in lower case with its kind and value; the kind is None for what begins with a digit."""
    low = word.lower()
    kind, value = _WORDS.get(low, _NONE)
    if kind in _CAPITAL and word[0].islower():
        return low, "", value
    return low, None if word[0].isdigit() else kind, value


def _number(text: str, match: re.Match[str]) -> tuple[str, str]:
    word, before, after = match.group(), text[max(0, match.start() - 2) : match.start()], text[match.end() :][:2]
    if not word.isascii() or re.search(r"[\d][.,]$|[$£€#]$", before) or re.match(r"[.,:]\d|%", after):
        return "", ""
    if word.endswith("s"):
        return ("decade", word[:-1]) if len(word) in (3, 5) and word[-2] == "0" else ("", "")
    if not word.isdigit():
        return "nth", word[:-2]
    if len(word) == 4 and 1900 <= int(word) < 2100:
        return "year", word
    return ("number", word) if len(word) < 5 else ("", "")
