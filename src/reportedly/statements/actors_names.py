"""Names of known actors in running text: one pass over the words with a table of all aliases.

Case decides: "is" is not IS and "us" is not US. A word of an alias in capitals must be in capitals
in the text, a capitalised one capitalised; hyphens, spaces and the kind of apostrophe do not count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from reportedly.statements import actors_registry as registry
from reportedly.statements.actors_registry import Alias

_WORD = re.compile(r"[^\W_]+")
_GAPS = re.compile(r"[\s\-–—‐‑]+")
#: "pro-Iranian", "anti-IS": the name says whom somebody is for or against, not who that is.
_BEFORE = re.compile(r"(?:\b(?:pro|anti|non|ex|trans|sub|inter|intra|cross)-)$", re.IGNORECASE)
#: "US-backed", "IS-held", "Houthi-run": the name is not the one who is meant either.
_AFTER = re.compile(r"[-–‑](?:[a-z]{3,})")


@dataclass(frozen=True)
class Occurrence:
    """A name in the text, in code points, and what it may stand for.

    `bound` is true for a name in a compound that says somebody else's relation to it ("pro-Iranian",
    "US-backed").
    """

    start: int
    end: int
    alias: Alias
    bound: bool = False


def _normal(text: str) -> str:
    return _GAPS.sub(" ", text.replace("’", "'")).casefold()


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


@lru_cache(maxsize=1)
def _table() -> tuple[dict[tuple[str, ...], list[tuple[str, tuple[str, ...], Alias]]], dict[str, tuple[int, ...]]]:
    """Aliases by their words, and for each first word the lengths to try, longest first."""
    entries = defaultdict(list)
    lengths: dict[str, set[int]] = defaultdict(set)
    for alias in registry.aliases():
        keys = _keys(alias.text)
        entries[keys].append((_normal(alias.text), tuple(_WORD.findall(alias.text)), alias))
        lengths[keys[0]].add(len(keys))
    return dict(entries), {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _case_fits(said: list[str], listed: tuple[str, ...]) -> bool:
    for word, model in zip(said, listed, strict=True):
        if model.isupper() and word != model:
            return False
        if model[0].isupper() and not (word[0].isupper()):
            return False
    if len(listed) == 1 and not said[0].isupper():
        return said[0][1:] == listed[0][1:]
    return True


def _fitting(text: str, start: int, end: int, said: list[str], keys: tuple[str, ...]) -> tuple[int, list[Alias]]:
    """The aliases that the words are, and where the name ends (a last full stop may belong)."""
    entries, _ = _table()
    plain, stopped = _normal(text[start:end]), _normal(text[start : end + 1])
    fitting = [alias for normal, words, alias in entries[keys] if normal == plain and _case_fits(said, words)]
    dotted = [alias for normal, words, alias in entries[keys] if normal == stopped and _case_fits(said, words)]
    return (end + 1, dotted) if dotted and stopped.endswith(".") else (end, fitting)


def candidates(text: str) -> list[tuple[int, int, list[Alias]]]:
    """Every longest name in the text with all that it may stand for, from left to right."""
    entries, lengths = _table()
    found = []
    words = list(_WORD.finditer(text))
    keys = [word.group().casefold() for word in words]
    done = 0
    for at, first in enumerate(keys):
        if at < done or first not in lengths:
            continue
        for length in lengths[first]:
            key = tuple(keys[at : at + length])
            if len(key) < length or key not in entries:
                continue
            start, end = words[at].start(), words[at + length - 1].end()
            said = [word.group() for word in words[at : at + length]]
            end, fitting = _fitting(text, start, end, said, key)
            if fitting:
                found.append((start, end, fitting))
                done = at + length
                break
    return found


def _shouted(text: str, start: int, end: int) -> bool:
    """True where a short name stands among words in capitals, as in a headline ("WHO IS LEFT")."""
    if end - start > 4 or not text[start:end].isupper():
        return False
    before, after = text[max(0, start - 12) : start].split(), text[end : end + 12].split()
    near = [*before[-1:], *after[:1]]
    return bool(near) and all(word.isalpha() and word.isupper() for word in near)


def _chosen(options: list[Alias], named: Counter[str], countries: Counter[str]) -> Alias | None:
    """The alias meant: a strong one if it is alone, else the one whose actor or country is named."""
    strong = [alias for alias in options if not alias.weak]
    if len({alias.actor for alias in strong}) == 1:
        return strong[0]
    backed = [a for a in options if a.actor in named or any(country in countries for country in a.countries)]
    if not strong and not backed:
        return None
    pool = backed or ([] if any(alias.naming == "name" for alias in strong) else strong)
    weights = {alias: named[alias.actor or ""] * 10 + sum(countries[c] for c in alias.countries) for alias in pool}
    ranked = sorted(weights.values(), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0] == ranked[1]):
        return None
    return max(weights, key=lambda alias: weights[alias])


def _counted(found: Iterable[tuple[int, int, list[Alias]]]) -> tuple[Counter[str], Counter[str]]:
    named: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for _, _, options in found:
        strong = [alias for alias in options if not alias.weak]
        if len(strong) == 1 and len(strong[0].countries) <= 1:
            named.update([strong[0].actor] if strong[0].actor else [])
            countries.update(strong[0].countries)
    return named, countries


def occurrences(text: str) -> list[Occurrence]:
    """The names of known actors in a text, each with the alias that is meant.

    A name that several actors share is left out unless the article names one of them, or its country,
    more than the others: a false resolution is worse than none.
    """
    found = candidates(text)
    named, countries = _counted(found)
    chosen = []
    for start, end, options in found:
        alias = None if _shouted(text, start, end) else _chosen(options, named, countries)
        if alias:
            bound = bool(_BEFORE.search(text[max(0, start - 7) : start]) or _AFTER.match(text[end : end + 8]))
            chosen.append(Occurrence(start, end, alias, bound))
    return chosen
