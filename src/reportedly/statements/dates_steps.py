"""The small steps of the date grammar: looking at pieces, numbers, "last" and "next"."""

from __future__ import annotations

from functools import cache

from reportedly.statements.dates_points import Point
from reportedly.statements.dates_words import Piece, pieces

#: What a rule returns: a point and the index after its last piece.
Found = tuple[Point, int] | None
REACH = 9  # pieces from the start of an expression to its first calendar word
JOINERS = frozenset(("-", "–", "to", "and", "or", "until", "through", "&", "/"))
_EMPTY = Piece(-1, -1, "", "", "")


class Steps:
    """The pieces of one text, and what every rule needs of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = pieces(text)
        self._padded = [*self.pieces, *[_EMPTY] * REACH * 4]  # rules look ahead, and one piece back

    def piece(self, i: int) -> Piece:
        """The i-th piece; an empty one just outside the text."""
        return self._padded[i]

    def kind(self, i: int) -> str:
        """The kind of the i-th piece."""
        return self._padded[i].kind

    def word(self, i: int) -> str:
        """The i-th piece in lower case."""
        return self._padded[i].word

    def skip(self, i: int, *phrases: str) -> int:
        """The index after the first of the phrases that stands at i, else i."""
        first = self.word(i)
        for phrase in phrases:
            if phrase.startswith(first) and first:
                parts = _split(phrase)
                if parts[0] == first and [self.word(i + n) for n in range(len(parts))] == parts:
                    return i + len(parts)
        return i

    def glued(self, i: int) -> bool:
        """True if no white space parts the piece from the one before."""
        return self.piece(i - 1).end == self.piece(i).start

    def number(self, i: int) -> tuple[float | None, int]:
        """A cardinal number, also "two and a half", "a", "half a", "a couple of"; None if there is none."""
        if self.kind(i) in ("number", "year") and self.word(i).isdigit():
            value, j = float(self.word(i)), i + 1
        elif self.kind(i) == "number":
            value, j = float(self.piece(i).value), i + 1
        elif self.word(i) == "half" and self.word(i + 1) in ("a", "an"):
            return 0.5, i + 2
        elif self.kind(i) == "couple" or self.kind(i + 1) == "couple":
            j = i + 1 + (self.kind(i) != "couple")
            return (2.0, self.skip(j, "of")) if self.kind(i) == "couple" or self.word(i) == "a" else (None, i)
        else:
            return None, i
        if j < len(self.pieces) and self.word(j) == "-" and self.kind(j + 1) == "number" and value in range(20, 91, 10):
            value, j = value + float(self.piece(j + 1).value or 0), j + 2
        half = self.skip(j, "and a half", "- and - a - half")
        return (value + 0.5, half) if half > j else (value, j)

    def side(self, i: int) -> tuple[str, int]:
        """ "last", "next", "this", "this past", "this coming", "the coming"; "" if there is none."""
        j = self.skip(i, "this past", "this coming")
        if j > i:
            return ("last" if self.word(i + 1) == "past" else "next"), j
        if self.word(i) in ("last", "next", "this"):
            return self.word(i), i + 1
        coming = self.word(i) == "the" and self.piece(i + 1).value == "coming"
        return ("next", i + 2) if coming else ("", i)


@cache
def _split(phrase: str) -> list[str]:
    return phrase.split()


def shift_of(side: str) -> int:
    return {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}[side]


def scaled(value: str) -> tuple[float, str]:
    """The factor and unit of a lexicon value: "2 week" is (2, week)."""
    factor, _, name = value.rpartition(" ")
    return float(factor or 1), name
