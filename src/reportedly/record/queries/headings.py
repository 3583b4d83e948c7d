"""Headings in words: what a dispute is about, and a source as a sentence would have it. Stored values stay as they are."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache

from reportedly import lexicons
from reportedly.events.findings import Position
from reportedly.record.queries.disputes import Dispute

#: Characters of a claim in a heading.
LONGEST = 90
#: What a number is the answer to, by measure; of all others it is "how many".
QUESTIONS = {"area": "how large an area", "distance": "how far", "money": "how much money", "duration": "how long"}
QUESTIONS |= {"age": "how old"}
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
_NONE = str.maketrans("", "", "‘’")
_WORD = re.compile(r"[^\W\d_]+")


def dispute(found: Dispute) -> str:
    """What a dispute is about, for a heading.

    Of events and places it is what the finding says ("strike, Syria: whether it happened"), of figures the question that
    the numbers answer ("how many: killed, militants, Baghuz"). Within an article the finding is no more than the words
    that both sides share; the heading then has the claim that is contradicted, in the article's words.
    """
    if found.kind == "figure":
        measure = found.about.split(",")[0]
        return f"{QUESTIONS.get(measure, 'how many')}: {found.about}"
    if found.kind != "article" or not found.positions:
        return found.about
    claim = _claim(found.positions[0])
    shared = found.about.rstrip("… ").casefold()
    said = shared in claim.removeprefix("denied: ").casefold() or found.positions[0].label.casefold().startswith(shared)
    return claim if said else f"{found.about}: {claim}"


def _claim(position: Position) -> str:
    """The words of a claim in quotation marks, at most a line of them; "denied: “…”" where the claim is a denial."""
    words = position.label.removeprefix("denied: ")
    short = textwrap.shorten(words, LONGEST, placeholder="…").replace("“", "‘").replace("”", "’")
    if short.count("‘") != short.count("’") - len(_APOSTROPHE.findall(short)):  # cut out of a quotation
        short = _APOSTROPHE.sub("'", short).translate(_NONE).replace("'", "’")
    return f"{'denied: ' if words != position.label else ''}“{short}”"


@lru_cache(maxsize=10_000)
def source(name: str) -> str:
    """A source as it stands in a sentence: one that is described and not named does not begin with a capital."""
    first, _, rest = name.partition(" ")
    if first.lower() not in lexicons.words("record_unnamed.txt"):
        return name
    others = _WORD.findall(rest)
    named = bool(others) and all(word[0].isupper() for word in others)  # "The Daily Telegraph"
    return name if named else f"{first.lower()}{name[len(first) :]}"


def unnamed(name: str) -> bool:
    """True if a source is only described ("neither side", "aid agencies"), by the words of an article."""
    return source(name)[:1].islower()
