"""Finding triggers: the words of a document whose frame the lexicon knows."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.attrs import LEMMA, POS
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.statements import events_frames
from reportedly.statements import events_grammar as grammar
from reportedly.statements.events_lexicon import Lexicon, Sense

#: Tokens of a sentence; what is longer is a list or a table, where the parse says nothing and costs much.
LONGEST = 500


@dataclass(frozen=True)
class Trigger:
    """A word and the sense in which it reports an event."""

    token: Token
    sense: Sense


def find(doc: Doc, lexicon: Lexicon) -> list[Trigger]:
    """All triggers of a document, in order; participles before a noun ("ousted") are not triggers."""
    found = []
    table = lexicon.hashed
    listed = [(sentence.start, sentence.end) for sentence in doc.sents if len(sentence) > LONGEST]
    # the columns as integers: looking at every token's strings would cost more than all the rest
    for index, key in enumerate(zip(*doc.to_array([POS, LEMMA]).T.tolist(), strict=True)):
        if (senses := table.get(key)) is None or any(start <= index < end for start, end in listed):
            continue
        token = doc[index]
        if token.pos_ == "VERB" and token.dep_ in ("amod", "compound", "aux"):
            continue
        if (sense := events_frames.chosen(token, senses)) is not None:
            found.append(Trigger(token, sense))
    return found


def span(trigger: Trigger) -> Tokens:
    """The trigger's words: the verb with an adjacent particle, or the noun."""
    token = trigger.token
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    with_particle = following is not None and following.dep_ == "prt" and following.head == token
    if with_particle and grammar.counted(token):
        with_particle = False
    return token.doc[token.i : token.i + 2] if with_particle else token.doc[token.i : token.i + 1]
