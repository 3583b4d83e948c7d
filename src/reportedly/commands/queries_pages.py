"""One event, series, place or source in full, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from reportedly.account import words
from reportedly.commands import layout, queries_lists
from reportedly.commands.layout import joined, text
from reportedly.commands.queries_lists import counted, mark
from reportedly.events.findings import Origin, Position, Support, Toll
from reportedly.record import history
from reportedly.record.decisions import Decided
from reportedly.record.queries.actors import ActorPage
from reportedly.record.queries.control import IntervalLine
from reportedly.record.queries.disputes import Dispute
from reportedly.record.queries.events import EventPage
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.figures import Point
from reportedly.record.queries.places import PlacePage
from reportedly.record.queries.sources import SourcePage
from reportedly.record.queries.statements import Report

#: Statements that are quoted for one position.
QUOTED = 4
_ASPECTS = {
    "happened": "whether it happened",
    "actor": "who did it",
    "recipient": "to whom",
    "place": "where",
    "time": "when",
}


class Quotes:
    """The sentences of a page, each quoted once and numbered; behind that its number is enough."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.urls = urls
        self.numbers: dict[str, int] = {}
        self.shown: dict[tuple[str, str], str] = {}

    def show(self, one: Support | Evidence, out: Console, by: int) -> None:
        """A statement, with its sentence where that was not shown above."""
        told = queries_lists.by(one)
        if one.statement not in self.numbers:
            first = self.shown.setdefault((one.article, one.quote), one.statement)
            if first == one.statement:
                told = queries_lists.quoted(one, self.urls.get(one.article))
            else:
                told = joined((told, (one.statement, "dim"), f"in the sentence of {self.refer([first])}"))
        number = self.numbers.setdefault(one.statement, len(self.numbers) + 1)
        layout.indented(joined(((f"[{number}]", "bold"), told), " "), out, by)

    def refer(self, keys: Iterable[str]) -> str:
        """Statements by their numbers; those that are not above by their ids."""
        return ", ".join(f"[{self.numbers[key]}]" if key in self.numbers else key for key in keys)


def event(page: EventPage, out: Console) -> None:
    """An event: positions side by side, tolls, origins, grades, reports with their links, decisions."""
    line = page.line
    out.print(queries_lists.event(line))
    _state(page, out)
    quotes = Quotes({one.evidence.article: one.evidence.url for one in page.reports if one.evidence.url})
    _positions(page.positions, quotes, out)
    _tolls(page.tolls, quotes, out)
    _origins(page.origins, out)
    _grades(page, out)
    _reports(page, quotes, out)
    _disputes(page.disputes, quotes, out)
    decisions(page.decisions, out)
    _unverified(line.judgement == "confirmed", out)


def _state(page: EventPage, out: Console) -> None:
    if page.merged_into:
        out.print(text((f"Merged into {page.merged_into} by a person.", "bold")))
    if page.merged:
        out.print(text((f"With what was told as {', '.join(page.merged)}.", "dim")))
    if page.since_confirmed:
        since = counted(page.since_confirmed, "article")
        out.print(text((f"{since} came after it was confirmed; nobody has confirmed these.", "yellow")))
    if page.line.background:
        out.print(text(("Only mentioned as background; no article reports it as its own event.", "dim")))
    for field, value in page.corrections.items():
        out.print(text((f"{field}: {history.plain(value)}, set by a person", "green")))


def _positions(positions: Sequence[Position], quotes: Quotes, out: Console) -> None:
    if not positions:
        return
    layout.heading("What the reports say", out)
    for aspect, listed in groupby(positions, key=lambda position: position.aspect):
        out.print(text((f"{_aspect(aspect)}:", "bold")))
        for position in listed:
            layout.indented(queries_lists.claim(position), out)
            for one in position.supporters[:QUOTED]:
                quotes.show(one, out, 6)
            if len(position.supporters) > QUOTED:
                layout.indented(text((f"and {len(position.supporters) - QUOTED} more statements", "dim")), out, 6)


def _aspect(name: str) -> str:
    if name.startswith("number/"):
        return "how many " + name.removeprefix("number/").replace("/", ": ")
    return _ASPECTS.get(name, name)


def _tolls(tolls: Sequence[Toll], quotes: Quotes, out: Console) -> None:
    if not tolls:
        return
    layout.heading("Tolls", out)
    for toll in tolls:
        found = layout.toll(toll.low, toll.best, toll.high) or "no figure beside those of parties"
        what = f"{toll.measure}{f' ({toll.of})' if toll.of else ''}"
        layout.indented(joined(((what, "bold"), (found, "bold blue"), (toll.rule, "dim"))), out)
        if toll.outside:
            layout.indented(
                text((f"outside the range, given by parties only: {quotes.refer(toll.outside)}", "yellow")), out, 6
            )


