"""What is known of a candidate, as the features that `entities_model` weighs: words, relations, classes of
the lexicons, recognised names and how the registry of actors names the words.

Features come in groups that the same few facts decide. `keys` gives the facts of each group and `spelled` its
features as strings; the model remembers what it makes of a key, so that the strings are built once only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from reportedly.statements import entities_words
from reportedly.statements.entities_candidates import Candidate
from reportedly.statements.entities_words import Words

_CONTENT = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "VERB"))
_BINDING = frozenset(("PUNCT", "CCONJ", "PART", "ADP"))
_PARTS = frozenset(("compound", "amod", "nmod", "poss", "nummod", "quantmod"))
_NUMBERS = {"NNS": "pl", "NNPS": "pl", "NN": "sg", "NNP": "sg"}


@lru_cache(maxsize=65536)
def _shape(text: str) -> str:
    if text.isupper():
        return "AA" if len(text) > 1 else "A"
    if text[:1].isupper():
        return "Aa"
    return "1" if text[:1].isdigit() else "a" if text[:1].isalpha() else "."


def _governor(words: Words, head: int) -> tuple[str, str]:
    """The relation of a head to its sentence, and the word that it depends on (through a preposition)."""
    dep, above = words.dep[head], words.head[head]
    if dep == "pobj":
        return f"pobj:{words.lower[above]}", words.lemma[words.head[above]]
    if dep == "conj":
        outer = words.dep[above]
        if outer == "pobj":
            return f"conj<pobj:{words.lower[words.head[above]]}", dep
        return f"conj<{outer}", words.lemma[above]
    return dep, words.lemma[above]


#: The name of a group of features and the facts that they are made of.
Key = tuple[str | int | None, ...]


def of(words: Words, candidate: Candidate) -> list[str]:
    """The features of a candidate."""
    return [name for key in keys(words, candidate) for name in spelled(key)]


def spelled(key: Key) -> Iterable[str]:
    """The features of a group."""
    return _SPELLED[str(key[0])](*key[1:])


def keys(words: Words, candidate: Candidate) -> list[Key]:
    """The groups of features of a candidate."""
    head, start, shape = candidate.head, candidate.start, candidate.shape
    classes = words.classes(head, start) or ("-",)
    relation, governor = _governor(words, head)
    tag, label, naming = words.tag[head], words.label[head], words.naming[head]
    number = _NUMBERS.get(tag, tag)
    lead = words.lower[start] if words.pos[start] in ("DET", "PRON") else words.pos[start]
    tail = words.pos[candidate.end - 1] if candidate.end - 1 != head else None
    found: list[Key] = [
        ("pattern", candidate.type, tag, min(candidate.end - start, 7), shape),
        ("head", words.lower[head], words.lemma[head], shape),
        ("relation", relation, number, shape),
        ("governor", governor, relation[:4], naming or label),
        ("lead", lead, number, shape, _shape(words.text[head])),
        ("named", naming, label, relation, shape, words.usual.get(words.text[head], "")),
    ]
    for listed in classes:
        found += (("class", listed, number, shape, relation), ("class lead", listed, lead, tail))
    _inside(words, candidate, found)
    _beside(words, candidate, classes[0], found)
    return found


def _inside(words: Words, candidate: Candidate, found: list[Key]) -> None:
    """The words of the candidate other than its head."""
    shape, head, start, end = candidate.shape, candidate.head, candidate.start, candidate.end
    if shape == "of":
        last = end - 1
        found.append(("of", words.lower[head + 1], words.label[last] or words.naming[last] or words.pos[last]))
    if end - 1 == start:
        return
    labels, namings = set(), set()
    for i in range(start, end):
        if i == head:
            continue
        pos = words.pos[i]
        if pos in _CONTENT:
            found.append(("in", words.lower[i]))
        elif pos in _BINDING:
            found.append(("binding", words.lower[i], shape))
        labels.add(words.label[i])
        namings.add(words.naming[i])
    found += [("inner", label, shape) for label in sorted(labels - {""})]
    found += [("inner naming", naming, shape) for naming in sorted(namings - {""})]


def _beside(words: Words, candidate: Candidate, listed: str, found: list[Key]) -> None:
    """The words on either side, and what the candidate is a part of."""
    shape, head, start, end = candidate.shape, candidate.head, candidate.start, candidate.end
    before, after, pos_before, pos_after = "", "", "", ""
    if start:
        before, pos_before = words.lower[start - 1], words.pos[start - 1]
    if end < len(words):
        after, pos_after = words.lower[end], words.pos[end]
    found += (
        ("before", before, listed, pos_before, shape),
        ("after", after, shape, pos_after, words.pos[head]),
    )
    if words.dep[head] in _PARTS:
        above = words.head[head]
        named = words.naming[head] or words.label[head]
        for outer in words.classes(above, max(0, above - 2)) or ("-",):
            found.append(("part", words.dep[head], outer, listed, named))
        if after == "-":
            found.append(("hyphen", words.naming[head]))


def _of_pattern(kind: str | None, tag: str, length: int, shape: str) -> Iterator[str]:
    yield f"pat={kind}"
    yield f"pat={kind}/{tag}"
    yield f"len={length}/{shape}"


def _of_head(lower: str, lemma: str, shape: str) -> Iterator[str]:
    yield f"s={shape}"
    yield f"h={lemma}"
    yield f"h={lower}/{shape}"
    yield f"suf={lower[-3:]}"


def _of_relation(relation: str, number: str, shape: str) -> Iterator[str]:
    yield f"num={number}/{shape}"
    yield f"dep={relation}"
    yield f"dep={relation}/{number}/{shape}"


def _of_lead(lead: str, number: str, shape: str, letters: str) -> Iterator[str]:
    yield f"lead={lead}/{number}"
    yield f"lead={lead}/{shape}"
    yield f"cap={letters}/{number}/{lead}"


def _of_governor(governor: str, relation: str, named: str) -> Iterator[str]:
    yield f"gov={governor}/{relation}"
    if named:
        yield f"ng={named}/{governor}"


def _of_names(naming: str, label: str, relation: str, shape: str, usual: str) -> Iterator[str]:
    yield f"use={usual}/{label}/{shape}"
    yield f"ner={label}/{shape}"
    yield f"ner={label}/{relation}"
    yield f"nam={naming}/{shape}"
    yield f"nam={naming}/{label}"
    if naming or label:
        yield f"nr={naming}/{label}/{relation}"


def _of_class(listed: str, number: str, shape: str, relation: str) -> Iterator[str]:
    yield f"c={listed}"
    yield f"c={listed}/{number}/{shape}"
    yield f"c={listed}/{relation}/{shape}"


def _of_class_lead(listed: str, lead: str, tail: str | None) -> Iterator[str]:
    yield f"c={listed}/{lead}"
    if tail is not None:
        yield f"c={listed}/tail/{tail}"


def _of_word(lower: str) -> Iterator[str]:
    yield f"in={lower}"
    yield from (f"inc={found}" for found in entities_words.classes().get(lower, ()))


def _of_before(before: str, listed: str, pos: str, shape: str) -> Iterator[str]:
    yield f"b={before}/{listed}"
    yield f"bp={pos}/{shape}"


def _of_after(after: str, shape: str, pos: str, pos_of_head: str) -> Iterator[str]:
    yield f"a={after}/{shape}"
    yield f"ap={pos}/{shape}/{pos_of_head}"


def _of_part(relation: str, outer: str, listed: str, named: str) -> Iterator[str]:
    yield f"up={relation}/{outer}/{listed}"
    yield f"up={relation}/{outer}/{named}"


_SPELLED: dict[str, Callable[..., Iterable[str]]] = {
    "pattern": _of_pattern,
    "head": _of_head,
    "relation": _of_relation,
    "governor": _of_governor,
    "lead": _of_lead,
    "named": _of_names,
    "class": _of_class,
    "class lead": _of_class_lead,
    "of": lambda lower, named: (f"of={lower}/{named}",),
    "in": _of_word,
    "binding": lambda lower, shape: (f"in={lower}/{shape}",),
    "inner": lambda label, shape: (f"inner={label}/{shape}",),
    "inner naming": lambda naming, shape: (f"innam={naming}/{shape}",),
    "before": _of_before,
    "after": _of_after,
    "part": _of_part,
    "hyphen": lambda naming: (f"hyphen={naming}",),
}
