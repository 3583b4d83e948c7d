"""The fields of a statement or an event as a form has them: what stands, what the machine coded, what the sentence
itself offers in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from msgspec import Struct

from reportedly import lexicons
from reportedly.data import Certainty, CodedArticle, Measure, Polarity, Precision, Relation, Span
from reportedly.record import decisions_fields, decisions_values, history
from reportedly.record.queries.events import EventLine
from reportedly.record.queries.statements import Report

LABELS = {
    "of": "of whom",
    "date": "when",
    "place": "where",
    "source": "according to",
    "aside": "in passing, as",
    "killed_low": "killed, at least",
    "killed_best": "killed, best",
    "killed_high": "killed, at most",
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "certainty": get_args(Certainty),
    "polarity": get_args(Polarity),
    "relation": get_args(Relation),
    "measure": get_args(Measure),
    "approximate": ("yes", "no"),
}


class Field(Struct, frozen=True, kw_only=True):
    """One field. `written` is what stands, as people write it; `coded` what the machine made of it where people set
    another value; `typed` what the form holds; `choices` are all values there are, `offered` some of the sentence."""

    name: str
    label: str
    written: str
    coded: str | None
    typed: str
    choices: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


def of_statement(
    report: Report, article: CodedArticle | None, sentence: Span, typed: Mapping[str, str]
) -> tuple[Field, ...]:
    """The fields of a statement, with what its sentence offers."""
    layer = report.evidence.layer
    offered = offers(article, sentence) if article else {}
    found = []
    for name in decisions_fields.STATEMENT.get(layer, ()):
        coded, now = _value(layer, name, report.coded), _value(layer, name, {**report.coded, **report.decided})
        found.append(_field(name, now, coded, typed, offered))
    return tuple(found)


def of_event(line: EventLine, corrections: Mapping[str, Any], typed: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of an event across articles; what the reports said before a correction is in its history."""
    days = {"first": line.first and line.first.isoformat(), "last": line.last and line.last.isoformat()}
    values = {
        "date": days if line.first or line.last else None,
        "place": line.place.name if line.place else None,
        **{name: getattr(line, name) or None for name in ("type", "mode", "certainty")},
        **{name: getattr(line, name) for name in ("killed_low", "killed_best", "killed_high")},
    }
    return tuple(_field(name, values[name], values[name], typed, {}) for name in decisions_fields.EVENT)


def changed(fields: Iterable[Field]) -> dict[str, str]:
    """What was typed where it is not what stands; an emptied field is "none"."""
    return {one.name: one.typed.strip() or "none" for one in fields if _same(one.typed) != _same(one.written)}


def _same(written: str) -> str:
    return "" if written.strip().lower() == "none" else " ".join(written.split())


def _field(name: str, now: Any, coded: Any, typed: Mapping[str, str], offered: Mapping[str, tuple[str, ...]]) -> Field:
    written, machine = _written(now), _written(coded)
    choices = tuple(sorted(lexicons.tree("events_types.json"))) if name == "type" else _CHOICES.get(name, ())
    return Field(
        name=name,
        label=LABELS.get(name, name).capitalize(),
        written=written,
        coded=machine if machine != written else None,
        typed=typed.get(name, written),
        choices=choices if not choices or written in ("", *choices) else (*choices, written),
        offered=offered.get(name, ()),
    )


def _value(layer: str, name: str, values: Mapping[str, Any]) -> Any:
    return values.get(next(iter(decisions_fields.changes(layer, name, None))))


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, Mapping) and value.get("precision") in get_args(Precision) and value["precision"] != "point":
        return f"{history.plain(value)}/{value['precision']}"
    shown = history.plain(value)
    return "" if shown == "none" else shown


def offers(article: CodedArticle, sentence: Span) -> dict[str, tuple[str, ...]]:
    """What a sentence names, by the field that it could fill."""
    within = [one for one in article.entities if sentence.covers(Span(one.start, one.end))]
    people = [
        one.actor or one.name or one.text for one in within if one.type in ("Person", "Organisation", "Nationality")
    ]
    names = [one.name or one.text for one in within if one.type in ("Person", "Organisation")]
    places = [one.name or one.text for one in article.places if sentence.covers(Span(one.start, one.end))]
    days = [
        history.plain({"first": one.from_, "last": one.to})
        for one in article.dates
        if sentence.covers(Span(one.start, one.end)) and (one.from_ or one.to)
    ]
    figures = [one for one in article.figures if sentence.covers(Span(one.start, one.end))]
    numbers = [_written(value) for one in figures for value in (one.low, one.high) if value is not None]
    modes = sorted({mode for known in decisions_values.modes().values() for mode in known})
    named = {"place": places, "date": days, "source": names, "low": numbers, "high": numbers, "mode": modes}
    named |= dict.fromkeys(("actor", "recipient"), people)
    return {name: tuple(dict.fromkeys(values)) for name, values in named.items()}
