"""What people write as a corrected value, checked and made the JSON value that a decision keeps.

"none" empties a field. A place is a name that the record or the gazetteer knows, GeoNames' id ("g170017"), or a name
with degrees ("Tal Ghazal@35.1,40.2"); its precision can follow ("/near"). A day is "2019-03-19", a range
"2019-03-01..2019-03-19", open on either side. Several actors or sources are separated by ";".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Literal, get_args

import msgspec

from reportedly import lexicons
from reportedly.data import Certainty, Measure, Participant, Polarity, Precision, Relation
from reportedly.errors import DecisionError, QueryError
from reportedly.events.reports import Days, Location, Said
from reportedly.record.identity import fold
from reportedly.record.models import Place
from reportedly.record.queries import filters
from reportedly.statements import actors_registry, events_lexicon, gazetteer

#: The fields that cannot be empty.
NEVER_EMPTY = ("measure", "relation", "polarity", "approximate")
LONGEST = 200
Side = Literal["low", "high"]


def read(layer: str, field: str, written: str) -> Any:
    """The JSON value of a field of a layer's statements ("event", "figure" …) or of an event across articles
    ("events").

    Raises:
        DecisionError: the value is none of this field.
    """
    if written.strip().lower() in ("none", ""):
        if field in NEVER_EMPTY:
            raise DecisionError(f"{field}: cannot be empty")
        return None
    named = "participants" if (layer, field) in (("event", "actor"), ("event", "recipient")) else field
    named = "holder" if (layer, field) == ("control", "actor") else named
    return _READERS[named](field, written.strip())


def participant(name: str) -> Participant:
    """An actor by the registry's id, one of its names, or any other name. It has no stretch of the text: a person
    has put it there."""
    known = _registered(name)
    if known is None:
        return Participant(start=0, end=0, text=name, name=name)
    return Participant(
        start=0, end=0, text=name, name=known.name, id=known.id, country=known.country, sector=known.sector
    )


def _registered(name: str) -> actors_registry.Actor | None:
    known = actors_registry.find(name.upper())
    if known:
        return known
    ids = {alias.actor for alias in actors_registry.aliases() if alias.actor and fold(alias.text) == fold(name)}
    return actors_registry.find(ids.pop()) if len(ids) == 1 else None


def _parts(field: str, written: str) -> list[str]:
    found = [_text(field, part) for part in written.split(";") if part.strip()]
    if not found:
        raise DecisionError(f"{field}: no name in {written!r}")
    return found


def _participants(field: str, written: str) -> Any:
    return msgspec.to_builtins([participant(name) for name in _parts(field, written)])


def _holder(field: str, written: str) -> Any:
    who = participant(_text(field, written))
    return {"name": who.name, "id": who.id}


def _actor(field: str, written: str) -> Any:
    who = participant(_text(field, written))
    return who.id or who.name


def _source(field: str, written: str) -> Any:
    known = ((name, _registered(name)) for name in _parts(field, written))
    return msgspec.to_builtins([Said(name=name, actor=actor.id if actor else None) for name, actor in known])


def _text(field: str, written: str) -> str:
    text = " ".join(written.split())
    if len(text) > LONGEST:
        raise DecisionError(f"{field}: longer than {LONGEST} characters")
    return text


def _one_of(known: Iterable[str], change: Callable[[str], str]) -> Callable[[str, str], str]:
    listed = tuple(known)

    def read(field: str, written: str) -> str:
        if change(written) not in listed:
            raise DecisionError(f"{field}: {written!r} is none of {', '.join(listed)}")
        return change(written)

    return read


def _type(field: str, written: str) -> str:
    return _one_of(lexicons.tree("events_types.json"), str.upper)(field, written)


def _mode(field: str, written: str) -> str:
    return _one_of(sorted(set().union(*modes().values())), str.lower)(field, written)


@cache
def modes() -> dict[str, frozenset[str]]:
    """The modes of each event type, as the coder's lexicons have them."""
    rows = [row for name in events_lexicon.files() for row in lexicons.rows(name) if row["mode"]]
    return {
        kind: frozenset(row["mode"] for row in rows if row["type"] == kind) for kind in {row["type"] for row in rows}
    }


