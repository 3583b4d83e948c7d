"""Which place and which date belong to a trigger: the nearest in its clause, then in its sentence.

A place or date that hangs on the trigger itself comes before one that hangs on its clause's verb,
and that before any other of the sentence. Another sentence's place is carried over only where it
is the only one there and the trigger's own sentence has none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from reportedly.data import DateExpression, Place
from reportedly.statements import spans
from reportedly.statements.control_clause import word_set

CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis", "acl", "xcomp", "pcomp", "csubj"})
LOCATIVE = word_set("locative_prepositions")
#: What another kind of link than "in", "at" … costs, and the cost beyond which nothing is bound.
OBLIQUE, FAR = 3, 9


class Anchors:
    """The places or dates of an article, by sentence."""

    def __init__(self, doc: Doc, items: Sequence[Place] | Sequence[DateExpression]) -> None:
        self.doc = doc
        self.starts = [sentence.start for sentence in doc.sents]
        self.roots = [spans.tokens_at(doc, item.start, item.end).root for item in items]
        self.by_sentence: dict[int, list[int]] = defaultdict(list)
        for number, root in enumerate(self.roots):
            self.by_sentence[self.sentence(root)].append(number)

    def sentence(self, token: Token) -> int:
        """The number of a token's sentence."""
        return bisect_right(self.starts, token.i) - 1

    def nearest(self, trigger: Token, locative: bool) -> int | None:
        """The item of the trigger's sentence that belongs to it most closely.

        Args:
            trigger: the word that the place or date is sought for.
            locative: True for places, where "in X" says more than "X’s" or "from X".
        """
        here = self.by_sentence.get(self.sentence(trigger), [])
        above = _steps_up(trigger)
        costs = [(_cost(self.roots[n], above, locative), abs(self.roots[n].i - trigger.i), n) for n in here]
        best = min(costs, default=None)
        return best[2] if best is not None and best[0] <= FAR else None

    def carried(self, trigger: Token, barred: set[int]) -> int | None:
        """The only item of the sentence before, where the trigger's own sentence has none."""
        number = self.sentence(trigger)
        if self.by_sentence.get(number) or number == 0:
            return None
        before = [n for n in self.by_sentence.get(number - 1, []) if n not in barred]
        return before[0] if len(before) == 1 else None


def _steps_up(trigger: Token) -> dict[int, int]:
    """How many clauses up from a trigger each of its ancestors is (itself: 0)."""
    steps = {trigger.i: 0}
    cost, here = 0, trigger
    while here.head != here and len(steps) < 30:
        cost += 2 if here.dep_ in CLAUSAL else 1
        here = here.head
        steps[here.i] = cost
    return steps


def _cost(item: Token, above: dict[int, int], locative: bool) -> int:
    """How far an item is from a trigger: its own way up to a shared ancestor, and the trigger's."""
    cost = OBLIQUE if locative and not _located(item) else 0
    here = item
    while here.i not in above:
        if here.head == here:
            return FAR + 1
        cost += 3 if here.dep_ in CLAUSAL and here.pos_ in ("VERB", "AUX") else 0
        here = here.head
    return cost + above[here.i]


def _located(item: Token) -> bool:
    """True for "in X", "the town of X in Y", "X province"."""
    here = item
    for _ in range(4):
        if here.dep_ == "pobj":
            if here.head.lower_ in LOCATIVE:
                return True
            if here.head.lower_ != "of":
                return False
        here = here.head
    return False
