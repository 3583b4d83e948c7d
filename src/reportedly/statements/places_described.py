"""Places that the gazetteer lacks: other spellings of an Arabic name, and villages that an article
describes by what is near them. What is described gets the area of its reference, with the precision
that says so, and never a point of its own."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from spacy.tokens import Doc

from reportedly.statements import gazetteer_build, gazetteer_names, places_mentions
from reportedly.statements.gazetteer import Gazetteer, Record
from reportedly.statements.places_mentions import Mention

#: Two romanisations of one name are at least this alike, letter by letter.
_ALIKE = 0.6
#: Most tokens between an unknown name and the place that it is said to be near.
_FARTHEST = 12


def spelled_otherwise(mentions: list[Mention], gazetteer: Gazetteer) -> None:
    """Give unknown names the places of the same folding key, in the countries that the article names.

    Asked only for names that the exact key does not find, and only in countries whose names are
    romanised (places_folding_countries.txt).
    """
    named = countries(mentions) & gazetteer_build.folding_countries()
    unknown = [mention for mention in mentions if not mention.records]
    if not named or not unknown:
        return
    folds = {mention.text: gazetteer_names.fold(mention.text) for mention in unknown}
    known = gazetteer.by_fold({fold for fold in folds.values() if fold})
    for mention in unknown:
        found = [r for r in known.get(folds[mention.text] or "", ()) if r.country in named]
        mention.records = tuple(r for r in found if _alike(mention.key, r.name))
        mention.respelled = bool(mention.records)


def countries(mentions: list[Mention]) -> set[str]:
    """Countries that some name of the article leaves no doubt about."""
    sure = (m.records for m in mentions if m.records and (m.label in places_mentions.PLACES or m.label == "NORP"))
    return {
        rs[0].country for rs in sure if rs[0].country and (rs[0].kind == "country" or len({r.country for r in rs}) == 1)
    }


@lru_cache(maxsize=8192)
def _alike(key: str, name: str) -> bool:
    """True if two names with one folding key are also spelled alike, vowels and all."""
    bare = gazetteer_names.without_article(gazetteer_names.key(name))
    ratio: float = SequenceMatcher(None, gazetteer_names.without_article(key), bare).ratio()
    return ratio >= _ALIKE


def reference(doc: Doc, mentions: list[Mention], index: int, places: dict[int, Record]) -> tuple[Record, str] | None:
    """The place that an unknown one is described by, and the precision that the description gives.

    "X, 20 km east of Y" and "X, near Y" are near; "X, a village in Y province" is somewhere in that area.

    Args:
        index: of the unknown mention.
        places: the places of the mentions that have one, by index.
    """
    mention = mentions[index]
    if mention.container is not None and mention.container in places:
        outer = places[mention.container]
        if outer.precision != "country":  # the middle of a country says nothing of where a village is
            return outer, "near" if outer.precision == "point" else _area(outer)
    for other in range(index + 1, min(index + 3, len(mentions))):
        if other in places and _near(doc, mention, mentions[other]):
            return places[other], "near"
    return None


def _area(outer: Record) -> str:
    return "region" if outer.precision == "region" else "area"


def _near(doc: Doc, mention: Mention, other: Mention) -> bool:
    """ "X, (a village) (20 km) east of Y": what stands between has a word of nearness and no new sentence."""
    if not 1 <= other.first - mention.last - 1 <= _FARTHEST:
        return False
    between = list(doc[mention.last + 1 : other.first])
    if any(token.is_sent_start for token in between):
        return False
    words = [token.lower_ for token in between]
    return says_near(words) and not any(token.pos_ == "VERB" and token.tag_ != "VBN" for token in between)


def says_near(words: list[str]) -> bool:
    """True if these words, right before a name, say that what is meant lies beside it."""
    if not words:
        return False
    if words[-1] in places_mentions.classes()["near"] or words[-2:] in (["close", "to"], ["next", "to"]):
        return True
    if words[-1] == "the":
        return says_near(words[:-1])
    classes = places_mentions.classes()
    return len(words) > 1 and words[-1] in {"of", "from"} and words[-2] in classes["direction"] | classes["beside"]
