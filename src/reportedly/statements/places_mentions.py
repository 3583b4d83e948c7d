"""Where an article may name a place: every capitalised name that the gazetteer knows, or that the
model's named entities call a place. Which of them is meant as one is for `places_model` to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from reportedly import lexicons
from reportedly.statements import gazetteer_names
from reportedly.statements.gazetteer import Gazetteer, Record

#: Labels of entities that are places, in the model's scheme.
PLACES = frozenset(("GPE", "LOC", "FAC"))
_LONGEST = 6
_PART = re.compile(r"^((?:[A-Z]\.){2,}|[A-Z][\w.]+)[-–](?=[a-z])")


@dataclass(slots=True)
class Mention:
    """A name that may be a place's.

    `first` and `last` are its tokens' indices (inclusive), `start` and `end` its characters; `label` is
    that of the named entity it lies in ("" if in none), `whole` whether it is all of that entity;
    `records` are the places of that name, `chance` how likely it is a place at all. `container` is the index of the mention that says where this
    one is ("Texas" in "Paris, Texas"), and `relation` how ("comma", "in"); `respelled` is True where the
    records are those of another spelling of the name.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    key: str
    records: tuple[Record, ...]
    label: str = ""
    whole: bool = False
    container: int | None = None
    relation: str = ""
    abbreviation: bool = False
    respelled: bool = False
    chance: float = 1.0
    features: dict[str, float] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, dict[str, str]]:
    return {row["short"].rstrip("."): row for row in lexicons.rows("places_abbreviations.tsv")}


@lru_cache(maxsize=1)
def _with_article() -> frozenset[str]:
    """Names that have "The" as a part ("The Hague"): all others are known without it."""
    return lexicons.words("places_with_article.txt")


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(gazetteer_names.key(word) for word in lexicons.words("places_not_names.txt"))


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    """The word classes of places_words.tsv."""
    return {row["class"]: frozenset(row["words"].split("|")) for row in lexicons.rows("places_words.tsv")}


def find(doc: Doc, gazetteer: Gazetteer) -> list[Mention]:
    """The mentions of a document in their order, none overlapping another."""
    labels = _labels(doc)
    spans = {(first, last): doc[first : last + 1].text for first, last in _names(doc)}
    named = {span: text for span, text in spans.items() if _askable(doc, span, text)}
    keys = {span: gazetteer_names.key(text) for span, text in named.items()}
    short = {span: _abbreviations()[text.rstrip(".")] for span, text in named.items() if _is_short(doc, span, text)}
    known = gazetteer.by_key({*keys.values(), *(gazetteer_names.key(row["name"]) for row in short.values())})
    found = {}
    for span, key in keys.items():
        records = _of_short(short[span], known) if span in short else known.get(key, ())
        if records:
            found[span] = records
    chosen = _longest(doc, found)
    mentions = [_mention(doc, span, found[span], keys[span], span in short, labels) for span in chosen]
    mentions += list(_unknown(doc, mentions)) + list(_parts(doc, gazetteer))
    return sorted(mentions, key=lambda m: m.start)


def _labels(doc: Doc) -> dict[int, tuple[str, int, int]]:
    return {i: (ent.label_, ent.start, ent.end) for ent in doc.ents for i in range(ent.start, ent.end)}


def _names(doc: Doc) -> Iterator[tuple[int, int]]:
    """Every run of up to six tokens that starts and ends like a name, as first and last index."""
    tokens = list(doc)
    capital = [_starts(token) for token in tokens]
    articles, inside = classes()["name_article"], classes()["name_link"]
    for first in range(len(tokens)):
        if not capital[first] and not _article(tokens, first):
            continue
        for last in range(first, min(first + _LONGEST, len(tokens))):
            if capital[last]:
                yield first, last
            elif tokens[last].text not in (inside if last > first else articles):
                break


def _starts(token: Token) -> bool:
    return token.text[0].isupper() or (token.text[0] in "'’‘`" and token.text[1:2].isupper())


