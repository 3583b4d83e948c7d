"""What a trigger's own grammar says of it: it happened, it did not, it is planned, demanded or refused.

PLOVER codes the statement of an intention by what is intended: to cooperate is AGREE, to act
against somebody is THREATEN, a refusal to cooperate is REJECT, a demand is REQUEST. What is only the content of
such an event, a condition, a purpose, or background to the main report, is not a new event.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.data import Certainty, Event, Polarity
from reportedly.statements import events_grammar as grammar

FUTURE = frozenset({"will", "would", "shall", "'ll", "wo", "’ll"})
MAYBE = frozenset({"may", "might", "could"})
MUST = frozenset({"must", "should"})


@dataclass(frozen=True)
class Reading:
    """How a trigger is meant. `type` is the event type that its grammar gives it; `aside` says why it
    is no new event ("condition", "purpose", "content", "background", "possible", "negated"), or is ""."""

    type: str
    polarity: Polarity = "positive"
    certainty: Certainty = "fact"
    aside: str = ""


def read(token: Token, event_type: str, types: dict[str, Any]) -> Reading:
    """The reading of a trigger of a type."""
    head = predicate(token)
    kind = types.get(event_type, {})
    if aside := standing(head) or mentioned(token):
        return Reading(event_type, aside=aside)
    modal = _modal(head)
    negated = is_negated(head)
    if modal in FUTURE:
        return _future(event_type, kind, negated)
    if modal in MAYBE:
        done = any(item.lower_ == "have" and item.dep_ == "aux" for item in head.children)
        return Reading(event_type, certainty="possible", aside="" if done else "possible")
    if modal in MUST:
        return Reading(event_type, certainty="forecast", aside="content")
    if negated:
        return Reading(event_type, polarity="negative", aside="negated")
    if kind.get("side") != "talk" and kind.get("material") and is_habitual(head):
        return Reading(event_type, aside="generic")
    return Reading(event_type)


def _future(event_type: str, kind: dict[str, Any], negated: bool) -> Reading:
    if negated:
        refused = kind.get("refused")
        return Reading(refused) if refused else Reading(event_type, polarity="negative", aside="negated")
    return Reading(kind.get("future") or event_type)


def is_public(event: Event, trigger: Token, heads: list[Token], kind: dict[str, Any]) -> bool:
    """True unless the type is one of public life (`public` in events_types.json) and nobody in the event
    has a country, a public role or a place in the registry ("my brother helped me"). `heads` are the head
    nouns of its participants."""
    if not kind.get("public"):
        return True
    if not event.actor and kind.get("spoken") and not grammar.is_passive(trigger):
        return False
    everybody = [*event.actor, *event.recipient]
    if any(item.id or item.country or item.sector not in (None, "CVL") for item in everybody):
        return True
    return any(grammar.lemma(head) in lexicons.words("events_public.txt") for head in heads)


def predicate(token: Token) -> Token:
    """The verb that says whether a noun or adjective holds ("launched an attack"): itself for a verb."""
    if token.pos_ in ("VERB", "AUX"):
        return token
    above = grammar.governor(token)
    if above is not None:
        return above
    above = grammar.support(token)
    return above if above is not None else token


def _modal(verb: Token) -> str:
    for _ in range(3):
        found = next((item.lower_ for item in verb.children if item.dep_ == "aux" and item.tag_ == "MD"), "")
        if found or verb.dep_ != "conj" or grammar.child(verb, *grammar.SUBJECT, *grammar.PASSIVE) is not None:
            return found
        verb = verb.head
    return ""


def is_negated(token: Token) -> bool:
    """True for "did not attack", "no attack", "never attacked", "without attacking"."""
    for item in token.children:
        if item.dep_ == "neg" or (
            item.lower_ in ("no", "never", "neither", "nor") and item.dep_ in ("det", "advmod", "preconj")
        ):
            return True
    return token.dep_ == "pcomp" and token.head.lower_ == "without"


def standing(verb: Token) -> str:
    """Why a clause is not itself the report: it is a condition, a purpose or the time of another.

    Climbs from the word to the main clause; reported speech and participles ("…, killing 12") are
    part of the report.
    """
    token = verb
    for _ in range(12):
        if token.dep_ == "ROOT":
            return ""
        if reason := _edge(token):
            return reason
        token = token.head
    return ""


def mentioned(noun: Token) -> str:
    """ "mention" for a noun that is spoken of rather than reported ("discussed the attack"): not the
    object of a verb that says that it takes place, nor the subject of one, nor a headline's head."""
    if noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ in ("attr", "ROOT"):
        return ""
    verb = grammar.support(noun) or (noun.head if noun.dep_ in ("nsubj", "nsubjpass", "dobj") else None)
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return "mention"
    if grammar.lemma(verb) == "be" and noun.dep_ == "pobj" and noun.head.lower_ == "on":
        return ""  # "are on strike"
    return "" if grammar.lemma(verb) in lexicons.words("events_light.txt") else "mention"


def is_habitual(verb: Token) -> bool:
    """True for the simple present in a full sentence ("they shell the town every day"); headlines are
    in the present too, but end without a full stop."""
    if verb.tag_ not in ("VBZ", "VBP") or any(item.dep_ in ("aux", "auxpass") for item in verb.children):
        return False
    return verb.sent[-1].is_punct


def _edge(token: Token) -> str:
    """Why what hangs on a word by this edge is no part of the main report ("" if it is)."""
    if token.dep_ in ("relcl", "acl"):
        return "" if grammar.is_stranded(token) else "background"
    if token.dep_ == "advcl":
        return _adverbial(token)
    if token.dep_ == "csubj":
        return "possible"
    if token.dep_ in ("xcomp", "ccomp") and is_unreal(token):
        return "possible"
    if token.dep_ == "pcomp" and token.head.dep_ == "prep":
        return "background" if token.head.lower_ not in lexicons.words("events_means.txt") else ""
    if token.dep_ == "prep" and token.lower_ in lexicons.words("events_background.txt"):
        return "background"
    return ""


def is_unreal(clause: Token) -> bool:
    """True for an infinitive that does not say that it came about ("wants to", "able to", "it is right to")."""
    if not grammar.is_infinitive(clause):
        return False
    head = clause.head
    if head.pos_ == "ADJ" or grammar.child(head, "acomp") is not None:
        return True
    return grammar.lemma(head) in lexicons.words("events_wishes.txt")


def _adverbial(verb: Token) -> str:
    marks = [item.lower_ for item in verb.children if item.dep_ in ("mark", "advmod")]
    if any(mark in lexicons.words("events_conditions.txt") for mark in marks):
        return "condition"
    if any(mark in lexicons.words("events_background.txt") for mark in marks):
        return "background"
    return "purpose" if grammar.is_infinitive(verb) else ""
