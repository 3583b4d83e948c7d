"""The event lexicon: which words, in which frames, report an event of which PLOVER type.

Every lexicon file `events_*.tsv` whose header is `HEADER` is read; docs/stages/events.md describes
the columns. A row is a `Sense` of a lemma; its frame is a list of `Test`s on the words around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.parts_of_speech import IDS

from reportedly import lexicons
from reportedly.statements import spans

HEADER = ("lemma", "pos", "type", "mode", "actor", "recipient", "when", "scope")
#: spaCy's coarse parts of speech that a row's `pos` may stand for. Participles are often tagged as
#: adjectives and verbs used as names as proper nouns.
TAGS = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adj": ("ADJ",)}


@dataclass(frozen=True)
class Test:
    """One condition of a frame: the words in relation `key` are among `words` (or, negated, are not).

    `words` may hold "*" (there is one, whatever it is); an empty set means that there is none.
    """

    key: str
    words: frozenset[str]
    negated: bool = False


@dataclass(frozen=True)
class Sense:
    """One row: what a lemma reports if all of `tests` hold. `rank` orders the senses of a lemma."""

    lemma: str
    pos: str
    type: str
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    tests: tuple[Test, ...]
    scope: str
    rank: int


@dataclass(frozen=True)
class Lexicon:
    """All senses by (spaCy tag, lemma), the most constrained first, and the word classes."""

    senses: dict[tuple[str, str], tuple[Sense, ...]]
    hashed: dict[tuple[int, int], tuple[Sense, ...]]
    classes: dict[str, frozenset[str]]
    types: dict[str, Any]
    nouns: frozenset[str]


def files() -> list[str]:
    """The names of the lexicon files that hold senses."""
    names = sorted(item.name for item in lexicons.ROOT.iterdir())
    return [name for name in names if name.startswith("events_") and name.endswith(".tsv") and _is_frames(name)]


def _is_frames(name: str) -> bool:
    lines = (line for line in lexicons.text(name).splitlines() if line.strip() and not line.startswith("#"))
    return tuple(next(lines, "").split("\t")) == HEADER


def _classes() -> dict[str, frozenset[str]]:
    """The word classes of events_classes.tsv; a class may name another ("@force")."""
    listed = {row["class"]: row["words"].split() for row in lexicons.rows("events_classes.tsv")}

    def flat(name: str) -> set[str]:
        parts = (flat(word[1:]) if word.startswith("@") and word[1:] in listed else {word} for word in listed[name])
        return {word for part in parts for word in part}

    return {name: frozenset(flat(name)) for name in listed}


def tests(text: str, classes: dict[str, frozenset[str]]) -> tuple[Test, ...]:
    """Read a row's `when`: "prt=off obj=strike,@protest !prep=to"."""
    found = []
    for condition in text.split():
        key, _, values = condition.partition("=")
        words: set[str] = set()
        for value in values.split(","):
            words |= classes.get(value[1:], frozenset({value})) if value.startswith("@") else {value}
        found.append(Test(key.lstrip("!"), frozenset(words - {"-", ""}), key.startswith("!")))
    return tuple(found)


def _sense(row: dict[str, str], lemma: str, classes: dict[str, frozenset[str]], order: int) -> Sense:
    frame = tests(row["when"], classes)
    return Sense(
        lemma=lemma,
        pos=row["pos"],
        type=row["type"],
        mode=row["mode"] or None,
        actor=tuple(row["actor"].split()),
        recipient=tuple(row["recipient"].split()),
        tests=frame,
        scope=row["scope"],
        rank=order - 10000 * len(frame),
    )


def _hashed(senses: dict[tuple[str, str], tuple[Sense, ...]]) -> dict[tuple[int, int], tuple[Sense, ...]]:
    """The index by spaCy's numbers for tag and lemma (names keep their capital in the lemma)."""
    table = {}
    for (tag, lemma), listed in senses.items():
        for form in (
            {lemma, lemma.capitalize(), lemma.upper()} if tag in ("PROPN", "ADJ") else {lemma, lemma.capitalize()}
        ):
            table[int(IDS[tag]), spans.hashed(form)] = listed
    for row in lexicons.rows("events_lemmas.tsv"):
        if listed := senses.get(("VERB", row["lemma"]), ()):
            table[int(IDS["VERB"]), spans.hashed(row["given"])] = listed
    return table


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """All lexicon files, read once and indexed."""
    classes = _classes()
    index: dict[tuple[str, str], list[Sense]] = {}
    nouns: set[str] = set()
    rows = [row for name in files() for row in lexicons.rows(name)]
    for order, row in enumerate(rows):
        for lemma in row["lemma"].split(","):
            sense = _sense(row, lemma.strip(), classes, order)
            if row["pos"] == "noun" and row["type"]:
                nouns.add(sense.lemma)
            for tag in TAGS[row["pos"]]:
                index.setdefault((tag, sense.lemma), []).append(sense)
    ranked = {key: tuple(sorted(senses, key=lambda sense: sense.rank)) for key, senses in index.items()}
    return Lexicon(ranked, _hashed(ranked), classes, lexicons.tree("events_types.json"), frozenset(nouns))