def _article(tokens: Sequence[Token] | Doc, index: int) -> bool:
    """True for the "al" of "al-Hol"."""
    return (
        tokens[index].text in classes()["name_article"]
        and index + 2 < len(tokens)
        and tokens[index + 1].text == "-"
        and tokens[index + 2].text[0].isupper()
    )


def _askable(doc: Doc, span: tuple[int, int], text: str) -> bool:
    first, last = span
    if doc[first].lower_ == "the" and doc[first].text.istitle():
        return text in _with_article()
    if first != last:
        return True
    if text.rstrip(".") in _abbreviations():
        return True
    token = doc[first]
    if len(text) < 2 or gazetteer_names.key(text) in _not_names():
        return False
    if text.replace(".", "").upper() in {"US", "UK", "UAE", "USA", "EU", "DRC"}:
        return text != "Us" and text != "Eu"
    return not (token.is_stop or token.like_num)


def _is_short(doc: Doc, span: tuple[int, int], text: str) -> bool:
    row = _abbreviations().get(text.rstrip("."))
    if row is None:
        return False
    return row["where"] == "any" or (span[0] >= 2 and doc[span[0] - 1].text == "," and _starts(doc[span[0] - 2]))


def _of_short(row: dict[str, str], known: dict[str, tuple[Record, ...]]) -> tuple[Record, ...]:
    records = known.get(gazetteer_names.key(row["name"]), ())
    exact = [r for r in records if r.country == row["country"] and r.kind == row["kind"]]
    return tuple(exact[:1])


def _longest(doc: Doc, found: dict[tuple[int, int], tuple[Record, ...]]) -> list[tuple[int, int]]:
    """Of overlapping names the longest, the first of two as long; a country before all ("US Navy Yard")."""
    taken = [False] * len(doc)
    chosen = []
    for first, last in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if not any(taken[first : last + 1]):
            taken[first : last + 1] = [True] * (last + 1 - first)
            chosen.append((first, last))
    return chosen


def _mention(
    doc: Doc,
    span: tuple[int, int],
    records: tuple[Record, ...],
    key: str,
    short: bool,
    labels: dict[int, tuple[str, int, int]],
) -> Mention:
    first, last = span
    tokens = doc[first : last + 1]
    label, start, end = labels.get(last, labels.get(first, ("", -1, -1)))
    begins = start + 1 if start >= 0 and doc[start].lower_ == "the" else start
    ends = end - 1 if end > 0 and doc[end - 1].text in {"'s", "’s"} else end
    whole = begins >= first and ends <= last + 1 and bool(label)
    return Mention(
        first, last, tokens.start_char, tokens.end_char, tokens.text, key, records, label, whole, abbreviation=short
    )


def _unknown(doc: Doc, mentions: list[Mention]) -> Iterator[Mention]:
    """The entities called places in which no known name lies: nothing is known of them but the text."""
    taken = {i for mention in mentions for i in range(mention.first, mention.last + 1)}
    for ent in doc.ents:
        if ent.label_ not in PLACES or any(i in taken for i in range(ent.start, ent.end)):
            continue
        first = ent.start + 1 if ent[0].lower_ == "the" and len(ent) > 1 else ent.start
        tokens = doc[first : ent.end]
        key = gazetteer_names.key(tokens.text)
        if _starts(tokens[0]) or _article(doc, first):
            yield Mention(
                first, ent.end - 1, tokens.start_char, tokens.end_char, tokens.text, key, (), ent.label_, True
            )


def _parts(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Names that the tokens hide: "U.S.-led" is one token."""
    parts = [(token, match) for token in doc if (match := _PART.match(token.text))]
    known = gazetteer.by_key({gazetteer_names.key(match[1]) for _, match in parts})
    for token, match in parts:
        key = gazetteer_names.key(match[1])
        if known.get(key):
            end = token.idx + match.end(1)
            yield Mention(token.i, token.i, token.idx, end, match[1], key, known[key], token.ent_type_, False)
