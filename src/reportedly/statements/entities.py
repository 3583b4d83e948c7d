"""Stage `entities`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "entities"
layers.declare()


@Language.component("reportedly_entities", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
