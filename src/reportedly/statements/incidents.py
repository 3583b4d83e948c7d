"""Stage `incidents`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "incidents"
layers.declare()


@Language.component("reportedly_incidents", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
