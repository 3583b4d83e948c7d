"""Whether the sentence puts a date ahead of publication, from the verb that governs it in the parse."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly import lexicons

_ROLES: dict[str, set[str]] = {}
for _row in lexicons.rows("dates_future.tsv"):
    _ROLES.setdefault(_row["role"], set()).add(_row["word"])
_NO_VERB = frozenset(("punct", "ROOT"))
_STEPS = 12


def is_future(token: Token, limit: bool = False, sure: bool = False) -> bool:
    """True if the head word of a date expression is about the future.

    Climbs from the word to the clause that it belongs to. "the April deadline", "ahead of Tuesday's
    vote" need no verb; "will", "may" and the like before a bare infinitive, "is due to", "plans to",
    "is meeting", and the plain present point ahead; every past tense points back. A date inside a noun
    phrase ("the attack on Saturday cannot go unpunished") is ahead only if the verb surely is. `limit` says that
    the date is one to act by: "promised an answer by Friday" points ahead though it is past. With `sure` only
    what surely lies ahead does ("will meet at the weekend", not "if he orders").
    """
    if _told_of(token):
        return False
    if token.dep_ == "dobj" and token.head.lemma_.lower() in _ROLES["governor"]:
        return True  # "set 10 September as the day of the vote"
    infinitive = beside = False
    inside = sure
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX") and not _passes_on(token):
            found = _verb(token, infinitive or limit)
            if found is not None:
                return found and (not inside or _surely(token) or (token.lemma_ == "be" and _complement_ahead(token)))
            infinitive = True
        elif (inside or beside) and token.lemma_.lower() in _ROLES["event"] and not _planned(token):
            return False
        elif _points_ahead(token, infinitive) or (inside and token.lemma_ in _ROLES["preposition"]):
            return True
        if token.head == token:
            return False
        if token.dep_ == "pcomp" and token.head.lower_ in ("since", "after"):
            return False  # "since sending troops in February"
        beside = token.dep_ == "compound"  # "the January assault"
        inside = inside or (
            token.dep_ in ("prep", "appos", "poss", "npadvmod") and token.head.pos_ in ("NOUN", "PROPN")
        )
        token = token.head
    return False


def _told_of(date: Token) -> bool:
    """True for a date with a clause that says what happened then ("in February, when they met")."""
    clauses = (child for child in date.children if child.dep_ == "relcl")
    return any(
        token.tag_ == "VBD" for clause in clauses for token in (clause, *clause.children) if token.dep_ != "ccomp"
    )


def is_past(token: Token) -> bool:
    """True if the clause of a date expression is in the plain past ("over the next year he fell ill")."""
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    plain = token.tag_ == "VBD" and not any(child.dep_ == "aux" for child in token.children)
    return plain and token.lemma_.lower() not in _ROLES["governor"] | _ROLES["report"] | {"be"}


def _surely(verb: Token) -> bool:
    """True for "will", "is due", "is set to", "is meeting"."""
    aux = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return bool(aux & _ROLES["certain"]) or verb.lemma_.lower() in _ROLES["governor"]


def _points_ahead(token: Token, infinitive: bool) -> bool:
    lemma = token.lemma_.lower()
    if lemma in _ROLES["noun"] or _planned(token):
        return True
    return infinitive and lemma in _ROLES["governor"]


def _planned(noun: Token) -> bool:
    """True for a noun with "planned", "upcoming" and the like."""
    return any(child.lower_ in _ROLES["adjective"] for child in noun.lefts)


def _passes_on(verb: Token) -> bool:
    """True for participles without an auxiliary: their time is that of the clause above."""
    return verb.tag_ == "VBG" and verb.dep_ != "ROOT" and not any(c.dep_ == "aux" for c in verb.children)


def _verb(verb: Token, infinitive: bool) -> bool | None:
    """True for ahead, False for back, None for "ask the verb above" (an infinitive)."""
    aux = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lemma, words = verb.lemma_.lower(), [child.lower_ for child in aux]
    perfect = any(child.lemma_ == "have" for child in aux)
    if any(word in _ROLES["modal"] for word in words):
        return not perfect or any(word in _ROLES["certain"] for word in words)
    if "to" in words and not perfect:
        return True if verb.dep_ == "acl" and verb.head.lemma_.lower() in _ROLES["governor"] else None
    if lemma in _ROLES["governor"]:
        return infinitive or (not perfect and verb.tag_ != "VBD")
    if not aux and verb.lower_ in _ROLES["past"]:
        return False
    if perfect or verb.tag_ in ("VBD", "VBN"):
        return False if perfect or verb.tag_ == "VBD" or not aux else any(c.tag_ in ("VBZ", "VBP") for c in aux)
    if lemma == "be":
        return verb.tag_ != "VBD" and _complement_ahead(verb)
    if lemma == "go" and infinitive:
        return True
    if aux and any(child.tag_ == "VBD" for child in aux):
        return False
    return verb.tag_ in ("VBZ", "VBP", "VBG", "VB") and lemma not in _ROLES["report"]


def _complement_ahead(verb: Token) -> bool:
    """ "is due on Friday", "the deadline is Friday"."""
    near = [child.lemma_.lower() for child in verb.children if child.dep_ in ("acomp", "attr", "nsubj", "oprd")]
    return any(lemma in _ROLES["governor"] or lemma in _ROLES["noun"] for lemma in near)
