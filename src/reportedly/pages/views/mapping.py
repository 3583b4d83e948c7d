"""What the maps and the timeline draw: GeoJSON in which a place is never more exact than the text.

A point is a place that the text names; "near", "area" and "region" are circles of the kilometres by which they may be
off (the same by which filters judge whether a place is inside), a country is its whole area (`country`, ISO 3166-1
numeric, by which the base map knows it).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
import pycountry
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from reportedly.pages.views import filtering
from reportedly.record.queries import control, events, matching
from reportedly.record.queries.control import IntervalPoint
from reportedly.record.queries.events import EventPoint, Where

#: Features that a map holds at most.
MOST = 1000
Feature = dict[str, Any]


def of_events(request: HttpRequest) -> HttpResponse:
    """The events of a choice; those without a place have no geometry, and stand in the timeline alone."""
    asked = filtering.asked(request, rows=MOST - 1)
    return _collection([_event(one) for one in events.points(asked.chosen)], asked.error)


def of_control(request: HttpRequest) -> HttpResponse:
    """Who holds what, each interval with its days and those who say it."""
    asked = filtering.asked(request, rows=MOST - 1)
    return _collection([_interval(one) for one in control.points(asked.chosen)], asked.error)


def _collection(features: list[Feature], error: str) -> HttpResponse:
    found = {"type": "FeatureCollection", "features": features, "whole": len(features) < MOST}
    return HttpResponse(msgspec.json.encode(found), content_type="application/json", status=400 if error else 200)


def place(where: Where | None) -> Feature:
    """A place as a feature: how far it may be off (`km`), or the country that it is."""
    if where is None:
        return {"geometry": None, "properties": {"km": 0, "country": "", "place": ""}}
    if where.precision == "country":
        return {"geometry": None, "properties": {"km": 0, "country": numeric(where.country), "place": where.name}}
    known = where.latitude is not None and where.longitude is not None
    return {
        "geometry": {"type": "Point", "coordinates": [where.longitude, where.latitude]} if known else None,
        "properties": {
            "km": matching.EXTENT.get(where.precision, matching.EXTENT[""]),
            "country": "",
            "place": where.name,
        },
    }


@cache
def numeric(alpha_2: str) -> str:
    """A country's ISO 3166-1 numeric code ("760"); "" if there is none."""
    found = pycountry.countries.get(alpha_2=alpha_2) if alpha_2 else None
    return str(found.numeric) if found else ""


def _address(event: str) -> str:
    """The path of an event, which is looked up once for thousands of them; ids need no quoting."""
    return f"{_before()}{event}"


@cache
def _before() -> str:
    return reverse("event", args=["-"]).removesuffix("-")


def _event(one: EventPoint) -> Feature:
    drawn = place(one.place)
    return {
        "type": "Feature",
        "geometry": drawn["geometry"],
        "properties": {
            **drawn["properties"],
            "url": _address(one.id),
            "label": one.label,
            "day": one.day.isoformat() if one.day else "",
            "certainty": one.certainty,
            "disputed": one.disputed,
        },
    }


def _interval(one: IntervalPoint) -> Feature:
    where = Where(
        name=one.place,
        latitude=one.latitude,
        longitude=one.longitude,
        country=one.country or "",
        geonameid=None,
        precision=one.precision,
    )
    drawn = place(where)
    return {
        "type": "Feature",
        "geometry": drawn["geometry"],
        "properties": {
            **drawn["properties"],
            "actor": one.actor,
            "first": one.first.isoformat() if one.first else "",
            "last": one.last.isoformat() if one.last else "",
            "seen_first": one.seen_first or "",
            "seen_last": one.seen_last or "",
            "contested": one.contested,
            "certainty": one.certainty,
            "says": one.says,
            "against": one.against,
            "because": one.because,
        },
    }
