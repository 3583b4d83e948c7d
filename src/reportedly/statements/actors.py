"""Stage `actors`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "actors"
layers.declare()


@Language.component("reportedly_actors", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
