"""Numbers in words and digits, with their ranges: "two-and-a-half million", "tens of thousands", "300 to 400".

Offsets are of the text. A vague word has the range of docs/stages/figures.md ("dozens" is 24 to 99).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from reportedly import lexicons

_PIECE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+|\n\s*\n|[^\w\s]|_")
_WORDS = {
    row["word"]: (row["kind"], float(row["low"]), float(row["high"])) for row in lexicons.rows("figures_numbers.tsv")
}
_NONE = ("", 0.0, 0.0)
_ROUND_OUT_OF = frozenset((3.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0))
_PAD = 12


class Piece(NamedTuple):
    """A number in digits, a word or a sign, in lower case; `kind` is the lexicon's, or "digits"."""

    start: int
    end: int
    word: str
    kind: str = ""
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: the indices of its first piece and of the one after its last, its value, and what it
    is: a plain number, vague ("dozens"), or a share (in percent)."""

    start: int
    end: int
    low: float
    high: float
    vague: bool = False
    share: bool = False
    bare: bool = False  # digits or words without a scale: it may take that of the number it is paired with
    words: bool = False


def pieces(text: str) -> list[Piece]:
    """All pieces of a text, in order; an empty one at either end for rules that look around."""
    found = []
    for match in _PIECE.finditer(text):
        word, kind, low, high = _known(match[0])
        found.append(Piece(*match.span(), word, kind, low, high))
    return found + [Piece(len(text), len(text), "")] * _PAD


@lru_cache(maxsize=32768)
def _known(piece: str) -> tuple[str, str, float, float]:
    """A piece in lower case, its kind, and the range that it stands for."""
    word = piece.lower()
    if word[0].isdecimal():
        value = float(word.replace(",", ""))
        return word, "digits", value, value
    return word, *_WORDS.get(word, _NONE)


class Numbers:
    """The grammar of numbers over the pieces of one text. Every rule takes the index of a piece."""

    def __init__(self, listed: list[Piece]) -> None:
        self.pieces = listed

    def word(self, i: int) -> str:
        """The i-th piece."""
        return self.pieces[i].word

    def glued(self, i: int) -> bool:
        """True if no white space stands before the i-th piece."""
        return i > 0 and self.pieces[i - 1].end == self.pieces[i].start

    def ahead(self, i: int, *words: str) -> bool:
        """True if these words stand at i."""
        return all(self.pieces[i + n].word == word for n, word in enumerate(words))

    def amount(self, i: int) -> Amount | None:
        """The longest number that starts at a piece."""
        kind, word = self.pieces[i].kind, self.word(i)
        if kind in ("digits", "cardinal", "tens"):
            return self.share_of(i) or self.fraction(i) or self.cardinal(i)
        if kind == "plural":
            return self.plural(i)
        if kind in ("vague", "few", "couple") or word in ("a", "an"):
            return self.indefinite(i)
        if kind == "half":
            return self.half(i)
        return None

    # -- cardinals ---------------------------------------------------------------------------------

    def cardinal(self, i: int) -> Amount | None:
        """20,000; twenty-five; two and a half million; one hundred and twenty; 1.5bn."""
        found = self.below_hundred(i)
        if found is None:
            return None
        value, j = found
        value, j = self.and_half(value, j)
        total, start = 0.0, j
        while (scale := self.scale(j)) is not None:
            if scale >= 1000:
                total, value = total + value * scale, 0.0
            else:
                value *= scale
            j = self.past_scale(j)
            more = self.below_hundred(self.skip_and(j))
            if more is None or self.pieces[i].kind == "digits":
                break
            value, j = value + more[0], more[1]
        total += value
        return Amount(i, j, total, total, bare=j == start, words=self.pieces[i].kind != "digits")

    def below_hundred(self, i: int) -> tuple[float, int] | None:
        """Digits, or words up to ninety-nine."""
        piece = self.pieces[i]
        if piece.kind in ("digits", "cardinal"):
            return piece.low, i + 1
        if piece.kind != "tens":
            return None
        j = i + 1 + (self.word(i + 1) == "-")
        if self.pieces[j].kind == "cardinal" and self.pieces[j].low < 10:
            return piece.low + self.pieces[j].low, j + 1
        return piece.low, i + 1

    def and_half(self, value: float, i: int) -> tuple[float, int]:
        """The half of "two and a half", "two-and-a-half"."""
        if self.ahead(i, "and", "a", "half"):
            return value + 0.5, i + 3
        if self.ahead(i, "-", "and", "-", "a", "-", "half"):
            return value + 0.5, i + 6
        return value, i

    def skip_and(self, i: int) -> int:
        """The index after the "and" within a number in words ("a hundred and five")."""
        return i + 1 if self.word(i) == "and" else i

    def scale(self, i: int) -> float | None:
        """The value of "million", of "bn" glued to digits; a hyphen or space may stand before."""
        j = i + 1 if self.word(i) == "-" and self.glued(i) else i
        piece = self.pieces[j]
        if piece.kind == "scale":
            return piece.low
        if piece.kind == "suffix" and self.glued(j) and self.pieces[j - 1].kind == "digits":
            metres = piece.word == "m" and self.word(j + 1) in ("long", "wide", "deep", "high", "away", "-", "from")
            return None if metres else piece.low
        return piece.low if piece.word == "bn" else None

    def past_scale(self, i: int) -> int:
        return i + 2 if self.word(i) == "-" else i + 1

    # -- vague words -------------------------------------------------------------------------------

    def plural(self, i: int) -> Amount:
        """Dozens; tens of thousands; hundreds of millions."""
        low, high, j = self.pieces[i].low, self.pieces[i].high, i + 1
        inner = self.pieces[i + 2] if self.word(i + 1) == "of" else self.pieces[-1]
        if inner.kind == "plural" and inner.low > low:
            unit = inner.low / 2
            return Amount(i, i + 3, low * unit, high * unit + unit - 1, vague=True)
        if self.ahead(j, "and", self.word(i)):
            j += 2  # hundreds and hundreds
        return Amount(i, j, low, high, vague=True)

    def indefinite(self, i: int) -> Amount | None:
        """Several; several hundred; a few thousand; a dozen; a million; a handful; a quarter of."""
        article = self.word(i) in ("a", "an")
        piece, j = self.pieces[i + article], i + article + 1
        scale = self.scale(j) if piece.kind in ("vague", "few", "couple") else None
        if piece.kind == "couple":
            if self.word(j) != "of" and not scale:
                return None  # a man and a woman
            return (
                Amount(i, self.past_scale(j) if scale else j, 2 * (scale or 1), 2 * (scale or 1)) if article else None
            )
        if piece.kind == "few":
            return Amount(i, self.past_scale(j), 2 * scale, 4 * scale, vague=True) if scale else None
        if piece.kind == "vague" and piece.word != "several" and not article:
            return Amount(i, j, piece.low, piece.high, vague=True)
        if piece.kind == "vague":
            times = scale or 1
            return Amount(i, self.past_scale(j) if scale else j, piece.low * times, piece.high * times, vague=True)
        if not article:
            return None
        if piece.kind == "scale":
            more = self.scale(j) or 1
            return Amount(i, j + (more > 1), piece.low * more, piece.low * more)
        if piece.kind == "fraction" and self.word(j) == "of":
            return self.part_of(i, j, piece.low)
        return replace(found, start=i) if piece.kind == "half" and (found := self.half(i + 1)) else None

    # -- shares ------------------------------------------------------------------------------------

    def part_of(self, i: int, j: int, value: float) -> Amount:
        """A fraction of a thing is a share; "a quarter of a million" is a number."""
        if self.word(j) == "of" and self.word(j + 1) == "a" and self.pieces[j + 2].kind == "scale":
            return Amount(i, j + 3, value * self.pieces[j + 2].low, value * self.pieces[j + 2].low)
        return Amount(i, j, 100 * value, 100 * value, share=True)

    def fraction(self, i: int) -> Amount | None:
        """Two-thirds, one third of, three quarters."""
        j = i + 1 + (self.word(i + 1) == "-")
        if self.pieces[i].kind == "digits" or self.pieces[j].kind not in ("fraction", "half"):
            return None
        if self.pieces[i].low == 1 and self.word(j + 1) != "of" and j == i + 1:
            return None
        return self.part_of(i, j + 1, self.pieces[i].low * self.pieces[j].low)

    def share_of(self, i: int) -> Amount | None:
        """One in five, nine out of 10."""
        j = i + 2 if self.word(i + 1) == "in" else i + 3 if self.ahead(i + 1, "out", "of") else 0
        if not j or self.pieces[j].kind not in ("digits", "cardinal", "tens"):
            return None
        part, whole = self.pieces[i].low, self.pieces[j].low
        if self.pieces[j + 1].kind in ("scale", "suffix"):
            return None
        one_in = part == 1 and self.word(i + 1) == "in" and whole <= 100
        if (
            (whole not in _ROUND_OUT_OF and not one_in)
            or part >= whole
            or (self.pieces[i].kind == "digits" and part > 10)
        ):
            return None
        return Amount(i, j + 1, 100 * part / whole, 100 * part / whole, share=True)

    def half(self, i: int) -> Amount | None:
        """Half of, half the; half a million; half an hour; half a dozen."""
        if self.word(i + 1) in ("a", "an"):
            piece = self.pieces[i + 2]
            if piece.kind == "scale":
                return Amount(i, i + 3, piece.low / 2, piece.low / 2)
            return Amount(i, i + 2, 0.5, 0.5)
        if self.word(i + 1) == "-" or self.word(i - 1) in ("in", "a", "first", "second", "other", "and", "-"):
            return None
        scale = self.scale(i + 1)
        return Amount(i, i + 2, scale / 2, scale / 2) if scale else Amount(i, i + 1, 50.0, 50.0, share=True)
