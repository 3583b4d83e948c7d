"""GeoJSON (RFC 7946): one feature an event; what is not exact is not drawn as if it were (docs/exports/geojson.md)."""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from reportedly.record.exports import geography, people, wording
from reportedly.record.exports.formats import File, Format, Source, Written
from reportedly.record.exports.shapes import EventRecord

#: Precisions whose coordinates are drawn; the middle of a region or country is only told.
DRAWN = frozenset({"point", "near", "area"})
_encode = msgspec.json.Encoder(order="deterministic").encode


def write(source: Source, out: BinaryIO) -> Written:
    """Write all events as one FeatureCollection, feature by feature."""
    written = Written()
    out.write(b'{"type":"FeatureCollection","features":[')
    for record in source.events():
        out.write(b"\n" if written.rows == 0 else b",\n")
        out.write(_encode(feature(record)))
        written.rows += 1
    out.write(b"\n]}\n")
    return written


def feature(record: EventRecord) -> dict[str, Any]:
    """One event as a feature. `geometry` is null unless the place is a point, near one, or an area; of an area, the
    title and `exact` say that the point is only its middle. `around` has the middle in any case: [longitude,
    latitude], WGS 84."""
    place = record.place
    around = _position(record)
    drawn = around is not None and place is not None and place.precision in DRAWN
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": {"type": "Point", "coordinates": around} if drawn else None,
        "properties": properties(record) | {"around": around, "exact": bool(place and place.precision == "point")},
    }


def _position(record: EventRecord) -> list[float] | None:
    place = record.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return [place.longitude, place.latitude]


def properties(record: EventRecord) -> dict[str, Any]:
    """What is known of an event, flat; None where nothing is."""
    place = record.place
    low, best, high = record.killed
    where = geography.described(place) if place else None
    return {
        "title": " – ".join(filter(None, [record.label, where])),
        "verification": record.verification,
        "type": record.type,
        "mode": record.mode,
        "place": place.name if place else None,
        "precision": place.precision if place else None,
        "geonameid": place.geonameid if place else None,
        "country": place.country if place else None,
        "first": record.first,
        "last": record.last,
        "reported": record.reported,
        "certainty": record.certainty,
        "background": record.background,
        "disputed": record.disputed,
        "disputes": wording.disputed(record),
        "actors": [name for person in people.leading(record, "actor") if (name := people.name(person))],
        "recipients": [name for person in people.leading(record, "recipient") if (name := people.name(person))],
        "killed_low": low,
        "killed_best": best,
        "killed_high": high,
        "killed_claimed_by_parties": [
            {"killed": wording.span(figure), "by": wording.speaker(figure)} for figure in wording.outside(record)
        ],
        "articles": [
            {"id": one.id, "title": one.title, "outlet": one.outlet, "published": one.published, "urls": list(one.urls)}
            for one in record.articles
        ],
        "origins": record.origins,
        "credibility": record.credibility,
        "airwars": record.airwars,
        "decisions": [msgspec.to_builtins(one) for one in record.decisions],
    }


FORMAT = Format("geojson", "GeoJSON, one feature an event", (File("events.geojson", write),))
