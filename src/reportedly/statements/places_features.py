"""What speaks for and against a name's being a place where it stands: the words around it, the named
entity it lies in, what the gazetteer knows of the name, and how the article uses it elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from math import log10

from spacy.tokens import Doc, Token

from reportedly.statements import places_mentions
from reportedly.statements.places_mentions import Mention

_PLAIN = re.compile(r"(?<!\w)[a-z]\w*")
_LABELS = ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP")
_AROUND = (
    "area_noun", "settlement_noun", "water_noun", "institution_noun", "road_noun", "title", "speech_verb", "suffix",
    "direction",
)  # fmt: skip


def describe(doc: Doc, mentions: list[Mention]) -> None:
    """Fill the features of all mentions of a document."""
    article = _Use(doc, mentions)
    for index, mention in enumerate(mentions):
        features = dict.fromkeys(("bias",), 1.0)
        _label(features, mention)
        _shape(features, doc, mention)
        _known(features, mention)
        _around(features, doc, mention)
        _linked(features, mentions, index)
        article.describe(features, mention)
        mention.features = {name: value for name, value in features.items() if value}


def _label(features: dict[str, float], mention: Mention) -> None:
    label = mention.label if mention.label in _LABELS else "other" if mention.label else "none"
    features[f"label_{label}"] = 1.0
    if mention.label and mention.whole:
        features[f"whole_{label}"] = 1.0


def _shape(features: dict[str, float], doc: Doc, mention: Mention) -> None:
    token = doc[mention.last]
    features["tokens_2"] = float(mention.last == mention.first + 1)
    features["tokens_3"] = float(mention.last > mention.first + 1)
    features["upper"] = float(mention.text.isupper() and len(mention.text) > 3)
    features["short"] = float(len(mention.text) <= 3)
    features["abbreviation"] = float(mention.abbreviation)
    features["not_proper"] = float(token.pos_ not in {"PROPN"})
    features[f"pos_{token.pos_}"] = float(token.pos_ in {"NOUN", "ADJ", "VERB"})
    features["compound"] = float(token.dep_ in {"compound", "amod", "nmod"})
    features["object_of_preposition"] = float(token.dep_ == "pobj")
    features["subject"] = float(token.dep_ in {"nsubj", "nsubjpass"})
    features["possessive"] = float(token.dep_ == "poss")
    features["apposition"] = float(token.dep_ in {"appos", "npadvmod"})


def _known(features: dict[str, float], mention: Mention) -> None:
    if not mention.records:
        features["unknown"] = 1.0
        features[f"unknown_{mention.label}"] = 1.0
        return
    features["respelled"] = float(mention.respelled)
    first = mention.records[0]
    features[f"is_{first.kind if first.id > 0 else 'own'}"] = 1.0
    if first.id < 0:
        features[f"own_{first.precision}"] = 1.0
    features["population"] = log10(first.population + 10) / 4
    features["big"] = float(first.population > 500_000)
    if mention.label not in places_mentions.PLACES:
        known = first.population > 50_000 and first.kind != "country"
        features[f"known_{mention.label if mention.label in _LABELS else 'none'}"] = float(known)
    features["several"] = log10(len(mention.records)) if len(mention.records) > 1 else 0.0
    features["no_main_name"] = float(not any(record.main for record in mention.records))


def _around(features: dict[str, float], doc: Doc, mention: Mention) -> None:
    words = places_mentions.classes()
    before = doc[mention.first - 1] if mention.first else None
    after = doc[mention.last + 1] if mention.last + 1 < len(doc) else None
    for side, token in (("prev", before), ("next", after)):
        if token is not None:
            features.update((f"{side}_{name}", 1.0) for name in _classes_around().get(token.lower_, ()))
    _before(features, doc, before, words["locative"], words["strong_locative"])
    if after is not None:
        features["next_name"] = float(_is_name(after))
        features["next_hyphen"] = float(after.text in {"-", "–"})
        features["next_possessive"] = float(after.text in {"'s", "’s"})
        features["next_comma"] = float(after.text == ",")
        features["next_bracket"] = float(after.text in {"(", ")"})
        features["next_number"] = float(after.like_num)
        features["last_in_name"] = float(
            mention.last + 2 < len(doc) and _is_name(after) and _is_name(doc[mention.last + 2])
        )
    last = mention.text.rsplit(" ", 1)[-1].lower()
    for name in ("area_noun", "water_noun", "institution_noun", "road_noun"):
        features[f"ends_{name}"] = float(last in words[name])


@lru_cache(maxsize=1)
def _classes_around() -> dict[str, list[str]]:
    """The classes of `_AROUND` that each word is of."""
    found: dict[str, list[str]] = {}
    for name in _AROUND:
        for word in places_mentions.classes()[name]:
            found.setdefault(word, []).append(name)
    return found


def _before(
    features: dict[str, float], doc: Doc, before: Token | None, locative: frozenset[str], strong: frozenset[str]
) -> None:
    if before is None or before.is_space or before.text in {".", "!", "?"}:
        features["first"] = 1.0
        return
    word = before.lower_
    features["prev_locative"] = float(word in locative)
    features["prev_strong_locative"] = float(word in strong)
    features[f"prev_{word}"] = float(word in {"in", "of", "the", "and", "at", "from", "to", "for", "by", "near"})
    features["prev_name"] = float(_is_name(before))
    features["prev_comma"] = float(word == ",")
    features["prev_hyphen"] = float(word in {"-", "–", "/"})
    features["prev_number"] = float(before.like_num)
    features["prev_determiner"] = float(word in {"a", "an", "his", "her", "their", "its", "this", "that"})
    if before.i and word == "of":
        settlements = places_mentions.classes()["settlement_noun"]
        features["settlement_of"] = float(doc[before.i - 1].lower_ in settlements)
    if before.i and word in {"the", "of"}:
        features[f"prev_{doc[before.i - 1].lower_}_{word}"] = float(
            doc[before.i - 1].lower_ in {"in", "of", "university", "bank"}
        )


def _is_name(token: Token) -> bool:
    return token.text[0].isupper() and not token.is_stop


def _linked(features: dict[str, float], mentions: list[Mention], index: int) -> None:
    mention = mentions[index]
    if mention.container is not None:
        features[f"container_{mention.relation}"] = 1.0
    for other in (index - 1, index - 2):
        if other >= 0 and mentions[other].container == index:
            features["is_container"] = 1.0


class _Use:
    """How the article uses each name: the labels that it gets, and whether it is ever a plain word."""

    def __init__(self, doc: Doc, mentions: list[Mention]) -> None:
        self.labels: dict[str, Counter[str]] = {}
        for mention in mentions:
            self.labels.setdefault(mention.key, Counter())[mention.label] += 1
        self.contained = {mention.key for mention in mentions if mention.container is not None}
        self.plain = set(_PLAIN.findall(doc._.article.text))
        people = [ent for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1]
        self.surnames = {_last(ent.text) for ent in people}
        self.first_names = {ent[0].lower_ for ent in people}

    def describe(self, features: dict[str, float], mention: Mention) -> None:
        labels = self.labels[mention.key]
        count = sum(labels.values())
        features["share_place"] = sum(labels[label] for label in places_mentions.PLACES) / count
        features["share_person"] = labels["PERSON"] / count
        features["share_organisation"] = labels["ORG"] / count
        features["often"] = log10(count)
        features["contained_elsewhere"] = float(mention.key in self.contained)
        features["plain_word"] = float(mention.key in self.plain)
        features["surname"] = float(mention.key in self.surnames)
        features["first_name"] = float(mention.key in self.first_names)


def _last(text: str) -> str:
    words = text.lower().replace("'s", "").replace("’s", "").split()
    return words[-1] if words else ""
