"""Stage `figures`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "figures"
layers.declare()


@Language.component("reportedly_figures", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
