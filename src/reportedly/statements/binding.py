"""Stage `binding`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "binding"
layers.declare()


@Language.component("reportedly_binding", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
