"""Stage `places`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "places"
layers.declare()


@Language.component("reportedly_places", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
