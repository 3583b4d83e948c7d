"""JSON-LD: articles, claims and the stretches of text that they rest on (docs/exports/jsonld.md).

Schema.org's NewsArticle and Claim; W3C Web Annotations with a TextPositionSelector and a TextQuoteSelector. Each
position on an event is a claim of its own, so that a dispute stays as many claims as there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from reportedly.events.findings import Position, Support
from reportedly.events.reports import EventReport, FigureReport, Statement
from reportedly.record.exports import geography
from reportedly.record.exports.formats import File, Format, Source, Written
from reportedly.record.exports.shapes import ArticleRecord, EventRecord

#: The context of the Web Annotation Data Model, and the terms of schema.org and of our own that are used beside it.
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "schema": "http://schema.org/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "reportedly": "https://pypi.org/project/reportedly/terms#",
        "NewsArticle": "schema:NewsArticle",
        "Claim": "schema:Claim",
        "Event": "schema:Event",
        "Place": "schema:Place",
        "GeoCoordinates": "schema:GeoCoordinates",
        "Organization": "schema:Organization",
        "headline": "schema:headline",
        "name": "schema:name",
        "text": "schema:text",
        "description": "schema:description",
        "publisher": "schema:publisher",
        "author": "schema:author",
        "url": {"@id": "schema:url", "@type": "@id"},
        "inLanguage": "schema:inLanguage",
        "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
        "startDate": {"@id": "schema:startDate", "@type": "schema:Date"},
        "endDate": {"@id": "schema:endDate", "@type": "schema:Date"},
        "location": "schema:location",
        "geo": "schema:geo",
        "latitude": "schema:latitude",
        "longitude": "schema:longitude",
        "about": {"@id": "schema:about", "@type": "@id"},
        "appearance": {"@id": "schema:appearance", "@type": "@id"},
        "additionalType": "schema:additionalType",
        "precision": "reportedly:precision",
        "verification": "reportedly:verification",
        "certainty": "reportedly:certainty",
        "aspect": "reportedly:aspect",
        "stance": "reportedly:stance",
        "because": "reportedly:because",
        "origins": "reportedly:origins",
        "contentHash": "reportedly:contentHash",
        "party": "reportedly:party",
        "hedged": "reportedly:hedged",
    },
]
_encode = msgspec.json.Encoder(order="deterministic").encode
Node = dict[str, Any]


def write(source: Source, out: BinaryIO) -> Written:
    """Write one document: a graph of events, claims, annotations and the articles that they are from."""
    written = Written()
    out.write(b'{"@context":' + msgspec.json.encode(CONTEXT) + b',"@graph":[')
    for node in _nodes(source, written):
        out.write((b",\n" if written.rows else b"\n") + _encode(node))
        written.rows += 1
    out.write(b"\n]}\n")
    return written


def _nodes(source: Source, written: Written) -> Iterator[Node]:
    """Every article once: its id alone is kept to know that."""
    told: set[str] = set()
    for record in source.events():
        for one in record.articles:
            if one.id not in told:
                told.add(one.id)
                yield article(one)
        yield from nodes(record)


def nodes(record: EventRecord) -> Iterator[Node]:
    """An event, its claims, and an annotation for each statement that they rest on."""
    yield event(record)
    statements = {found.key: found for found in _statements(record.reports)}
    for number, position in enumerate(record.findings.positions if record.findings else ()):
        yield claim(record, number, position)
    yield from (annotation(statements[key], record) for key in sorted(statements))


def _statements(reports: Iterable[EventReport]) -> Iterator[EventReport | FigureReport]:
    for report in reports:
        yield report
        yield from report.figures


def iri(kind: str, identifier: str) -> str:
    """The name of something of the record: a URN, for it has no page."""
    return f"urn:reportedly:{kind}:{quote(identifier, safe='/~')}"


def article(one: ArticleRecord) -> Node:
    """An article; what is not known is missing."""
    return _known(
        id=iri("article", one.id),
        type="NewsArticle",
        headline=one.title,
        publisher={"type": "Organization", "name": one.outlet} if one.outlet else None,
        datePublished=one.published,
        inLanguage=one.language,
        url=list(one.urls),
        contentHash=f"sha256:{one.content}" if one.content else None,
    )


def event(record: EventRecord) -> Node:
    """An event. Coordinates are given only of an exact place; else `precision` says what the name stands for."""
    place = record.place
    exact = place is not None and place.precision in geography.EXACT and place.latitude is not None
    where = place and _known(
        type="Place",
        name=geography.described(place),
        precision=place.precision,
        geo={"type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude} if exact else None,
    )
    return _known(
        id=iri("event", record.id),
        type="Event",
        name=record.label,
        additionalType=f"PLOVER {record.type}{f'/{record.mode}' if record.mode else ''}" if record.type else None,
        startDate=record.first,
        endDate=record.last,
        location=where,
        certainty=record.certainty,
        verification=record.verification,
    )


def claim(record: EventRecord, number: int, position: Position) -> Node:
    """A position on one aspect of an event, with the articles in which it appears and who says it."""
    supporters = position.supporters
    return _known(
        id=iri("claim", f"{record.id}/{number}"),
        type="Claim",
        name=f"{position.aspect}: {position.label}",
        about=iri("event", record.id),
        aspect=position.aspect,
        stance=position.stance,
        because=position.because,
        origins=position.origins,
        appearance=sorted({iri("article", one.article) for one in supporters}),
        author=[{"name": name} for name in dict.fromkeys(map(_said_by, supporters)) if name],
        verification=record.verification,
    )


def _said_by(support: Support) -> str | None:
    return support.speakers[0] if support.speakers else support.outlet


def annotation(statement: Statement, record: EventRecord) -> Node:
    """The stretch of an article's text that a statement was coded from. Positions are code points of the text as it
    was extracted (`contentHash`), and the quotation is its sentence."""
    return _known(
        id=iri("statement", statement.key),
        type="Annotation",
        motivation="identifying",
        body=iri("event", record.id),
        target={
            "source": iri("article", statement.article),
            "selector": [
                {"type": "TextPositionSelector", "start": statement.start, "end": statement.end},
                _quoted(statement),
            ],
        },
        certainty=statement.certainty,
        hedged=statement.hedged or None,
        author=[{"name": said.name} for said in statement.chain if said.name],
        party=statement.chain[0].party if statement.chain else None,
        verification=record.verification,
    )


def _quoted(statement: Statement) -> Node:
    """The words with those around them in their sentence, as far as the sentence is kept as it stands in the text."""
    before, found, after = statement.quote.partition(statement.text)
    if not found or statement.quote.count(statement.text) > 1:
        return {"type": "TextQuoteSelector", "exact": statement.text}
    return _known(type="TextQuoteSelector", exact=statement.text, prefix=before, suffix=after)


def _known(**fields: Any) -> Node:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


FORMAT = Format("jsonld", "JSON-LD: schema.org Claims, W3C Web Annotations", (File("claims.jsonld", write),))
