"""Quantities: numbers with their approximators, bounds, ranges, units and currencies, found in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportedly import lexicons
from reportedly.statements.figures_lexicon import CONTEXT
from reportedly.statements.figures_numbers import Amount, Numbers, Piece, pieces

_STARTS = frozenset(("digits", "cardinal", "tens", "plural", "vague", "few", "couple", "half", "scale", "fraction"))
_TIMES = frozenset(row["phrase"] for row in lexicons.rows("figures_units.tsv") if row["measure"] == "duration")
_EXACT_OVER = frozenset(
    ("for", "after", "of", "in", "just", "well", "lasted", "lasting", "took", "and", "to", "is", "was")
)


@dataclass(frozen=True)
class Quantity:
    """A number as it stands in the text: offsets with approximator and unit, the value with its bounds.

    `number` is the offset of the number itself, `rest` that of what follows. `unit` and `measure` are
    those of a unit of measure, else empty; `attributive` is true for "two-week", "2,000-strong".
    """

    start: int
    end: int
    number: int
    low: float | None
    high: float | None
    approximate: bool
    unit: str = ""
    measure: str = ""
    attributive: bool = False
    words: bool = False
    first: int = 0
    last: int = 0


class _Phrases:
    """Phrases of a lexicon by their first or last word, longest first."""

    def __init__(self, phrases: dict[str, tuple[str, str]], at: int) -> None:
        self.by_word: dict[str, list[tuple[list[str], tuple[str, str]]]] = {}
        for phrase, value in sorted(phrases.items(), key=lambda item: -len(item[0].split())):
            words = phrase.split()
            self.by_word.setdefault(words[at], []).append((words, value))

    def before(self, listed: list[Piece], i: int) -> tuple[int, tuple[str, str]] | None:
        """The phrase that ends just before the i-th piece: index of its first piece, value."""
        for words, value in self.by_word.get(listed[i - 1].word, ()) if i else ():
            start = i - len(words)
            if start >= 0 and [piece.word for piece in listed[start:i]] == words:
                return start, value
        return None

    def after(self, listed: list[Piece], i: int) -> tuple[int, tuple[str, str]] | None:
        """The phrase that starts at the i-th piece: index after its last piece, value."""
        for words, value in self.by_word.get(listed[i].word, ()):
            if [piece.word for piece in listed[i : i + len(words)]] == words:
                return i + len(words), value
        return None


_BOUNDS = lexicons.rows("figures_bounds.tsv")
_BEFORE = _Phrases({row["phrase"]: (row["effect"], "") for row in _BOUNDS if row["side"] == "before"}, -1)
_AFTER = _Phrases({row["phrase"]: (row["effect"], "") for row in _BOUNDS if row["side"] == "after"}, 0)
_UNITS = {row["phrase"]: (row["unit"], row["measure"]) for row in lexicons.rows("figures_units.tsv")}
_MONEY = {phrase: value for phrase, value in _UNITS.items() if not phrase[-1].isalnum() and value[1] == "money"}
_SIGNS = _Phrases(_MONEY, -1)
_UNIT = _Phrases({phrase: value for phrase, value in _UNITS.items() if phrase not in _MONEY}, 0)


def quantities(text: str) -> Iterator[tuple[Quantity, list[Piece]]]:
    """Every quantity of a text, left to right, with the pieces of the text."""
    listed = pieces(text)
    grammar = Numbers(listed)
    at = 0
    for i, piece in enumerate(listed):
        if piece.kind not in _STARTS or i < at:
            continue
        start = i - 1 if i > at and listed[i - 1].word in ("a", "an") and piece.kind != "digits" else i
        found = _Reader(grammar, listed).quantity(start, at)
        if found is None and start < i:
            found = _Reader(grammar, listed).quantity(i, at)
        if found is not None:
            yield found, listed
            at = found.last


class _Reader:
    """Reads one quantity from a number on."""

    def __init__(self, grammar: Numbers, listed: list[Piece]) -> None:
        self.grammar = grammar
        self.pieces = listed

    def quantity(self, i: int, floor: int) -> Quantity | None:
        """The quantity whose number starts at a piece; nothing before `floor` belongs to it."""
        amount = self.grammar.amount(i)
        if amount is None or self._part_of_name(i, amount):
            return None
        amount = self._ranged(amount)
        if amount.high < amount.low:
            return None
        sign = _SIGNS.before(self.pieces, i)
        first, effects = self._before(sign[0] if sign else i, floor, amount)
        after = self._after(amount.end)
        effects += after[1]
        unit, last, attributive = self._unit(after[0], amount)
        if sign is not None:
            unit = sign[1]
        elif amount.share:
            unit, last = ("percent", "share"), after[0]
        low, high = _bounded(amount, effects)
        about = (amount.vague or "about" in effects) and not {"low", "high"} & set(effects)
        return Quantity(
            self.pieces[first].start, self.pieces[last - 1].end, self.pieces[i].start, low, high,
            about and not (amount.low != amount.high and not amount.vague), unit[0], unit[1], attributive,
            amount.words, first, last,
        )  # fmt: skip

    def _part_of_name(self, i: int, amount: Amount) -> bool:
        """True for digits glued to letters or signs: B-52, F16, S/1612, 10:30, 50/50."""
        before, after = self.pieces[i - 1] if i else self.pieces[-1], self.pieces[amount.end]
        glued = self.grammar.glued(i)
        if glued and (before.word[0].isalnum() or before.word in "/_:#@" or before.word[-1:].isdigit()):
            return True
        if (
            glued
            and before.word in "-–"
            and i > 1
            and self.grammar.glued(i - 1)
            and self.pieces[i - 2].word[-1:].isalnum()
        ):
            return True  # a word, or the rest of a score
        if not self.grammar.glued(amount.end):
            return False
        if after.word in ("/", ":", "_") and self.grammar.glued(amount.end + 1):
            return True
        return after.word[:1].isalpha() and after.word not in _UNITS and not amount.words

    def _ranged(self, amount: Amount) -> Amount:
        """The amount with the second one of a range: "300-400", "three or four", "between A and B"."""
        joiner, j = self.pieces[amount.end].word, amount.end + 1
        if joiner == "-" and self.pieces[j].word in ("to", "or") and self.pieces[j + 1].word != "-":
            j += 1  # five- to six-hour
        between = joiner == "and" and amount.start and self.pieces[amount.start - 1].word in ("between", "$", "£", "€")
        if joiner not in ("to", "-", "–", "—", "or") and not between:
            return amount
        if joiner == "to" and self._changes(amount.start):
            return amount
        j += self.pieces[j].word in ("$", "£", "€", "as")
        second = self.grammar.amount(j)
        if second is None or second.share != amount.share or second.vague or amount.vague:
            return amount
        scale = self.grammar.scale(second.end - 1)
        low = amount.low * scale if amount.bare and scale and amount.low < second.low / scale else amount.low
        if low > second.high or (joiner in "-–—" and not second.high >= low):
            return replace(amount, high=-1.0) if joiner in "-–—" and self.grammar.glued(j) else amount
        if joiner == "or" and second.high > low * 10:
            return amount
        return replace(amount, end=second.end, low=low, high=second.high, bare=False)

    def _changes(self, i: int) -> bool:
        """True after "from": two values ("rose from 200 to 500"), but one range after "ranges from"."""
        at = next((n for n in (i - 1, i - 2) if n >= 0 and self.pieces[n].word == "from"), None)
        return at is not None and self.pieces[at - 1].word not in CONTEXT["before", "range"]

    def _before(self, i: int, floor: int, amount: Amount) -> tuple[int, list[str]]:
        """The first piece of the approximators before a number, and their effects, the nearest first."""
        effects: list[str] = []
        ranged = amount.low != amount.high and not amount.vague
        if i > floor and ranged and self.pieces[i - 1].word == "between":
            i -= 1
        while len(effects) < 3 and (found := _BEFORE.before(self.pieces, i)) is not None and found[0] >= floor:
            if self._time_over(found[0], i, amount) or (effects and i - found[0] == 1 and found[1][0] != "about"):
                break  # "over two days"; "hand over about ten"
            i = found[0]
            effects.append(found[1][0])
        return i, effects

    def _time_over(self, first: int, i: int, amount: Amount) -> bool:
        """True if "over", "under" or "above" is a preposition of time ("over two days")."""
        if i - first != 1 or self.pieces[first].word not in ("over", "under", "above", "near", "below"):
            return False
        unit = self.pieces[amount.end].word
        return unit in _TIMES and (first == 0 or self.pieces[first - 1].word not in _EXACT_OVER)

    def _after(self, i: int) -> tuple[int, list[str]]:
        found = _AFTER.after(self.pieces, i)
        return (found[0], [found[1][0]]) if found else (i, [])

    def _unit(self, i: int, amount: Amount) -> tuple[tuple[str, str], int, bool]:
        """The unit after a number, the index after it, and whether it is joined with a hyphen."""
        hyphen = self.pieces[i].word == "-" and self.grammar.glued(i)
        couple = self.pieces[i - 1].word == "couple"
        of = (amount.vague or couple) and self.pieces[i].word == "of"  # millions of dollars
        at = i + (hyphen or of)
        found = _UNIT.after(self.pieces, at)
        if found is None and not hyphen and self.pieces[at].word in CONTEXT["before", "unit"]:
            found = _UNIT.after(self.pieces, at + 1)  # eight long years
            if found is not None and found[1][1] != "duration":
                found = None
        if found is None or (hyphen and not self.grammar.glued(i + 1)):
            return ("", ""), i, False
        end, (unit, measure) = found
        if measure in ("members", "strength"):
            return ((unit, measure), end, True) if hyphen else (("", ""), i, False)
        if amount.share or (
            len(self.pieces[i].word) == 1 and self.pieces[i].word.isalpha() and not self.grammar.glued(i)
        ):
            return ("", ""), i, False
        after = self._after(end)
        return (unit, measure), after[0] if after[1] == ["about"] else end, hyphen


def _bounded(amount: Amount, effects: list[str]) -> tuple[float | None, float | None]:
    """The value with its bounds: a range keeps both its ends whatever stands before it."""
    if amount.low != amount.high and not amount.vague:
        return amount.low, amount.high
    if "low" in effects:
        return amount.low, None
    if "high" in effects:
        return None, amount.high
    return amount.low, amount.high
