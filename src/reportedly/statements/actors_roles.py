"""What the words of a phrase say somebody is: "policemen", "foreign minister", "rebel leader".

The head nouns and their PLOVER sectors are in `lexicons/actors_roles.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reportedly import lexicons

_JOINING = frozenset(("of", "for", "from"))
Kind = Literal["person", "organisation", "object"]


@dataclass(frozen=True)
class Role:
    """A head noun: its sector, kind, the suffix of a state's own body, and whether it is too general
    to decide the sector against another word of the phrase."""

    noun: str
    sector: str | None
    kind: Kind
    force: str | None = None
    general: bool = False


@lru_cache(maxsize=1)
def _roles() -> dict[str, Role]:
    return {
        row["noun"]: Role(
            row["noun"],
            row["sector"] or None,
            cast(Kind, row["kind"]),
            row["force"] or None,
            row["general"] == "yes",
        )
        for row in lexicons.rows("actors_roles.tsv")
    }


def word_set(key: str) -> frozenset[str]:
    """One of the small word lists of `lexicons/actors_words.json`."""
    return frozenset(lexicons.tree("actors_words.json")[key])


def ending_at(token: Token, first: int) -> Role | None:
    """The longest role noun that ends at a token and does not begin before token `first`."""
    known = _roles()
    doc = token.doc
    for length in (3, 2, 1):
        begin = token.i - length + 1
        if begin < first:
            continue
        words = [doc[i].lower_ for i in range(begin, token.i)]
        for last in (token.lower_.rstrip("."), token.lemma_.lower()):
            role = known.get(" ".join([*words, last]))
            if role:
                return role
    return None


def head_role(tokens: Tokens) -> Role | None:
    """The role of the head of a phrase; of a name's words, that of a title before it."""
    role = ending_at(tokens.root, tokens.start)
    if role:
        return role
    titles = [token for token in tokens if token.head == tokens.root and token.dep_ in ("compound", "nmod", "appos")]
    return next(filter(None, (ending_at(token, tokens.start) for token in titles)), None)


def others(tokens: Tokens, skip: Role | None) -> Iterable[Role]:
    """The other roles that the words before the head name, and those after "of" or "for", from left to right."""
    root = tokens.root
    for token in tokens:
        attached = token.i <= root.i or (
            token.dep_ == "pobj" and token.head.head == root and token.head.lower_ in _JOINING
        )
        if attached and token.pos_ in ("NOUN", "PROPN", "ADJ"):
            role = ending_at(token, tokens.start)
            if role and role != skip:
                yield role


def sector(tokens: Tokens, role: Role | None) -> str | None:
    """The sector that the words of a phrase say: that of the head, or of a more telling word."""
    if role is None:
        return None
    if role.sector and not role.general:
        return role.sector
    beside = [other for other in others(tokens, role) if other.sector]
    telling = [other for other in beside if not other.general]
    if role.sector == "MIL" and any(other.force == "GOV" for other in telling):
        return "MIL"
    if telling:
        return telling[0].sector
    return role.sector or (beside[0].sector if beside else None)
