"""Statements set against each other by a word: "However, …", "…, but …", "While …", "Others …"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements.disputes_statements import Account, Statement, group

Pair = tuple[Statement, Statement]
#: How many tokens into a sentence "however" may stand.
EARLY = 12


@lru_cache(maxsize=8)
def cues(kind: str) -> tuple[str, ...]:
    """The cues of one kind (disputes_cues.tsv)."""
    return tuple(row["cue"] for row in lexicons.rows("disputes_cues.tsv") if row["kind"] == kind)


def pairs(account: Account) -> Iterator[Pair]:
    """All pairs that a contrasting word makes."""
    for number in range(len(account.sentences)):
        yield from _turn(account, number)
        yield from _clauses(account, number)
        yield from _conceded(account, number)
        yield from _others(account, number)


def _turn(account: Account, number: int) -> Iterator[Pair]:
    """ "… . However, …": both sides say what somebody says or thinks."""
    if number == 0 or not _turns(account, number):
        return
    before, after = account.view(number - 1, last=True), account.view(number, last=False)
    if before is not None and after is not None and _opposed(account, before, after):
        yield before, after


def _turns(account: Account, number: int) -> bool:
    lowered = account.lowered[number]
    opening = lowered.lstrip("“\"‘' ")
    if any(opening.startswith(cue) and not opening[len(cue) : len(cue) + 1].isalpha() for cue in cues("turn")):
        return True
    return "however" in lowered and any(token.lower_ == "however" for token in account.sentences[number][1:EARLY])


def _opposed(account: Account, one: Statement, other: Statement) -> bool:
    """True unless both are of one source and nothing in the second takes from the first."""
    if one.number is None or other.number is None:
        return True
    if account.different(one, other):
        return True
    text = other.tokens.text.lower()
    return one.number != other.number and any(cue in text for cue in (*cues("unclear"), *cues("revise")))


def _clauses(account: Account, number: int) -> Iterator[Pair]:
    """ "X said …, but Y believed …"; "had taken the town but were still fighting"."""
    if not any(f" {cue} " in account.lowered[number] for cue in cues("but")):
        return
    for token in account.sentences[number]:
        if token.lower_ not in cues("but") or token.dep_ != "cc" or token.i == token.sent.start:
            continue
        said = [s for s in account.statements[number] if account.voiced(s)]
        before = [cut for s in said if (cut := _up_to(s, token)) is not None]
        after = [s for s in said if s.tokens.start >= token.i and s.asserts]
        different = before and after and account.different(before[-1], after[0])
        if different and not (before[-1].number is None or after[0].number is None):
            yield before[-1], _from(account, token, after[0])
        elif before and not after:
            yield from _doubting(account, token, before[-1])
        else:
            yield from _unfinished(account, token)


def _up_to(statement: Statement, but: Token) -> Statement | None:
    """The part of a statement before "but", if the clause that "but" joins to is not inside it."""
    tokens = statement.tokens
    if tokens.end <= but.i + 1:
        return statement
    if tokens.start < but.i and not tokens.start <= but.head.i < tokens.end:
        return Statement(tokens.doc[tokens.start : but.i], statement.sentence, statement.number)
    return None


def _from(account: Account, but: Token, statement: Statement) -> Statement:
    """The statement, from "but" on: who says it is part of what stands against the first."""
    tokens = account.doc[but.i + 1 : max(statement.tokens.end, but.i + 2)]
    return Statement(tokens, statement.sentence, statement.number)


def _doubting(account: Account, but: Token, before: Statement) -> Iterator[Pair]:
    """ "…, but analysts believed the estimate to be too high"."""
    clause = account.doc[but.i + 1 : but.sent.end]
    text = clause.text.lower()
    doubts = any(cue in text for cue in (*cues("unclear"), *cues("revise")))
    if len(clause) > 2 and doubts and account.takes_view(clause):
        yield before, Statement(clause, before.sentence)


def _unfinished(account: Account, but: Token) -> Iterator[Pair]:
    """A place is said to be taken, but something there still goes on."""
    verb = but.head
    after = account.doc[but.i + 1 : but.i + 6]
    if not any(token.lower_ in group("still") for token in after):
        return
    sentence = account.sentence_of(but.i)
    start, end = verb.left_edge.idx, but.idx
    taken = any(
        e.control is not None and e.control.relation == "captures" and start <= e.start < end
        for e in account.doc._.events
    )
    if taken:
        left, right = account.doc[verb.left_edge.i : but.i], account.doc[but.i + 1 : but.sent.end]
        if len(left) and len(right):
            yield Statement(left, sentence), Statement(right, sentence)


def _conceded(account: Account, number: int) -> Iterator[Pair]:
    """ "While the group did not accuse him, officials believe …", "Unlike X, who announced …, Y said …"."""
    if not account.lowered[number].startswith(cues("concede")):
        return
    sentence = account.sentences[number]
    first = sentence[0]
    if first.lower_ not in cues("concede") or first.head == first:
        return
    side = first.head if first.dep_ == "mark" else first
    edge = side.right_edge.i + 1
    if not sentence.start < edge < sentence.end - 3:
        return
    conceded, main = account.doc[sentence.start + 1 : edge], account.doc[edge : sentence.end]
    left, right = Statement(conceded, number), Statement(main, number)
    if len(conceded) > 2 and account.takes_view(main) and (left.negated or account.takes_view(conceded)):
        yield left, _said_in(account, right)


def _said_in(account: Account, side: Statement) -> Statement:
    """The attributed statement that a side of a sentence holds, else the side."""
    inside = [s for s in account.statements[side.sentence] if s.tokens.start >= side.tokens.start]
    return inside[0] if inside else side


def _others(account: Account, number: int) -> Iterator[Pair]:
    """ "Some see it as … . Others see it as …"."""
    if number == 0 or not _opens(account, number, "others") or not account.takes_view(account.sentences[number]):
        return
    for before in (number - 1, number - 2):
        if before >= 0 and _opens(account, before, "some") and account.takes_view(account.sentences[before]):
            yield account.whole(before), account.whole(number)
            return


def _opens(account: Account, number: int, name: str) -> bool:
    words = group(name)
    if not any(word in account.lowered[number][:40] for word in words):
        return False
    return any(
        token.lower_ in words and token.dep_ in ("nsubj", "det", "amod") for token in account.sentences[number][:3]
    )
