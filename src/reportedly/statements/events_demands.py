"""Demands without a verb of demanding: "the ministry said Iraq must disarm"."""

from __future__ import annotations

from spacy.attrs import LOWER
from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.statements import events_grammar as grammar
from reportedly.statements import spans
from reportedly.statements.events_lexicon import Sense
from reportedly.statements.events_triggers import Trigger

DUTY = frozenset(spans.hashed(word) for word in ("must", "should"))
DEMAND = Sense(
    lemma="must",
    pos="verb",
    type="REQUEST",
    mode=None,
    actor=("subj",),
    recipient=("that", "comp"),
    tests=(),
    scope="content",
    rank=0,
)


def find(doc: Doc, known: set[int]) -> list[Trigger]:
    """Speech verbs whose content says what somebody else must do; `known` are triggers already."""
    found = []
    for index, lower in enumerate(doc.to_array([LOWER]).tolist()):
        if lower not in DUTY:
            continue
        token = doc[index]
        speech = _speech(token.head)
        if speech is not None and speech.i not in known and not _same_subject(speech, token.head):
            found.append(Trigger(speech, DEMAND))
            known.add(speech.i)
    return found


def _speech(clause: Token) -> Token | None:
    if clause.dep_ != "ccomp" or clause.head.pos_ != "VERB":
        return None
    return clause.head if grammar.lemma(clause.head) in lexicons.words("events_speech.txt") else None


def _same_subject(speech: Token, clause: Token) -> bool:
    subject = grammar.child(clause, *grammar.SUBJECT, *grammar.PASSIVE)
    return subject is None or (subject.pos_ == "PRON" and subject.lower_ in ("it", "he", "she", "they", "we", "i"))
