"""Small helpers on tokens and offsets that every stage needs."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.strings import hash_string  # type: ignore[attr-defined]  # its stub leaves it out
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.data import Span
from reportedly.statements import columns


def hashed(word: str) -> int:
    """The number that spaCy stands for a string: tokens are compared by it without making strings."""
    number: int = hash_string(word)
    return number


def of(tokens: Tokens) -> Span:
    """The character offsets of a run of tokens."""
    return Span(tokens.start_char, tokens.end_char)


def tokens_at(doc: Doc, start: int, end: int) -> Tokens:
    """The tokens that the characters from `start` to `end` touch (never None)."""
    first, last = columns.of(doc).touched(start, end)
    if not 0 <= first < last:
        raise ValueError(f"no token at {start}:{end}")
    return Tokens(doc, first, last)


def phrase(head: Token, leave_out: Iterable[str] = ("relcl", "acl", "appos", "advcl", "parataxis")) -> Tokens:
    """The noun phrase of a head, without the clauses that hang on it.

    Args:
        head: the head noun.
        leave_out: dependency labels whose subtrees do not belong.
    """
    read, skip = columns.of(head.doc), frozenset(leave_out)
    below = [head.i]
    for i in below:
        below.extend(child for child in read.children[i] if read.dep[child] not in skip)
    members = set(below)
    left = right = head.i
    while left - 1 in members:
        left -= 1
    while right + 1 in members:
        right += 1
    return Tokens(head.doc, left, right + 1)


def trimmed(text: str, start: int, end: int, strip: str = " \t\r\n") -> Span:
    """The offsets without the characters of `strip` at either end (never shorter than one)."""
    while end - 1 > start and text[end - 1] in strip:
        end -= 1
    while start < end - 1 and text[start] in strip:
        start += 1
    return Span(start, end)
