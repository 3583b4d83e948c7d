"""Acronyms that an article introduces itself: "the Northern Storm Brigade (NSB)", "NSB (Northern Storm
Brigade)". What the registry knows is preferred for the long name, never for the short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from reportedly.statements import actors_phrases
from reportedly.statements.actors_names import Occurrence
from reportedly.statements.actors_phrases import Identity, Knowledge
from reportedly.statements.actors_registry import Alias

_IN_BRACKETS = re.compile(r"\(\s?([A-Z][A-Za-z./-]{1,11})\s?\)")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_SMALL = frozenset(
    ("of", "for", "the", "and", "in", "on", "to", "de", "la", "al", "des", "du", "del", "y", "ul", "el", "a")
)


def introduced(text: str) -> Iterator[tuple[str, int, int]]:
    """Every acronym in brackets with the offsets of the long name before it, whose initials it is."""
    for match in _IN_BRACKETS.finditer(text):
        short = match.group(1)
        letters = [char for char in short if char.isupper()]
        if len(letters) < 2:
            continue
        start = _long_name(text, match.start(), letters)
        if start is not None:
            yield short, start, len(text[: match.start()].rstrip())


def _long_name(text: str, end: int, letters: list[str]) -> int | None:
    """Where the long name before a bracket begins: as many capitalised words as the acronym has letters."""
    words = list(_NAME_WORD.finditer(text, max(0, end - 120), end))
    left = list(letters)
    start = None
    for word in reversed(words):
        said = word.group()
        parts = [part for part in re.split(r"[-'’]", said) if part]
        for part in reversed(parts):
            if left and part[0].upper() == left[-1]:
                left.pop()
                start = word.start()
        if not left:
            return start
        if said.lower() not in _SMALL and not said[0].isupper():
            return None
    return None


def learn(doc: Doc, known: Knowledge) -> None:
    """Note the acronyms that an article introduces, in `known.local`."""
    text = known.text
    for short, start, end in introduced(text):
        tokens = doc.char_span(start, end, alignment_mode="expand")
        if tokens is None:
            continue
        named = [
            o for o in known.within(start, end) if o.alias.naming == "name" and o.end - o.start >= (end - start) * 0.6
        ]
        if named:
            identity = actors_phrases.of_alias(named[0], known.countries)
        else:
            said = actors_phrases.described(tokens)
            identity = Identity(text[start:end], said.id, said.country, said.sector, "organisation", said.group)
        known.local[short] = identity
        known.local[text[start:end]] = identity
        _rename(text, short, identity, known)


def _rename(text: str, short: str, identity: Identity, known: Knowledge) -> None:
    """From here on the acronym is what the article says, whatever the registry knows by it."""
    kept = [o for o in known.occurrences if text[o.start : o.end] != short]
    if identity.id:
        alias = Alias(short, identity.id, "name", (identity.country,) if identity.country else ())
        pattern = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)")
        kept += [Occurrence(match.start(), match.end(), alias) for match in pattern.finditer(text)]
    known.occurrences = sorted(kept, key=lambda occurrence: occurrence.start)
    known.starts = [occurrence.start for occurrence in known.occurrences]
