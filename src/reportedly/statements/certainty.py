"""Stage `certainty`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "certainty"
layers.declare()


@Language.component("reportedly_certainty", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
