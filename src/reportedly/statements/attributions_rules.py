"""Attributions that no model has to find: patterns of the parse that say by themselves who says what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements.attributions_candidates import Candidate, sources
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution

#: The score of what a rule finds: just enough to be kept.
SCORE = 0.40
_CUE_CHILDREN = frozenset(("aux", "auxpass", "neg", "prt"))


@dataclass(frozen=True)
class Choice:
    """A cue token with its chosen content and source, and the probability of the content."""

    cue: int
    content: Candidate
    source: Candidate
    score: float


def put_at(parse: Parse) -> Iterator[Choice]:
    """'The ministry put the toll at 34': a number that somebody answers for, and no deed."""
    tolls = lexicons.words("attributions_tolls.txt")
    for cue, lemma in enumerate(parse.lemma):
        if lemma not in ("put", "place") or parse.tag[cue][:1] != "V":
            continue
        toll = [c for c in parse.children[cue] if parse.dep[c] == "dobj" and parse.lemma[c] in tolls]
        below = [c for c in (*parse.children[cue], *parse.children[toll[0]]) if parse.word[c] == "at"] if toll else []
        said_by = [c for c in sources(parse, cue) if c.kind.startswith(("nsubj", "1nsubj:conj", "agent"))]
        if below and below[0] > toll[0] > cue and said_by:
            content = Candidate("dobj+prep", ((parse.left[toll[0]], parse.right[below[0]] + 1),), toll[0])
            yield Choice(cue, content, said_by[0], SCORE)


def raw(parse: Parse, choice: Choice) -> RawAttribution:
    """A choice as spans of characters."""
    return RawAttribution(
        source=[parse.chars(part) for part in choice.source.ranges],
        cue=[_cue_span(parse, choice)],
        content=[parse.chars(part) for part in choice.content.ranges],
    )


def _cue_span(parse: Parse, choice: Choice) -> Span:
    """The cue with its auxiliaries, negation and particle, where they stand beside it."""
    taken = {i for part in (*choice.source.ranges, *choice.content.ranges) for i in range(*part)}
    own = {choice.cue, *(c for c in parse.children[choice.cue] if parse.dep[c] in _CUE_CHILDREN)}
    if parse.lemma[choice.cue] == "accord" and choice.cue + 1 < parse.size:
        own.add(choice.cue + 1)
    start = end = choice.cue
    while start - 1 in own and start - 1 not in taken:
        start -= 1
    while end + 1 in own and end + 1 not in taken:
        end += 1
    return parse.chars((start, end + 1))
