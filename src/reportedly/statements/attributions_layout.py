"""Who says what by the layout of a text alone: transcripts ("NAME: …") and quotations signed with a dash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.attributions_tidy import LEAST_WORDS, trim

_TURN = re.compile(
    r"^[ \t]*([A-Z](?:[\w.'’-]|[ \t](?=[\w(])|\([^()\n]{1,40}\)){0,60}?)[ \t]*:(?=[ \t]+\S)", re.MULTILINE
)
_SIGNED = re.compile(r"\s*([–—―]|-{1,2})\s*((?:[A-Z]|the\b|a\b|an\b)[^\n–—“”\"]{1,120})$", re.MULTILINE)
#: Words of a name before the colon, and of a signature, at most.
LONGEST_NAME, LONGEST_SIGNATURE = 6, 16


def spoken(text: str) -> list[RawAttribution]:
    """The turns of a transcript: each line that begins with a speaker's name and a colon, up to the next one.

    A line is one if its name is in capitals or comes again, and at least two lines of the text are: a single "Place:
    …" is none, nor is a label of the page (lexicon attributions_labels.txt).
    """
    turns = [match for match in _TURN.finditer(text) if _may_speak(_name(match))]
    often = Counter(_name(match) for match in turns)
    turns = [match for match in turns if _name(match).isupper() or often[_name(match)] > 1]
    if len(turns) < 2:
        return []
    ends = [after.start() for _, after in pairwise(turns)]
    last = text.find("\n", turns[-1].end())
    return [_turn(text, turn, end) for turn, end in zip(turns, [*ends, last if last >= 0 else len(text)], strict=True)]


def _name(turn: re.Match[str]) -> str:
    """The speaker without what stands in brackets: "ASSAD (through a translator)"."""
    return turn.group(1).partition("(")[0].strip()


def _may_speak(name: str) -> bool:
    words = name.split()
    return len(words) <= LONGEST_NAME and name.lower() not in lexicons.words("attributions_labels.txt")


def _turn(text: str, turn: re.Match[str], end: int) -> RawAttribution:
    lines = [Span(turn.end() + m.start(), turn.end() + m.end()) for m in re.finditer(r"[^\n]+", text[turn.end() : end])]
    return RawAttribution(
        source=[Span(*turn.span(1))],
        cue=[Span(turn.end() - 1, turn.end())],
        content=[whole for line in lines if (whole := trim(text, line))],
    )


def signed(text: str, quotations: Sequence[Span]) -> Iterator[RawAttribution]:
    """Quotations that fill a line and have whose they are behind a dash: “We ran.” — Huda, a nurse.

    Args:
        text: the article's text.
        quotations: its quoted stretches.
    """
    for quote in quotations:
        match = _SIGNED.match(text, quote.end)
        if match is None or text[: quote.start].rstrip(" \t")[-1:] not in ("", "\n"):
            continue
        source = trim(text, Span(match.start(2), match.start(2) + len(match.group(2).rstrip(". "))))
        long = len(match.group(2).split()) > LONGEST_SIGNATURE
        if source is not None and not long and len(text[quote.start : quote.end].split()) >= LEAST_WORDS:
            yield RawAttribution(source=[source], cue=[Span(*match.span(1))], content=[quote])
