"""Stage `actors`: who the persons, bodies and nominal groups of an article are.

`participant` is for the other stages: it builds the record of any noun phrase that they have found.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from reportedly.data import Participant
from reportedly.statements import actors_phrases, layers
from reportedly.statements.actors_phrases import Identity

SLOT = "actors"
layers.declare()


def participant(doc: Doc, tokens: Tokens) -> Participant:
    """The actor that a noun phrase stands for.

    Args:
        doc: the article, after the stage `actors` has run.
        tokens: the phrase; a leading preposition or trailing mark does no harm.

    Returns:
        Its offsets and text with the canonical name, registry id, country (ISO 3166-1 alpha-3),
        PLOVER sector and kind, each None where it is not known.
    """
    return _record(tokens, _identity(doc, tokens))


def affiliation(doc: Doc, tokens: Tokens) -> Participant | None:
    """The registry's actor that a phrase is or speaks for ("a spokesman for the SDF" → the SDF)."""
    identity = _identity(doc, tokens)
    group = actors_phrases.speaks_for(identity)
    return _record(tokens, group) if group.id else None


def _identity(doc: Doc, tokens: Tokens) -> Identity:
    told = doc._.mentions.get((tokens.start_char, tokens.end_char))
    if told is None:
        told = doc._.mentions.get((tokens.root.idx, tokens.root.idx + len(tokens.root)))
    if told is not None and len(tokens) == 1:
        return Identity(told.name, told.id, told.country, told.sector, told.kind, told.id)
    return actors_phrases.described(tokens)


def _record(tokens: Tokens, identity: Identity) -> Participant:
    return Participant(
        start=tokens.start_char,
        end=tokens.end_char,
        text=tokens.text,
        name=identity.name,
        id=identity.id,
        kind=identity.kind,
        country=identity.country,
        sector=identity.sector,
    )


@Language.component("reportedly_actors", requires=["doc._.entities"], assigns=["doc._.entities", "doc._.mentions"])
def run(doc: Doc) -> Doc:
    """Name the actors of an article."""
    actors_phrases.knowledge(doc)
    return doc
