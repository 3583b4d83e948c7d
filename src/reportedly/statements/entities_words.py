"""The tokens of an article as plain lists, read once: asking spaCy's tokens again and again is slow."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LOWER, ORTH, POS, TAG
from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.statements import actors_phrases, actors_registry
from reportedly.statements.actors_names import Occurrence

#: The labels of names that are read of `doc.ents`, so that any recogniser can set them.
NAMES = frozenset(("PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"))


#: What is read of the parse, as one array.
_READ = [ORTH, LOWER, LEMMA, POS, TAG, DEP, IDX, ENT_TYPE, HEAD]
#: The steps to the heads are signed, in an array of unsigned numbers.
_WRAP = 1 << 64


class Words:
    """Every token's word, lemma, part of speech, relation, head and recognised name, by position."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        known = actors_phrases.knowledge(doc)
        self.whole = known.text
        columns = doc.to_array(_READ).T.tolist()
        names = [_spelt(doc, column) for column in columns[:6]]
        self.text, self.lower, lemmas, self.pos, self.tag, self.dep = names
        self.lemma = [lemma.lower() for lemma in lemmas]
        self.start = columns[6]
        labels = _spelt(doc, columns[7])
        self.label = [label if label in NAMES else "" for label in labels]
        self.head = [i + (step - _WRAP if step > _WRAP // 2 else step) for i, step in enumerate(columns[8])]
        self.left, self.right = _edges(self.head)
        self.children: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                self.children[head].append(i)
        self.naming = _namings(known.occurrences, self.start)
        self.usual = _usual(self.text, self.label)

    def __len__(self) -> int:
        return len(self.text)

    def classes(self, head: int, first: int) -> tuple[str, ...]:
        """The classes of the longest listed noun that ends at `head` and begins at `first` or later."""
        known = classes()
        for length in (3, 2, 1):
            begin = head - length + 1
            if begin < first:
                continue
            before = " ".join([*self.lower[begin:head], ""]) if length > 1 else ""
            found = known.get(before + self.lower[head]) or known.get(before + self.lemma[head])
            if found:
                return found
        return ()


def _spelt(doc: Doc, column: list[int]) -> list[str]:
    """The strings that a column of the parse holds by their hash."""
    strings = doc.vocab.strings
    known = {key: strings[key] for key in set(column)}
    return [known[key] for key in column]


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """The first and last token of what hangs on each token, itself included."""
    size = len(heads)
    left, right = list(range(size)), list(range(size))
    for edge, order in ((left, range(size)), (right, range(size - 1, -1, -1))):
        for i in order:
            at = i
            while heads[at] != at and (edge[heads[at]] > i if edge is left else edge[heads[at]] < i):
                at = heads[at]
                edge[at] = i
    return left, right


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
