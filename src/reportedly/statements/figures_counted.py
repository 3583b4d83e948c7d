"""What a figure counts, from the parse."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from reportedly.statements.figures_lexicon import is_person

_NUMERIC = frozenset(("nummod", "quantmod", "compound", "amod", "advmod", "det", "predet", "nmod", "npadvmod", "poss"))
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "PRON"))
_REACH = 12  # tokens from a number to the noun that it counts


class Counted(NamedTuple):
    """The counted noun, if there is one, and the token whose place in the parse tells the measure."""

    noun: Token | None
    anchor: Token

    @property
    def lemma(self) -> str:
        return self.noun.lemma_.lower() if self.noun is not None else ""


def counted(tokens: Span) -> Counted:
    """What the tokens of a number count: the noun that they modify, or that follows "of"."""
    root = tokens.root
    for child in root.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i >= tokens.end:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return Counted(inner, root)
    head = root
    if tokens.end < len(tokens.doc) and tokens.doc[tokens.end].text in (",", ";") and not root.is_title:
        return Counted(None, root)  # "seven or eight million, oilfields"
    while head.dep_ in _NUMERIC and head.head != head and head.head.i < tokens.end + _REACH:
        head = head.head
        if any(token.text in "([" for token in head.doc[tokens.end : head.i]):
            break  # the noun of a bracket is not counted by a number before it
        if head.i >= tokens.end and head.pos_ in _NOMINAL and head.dep_ not in ("compound", "amod", "nummod"):
            return Counted(head, head)
    if head.i >= tokens.end and head.pos_ in ("NOUN", "PROPN"):
        return Counted(head, head)
    return Counted(_next_noun(tokens), root)


def pronoun(what: Counted) -> bool:
    """True if only a pronoun is counted ("five of them")."""
    return what.noun is not None and what.noun.pos_ == "PRON"


def _next_noun(tokens: Span) -> Token | None:
    """The plural noun right after a number that the parser has not joined to it."""
    doc: Doc = tokens.doc
    for token in doc[tokens.end : tokens.end + 4]:
        if token.tag_ in ("NNS", "NNPS"):
            return token
        if token.pos_ not in ("ADJ", "PROPN", "NOUN"):
            return None
    return None


def of_people(what: Counted) -> bool:
    """True if people may be counted: no noun, a pronoun, or a noun of people."""
    return what.noun is None or pronoun(what) or is_person(what.lemma, what.noun.pos_ == "PROPN")
