"""Where the counted are says what they are: displaced in camps, detained in prisons."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.data import Measure
from reportedly.statements.figures_counted import Counted
from reportedly.statements.figures_lexicon import CONTEXT

_PLACED = frozenset(("in", "at", "to", "into", "inside", "from", "between", "across", "on"))


def is_camp(token: Token) -> bool:
    """True for a camp, by noun or name."""
    return token.lemma_.lower() in CONTEXT["place", "displaced"]


def place(what: Counted) -> Measure | None:
    """Displaced in camps, detained in prisons or custody: a place on the noun or on its verb."""
    token = what.noun if what.noun is not None else what.anchor
    hosts = [token, what.anchor, *(child for child in token.children if child.dep_ in ("acl", "relcl"))]
    if what.anchor.dep_ in ("nsubj", "nsubjpass", "attr", "dobj"):
        hosts.append(what.anchor.head)
        hosts.extend(child for child in what.anchor.head.children if child.dep_ in ("xcomp", "acl", "relcl"))
    for host in hosts:
        for child in host.children:
            found = _in_place(child)
            if found is not None:
                return found
    return None


def _in_place(token: Token, depth: int = 0) -> Measure | None:
    if token.dep_ != "prep" or (depth == 0 and token.lower_ not in _PLACED):
        return None
    for inner in token.children:
        if inner.dep_ == "pobj":
            for means in ("displaced", "detained"):
                if inner.lemma_.lower() in CONTEXT["place", means]:
                    return means
        if inner.dep_ in ("pobj", "prep") and depth < 3:
            for below in [inner, *inner.children]:
                found = _in_place(below, depth + 1)
                if found is not None:
                    return found
    return None