def _origins(origins: Sequence[Origin], out: Console) -> None:
    if not origins:
        return
    layout.heading(f"Independent origins ({len(origins)})", out)
    kinds = {"own": "its own reporting", "copy": "one text", "speaker": "one speaker", "outlet": "one outlet"}
    for origin in origins:
        who = (origin.name or "not named", "magenta")
        layout.indented(
            joined((who, kinds[origin.kind], counted(len(origin.articles), "article"), (origin.because, "dim"))), out
        )
        for link in dict.fromkeys((link.article, link.on, link.kind, link.similarity) for link in origin.chain):
            article, on, kind, alike = link
            how = f" ({alike:.0%} alike)" if alike is not None else ""
            verb = {"copy": "copies", "speaker": "quotes", "outlet": "cites"}.get(kind, "rests on")
            layout.indented(
                text((f"{article} {verb} {on}{how}" if kind != "own" else f"{article} says it itself", "dim")), out, 6
            )


def _grades(page: EventPage, out: Console) -> None:
    grade, line = page.grade, page.line
    if grade is None:
        return
    layout.heading("Grades", out)
    people = {one.field: one for one in page.decisions if one.stands and one.kind == "grade"}
    _grade(
        "credibility of the information (Admiralty)",
        str(grade.credibility),
        grade.credibility_because,
        people.get("credibility"),
        out,
    )
    if grade.airwars or "airwars" in people or line.airwars:
        _grade("harm done (Airwars)", grade.airwars or "none", grade.airwars_because, people.get("airwars"), out)


def _grade(what: str, proposed: str, because: str, by: Decided | None, out: Console) -> None:
    if by is not None:
        layout.indented(joined(((f"{what}: {by.value}", "bold green"), f"set by {by.user}: {by.reason}")), out)
    layout.indented(
        joined(((f"{what}: {proposed}, proposed", "yellow" if by is None else "dim"), (because, "dim"))), out
    )


def _disputes(disputes: Sequence[Dispute], quotes: Quotes, out: Console) -> None:
    if disputes:
        layout.heading(f"In dispute ({len(disputes)})", out)
    for dispute in disputes:
        layout.indented(text((dispute.about, "bold")), out)
        for position in dispute.positions:
            numbers = quotes.refer(one.statement for one in position.supporters)
            layout.indented(joined((queries_lists.claim(position), numbers)), out, 6)


def _reports(page: EventPage, quotes: Quotes, out: Console) -> None:
    shown = len(page.reports)
    layout.heading(f"Reports ({page.number}{f', the first {shown}' if shown < page.number else ''})", out)
    for report in page.reports:
        report_(report, quotes, out)


def report_(report: Report, quotes: Quotes, out: Console) -> None:
    """One statement: its sentence, what was coded and decided, and why it is linked."""
    quotes.show(report.evidence, out, 2)
    for name, value in report.decided.items():
        was = history.plain(report.coded.get(name))
        layout.indented(text((f"{name}: {history.plain(value)}, set by a person (coded: {was})", "green")), out, 6)
    if report.evidence.judgement:
        layout.indented(text(mark(report.evidence.judgement)), out, 6)
    if report.aside:
        layout.indented(text((f"no event of its article's own: {report.aside}", "dim")), out, 6)
    if report.linked_with and report.probability is not None:
        bits = "; ".join(f"{step.comparison} {step.level} {step.bits:+.1f}" for step in report.steps)
        layout.indented(
            text(
                (
                    f"linked with {quotes.refer([report.linked_with])} at {report.probability:.2f} ({bits}, in bits)",
                    "dim",
                )
            ),
            out,
            6,
        )


def statement(report: Report, out: Console) -> None:
    """A statement by itself: all fields, as coded and as decided."""
    known = report.evidence
    report_(report, Quotes({known.article: known.url} if known.url else {}), out)
    for name, value in report.coded.items():
        if value not in (None, [], (), "") and name not in report.decided:
            layout.indented(joined(((name, "bold"), _value(value))), out, 6)
    if report.event:
        layout.indented(text((f"of event {report.event}", "dim")), out, 6)
    decisions(report.decisions, out)
    _unverified(report.evidence.judgement == "confirmed", out)


def _value(value: Any) -> str:
    return history.plain([item.get("name") or item.get("text") for item in value] if isinstance(value, list) else value)


def decisions(made: Iterable[Decided], out: Console) -> None:
    """What people decided, those that were undone too."""
    listed = list(made)
    if listed:
        layout.heading("Decisions of people", out)
    for one in listed:
        undone = "" if one.stands else "undone"
        about = (f"{one.id}", "dim"), (history.told(one), "bold"), one.user, (one.made[:16], "cyan"), (undone, "red")
        layout.indented(joined(about), out)
        layout.indented(text((one.reason, "italic")), out, 6)


