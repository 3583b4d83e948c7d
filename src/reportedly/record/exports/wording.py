"""What a row says in words: how far it is checked, who disputes what, on whom it rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportedly.events.findings import Toll
from reportedly.events.reports import FigureReport
from reportedly.record.exports.shapes import EventRecord
from reportedly.record.exports.tables import cell

#: Reasons for which an event does not go into a data set of things that happened.
NOT_SAID_TO_HAVE_HAPPENED = {
    "denied": "reported only to be denied",
    "forecast": "only foreseen",
    "possible": "only possible",
}


def left_out(record: EventRecord) -> str | None:
    """Why an event is not one that happened anew, so that event data sets leave it out; None if it is."""
    if record.background:
        return "mentioned only as background"
    if record.certainty in NOT_SAID_TO_HAVE_HAPPENED:
        return NOT_SAID_TO_HAVE_HAPPENED[record.certainty]
    if record.reports and all(report.polarity == "negative" for report in record.reports):
        return "reported only not to have happened"
    return None


def sentence(said: Iterable[str | None]) -> str:
    """Several remarks in one cell; empty ones are left out."""
    return "; ".join(filter(None, said))


def checked(record: EventRecord) -> str:
    """The verification, and what people decided and why."""
    told = [
        f"{item.user}: {item.kind}{f' {item.field}' if item.field else ''} ({item.reason})" for item in record.decisions
    ]
    return f"{record.verification}; decisions: {', '.join(told)}" if told else record.verification


def figures(record: EventRecord) -> dict[str, FigureReport]:
    """The figures that reports tie to the event, by key."""
    return {figure.key: figure for report in record.reports for figure in report.figures}


def killed(record: EventRecord) -> tuple[Toll, ...]:
    """The event's tolls of people killed."""
    tolls = record.findings.tolls if record.findings else ()
    return tuple(toll for toll in tolls if toll.measure == "killed")


def outside(record: EventRecord) -> list[FigureReport]:
    """Figures of people killed that only a party to the conflict gives and that stay outside of the range."""
    known = figures(record)
    keys = dict.fromkeys(key for toll in killed(record) for key in toll.outside)
    return [known[key] for key in keys if key in known]


def toll(record: EventRecord) -> str:
    """The deaths in words where one number does not say it all: of whom, the range, and claims outside of it."""
    known = figures(record)
    said = []
    for item in killed(record):
        bounds = (item.low, item.high)
        if item.statements and (item.of or bounds[0] != bounds[1]):
            differ = len({(known[key].low, known[key].high) for key in item.statements if key in known}) > 1
            said.append(f"{item.of or 'people'} killed: {_range(*bounds)}{', disputed' if differ else ''}")
    said.extend(
        f"only a party to the conflict says {span(figure)} killed ({speaker(figure)})" for figure in outside(record)
    )
    return "; ".join(said)


def span(figure: FigureReport) -> str:
    """A figure's range: "700", "12 to 40", "at least 40", "up to 800"."""
    return _range(figure.low, figure.high)


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"up to {cell(high)}"
    if high is None:
        return f"at least {cell(low)}"
    return cell(low) if low == high else f"{cell(low)} to {cell(high)}"


def speaker(figure: FigureReport) -> str:
    """Who gives a figure: the innermost source, else the outlet."""
    return next((said.name for said in figure.chain if said.name), None) or figure.outlet or "no source named"


def disputed(record: EventRecord) -> list[str]:
    """What the reports contradict each other about, one line an aspect."""
    if record.findings is None:
        return []
    aspects: dict[str, list[str]] = {}
    for position in record.findings.positions:
        if position.stance in ("lead", "contradicts"):
            aspects.setdefault(position.aspect, []).append(position.label)
    return [f"{aspect}: {' against '.join(labels)}" for aspect, labels in aspects.items() if len(labels) > 1]


def speakers(record: EventRecord) -> Iterator[str]:
    """Who the reports say it comes from, innermost first, in the order of the reports."""
    for report in record.reports:
        if report.chain and report.chain[0].name:
            yield report.chain[0].name


def coders(record: EventRecord) -> list[str]:
    """The versions of the program that coded the event's articles."""
    return sorted({article.coder.program for article in record.articles if article.coder})
