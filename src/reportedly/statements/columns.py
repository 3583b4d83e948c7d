"""The tokens of an article as plain lists, read once for all stages: asking spaCy's tokens again and again is slow.

`of(doc)` gives the columns of a parsed Doc and keeps them on it. What they hold must not change afterwards: the
parse and the names (`doc.ents`) are there before the first stage runs.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LOWER, ORTH, POS, SENT_START, TAG
from spacy.tokens import Doc

from reportedly.statements import layers

_KEY = ("reportedly", "columns")
_READ = [ORTH, LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE, IDX, HEAD, SENT_START]


class Columns:
    """Every token's word, lemma (in lower case), part of speech, tag, relation, head, recognised name (its kind, ""
    for none), first character (code points), and whether it begins a sentence, by position."""

    def __init__(self, doc: Doc) -> None:
        table = doc.to_array(_READ).reshape(-1, len(_READ)).T
        words = table[:7].tolist()
        known = {key: doc.vocab.strings[key] for key in set().union(*words)}
        self.text, self.lower, lemmas, self.pos, self.tag, self.dep, self.label = (
            list(map(known.__getitem__, column)) for column in words
        )
        lowered = {lemma: lemma.lower() for lemma in set(lemmas)}
        self.lemma = list(map(lowered.__getitem__, lemmas))
        self.start: list[int] = table[7].tolist()
        # The steps to the heads are signed, in an array of unsigned numbers.
        self.head: list[int] = (table[8].astype(np.int64) + np.arange(len(doc))).tolist()
        self.begins: list[bool] = (table[9] == 1).tolist()

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def children(self) -> list[list[int]]:
        """What hangs on each token, in the order of the text."""
        children: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                children[head].append(i)
        return children

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        size = len(self.head)
        left, right = list(range(size)), list(range(size))
        for edge, order in ((left, range(size)), (right, range(size - 1, -1, -1))):
            for i in order:
                at = i
                while self.head[at] != at and (edge[self.head[at]] > i if edge is left else edge[self.head[at]] < i):
                    at = self.head[at]
                    edge[at] = i
        return left, right

    @property
    def left(self) -> list[int]:
        """The first token of what hangs on each token, itself included."""
        return self._edges[0]

    @property
    def right(self) -> list[int]:
        """The last token of what hangs on each token, itself included."""
        return self._edges[1]

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (end exclusive) that the characters from `start` to `end` touch, as `Doc.char_span` has them."""
        first = bisect_right(self.start, start) - 1
        if start == self.start[first] + len(self.text[first]):
            first += 1
        return first, bisect_right(self.start, end - 1)

    def root(self, first: int, end: int) -> int | None:
        """The token of a run that all others hang on, as `Span.root` has it; None where several hang on others."""
        above = [i for i in range(first, end) if not first <= self.head[i] < end]
        for i in range(first, end):
            if self.head[i] == i:
                return i
        return above[0] if len(above) == 1 else None


def of(doc: Doc) -> Columns:
    """The columns of a Doc, made at first use."""
    store = layers.stored(doc)
    known = store.get(_KEY)
    if not isinstance(known, Columns):
        known = store[_KEY] = Columns(doc)
    return known


def root(doc: Doc, first: int, end: int) -> int:
    """The position of the root of a run of tokens."""
    found = of(doc).root(first, end)
    return doc[first:end].root.i if found is None else found
