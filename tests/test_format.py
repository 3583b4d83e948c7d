"""The published JSON Schema is that of the types, and what is coded is valid under it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec

from reportedly.data import LAYERS, CodedArticle
from tests.conftest import Coder

PUBLISHED = Path(__file__).parents[1] / "docs" / "format.schema.json"
TEXT = """Between 500 and 600 fighters are believed to be in Baghuz, a spokesman for the Syrian Democratic Forces said
on Monday. The militants captured the village of Hajin in 2014. "We will take it back," Mustafa Bali wrote on Twitter.
The army killed at least 12 people near Mosul, the Syrian Observatory for Human Rights said. The army denied it."""


def test_the_published_schema_is_up_to_date() -> None:
    """`reportedly schema > docs/format.schema.json` writes it."""
    assert json.loads(PUBLISHED.read_text()) == msgspec.json.schema(CodedArticle)


def test_what_is_coded_is_valid(coder: Coder) -> None:
    coded = json.loads(msgspec.json.encode(coder(TEXT, id="t1", published="2019-03-19")))
    jsonschema.validate(coded, json.loads(PUBLISHED.read_text()))
    assert all(coded[layer] for layer in LAYERS if layer != "disputes")
    assert set(coded["coder"]) == {"program", "model", "lexicons"}


def test_offsets_and_indices_hold(coder: Coder) -> None:
    article = coder(TEXT, published="2019-03-19")
    for layer in ("entities", "places", "dates", "figures", "events"):
        for item in getattr(article, layer):
            assert article.text[item.start : item.end] == item.text
    for item in [*article.figures, *article.events]:
        for index, layer in (
            (item.attribution, article.attributions),
            (item.place, article.places),
            (item.date, article.dates),
        ):
            assert index is None or 0 <= index < len(layer)
    for event in article.events:
        assert all(0 <= i < len(article.figures) for i in event.figures)
    assert "".join(article.text[s.start : s.end] for s in article.sentences).replace("\n", "") != ""


def test_coding_twice_gives_the_same(coder: Coder) -> None:
    assert coder(TEXT) == coder(TEXT)
