"""Stage `events`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import layers

SLOT = "events"
layers.declare()


@Language.component("reportedly_events", assigns=[])
def run(doc: Doc) -> Doc:
    return doc
