"""Site chrome in text: the lines of a saved page that are not the report.

The patterns are a lexicon (lexicons/articles_chrome.tsv). A `cut` line ends the article only after
some text of it was seen: a menu above the headline that says "Latest news" does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from reportedly import lexicons

#: A "cut" line before this many characters of kept text is a menu above the report.
ENOUGH = 200
#: Below a block heading ("Share this"), lines up to this long belong to it.
SHORT = 40


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    kinds: dict[str, list[str]] = {}
    for row in lexicons.rows("articles_chrome.tsv"):
        kinds.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: re.compile("(?:" + "|".join(listed) + ")", re.IGNORECASE) for kind, listed in kinds.items()}


def is_chrome(line: str) -> bool:
    """True for a line that no report contains ("Leave a Reply", "Share this")."""
    return any(pattern.fullmatch(line.strip()) for pattern in _patterns().values())


def without(lines: Iterable[str]) -> list[str]:
    """The lines of a text without its chrome."""
    patterns, kept, size, in_block = _patterns(), [], 0, False
    for line in lines:
        bare = line.strip()
        if size >= ENOUGH and patterns["cut"].fullmatch(bare):
            break
        if patterns["block"].fullmatch(bare):
            in_block = True
            continue
        if bare and (is_chrome(bare) or (in_block and len(bare) <= SHORT and not _ends_sentence(bare))):
            continue
        in_block = in_block and not bare
        size += len(bare)
        kept.append(line)
    return kept


def _ends_sentence(line: str) -> bool:
    return line.rstrip("\"'”’)").endswith((".", "!", "?"))
