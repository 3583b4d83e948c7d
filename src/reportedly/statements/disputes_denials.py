"""Statements that deny, doubt or weaken another: denials, what cannot be verified, parties against each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportedly import lexicons
from reportedly.statements import spans
from reportedly.statements.control_clause import negated
from reportedly.statements.disputes_contrast import Pair, cues
from reportedly.statements.disputes_statements import Account, Statement, content_words, group

#: How many sentences back a denied or doubted statement is sought.
BACK, FAR_BACK = 6, 15
#: How far, in code points, what was or was not taken may stand apart.
REACH = 4000


@lru_cache(maxsize=2)
def denying(kind: str) -> frozenset[str]:
    """The lemmas of one kind of disputes_denials.tsv."""
    return frozenset(row["lemma"] for row in lexicons.rows("disputes_denials.tsv") if row["kind"] == kind)


def pairs(account: Account) -> Iterator[Pair]:
    """All pairs of a statement and one that takes from it."""
    for number in range(len(account.sentences)):
        yield from _unclear(account, number)
        for statement in account.statements[number]:
            yield from _denied(account, statement)
            yield from _weakened(account, statement)
        yield from _parties(account, number)
    yield from _not_so(account)


def _unclear(account: Account, number: int) -> Iterator[Pair]:
    """What is unclear or could not be verified, and the nearest statement before that says it."""
    text = account.lowered[number]
    cue = next((cue for cue in cues("unclear") if cue in text), None)
    if cue is None:
        return
    doubt = account.whole(number)
    own = _doubted_at_once(account, number, cue)
    if own is not None:
        yield own
        return
    if set(text.replace(",", " ").split()) & group("totals"):
        yield from _uncounted(account, doubt)
        return
    first = max(0, number - FAR_BACK)
    earlier = [s for n in range(number - 1, first - 1, -1) for s in account.statements[n] if s.asserts]
    if "verif" in cue or "confirm" in cue:
        yield from ((s, doubt) for s in earlier[:1] if s.sentence >= number - 2)
        return
    scored = [(len(s.lemmas & doubt.lemmas) - 0.05 * (number - s.sentence), s) for s in earlier]
    best = max(scored, key=lambda item: item[0], default=None)
    if best is not None and best[0] >= 1.4:
        yield best[1], doubt


def _doubted_at_once(account: Account, number: int, cue: str) -> Pair | None:
    """ "He said that 12 died, an account that could not be verified": against the same sentence's statement."""
    at = account.sentences[number].start_char + account.lowered[number].index(cue)
    verb = spans.tokens_at(account.doc, at, at + len(cue)).root
    while verb.dep_ not in ("relcl", "ROOT") and verb.head != verb:
        verb = verb.head
    if verb.dep_ != "relcl" or verb.head.lemma_.lower() not in group("denied_nouns"):
        return None
    start = verb.head.left_edge.i
    for statement in account.statements[number]:
        if statement.tokens.start < start - 3:
            said = account.doc[statement.tokens.start : min(statement.tokens.end, start)]
            aside = account.doc[start : verb.right_edge.i + 1]
            return Statement(said, number, statement.number), Statement(aside, number)
    return None


def _uncounted(account: Account, doubt: Statement) -> Iterator[Pair]:
    """ "The exact number is difficult to assess": against the last figure given before."""
    for figure in reversed(account.doc._.figures):
        tokens = account.figure_tokens(figure)
        number = account.sentence_of(tokens.start)
        if doubt.sentence - BACK <= number < doubt.sentence and figure.measure not in ("duration", "other", "age"):
            yield account.whole(number), doubt
            return


def _denied(account: Account, denial: Statement) -> Iterator[Pair]:
    """A statement with a cue of denial, and the charge: the nearest statement before it that shares words."""
    if not any(token.lemma_.lower() in denying("deny") for token in account.cues(denial)):
        return
    if denial.tokens[0].tag_ in ("WP", "WDT", "WRB"):
        return  # "disagree about what has been won": what is denied is not told
    if not denial.asserts and not any(token.lemma_.lower() in group("denied_nouns") for token in denial.tokens):
        return
    for number in range(denial.sentence, max(-1, denial.sentence - BACK), -1):
        for charge in reversed(account.statements[number]):
            if charge.tokens.end > denial.tokens.start or not account.different(charge, denial):
                continue
            if number >= denial.sentence - 1 or charge.lemmas & denial.lemmas:
                yield charge, denial
                return


def _weakened(account: Account, caution: Statement) -> Iterator[Pair]:
    """ "They warned that this does not mean …": against what another source said just before."""
    if not caution.negated or not any(token.lemma_.lower() in denying("caution") for token in account.cues(caution)):
        return
    if caution.sentence == 0 or not caution.asserts:
        return
    for before in reversed(account.statements[caution.sentence - 1]):
        if account.different(before, caution) and before.asserts and account.voiced(before):
            yield before, caution
            return


def _parties(account: Account, number: int) -> Iterator[Pair]:
    """Statements of two parties to the conflict, one right after the other, on the same matter."""
    if number == 0 or not account.statements[number] or not account.statements[number - 1]:
        return
    before, after = account.view(number - 1, last=True), account.view(number, last=False)
    if before is None or after is None:
        return
    one, other = account.party(before), account.party(after)
    if one and other and one != other and account.different(before, after) and _on_each_other(account, before, after):
        yield _whole_if_several(account, before), _whole_if_several(account, after)


def _whole_if_several(account: Account, statement: Statement) -> Statement:
    """The sentence, where its source says more than one thing in it."""
    several = len({s.number for s in account.statements[statement.sentence]}) > 1
    return account.whole(statement.sentence) if several else statement


def _on_each_other(account: Account, one: Statement, other: Statement) -> bool:
    """True if one of the statements is negated or says what the other's source does, and speaks of it."""
    acting = _acts(account, one, other) or _acts(account, other, one)
    if not acting and not one.negated and not other.negated:
        return False
    return bool(account.source(one) & other.lemmas or account.source(other) & one.lemmas)


def _acts(account: Account, actor: Statement, statement: Statement) -> bool:
    """True if the source of one statement is a subject in the other."""
    words = account.source(actor)
    subjects = (token for token in statement.tokens if token.dep_ in ("nsubj", "nsubjpass"))
    return any(token.lower_ in words for subject in subjects for token in subject.subtree)


def _not_so(account: Account) -> Iterator[Pair]:
    """ "They have not entered one inch of Afrin" against another source's "it had begun an incursion into Afrin"."""
    told = [event for event in account.doc._.events if event.control is not None and event.control.relation != "holds"]
    if not told:
        return
    for listed in account.statements:
        for statement in listed:
            verb = next((t for t in statement.tokens if t.lemma_ in group("presence_verbs") and negated(t)), None)
            if verb is None or verb.pos_ != "VERB":
                continue
            here = content_words(account.doc[verb.left_edge.i : verb.right_edge.i + 1])
            for event in told:
                if abs(event.start - statement.tokens.start_char) > REACH:
                    continue
                place = frozenset((event.control.place or "").lower().split()) if event.control else frozenset()
                tokens = spans.tokens_at(account.doc, event.start, event.end)
                rival = _holding(account, tokens.start, event.attribution)
                if place & here and rival is not None and account.different(rival, statement):
                    yield (rival, statement) if rival.tokens.start < statement.tokens.start else (statement, rival)
                    break


def _holding(account: Account, token: int, number: int | None) -> Statement | None:
    sentence = account.sentence_of(token)
    return next((s for s in account.statements[sentence] if s.number == number), None)
