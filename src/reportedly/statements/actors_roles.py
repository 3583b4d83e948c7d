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
from reportedly.statements import columns
from reportedly.statements.columns import Columns

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


@lru_cache(maxsize=64)
def word_set(key: str) -> frozenset[str]:
    """One of the small word lists of `lexicons/actors_words.json`."""
    return frozenset(lexicons.tree("actors_words.json")[key])


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """The last words of the role nouns of several words."""
    return frozenset(noun.rpartition(" ")[2] for noun in _roles() if " " in noun)


def ending_at(token: Token, first: int) -> Role | None:
    """The longest role noun that ends at a token and does not begin before token `first`."""
    return _ending_at(columns.of(token.doc), token.i, first)


def _ending_at(read: Columns, i: int, first: int) -> Role | None:
    known = _roles()
    word, lemma = read.lower[i].rstrip("."), read.lemma[i]
    if word in _last_words() or lemma in _last_words():
        for begin in (i - 2, i - 1):
            if begin >= first:
                before = " ".join([*read.lower[begin:i], ""])
                if role := known.get(before + word) or known.get(before + lemma):
                    return role
    return known.get(word) or known.get(lemma) if i >= first else None


def head_role(tokens: Tokens) -> Role | None:
    """The role of the head of a phrase; of a name's words, that of a title before it."""
    role = ending_at(tokens.root, tokens.start)
    if role:
        return role
    read, root = columns.of(tokens.doc), tokens.root.i
    named = range(tokens.start, tokens.end)
    titles = [i for i in named if read.head[i] == root and read.dep[i] in ("compound", "nmod", "appos")]
    return next(filter(None, (_ending_at(read, i, tokens.start) for i in titles)), None)


def others(tokens: Tokens, skip: Role | None) -> Iterable[Role]:
    """The other roles that the words before the head name, and those after "of" or "for", from left to right."""
    read, root = columns.of(tokens.doc), tokens.root.i
    for i in range(tokens.start, tokens.end):
        above = read.head[i]
        attached = i <= root or (read.dep[i] == "pobj" and read.head[above] == root and read.lower[above] in _JOINING)
        if attached and read.pos[i] in ("NOUN", "PROPN", "ADJ"):
            role = _ending_at(read, i, tokens.start)
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