def series(points: Sequence[Point], out: Console) -> None:
    """A series: every figure in time, with who gives it, its sentence and what it revises."""
    for point in points:
        when = layout.days(point.first, point.last, point.evidence.published)
        out.print(joined(((when, "cyan"), queries_lists.figure(point).plain)))
        layout.indented(queries_lists.quoted(point.evidence, point.evidence.url), out, 4)
        if point.revises:
            layout.indented(text((f"revises {point.revises}: {point.because}", "yellow")), out, 4)
    _unverified(all(point.evidence.judgement == "confirmed" for point in points), out)


def intervals(lines: Sequence[IntervalLine], out: Console) -> None:
    """Who held a place over time, each interval with its evidence and what stands against it."""
    for _, listed in groupby(lines, key=lambda line: line.id):
        for number, line in enumerate(listed):
            if not number:
                out.print(text((line.place, "bold green"), (f"  {line.country or ''}", "dim")))
            when = layout.days(line.first, line.last) if line.first or line.last else "no day known"
            contested = ("CONTESTED", "bold red") if line.contested else ""
            layout.indented(
                joined(
                    ((line.actor, "bold"), (when, "cyan"), (line.certainty, "yellow"), contested, (line.because, "dim"))
                ),
                out,
            )
            for one in line.evidence:
                layout.indented(queries_lists.quoted(one, one.url), out, 6)
            for one in line.against:
                layout.indented(text(("against it:", "red")), out, 6)
                layout.indented(queries_lists.quoted(one, one.url), out, 8)
    _unverified(False, out)


def source(page: SourcePage, out: Console) -> None:
    """A source: shares, both of the Admiralty code's judgements apart, and the latest that it said."""
    line = page.line
    out.print(queries_lists.source(line))
    layout.indented(text((line.id, "dim")), out)
    layout.heading("Reliability of the source (A–F)", out)
    if line.set_by is not None:
        layout.indented(
            joined(((f"{line.reliability}", "bold green"), f"set by {line.set_by.user}: {line.set_by.reason}")), out
        )
    layout.indented(joined(((f"{line.proposed}, proposed", "yellow"), (line.because, "dim"))), out)
    layout.heading("Credibility of what it says (1–6)", out)
    told = "; ".join(f"{grade}: {counted(number, 'event')}" for grade, number in page.credibility.items())
    layout.indented(text(told or "none of it is of an event"), out)
    layout.heading("Statements", out)
    shares = (("hedged", line.hedged), ("borne out by independent origins", line.corroborated), ("contradicted by them", line.contradicted), ("later revised", line.revised))  # fmt: skip
    told = "; ".join(f"{name} {number:,} ({number / max(1, line.told):.0%})" for name, number in shares)
    layout.indented(text(counted(line.statements, "statement")), out)
    layout.indented(text(f"On events it is answerable for {line.told:,}: {told}"), out)
    for one in page.latest:
        layout.indented(queries_lists.quoted(one, one.url), out)
    _unverified(False, out)


def place(page: PlacePage, out: Console) -> None:
    """A place: who holds it, and the latest events and figures."""
    queries_lists.places([page.line], out)
    _parts(page.control, page.events, page.figures, out)


def actor(page: ActorPage, out: Console) -> None:
    """An actor: its parts, what it holds, and the latest events."""
    queries_lists.actors([page.line], out)
    roles = "; ".join(f"{role} {number:,}" for role, number in page.roles.items())
    layout.indented(text((roles, "dim")), out)
    _parts(page.control, page.events, (), out)


def _parts(control: Sequence[Any], events: Sequence[Any], figures: Sequence[Any], out: Console) -> None:
    shown = (("Control", control, queries_lists.control), ("Events", events, queries_lists.events), ("Figures", figures, queries_lists.figures))  # fmt: skip
    for title, lines, show in shown:
        if lines:
            layout.heading(title, out)
            show(lines, out)
    _unverified(False, out)


def entries(listed: Sequence[history.Entry], out: Console) -> None:
    """A history, a line each, with reasons below decisions."""
    for entry in listed:
        one = entry.decision
        number = f"decision {one.id}" if one else entry.kind
        marks = (
            ("undone", "red") if one and not one.stands else ("without a target now", "yellow") if entry.lost else ""
        )
        by = f"{one.user}" if one else ""
        out.print(joined(((entry.when[:19].replace("T", " "), "cyan"), (number, "dim"), (entry.what, "bold" if one else ""), by, marks, (entry.about, "dim"))))  # fmt: skip
        if one:
            layout.indented(text((one.reason, "italic")), out, 6)


def _unverified(confirmed: bool, out: Console) -> None:
    out.print()
    out.print(Text(f"{layout.CONFIRMED.capitalize()}." if confirmed else words.UNVERIFIED, style="italic dim"))
