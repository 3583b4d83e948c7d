"""The finder `encoder`: attributions from the text encoder's labels, cut, tidied, and completed by rules.

The encoder reads the article once (`reading`); its labels are decoded to sources, cues and contents, which are
joined to attributions (`models.tagging`, `models.linking`). What it was not taught (who is quoted within another's
words, transcripts, signed quotations) is added from the text and the parse (`attributions_more`).
"""

from __future__ import annotations

from spacy.tokens import Doc

from reportedly.data import Span
from reportedly.models import linking, tagging
from reportedly.statements import attributions_cutting as cutting
from reportedly.statements import attributions_more as more
from reportedly.statements import attributions_reopened as reopened
from reportedly.statements import attributions_tidy as tidy
from reportedly.statements import columns, reading
from reportedly.statements.attributions_kinds import Quoted
from reportedly.statements.attributions_raw import RawAttribution


def find(doc: Doc) -> list[RawAttribution]:
    """Every attribution of an article.

    Args:
        doc: a parsed article.
    """
    text, logits = doc._.article.text, reading.of(doc)
    quoted, borders = Quoted(text), cutting.borders(text)
    read = columns.of(doc)
    sentences = [start for start, begins in zip(read.start, read.begins, strict=True) if begins]
    tagged = cutting.cut(tagging.role_spans(logits, reading.encoder().chain), logits, borders)
    found = [cutting.apart(text, borders, sentences, _raw(item)) for item in linking.attributions(logits, tagged)]
    return more.completed(doc, tidy.tidied(text, reopened.joined(text, found, quoted.spans), quoted))


def _raw(found: linking.Attribution) -> RawAttribution:
    source, cue, content = ([Span(*span) for span in spans] for spans in (found.source, found.cue, found.content))
    return RawAttribution(source=source, cue=cue, content=content)
