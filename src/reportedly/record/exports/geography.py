"""Where an event was, in the codes of the export formats: countries, areas, PRIO-GRID cells and precisions."""

from __future__ import annotations

import math
from functools import lru_cache

import pycountry
from msgspec import Struct

from reportedly import lexicons
from reportedly.events.reports import Location
from reportedly.statements import gazetteer

#: Kinds of the gazetteer that are areas of the first and of a lower level.
FIRST_LEVEL = frozenset({"admin1"})
LOWER_LEVEL = frozenset({"admin2", "admin3", "district"})
SEAS = frozenset({"sea"})
#: Columns of half a degree around the globe.
ROUND = 720
#: Precisions at which the coordinates are of the place itself or beside it.
EXACT = frozenset({"point", "near"})


class Country(Struct, frozen=True, kw_only=True):
    """A country: ISO 3166-1 codes, the name that reports use, and the codes of `exports_countries.tsv`."""

    alpha3: str
    name: str
    numeric: int | None = None
    gw: int | None = None
    cow: int | None = None
    region: str | None = None
    acled_region: str | None = None
    ucdp_name: str = ""


def country(code: str | None) -> Country | None:
    """A country by its ISO 3166-1 code of two or three letters; None for no or an unknown code."""
    if not code:
        return None
    alpha3 = _alpha3(code)
    return _countries().get(alpha3) if alpha3 else None


@lru_cache(maxsize=512)
def _alpha3(code: str) -> str | None:
    if code in ("XK", "XKX"):  # Kosovo's code is not ISO's own
        return "XKX"
    found = pycountry.countries.get(alpha_2=code) if len(code) == 2 else pycountry.countries.get(alpha_3=code)
    return found.alpha_3 if found else None


@lru_cache(maxsize=1)
def _countries() -> dict[str, Country]:
    names = {row["country"]: row["name"] for row in lexicons.rows("actors_states.tsv")}
    found = {}
    for row in lexicons.rows("exports_countries.tsv"):
        iso = pycountry.countries.get(alpha_3=row["country"])
        name = names.get(row["country"]) or (iso.name if iso else row["country"])
        found[row["country"]] = Country(
            alpha3=row["country"],
            name=name,
            numeric=int(iso.numeric) if iso else None,
            gw=int(row["gw"]) if row["gw"] else None,
            cow=int(row["cow"]) if row["cow"] else None,
            region=row["region"] or None,
            acled_region=row["acled"] or None,
            ucdp_name=row["ucdp"] or name,
        )
    return found


class Areas(Struct, frozen=True):
    """The administrative areas that hold a place, and its kind, as the gazetteer has them."""

    first: str | None = None
    second: str | None = None
    kind: str | None = None


def areas(place: Location | None) -> Areas:
    """The areas of a place that GeoNames knows; nothing for any other."""
    return _areas(place.geonameid) if place and place.geonameid else Areas()


@lru_cache(maxsize=20_000)
def _areas(geonameid: int) -> Areas:
    known = gazetteer.default()
    record = known.get(geonameid)
    if record is None:
        return Areas()
    if record.kind == "country":
        return Areas(kind=record.kind)
    above = [known.get(identifier) if identifier else None for identifier in (record.admin1, record.admin2)]
    first, second = (area.name if area else None for area in above)
    if record.kind in FIRST_LEVEL:
        first = record.name
    if record.kind == "admin2":
        second = record.name
    return Areas(first=first, second=second, kind=record.kind)


def priogrid(latitude: float, longitude: float) -> int:
    """PRIO-GRID's cell of half a degree: numbered from 1 at 90° S 180° W, eastwards and then northwards (Tollefsen,
    Strand and Buhaug 2012). Degrees are WGS 84."""
    row = min(math.floor((latitude + 90) * 2), 359)
    column = min(math.floor((longitude + 180) * 2), ROUND - 1)
    return row * ROUND + column + 1


def ucdp_precision(place: Location | None) -> int | None:
    """UCDP's where_prec: 1 exact, 2 within some 25 km of a known point, 3 second-order area, 4 first-order area,
    5 another part of a country or a landscape, 6 country, 7 international waters; None where nothing is known."""
    if place is None or place.precision is None:
        return None
    kind = areas(place).kind
    if place.precision == "area":
        return 3 if kind in LOWER_LEVEL else 5
    if place.precision == "region":
        if kind in SEAS and place.country is None:
            return 7
        return 4 if kind in FIRST_LEVEL else 5
    return {"point": 1, "near": 2, "country": 6}[place.precision]


def acled_precision(place: Location | None) -> int | None:
    """ACLED's geo_precision: 1 the town, 2 near it or a small part of a region, 3 a region. ACLED has no code for a
    place of which only the country is known: None."""
    if place is None or place.precision is None:
        return None
    return {"point": 1, "near": 2, "area": 2, "region": 3}.get(place.precision)


def described(place: Location) -> str:
    """A place in words that say how exact it is: "near Baghuz"; "Deir ez-Zor (somewhere in this region)"."""
    if place.precision == "near":
        return f"near {place.name}"
    if place.precision in ("area", "region", "country"):
        return f"{place.name} (somewhere in this {place.precision})"
    return place.name
