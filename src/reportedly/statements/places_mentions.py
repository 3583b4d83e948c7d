"""Where an article may name a place: every capitalised name that the gazetteer knows, or that the
model's named entities call a place. Which of them is meant as one is for `places_model` to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.data import Article
from reportedly.statements import columns, gazetteer_names
from reportedly.statements.gazetteer import Gazetteer, Record

#: Labels of entities that are places, in the model's scheme.
PLACES = frozenset(("GPE", "LOC", "FAC"))
_LONGEST = 6
_PART = re.compile(r"(?<![\w.-])((?:[A-Z]\.){2,}|[A-Z][\w.]+)[-–](?=[a-z])")


@dataclass(slots=True)
class Mention:
    """A name that may be a place's.

    `first` and `last` are its tokens' indices (inclusive), `start` and `end` its characters; `label` is
    that of the named entity it lies in ("" if in none), `whole` whether it is all of that entity;
    `records` are the places of that name, `chance` how likely it is a place at all. `container` is the index of the mention that says where this
    one is ("Texas" in "Paris, Texas"), and `relation` how ("comma", "in"); `respelled` is True where the
    records are those of another spelling of the name; `rule` is what takes it for a place whose name is
    not known ("village", "head").
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
    rule: str = ""
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


class Words:
    """A document's tokens as plain strings and offsets: a Token object for each would cost more than all else."""

    def __init__(self, doc: Doc) -> None:
        article: Article = doc._.article
        read = columns.of(doc)
        self.text = article.text  # the same as doc.text, which is made anew at each call
        self.words, self.starts = read.text, read.start

    def slice(self, first: int, last: int) -> str:
        """The text from the first to the last of these tokens."""
        return self.text[self.starts[first] : self.starts[last] + len(self.words[last])]


def find(doc: Doc, gazetteer: Gazetteer) -> list[Mention]:
    """The mentions of a document in their order, none overlapping another."""
    words = Words(doc)
    spans = {(first, last): words.slice(first, last) for first, last in _names(words.words)}
    named = {span: text for span, text in spans.items() if _askable(doc, words.words, span, text)}
    keys = {span: gazetteer_names.key(text) for span, text in named.items()}
    short = {span: row for span, text in named.items() if (row := _short(words.words, span, text))}
    known = gazetteer.by_key({*keys.values(), *(gazetteer_names.key(row["name"]) for row in short.values())})
    found = {}
    for span, key in keys.items():
        records = _of_short(short[span], known) if span in short else known.get(key, ())
        if records:
            found[span] = records
    labels = _labels(doc)
    runs = {(first, last): rule for first, last, rule in _runs(words.words)}
    inside = {i for first, last in runs.keys() - found.keys() for i in range(first, last + 1)}
    # "the village of Khan X" is not Khan: what a rule takes for one name is not looked up by its parts.
    chosen = [span for span in _longest(words.words, found) if span in runs or not inside.intersection(span)]
    mentions = [_mention(doc, span, found[span], keys[span], span in short, labels) for span in chosen]
    mentions += list(_unknown(doc, words, mentions, runs)) + list(_parts(doc, words.text, gazetteer))
    return sorted(mentions, key=lambda m: m.start)


def _labels(doc: Doc) -> dict[int, tuple[str, int, int]]:
    return {i: (ent.label_, ent.start, ent.end) for ent in doc.ents for i in range(ent.start, ent.end)}


def _names(words: list[str]) -> Iterator[tuple[int, int]]:
    """Every run of up to six tokens that starts and ends like a name, as first and last index."""
    capital = [_starts(word) for word in words]
    articles, inside, areas = (classes()[name] for name in ("name_article", "name_link", "area_noun"))
    for first, word in enumerate(words):
        if not capital[first] and not (word in articles and _article(words, first)):
            continue
        for last in range(first, min(first + _LONGEST, len(words))):
            if capital[last]:
                yield first, last
                if last + 1 < len(words) and words[last + 1] in areas:  # "Anbar province"
                    yield first, last + 1
            elif words[last] not in (inside if last > first else articles):
                break


def _starts(word: str) -> bool:
    return word[0].isupper() or (word[0] in "'’‘`" and word[1:2].isupper())


def _article(words: list[str], index: int) -> bool:
    """True for the "al" of "al-Hol"."""
    after = words[index + 1 : index + 3]
    return words[index] in classes()["name_article"] and len(after) == 2 and after[0] == "-" and after[1][0].isupper()


