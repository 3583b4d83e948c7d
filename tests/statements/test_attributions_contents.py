"""Where contents end: what the encoder leaves within a phrase, and what is the article's own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from reportedly.data import Article, Span
from reportedly.statements import attributions_contents, language
from reportedly.statements.attributions_parse import parse_of
from reportedly.statements.attributions_raw import RawAttribution


def completed(nlp: Language, text: str, cue: str, content: str) -> list[str]:
    """What becomes of a content that the encoder has found so."""
    doc = language.document(nlp, Article(text=text))
    for name, component in nlp.pipeline:
        if name == "reportedly_reading":
            break
        doc = component(doc)
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (cue, content)]
    raw = RawAttribution(cue=spans[:1], content=spans[1:])
    attributions_contents.completed(parse_of(doc), [raw])
    return [text[span.start : span.end] for span in raw.content]


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        ("An officer said as many as 300 rebels remained.", "as", ["as many as 300 rebels remained"]),
        (
            "The leader said the talks were a lie and left the hall.",
            "the talks were a lie and",
            ["the talks were a lie"],
        ),
        (
            "The army said 300 rebels gave up, a number far higher than it expected.",
            ", a number far higher than it expected",
            [],
        ),
        ("The army said 300 rebels gave up, a number of them wounded.", "300 rebels gave up", ["300 rebels gave up"]),
    ],
)
def test_where_contents_end(nlp: Language, text: str, content: str, whole: list[str]) -> None:
    assert completed(nlp, text, "said", content) == whole
