"""A parse as plain lists, and the quoted stretches of a text: what the attribution finder looks at.

Token attributes are read once for the whole article (`columns`): asking spaCy's Token objects again for every
candidate would cost more than all the rest of the finder.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from spacy.tokens import Doc

from reportedly.data import Span
from reportedly.statements import columns, layers
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
    """One article's tokens as parallel lists (strings, and token indices for the tree), shared with `columns` but where
    the tree is put right."""

    def __init__(self, doc: Doc) -> None:
        read = columns.of(doc)
        self.doc = doc
        self.size = len(read)
        self.children: list[list[int]]
        self.word: list[str]
        self.word, self.lemma, self.tag, self.dep = read.lower, read.lemma, read.tag, read.dep
        self.head: list[int] = read.head
        self.start, self._begins = read.start, read.begins
        self.end = [start + len(text) for start, text in zip(read.start, read.text, strict=True)]
        if self._put_names_before_appositions():
            self._tree()
        else:
            self.children, self.left, self.right = read.children, read.left, read.right
        self.quotes = _quotes(doc._.article.text, self.start, self.end)
        self.quote_of = [-1] * self.size
        for number, quote in enumerate(self.quotes):
            for i in range(quote.first, quote.last + 1):
                self.quote_of[i] = number

    @cached_property
    def ends(self) -> list[bool]:
        """Of each token whether it is a mark or white space that a phrase is trimmed of."""
        return [word in _TRIM or word.isspace() for word in self.word]

    @cached_property
    def words_before(self) -> list[int]:
        """How many words stand before each token, and before the end."""
        return [0, *accumulate(word[0].isalnum() or word[-1].isalnum() for word in self.word)]

    @cached_property
    def paragraph(self) -> list[int]:
        """The number of each token's paragraph."""
        return list(accumulate(word.count("\n") > 1 for word in self.word))

    @cached_property
    def lines(self) -> list[int]:
        """How many tokens before each one, and before the end, break a line."""
        return [0, *accumulate("\n" in word for word in self.word)]

    @cached_property
    def sentence(self) -> list[Range]:
        """Each token's sentence, as a half-open range of tokens."""
        found: list[Range] = []
        starts = [i for i, flag in enumerate(self._begins) if flag or i == 0]
        for start, end in pairwise([*starts, self.size]):
            found.extend([(start, end)] * (end - start))
        return found

    def _put_names_before_appositions(self) -> bool:
        """ "Airwars, a group in London that …, estimates": the parser takes an unknown name for an adverbial and the
        apposition for the subject. Whether that was so anywhere is returned."""
        moved = [i for i, dep in enumerate(self.dep[:-3]) if dep == "npadvmod" and self._is_named_subject(i)]
        if moved:
            self.dep, self.head = list(self.dep), list(self.head)
        for i in moved:
            noun = self.head[i + 2]
            self.dep[i], self.dep[noun], self.head[noun] = "nsubj", "appos", i
        return bool(moved)

    def _is_named_subject(self, i: int) -> bool:
        if self.tag[i] not in ("NNP", "NNPS") or self.word[i + 1] != ",":
            return False
        noun = self.head[i + 2]
        return self.dep[i + 2] == "det" and self.dep[noun] == "nsubj" and self.head[noun] == self.head[i]

    def _tree(self) -> None:
        self.children = [[] for _ in range(self.size)]
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


def _quotes(text: str, starts: list[int], ends: list[int]) -> list[Quote]:
    found = []
    for chars, closed in quotations(text):
        first, last = bisect_right(ends, chars.start), bisect_left(starts, chars.end) - 1
        if last > first:
            found.append(Quote(first, last, chars, closed))
    return found
