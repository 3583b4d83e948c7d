"""Answers that only point back to what they answer: "The army denied this", "a charge that Turkey rejects",
and statements that something goes on where somebody else has said that it is over."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.statements.disputes_contrast import Pair, cues
from reportedly.statements.disputes_denials import denying
from reportedly.statements.disputes_statements import Account, Statement, group

#: How many sentences back what is answered may stand; what is said to be over stands nearer.
BACK, NEAR = 2, 1
POINTING = frozenset({"this", "that", "it", "these", "both", "such", "the", "all"})
WORDS = frozenset({"NOUN", "PROPN"})


def pairs(account: Account) -> Iterator[Pair]:
    """All pairs of a statement and an answer to it."""
    for number, sentence in enumerate(account.sentences):
        if any(stem in account.lowered[number] for stem in group("denial_stems")):
            for token in sentence:
                yield from _answer(account, number, token)
        yield from _ongoing(account, number)


def _answer(account: Account, number: int, verb: Token) -> Iterator[Pair]:
    """A denial whose object says no more than "this" or "the claim"."""
    if verb.lemma_.lower() not in denying("deny") or verb.dep_ in ("amod", "compound"):
        return
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None:
        return
    if verb.dep_ == "relcl" and verb.head.lemma_.lower() in group("denied_nouns"):
        yield from _set_off(account, number, verb)
    elif any(_points_back(child) for child in verb.children if child.dep_ == "dobj"):
        charge = _charge(account, number, subject)
        if charge is not None:
            yield charge, account.whole(number)


def _points_back(word: Token) -> bool:
    if word.lower_ in ("this", "it", "that", "these", "both"):
        return True
    if word.lemma_.lower() not in group("denied_nouns"):
        return False
    clauses = any(child.dep_ in ("acl", "relcl", "prep") for child in word.children)
    return not clauses and any(child.lower_ in POINTING for child in word.lefts)


def _set_off(account: Account, number: int, verb: Token) -> Iterator[Pair]:
    """ "…, a charge that Turkey rejects": against the sentence before it."""
    start = verb.head.left_edge.i
    sentence = account.sentences[number]
    if verb.head.dep_ not in ("appos", "npadvmod", "dobj", "conj", "attr") or start - sentence.start < 3:
        return
    before = account.doc[sentence.start : start]
    if before[-1].text in (",", "–", "—", "-", ";"):
        yield Statement(before, number), Statement(account.doc[start : verb.right_edge.i + 1], number)


def _charge(account: Account, number: int, denier: Token) -> Statement | None:
    """What somebody else said last before a denial."""
    words = {token.lower_ for token in denier.subtree if token.pos_ in WORDS}
    for before in range(number - 1, max(-1, number - 1 - BACK), -1):
        for statement in reversed(account.statements[before]):
            if statement.asserts and not words & account.source(statement):
                return statement
        whole = account.whole(before)
        if whole.opinion:
            return whole
    return None


def _ongoing(account: Account, number: int) -> Iterator[Pair]:
    """ "… would be gone by tonight", he said. The alliance said that fighters were still being chased …."""
    if not any(cue in account.lowered[number] for cue in cues("ongoing")):
        return
    for statement in account.statements[number]:
        if not _says_ongoing(statement) or not account.voiced(statement):
            continue
        ended = _ended(account, statement)
        if ended is not None:
            yield ended, statement
            return


def _says_ongoing(statement: Statement) -> bool:
    text = f" {statement.tokens.text.lower()} "
    return any(cue in text for cue in cues("ongoing")) and statement.asserts


def _ended(account: Account, statement: Statement) -> Statement | None:
    """The last statement or view of somebody else that something is over or won."""
    for number in range(statement.sentence, max(-1, statement.sentence - NEAR - 1), -1):
        said = [s for s in account.statements[number] if s.tokens.end <= statement.tokens.start]
        for other in reversed(said):
            if _over(other) and other.asserts and account.voiced(other) and account.different(other, statement):
                return other
        whole = account.whole(number)
        if number < statement.sentence and not said and whole.opinion and _over(whole):
            return whole
    return None


def _over(statement: Statement) -> bool:
    """True if a statement says that something is over, won or gone, not that it is not or is only expected to be."""
    if statement.negated or any(token.lemma_.lower() in group("awaiting") for token in statement.tokens):
        return False
    return any(
        (token.lemma_.lower() in group("ends") and not (token.lower_ == "over" and token.dep_ in ("prep", "prt")))
        or token.lower_ == "gone"
        for token in statement.tokens
    )
