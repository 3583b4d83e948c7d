"""GeoJSON, JSON Lines, JSON-LD and coded articles: valid, exact only where the text is, and each row leads back."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from pyld import jsonld as processor

from reportedly.data import CodedArticle
from tests.record.exporting import Stored, clash, market
from tests.record.factories import Draft

#: The terms of http://www.w3.org/ns/anno.jsonld that are used, as the W3C's Web Annotation Vocabulary defines them.
ANNO = {
    "@context": {
        "oa": "http://www.w3.org/ns/oa#",
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        "Annotation": "oa:Annotation",
        "TextPositionSelector": "oa:TextPositionSelector",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "identifying": "oa:identifying",
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "start": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": "oa:start"},
        "end": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": "oa:end"},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
    }
}


@pytest.fixture
def stored(sqlite_record: str) -> Stored:
    return Stored()


def loader(url: str, options: dict[str, Any]) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": ANNO}


def test_geojson_is_a_valid_collection(stored: Stored) -> None:
    stored.add(market(), clash())
    found = json.loads(stored.bytes("geojson"))
    assert found["type"] == "FeatureCollection" and set(found) == {"type", "features"} and len(found["features"]) == 2
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point" and -180 <= longitude <= 180 and -90 <= latitude <= 90
        assert feature["properties"]["verification"] == "machine coding, not verified"
        assert feature["properties"]["articles"][0]["urls"] == [
            f"https://news.example/{feature['properties']['articles'][0]['id']}"
        ]


def test_what_is_not_exact_is_not_drawn_as_if_it_were(stored: Stored) -> None:
    region = (
        Draft("r1")
        .sentence("A raid in Deir ez-Zor.")
        .place("Deir ez-Zor", 35.0, 40.5, precision="region")
        .event("raid")
    )
    stored.add(market(), clash(), region)
    found = {one["properties"]["place"]: one for one in json.loads(stored.bytes("geojson"))["features"]}
    assert found["Hajin"]["geometry"]["coordinates"] == [40.83, 34.69] and found["Hajin"]["properties"]["exact"] is True
    area = found["Baghuz"]
    assert area["geometry"] and area["properties"]["exact"] is False and area["properties"]["precision"] == "area"
    assert "somewhere in this area" in area["properties"]["title"]
    assert found["Deir ez-Zor"]["geometry"] is None and found["Deir ez-Zor"]["properties"]["around"] == [40.5, 35.0]


def test_a_dispute_stays_two_claims(stored: Stored) -> None:
    claim = market("a2", "State Wire", "70")
    claim.coded.attributions[0].party = True
    stored.add(market(), claim)
    (feature,) = json.loads(stored.bytes("geojson"))["features"]
    assert (feature["properties"]["killed_low"], feature["properties"]["killed_high"]) == (12.0, 12.0)
    assert feature["properties"]["killed_claimed_by_parties"] == [{"killed": "70", "by": "the rescuers"}]


def test_a_line_holds_everything(stored: Stored) -> None:
    stored.add(market(), market("a2", "Ridge Post", "15"))
    (line,) = map(json.loads, stored.bytes("jsonl").splitlines())
    assert line["verification"] == "machine coding, not verified" and line["killed"]["high"] == 15
    assert [article["id"] for article in line["articles"]] == ["a1", "a2"]
    assert line["articles"][0]["coder"]["program"] == "1" and line["articles"][0]["revision"] == 1
    assert line["reports"][0]["quote"].startswith("Shells hit the market") and line["findings"]["positions"]


def test_the_same_record_gives_the_same_bytes(record: str) -> None:
    stored = Stored()
    stored.add(clash(), market(), market("a2", "Ridge Post", "15"))
    for form in ("acled", "articles", "geojson", "jsonl", "jsonld", "polecat", "ucdp"):
        assert stored.bytes(form) == stored.bytes(form)
    ids = [json.loads(line)["id"] for line in stored.bytes("jsonl").splitlines()]
    assert ids == sorted(ids) and len(ids) == 2


def test_coded_articles_go_out_with_the_records_events(stored: Stored) -> None:
    stored.add(market(), market("a2", "Ridge Post", "15"), clash())
    found = [msgspec.json.decode(line, type=CodedArticle) for line in stored.bytes("articles").splitlines()]
    assert [article.id for article in found] == ["a1", "a2", "b1"]
    hit = stored.event("hit").id
    assert [event.event for article in found[:2] for event in article.events] == [hit, hit]
    assert found[0].text == market().coded.text


def expanded(stored: Stored) -> list[dict[str, Any]]:
    document = json.loads(stored.bytes("jsonld"))
    nodes: list[dict[str, Any]] = processor.expand(document, {"documentLoader": loader})
    return nodes


def test_jsonld_is_of_schema_org_and_web_annotation(stored: Stored) -> None:
    stored.add(market(), market("a2", "Ridge Post", "15"))
    nodes = expanded(stored)
    types = [node["@type"][0] for node in nodes]
    assert types.count("http://schema.org/NewsArticle") == 2 and types.count("http://schema.org/Event") == 1
    claims = [node for node in nodes if node["@type"] == ["http://schema.org/Claim"]]
    tolls = {
        node["http://schema.org/name"][0]["@value"]
        for node in claims
        if "number/killed" in node["http://schema.org/name"][0]["@value"]
    }
    assert len(tolls) == 2  # 12 and 15 stay two claims
    for claim in claims:
        assert claim["http://schema.org/appearance"][0]["@id"].startswith("urn:reportedly:article:")
        assert claim["http://schema.org/about"] == [{"@id": f"urn:reportedly:event:{stored.event('hit').id}"}]
    for node in nodes:
        assert all(key.startswith(("@", "http")) for key in node)


def test_an_annotation_selects_the_words_by_position_and_by_quotation(stored: Stored) -> None:
    stored.add(market())
    oa = "http://www.w3.org/ns/oa#"
    (found,) = [node for node in expanded(stored) if node["@type"] == [f"{oa}Annotation"] and "/event/" in node["@id"]]
    (target,) = found[f"{oa}hasTarget"]
    assert target[f"{oa}hasSource"] == [{"@id": "urn:reportedly:article:a1"}]
    position, quotation = target[f"{oa}hasSelector"]
    assert position["@type"] == [f"{oa}TextPositionSelector"] and quotation["@type"] == [f"{oa}TextQuoteSelector"]
    text = market().coded.text
    start, end = position[f"{oa}start"][0]["@value"], position[f"{oa}end"][0]["@value"]
    assert text[start:end] == quotation[f"{oa}exact"][0]["@value"] == "hit"
    assert text[:start].endswith(quotation[f"{oa}prefix"][0]["@value"])
    assert text[end:].startswith(quotation[f"{oa}suffix"][0]["@value"])
    assert (
        found["https://pypi.org/project/reportedly/terms#verification"][0]["@value"] == "machine coding, not verified"
    )
