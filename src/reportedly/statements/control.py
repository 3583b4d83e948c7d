"""Stage `control`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "control"
layers.declare()


@Language.component("reportedly_control", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
