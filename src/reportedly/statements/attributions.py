"""Stage `attributions`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "attributions"
layers.declare()


@Language.component("reportedly_attributions", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
