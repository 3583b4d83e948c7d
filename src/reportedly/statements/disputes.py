"""Stage `disputes`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "disputes"
layers.declare()


@Language.component("reportedly_disputes", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
