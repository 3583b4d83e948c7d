"""What the stage `entities` knows of every token: its columns, and how the registry of actors names it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.statements import actors_phrases, actors_registry, columns
from reportedly.statements.actors_names import Occurrence

#: The labels of names that are read of `doc.ents`, so that any recogniser can set them.
NAMES = frozenset(("PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"))


class Words:
    """Every token's word, lemma, part of speech, relation, head and recognised name, by position."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        known = actors_phrases.knowledge(doc)
        self.whole = known.text
        read = self.columns = columns.of(doc)
        self.text, self.lower, self.lemma, self.pos, self.tag, self.dep = (
            read.text,
            read.lower,
            read.lemma,
            read.pos,
            read.tag,
            read.dep,
        )
        self.start, self.head, self.left, self.right, self.children = (
            read.start,
            read.head,
            read.left,
            read.right,
            read.children,
        )
        self.label = [label if label in NAMES else "" for label in read.label]
        self.naming = _namings(known.occurrences, self.start)
        self.usual = _usual(self.text, self.label)

    def __len__(self) -> int:
        return len(self.text)

    def classes(self, head: int, first: int) -> tuple[str, ...]:
        """The classes of the longest listed noun that ends at `head` and begins at `first` or later."""
        known = classes()
        word, lemma = self.lower[head], self.lemma[head]
        if word in _last_words() or lemma in _last_words():
            for length in (3, 2):
                begin = head - length + 1
                if begin >= first:
                    before = " ".join([*self.lower[begin:head], ""])
                    if found := known.get(before + word) or known.get(before + lemma):
                        return found
        return known.get(word) or known.get(lemma) or () if head >= first else ()


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """The last words of the listed nouns of several words."""
    return frozenset(noun.rsplit(" ", 1)[1] for noun in classes() if " " in noun)


@lru_cache(maxsize=1)
def classes() -> dict[str, tuple[str, ...]]:
    """The semantic classes of head nouns, from `lexicons/entities_heads.tsv` and the actors' roles."""
    found: dict[str, dict[str, None]] = {}
    for row in lexicons.rows("entities_heads.tsv"):
        found.setdefault(row["noun"], {})[row["class"]] = None
    for row in lexicons.rows("actors_roles.tsv"):
        found.setdefault(row["noun"], {})[row["kind"]] = None
    return {noun: tuple(named) for noun, named in found.items()}


def _namings(occurrences: list[Occurrence], starts: list[int]) -> list[str]:
    """For every token how the registry of actors names it ("state", "demonym", "name:REB", …)."""
    found = [""] * len(starts)
    at = {start: i for i, start in enumerate(starts)}
    for occurrence in occurrences:
        i = at.get(occurrence.start, -1)
        naming = _naming(occurrence.alias) + ("/bound" if occurrence.bound else "")
        while 0 <= i < len(starts) and starts[i] < occurrence.end:
            found[i] = naming
            i += 1
    return found


@lru_cache(maxsize=4096)
def _naming(alias: actors_registry.Alias) -> str:
    if alias.naming == "name" and alias.actor in actors_registry.states():
        return "state"
    actor = actors_registry.find(alias.actor) if alias.actor else None
    return f"{alias.naming}:{actor.sector}" if actor and alias.naming == "name" else alias.naming


def _usual(texts: list[str], labels: list[str]) -> dict[str, str]:
    """The label that the recogniser gives a capitalised word most often in this article."""
    counts: dict[str, Counter[str]] = {}
    for word, label in zip(texts, labels, strict=True):
        if label and word[:1].isupper():
            counts.setdefault(word, Counter())[label] += 1
    return {word: count.most_common(1)[0][0] for word, count in counts.items()}
