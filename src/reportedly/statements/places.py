"""Stage `places`: the toponyms of an article, each with the place that it means.

Names come from the gazetteer and the model's named entities; a small linear model says which of them
are places where they stand, another which place of the name is meant. Adjectives ("Russian") are not
coded; what is not known stays None.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Place
from reportedly.statements import (
    gazetteer,
    gazetteer_build,
    layers,
    places_context,
    places_described,
    places_features,
    places_mentions,
    places_model,
    places_ranker,
)
from reportedly.statements.gazetteer import Record
from reportedly.statements.places_mentions import Mention
from reportedly.statements.places_model import Model

SLOT = "places"
#: What is left of the threshold for places in countries of romanised names.
_ROMANISED = 0.6
layers.declare()


@Language.component(
    "reportedly_places", requires=["doc.ents", "token.pos", "token.dep", "doc._.entities"], assigns=["doc._.places"]
)
def run(doc: Doc) -> Doc:
    """Fill `doc._.places`, in the order of the text."""
    mentions = candidates(doc)
    model = places_model.load()
    found = resolve(doc, mentions, model)
    taken = actors(doc)
    countries = places_described.countries(mentions) & gazetteer_build.folding_countries()
    doc._.places = [
        place(doc, mentions, index, found)
        for index, mention in enumerate(mentions)
        if accepted(mention, found.get(index), model, countries)
        and (index in found or not taken.intersection(range(mention.start, mention.end)))
    ]
    return doc


def accepted(mention: Mention, record: Record | None, model: Model, countries: set[str]) -> bool:
    """True if a name is taken for a place.

    The named entities of an English model say little of a romanised name, so that a lower chance is
    enough for a place in a country of such names that the article is about.

    Args:
        countries: those countries of the article.
    """
    if mention.rule == "village" or (mention.rule == "head" and record is not None):
        return True
    if mention.rule == "head" and countries and mention.features.get("prev_strong_locative"):
        return True
    here = record is not None and (record.country in countries or (record.id < 0 and not record.country))
    threshold = model.threshold * (_ROMANISED if here and countries else 1.0)
    return places_model.chance(mention.features, model.final) >= threshold


def actors(doc: Doc) -> set[int]:
    """The characters of people and organisations that the stages before found: what the gazetteer does
    not know and they do is no place ("Isis", which the model may call one)."""
    others = (e for e in doc._.entities if e.type in {"Person", "Organisation"} or (e.actor and e.type != "Location"))
    return {offset for entity in others for offset in range(entity.start, entity.end)}


def candidates(doc: Doc) -> list[Mention]:
    """Every name that may be a place, with its features."""
    index = gazetteer.default()
    mentions = places_mentions.find(doc, index)
    places_described.spelled_otherwise(mentions, index)
    places_context.link(doc, mentions)
    places_features.describe(doc, mentions)
    return mentions


def resolve(doc: Doc, mentions: list[Mention], model: Model) -> dict[int, Record]:
    """The likeliest place of each mention that has any, by its index; completes the features."""
    for mention in mentions:
        mention.chance = places_model.chance(mention.features, model.mention)
        mention.features["first_chance"] = mention.chance
    found: dict[int, Record] = {}
    for group in places_ranker.rank(doc._.article, mentions, gazetteer.default(), model.passes):
        for index in group.mentions:
            found[index] = group.best()
            places_model.add_place_features(mentions[index], group)
    return found


def place(doc: Doc, mentions: list[Mention], index: int, found: dict[int, Record]) -> Place:
    """The coded place of a mention: its own record, or what it is described by, or nothing known."""
    mention = mentions[index]
    coded = Place(start=mention.start, end=mention.end, text=mention.text)
    if index in found:
        record = found[index]
        coded.name, coded.geonameid = record.name, record.geonameid
        coded.precision = precision(doc, mention, record)  # type: ignore[assignment]
    else:
        described = places_described.reference(doc, mentions, index, found)
        coded.name = mention.text
        if described is None:
            return coded
        record = described[0]
        coded.precision = described[1]  # type: ignore[assignment]
    coded.latitude, coded.longitude, coded.country = record.latitude, record.longitude, record.country
    return coded


def precision(doc: Doc, mention: Mention, record: Record) -> str:
    """The record's own precision, unless the words before the name say near it or a part of it."""
    before = [token.lower_ for token in doc[max(0, mention.first - 4) : mention.first]]
    if record.precision in {"point", "area"} and places_described.says_near(before):
        return "near"
    if record.precision == "country" and before and before[-1] in places_mentions.classes()["direction"]:
        return "region"
    return record.precision