def _askable(doc: Doc, words: list[str], span: tuple[int, int], text: str) -> bool:
    first, last = span
    if words[first] in {"The", "THE"}:
        return text in _with_article()
    if len(text) < 2 or gazetteer_names.key(text) in _not_names():
        return False
    if first != last or text.rstrip(".") in _abbreviations():
        return True
    if text.replace(".", "") in _short_countries():
        return True
    token = doc[first]
    return not (token.is_stop or token.like_num)


@lru_cache(maxsize=1)
def _short_countries() -> frozenset[str]:
    """ "US", "UK": names of countries that would pass for plain words."""
    rows = lexicons.rows("places_countries.tsv")
    return frozenset(name for row in rows for name in row["aliases"].split("|") if name.isupper() and name.isalpha())


def _short(words: list[str], span: tuple[int, int], text: str) -> dict[str, str] | None:
    row = _abbreviations().get(text.rstrip("."))
    if row is None or row["where"] == "any":
        return row
    return row if span[0] >= 2 and words[span[0] - 1] == "," and _starts(words[span[0] - 2]) else None


def _of_short(row: dict[str, str], known: dict[str, tuple[Record, ...]]) -> tuple[Record, ...]:
    records = known.get(gazetteer_names.key(row["name"]), ())
    exact = [r for r in records if r.country == row["country"] and r.kind == row["kind"]]
    return tuple(exact[:1])


def _longest(words: list[str], found: dict[tuple[int, int], tuple[Record, ...]]) -> list[tuple[int, int]]:
    """Of overlapping names the longest, the first of two as long."""
    taken = [False] * len(words)
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


def _unknown(doc: Doc, words: Words, mentions: list[Mention], runs: dict[tuple[int, int], str]) -> Iterator[Mention]:
    """Names that the gazetteer lacks: those that a rule takes for a place, and entities called places."""
    taken = {i for mention in mentions for i in range(mention.first, mention.last + 1)}
    spans = {span: doc[span[1]].ent_type_ for span in runs}
    within = {i for first, last in spans for i in range(first, last + 1)}
    for ent in doc.ents:
        if ent.label_ in PLACES and not within.intersection(range(ent.start, ent.end)):
            spans[ent.start, ent.end - 1] = ent.label_
    for (first, last), label in spans.items():
        if taken.intersection(range(first, last + 1)):
            continue
        rule = runs.get((first, last), "")
        first += words.words[first].lower() == "the" and last > first
        if _starts(words.words[first]) or _article(words.words, first):
            text = words.slice(first, last)
            start = words.starts[first]
            key = gazetteer_names.key(text)
            yield Mention(first, last, start, start + len(text), text, key, (), label, True, rule=rule)


def _runs(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Names that their words show to be places': "the village of X" (village), "Tell X", "Kafr X" (head)."""
    villages, heads = classes()["village_noun"], classes()["name_head"]
    end = 0
    for index in range(1, len(words) - 1):
        rule, first = "", index
        if words[index] == "of" and words[index - 1].lower() in villages:
            rule, first = "village", index + 1
        elif words[index] in heads and _starts(words[index + 1]) and index >= end:
            rule = "head"
        last = _run_end(words, first) if rule else -1
        if rule and last >= first + (rule == "head") and first >= end:
            end = last + 1
            yield first, last, rule


def _run_end(words: list[str], first: int) -> int:
    """The last word of the name that starts here, "al-" and the like in it; -1 if none does."""
    last = -1
    index = first
    while index < min(first + _LONGEST, len(words)):
        if _starts(words[index]):
            last = index
        elif not (words[index] == "-" or _article(words, index)):
            break
        index += 1
    return last


def _parts(doc: Doc, text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Names that the tokens hide: "U.S.-led" is one token."""
    parts = [(doc.char_span(*match.span(1), alignment_mode="expand"), match) for match in _PART.finditer(text)]
    known = gazetteer.by_key({gazetteer_names.key(match[1]) for _, match in parts})
    for tokens, match in parts:
        key = gazetteer_names.key(match[1])
        if tokens is not None and len(tokens) == 1 and len(tokens.text) > len(match[1]) and known.get(key):
            token = tokens[0]
            yield Mention(token.i, token.i, *match.span(1), match[1], key, known[key], token.ent_type_, False)