def _number(field: str, written: str) -> float:
    try:
        value = float(written.replace(",", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise DecisionError(f"{field}: {written!r} is no number from 0 upwards")
    return value


def _yes(field: str, written: str) -> bool:
    if written.lower() not in ("yes", "no", "true", "false"):
        raise DecisionError(f"{field}: {written!r} is neither yes nor no")
    return written.lower() in ("yes", "true")


def _date(field: str, written: str) -> Any:
    first, dots, last = written.partition("..")
    try:
        read = filters.read(since=first or None, until=(last if dots else first) or None)
    except QueryError as error:
        raise DecisionError(f"{field}: {error}") from None
    if read.since is None and read.until is None:
        raise DecisionError(f"{field}: {written!r} has no day")
    return msgspec.to_builtins(
        Days(first=read.since.isoformat() if read.since else None, last=read.until.isoformat() if read.until else None)
    )


def _place(field: str, written: str) -> Any:
    name, _, precision = written.partition("/")
    if precision and precision not in get_args(Precision):
        raise DecisionError(f"{field}: {precision!r} is none of {', '.join(get_args(Precision))}")
    found = _with_degrees(field, name) if "@" in name else _in_record(name) or _in_gazetteer(field, name)
    return msgspec.to_builtins(msgspec.structs.replace(found, precision=precision or found.precision or "point"))


def _with_degrees(field: str, written: str) -> Location:
    name, _, degrees = written.partition("@")
    try:
        near = filters.read(near=degrees).near
    except QueryError as error:
        raise DecisionError(f"{field}: {str(error).removeprefix('near: ')}") from None
    assert near is not None
    return Location(name=_text(field, name), latitude=near.latitude, longitude=near.longitude)


def _in_record(name: str) -> Location | None:
    rows = list(Place.objects.filter(key=name)) or list(
        Place.objects.filter(name__iexact=name, latitude__isnull=False).order_by("-named", "pk")[:2]
    )
    if len(rows) != 1:
        return None
    row = rows[0]
    return Location(
        name=row.name,
        geonameid=row.geonameid,
        latitude=row.latitude,
        longitude=row.longitude,
        country=row.country or None,
    )


def _in_gazetteer(field: str, name: str) -> Location:
    known = gazetteer.default()
    if name[:1] == "g" and name[1:].isdigit():
        record = known.get(int(name[1:]))
        listed = [record] if record else []
    else:
        listed = [record for record in known.find([name]).get(name, ()) if record.main]
    if len(listed) == 1:
        return _location(listed[0])
    if not listed:
        raise DecisionError(f"{field}: {name!r} is not known; give its degrees: 'NAME@LAT,LON'")
    choices = ", ".join(f"g{one.id} ({one.name}, {one.country}, {one.kind})" for one in listed[:5])
    raise DecisionError(f"{field}: {name!r} may be {choices}; give one of these ids")


def _location(record: gazetteer.Record) -> Location:
    return Location(
        name=record.name,
        geonameid=record.geonameid,
        latitude=record.latitude,
        longitude=record.longitude,
        country=record.country,
        precision=msgspec.convert(record.precision, Precision),
    )


_READERS: dict[str, Callable[[str, str], Any]] = {
    "type": _type,
    "mode": _mode,
    "participants": _participants,
    "holder": _holder,
    "actor": _actor,
    "source": _source,
    "place": _place,
    "date": _date,
    "certainty": _one_of(get_args(Certainty), str.lower),
    "polarity": _one_of(get_args(Polarity), str.lower),
    "relation": _one_of(get_args(Relation), str.lower),
    "measure": _one_of(get_args(Measure), str.lower),
    "approximate": _yes,
    "unit": lambda field, written: _text(field, written)[:40],
    "of": _text,
    "aside": lambda field, written: _text(field, written)[:20],
    **dict.fromkeys(("low", "high", "killed_low", "killed_best", "killed_high"), _number),
}
