"""Stage `dates`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "dates"
layers.declare()


@Language.component("reportedly_dates", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
