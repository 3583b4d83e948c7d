"""Which figures belong to an event: those whose counted noun takes part in it.

"killed 12 civilians" and "12 people died in an airstrike" both give the toll to the event.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from reportedly.data import Figure
from reportedly.statements import spans

#: Measures of what an event does to people, which it has even if the toll stands in a clause of its own.
EFFECTS = frozenset({"killed", "injured", "missing", "abducted", "detained", "displaced", "evacuated", "surrendered"})
LINKS = frozenset(
    {"prep", "pobj", "agent", "conj", "appos", "compound", "nmod", "nummod", "quantmod", "amod", "advmod"}
)
CLAUSES = frozenset({"relcl", "acl", "advcl", "conj", "xcomp", "ccomp", "pcomp"})
CAUSAL = frozenset({"in", "by", "during", "after", "from", "when", "since"})
REACH = 3


class Counts:
    """The figures of an article by the words that they hang on."""

    def __init__(self, doc: Doc, figures: list[Figure]) -> None:
        self.figures = figures
        self._by_governor: dict[int, list[int]] = {}
        for number, figure in enumerate(figures):
            root = spans.tokens_at(doc, figure.start, figure.end).root
            for governor in _governors(root):
                self._by_governor.setdefault(governor.i, []).append(number)

    def of(self, trigger: Token, tolls: bool = True) -> list[int]:
        """The figures of an event, in text order; with those of clauses that it caused if it has `tolls`."""
        found = set(self._by_governor.get(trigger.i, []))
        for clause in _clauses_of(trigger) if tolls else ():
            found.update(n for n in self._by_governor.get(clause.i, []) if self.figures[n].measure in EFFECTS)
        return sorted(found)


def _governors(root: Token) -> Iterator[Token]:
    """The verb or event noun that a counted noun is an argument of, and the nouns on the way."""
    here = root
    for _ in range(6):
        if here.head == here:
            return
        last, here = here, here.head
        yield here
        if here.pos_ in ("VERB", "AUX") or last.dep_ in ("relcl", "ccomp", "advcl"):
            return


def _clauses_of(trigger: Token) -> Iterator[Token]:
    """The verbs whose toll is the trigger's: "… killing 12", "12 died in the attack", "an attack that killed 12"."""
    for child in trigger.children:
        if child.dep_ in CLAUSES and child.pos_ == "VERB":
            yield child
    here = trigger
    for _ in range(REACH):
        last, here = here, here.head
        if here == last:
            return
        if here.pos_ in ("VERB", "AUX"):
            if _causal(last):
                yield here
                yield from (
                    c for c in here.children if c.dep_ in ("advcl", "conj") and c.pos_ == "VERB" and c.i > last.i
                )
            return


def _causal(link: Token) -> bool:
    """True if a trigger's phrase says by what a verb's effect came about."""
    if link.dep_ in ("nsubj", "agent"):
        return True
    return link.dep_ in ("prep", "advcl", "nsubjpass", "dobj") and (link.dep_ != "prep" or link.lower_ in CAUSAL)
