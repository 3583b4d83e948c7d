"""A parse as plain lists, and the quoted stretches of a text: what the attribution finder looks at.

Token attributes are read once for the whole article: asking spaCy's Token objects again for every
candidate would cost more than all the rest of the finder.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, LOWER, SENT_START, TAG
from spacy.tokens import Doc

from reportedly.data import Span
from reportedly.statements import layers
from reportedly.statements.attributions_quotes import quotations

Range = tuple[int, int]
_TRIM = frozenset((",", ":", ";", "-", "--", "—", "–", ".", "?", "!", "…"))


@dataclass(frozen=True)
class Quote:
    """A quoted stretch with its marks: token indices, characters, and whether it was closed."""

    first: int
    last: int
    chars: Span
    closed: bool


class Parse:
    """One article's tokens as parallel lists (strings, and token indices for the tree)."""

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        columns = doc.to_array([LOWER, LEMMA, TAG, DEP, HEAD, SENT_START, IDX, LENGTH])
        count = len(doc)
        names = {int(key): strings[int(key)] for key in set(columns[:, :4].ravel().tolist())} if count else {}
        lower, lemma, tag, dep, head, begins = (columns[:, i].tolist() for i in range(6)) if count else [[]] * 6
        self.doc = doc
        self.size = count
        self.word = [names[key] for key in lower]
        self.lemma = [names[key].lower() for key in lemma]
        self.tag = [names[key] for key in tag]
        self.dep = [names[key] for key in dep]
        self.head = [i + _signed(offset) for i, offset in enumerate(head)]
        self._put_names_before_appositions()
        self.start = columns[:, 6].tolist() if count else []
        self.end = (columns[:, 6] + columns[:, 7]).tolist() if count else []
        self.ends = [word in _TRIM or word.isspace() for word in self.word]
        self.words_before = [0, *accumulate(word[0].isalnum() or word[-1].isalnum() for word in self.word)]
        self.paragraph = list(accumulate(word.count("\n") > 1 for word in self.word))
        self.lines = [0, *accumulate("\n" in word for word in self.word)]
        self._tree()
        self._sentences([flag == 1 for flag in begins])
        self.quotes = _quotes(doc._.article.text, self.start, self.end)
        self.quote_of = [-1] * count
        for number, quote in enumerate(self.quotes):
            for i in range(quote.first, quote.last + 1):
                self.quote_of[i] = number

    def _put_names_before_appositions(self) -> None:
        """ "Airwars, a group in London that …, estimates": the parser takes an unknown name for an adverbial and the
        apposition for the subject."""
        for i, dep in enumerate(self.dep[:-3]):
            if dep != "npadvmod" or self.tag[i] not in ("NNP", "NNPS") or self.word[i + 1 : i + 2] != [","]:
                continue
            determiner, verb = i + 2, self.head[i]
            noun = self.head[determiner]
            if self.dep[determiner] == "det" and self.dep[noun] == "nsubj" and self.head[noun] == verb:
                self.dep[i], self.dep[noun], self.head[noun] = "nsubj", "appos", i

    def _tree(self) -> None:
        self.children: list[list[int]] = [[] for _ in range(self.size)]
        for i, head in enumerate(self.head):
            if head != i:
                self.children[head].append(i)
        self.left = list(range(self.size))
        self.right = list(range(self.size))
        for i in self._bottom_up():
            head = self.head[i]
            self.left[head] = min(self.left[head], self.left[i])
            self.right[head] = max(self.right[head], self.right[i])

    def _bottom_up(self) -> list[int]:
        order = [i for i, head in enumerate(self.head) if head == i]
        for i in order:
            order.extend(self.children[i])
        return order[::-1]

    def _sentences(self, begins: list[bool]) -> None:
        self.sentence: list[Range] = []
        starts = [i for i, flag in enumerate(begins) if flag or i == 0]
        for start, end in pairwise([*starts, self.size]):
            self.sentence.extend([(start, end)] * (end - start))

    def subtree(self, i: int) -> Range:
        """First and last token below `i`, as a half-open range."""
        return self.left[i], self.right[i] + 1

    def lines_between(self, start: int, end: int) -> int:
        """How many tokens of a half-open range break a line."""
        return self.lines[end] - self.lines[start]

    def is_word(self, i: int) -> bool:
        """Whether a token is more than punctuation or white space."""
        return self.word[i][:1].isalnum() or self.word[i][-1:].isalnum()

    def chars(self, tokens: Range) -> Span:
        """The characters of a run of tokens."""
        return Span(self.start[tokens[0]], self.end[tokens[1] - 1])


_KEY = ("reportedly", "attributions-parse")


def parse_of(doc: Doc) -> Parse:
    """The parse of an article as lists, made once; `forget` it when the article is done."""
    known = layers.stored(doc).get(_KEY)
    if not isinstance(known, Parse):
        known = Parse(doc)
        layers.stored(doc)[_KEY] = known
    return known


def forget(doc: Doc) -> None:
    """Drop the lists again: they are large and of no use to anybody else."""
    layers.stored(doc).pop(_KEY, None)


def _signed(offset: int) -> int:
    # HEAD is stored unsigned: a head to the left is a negative number wrapped round.
    return offset - (1 << 64) if offset >= 1 << 63 else offset


def _quotes(text: str, starts: list[int], ends: list[int]) -> list[Quote]:
    found = []
    for chars, closed in quotations(text):
        first, last = bisect_right(ends, chars.start), bisect_left(starts, chars.end) - 1
        if last > first:
            found.append(Quote(first, last, chars, closed))
    return found
