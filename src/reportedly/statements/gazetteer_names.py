"""How a name becomes a key of the gazetteer: the exact key, and the folding key of Arabic names.

The exact key levels what is only spelling: case, diacritics, apostrophes, full stops, hyphens, "St."
for "Saint". The folding key goes further and levels the romanisations of one Arabic name ("Deir
ez-Zor", "Dayr az Zawr", "Deir al-Zour"): it drops the article in all its assimilated forms and all
vowels but a leading one, and writes each group of letters that romanisations swap as one letter.
Two different names may share a folding key, so that it is asked only where the exact one fails.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reportedly import lexicons

#: Letters that NFKD leaves whole.
_PLAIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "a"}
)
_DROPPED = re.compile(r"[\u0300-\u036f'’‘`´ʼʿʾʻʹ.\"“”]+")
_SPACED = re.compile(r"[^\w]+|_+")
_ARTICLE = re.compile(r"\b(?:al|el|ul|a[dnrstz]|e[dnrstz]|ash|esh|ath|adh|us|ur)\s+(?=\w)")
#: Consonants that the common romanisations of Arabic and Kurdish exchange, the longest first.
_ROMANISED = (
    ("kh", "x"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("ph", "f"),
    ("ck", "k"), ("q", "k"), ("c", "k"), ("z", "z"), ("v", "w"), ("p", "b"), ("j", "j"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyw]+")
_DOUBLED = re.compile(r"(.)\1+")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2c00-\ufaff]")
_SHORTEST_FOLD = 3


@lru_cache(maxsize=1)
def _expansions() -> dict[str, str]:
    return {row["short"]: row["long"] for row in lexicons.rows("places_expansions.tsv")}


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The exact key of a name: "St. Paul's" and "Saint Pauls" share one."""
    if name.isascii():
        if name.isalpha():  # most names: the index is built of 700,000
            return name.lower()
    else:
        name = unicodedata.normalize("NFKD", name)
    text = _SPACED.sub(" ", _DROPPED.sub("", name.casefold().translate(_PLAIN))).strip()
    first, space, rest = text.partition(" ")
    if first == "the" and rest:
        return key(rest)
    return f"{_expansions().get(first, first)} {rest}" if space else text


def fold(name: str) -> str | None:
    """The folding key of a romanised Arabic name; None if too little is left of it to tell names apart.

    A name's last "h" is dropped ("Raqqah", "Raqqa"), and "w" and "y" count as vowels ("Zawr", "Zour").
    """
    folded = " ".join(part for part in map(_consonants, without_article(key(name)).split()) if part)
    return folded if len(folded.replace(" ", "")) >= _SHORTEST_FOLD else None


def without_article(text: str) -> str:
    """A key without the Arabic articles in it ("dayr az zawr" → "dayr zawr")."""
    return _ARTICLE.sub("", text + " ").strip()


def _consonants(word: str) -> str:
    for group, letter in _ROMANISED:
        word = word.replace(group, letter)
    word = word.removesuffix("h") if len(word) > 2 else word
    lead = "a" if word[:1] in set("aeiou") else ""
    return lead + _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def is_name(alternate: str) -> bool:
    """True for an alternate name that English text may hold: Latin script, not a code, not a key.

    GeoNames' alternate names hold codes ("LON") and consonant strings for search ("swldw") as well.
    """
    if len(alternate) < 3 or not alternate[0].isupper() or (len(alternate) <= 4 and alternate.isupper()):
        return False
    return alternate.isascii() or not _OTHER_SCRIPT.search(alternate)
