"""A number set against one that was told before: "another put the number at several hundred", "a lower
figure", "a number far higher than …"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.data import Figure
from reportedly.statements.disputes_contrast import Pair, cues
from reportedly.statements.disputes_figures import differ, high, statement
from reportedly.statements.disputes_statements import Account, Statement, group

#: How many sentences back a figure may stand that another is put against, or announced to differ from.
NEAR, ANNOUNCED = 1, 5
#: How many tokens before a figure the noun may stand that it is compared with.
COMPARED = 8
#: Measures that no count of people or things is put against.
TIMES = frozenset({"duration", "age", "money", "share", "distance", "area"})


def pairs(account: Account) -> Iterator[Pair]:
    """All pairs of a number and one that is put against it."""
    yield from _put(account)
    yield from _announced(account)
    yield from _compared(account)


def _put(account: Account) -> Iterator[Pair]:
    """ "Another put the number at several hundred": against the last figure that is no time or share."""
    figures = account.doc._.figures
    for index, figure in enumerate(figures):
        token = account.figure_tokens(figure).root
        verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "at" else token.head
        counts = [child for child in verb.children if child.dep_ == "dobj" and child.lower_ in group("totals")]
        if not counts or verb.lemma_ not in group("whole_counts"):
            continue
        toll = counts[0].lower_ in ("toll", "tolls")
        before = _before(account, figures[:index], figure, "killed" if toll else None)
        if before is not None:
            clause = _clause(account, verb)
            yield _cut(account, statement(account, before), clause), clause


def _clause(account: Account, verb: Token) -> Statement:
    """What a verb says, from its subject on."""
    start = min([verb.i, *(child.left_edge.i for child in verb.children if child.dep_ == "nsubj")])
    return Statement(account.doc[start : verb.right_edge.i + 1], account.sentence_of(verb.i))


def _cut(account: Account, said: Statement, rival: Statement) -> Statement:
    """A statement up to where its rival in the same sentence begins."""
    if not said.tokens.start < rival.tokens.start < said.tokens.end:
        return said
    return Statement(account.doc[said.tokens.start : rival.tokens.start], said.sentence, said.number)


def _before(account: Account, earlier: list[Figure], figure: Figure, measure: str | None) -> Figure | None:
    """The last figure before another that it can be set against."""
    here = account.sentence_of(account.figure_tokens(figure).start)
    for other in reversed(earlier):
        number = account.sentence_of(account.figure_tokens(other).start)
        if here - number > NEAR:
            return None
        if other.measure in TIMES or (measure is not None and other.measure != measure):
            continue
        return other if (other.low, other.high) != (figure.low, figure.high) else None
    return None


def _announced(account: Account) -> Iterator[Pair]:
    """ "The monitors gave a lower figure. They said that no more than 1,200 …": against what it is lower than."""
    figures = account.doc._.figures
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for index, figure in enumerate(figures):
        by_sentence[account.sentence_of(account.figure_tokens(figure).start)].append(index)
    for number in range(1, len(account.sentences) - 1):
        words = set(account.lowered[number].strip(" .").replace(",", " ").split())
        if not words & group("totals") or not words & set(cues("another")) or by_sentence.get(number):
            continue
        after = by_sentence.get(number + 1, [])
        rival = next((r for i in after[:1] if (r := _higher_or_lower(account, figures, i, words))), None)
        if rival is not None:
            yield statement(account, rival), statement(account, figures[after[0]])


def _higher_or_lower(account: Account, figures: list[Figure], index: int, words: set[str]) -> Figure | None:
    """The last figure before one that it is lower or higher than, as the announcement says."""
    figure = figures[index]
    here = account.sentence_of(account.figure_tokens(figure).start)
    for other in reversed(figures[:index]):
        number = account.sentence_of(account.figure_tokens(other).start)
        if here - number > ANNOUNCED:
            return None
        if other.measure in TIMES or not differ(other, figure):
            continue
        lower, higher = words & {"lower", "smaller"}, words & {"higher", "larger"}
        if (lower and (other.low or 0) <= high(figure)) or (higher and high(other) >= (figure.low or 0)):
            continue
        if lower or higher or other.measure == figure.measure:
            return other
    return None


def _compared(account: Account) -> Iterator[Pair]:
    """ "3,000 gave up, he said, a number far higher than the few hundred that had been expected": its two parts."""
    for figure in account.doc._.figures:
        tokens = account.figure_tokens(figure)
        noun = _noun_of_comparison(account, tokens.start)
        if noun is None:
            continue
        number, edge = account.sentence_of(noun), noun
        while account.doc[edge - 1].pos_ == "DET":
            edge -= 1
        first = account.sentences[number].start
        aside = Statement(account.doc[edge : tokens.root.right_edge.i + 1], number)
        if edge - first > 3 and account.doc[edge - 1].text in (",", "–", "—"):
            before = next((s for s in account.statements[number] if s.tokens.start < edge), None)
            side = Statement(account.doc[first:edge], number) if before is None else before
            yield _cut(account, side, aside), aside


def _noun_of_comparison(account: Account, position: int) -> int | None:
    """The position of "number" in "a number far higher than" just before a figure."""
    words = [token.lower_ for token in account.doc[max(0, position - COMPARED) : position]]
    if "than" not in words or not set(words) & set(cues("revise")):
        return None
    start = position - len(words)
    return next((start + n for n, word in enumerate(words) if n and word in group("totals")), None)
