"""Airwars' grade of an event that killed or injured people, as far as counting can propose it.

Airwars grades claims of civilian harm by who stands behind them (airwars.org/about/methodology): confirmed where a
belligerent has accepted responsibility, fair where two or more credible sources report it, weak where a single one
does, contested where responsibility is claimed for several, discounted where those killed were combatants or others
are most likely to have done it. What people judge there is counted here, and a party to the conflict never counts as
a source on its own behalf.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from reportedly import lexicons
from reportedly.data import Measure
from reportedly.events import origins_names
from reportedly.events.findings import Airwars, Origin, Position, Toll
from reportedly.events.grades_origins import names, sides, voices
from reportedly.events.reports import EventReport, FigureReport
from reportedly.statements import actors_registry as registry

HARM: frozenset[Measure] = frozenset({"killed", "injured"})
"""Measures of casualties."""

FAIR = 2
"""Independent sources that are no party, from which on harm is reported fairly."""

_ARMED = frozenset({"REB", "UAF", "MIL"})


def grade(
    reports: Sequence[EventReport], origins: Sequence[Origin], positions: Sequence[Position], tolls: Sequence[Toll]
) -> tuple[Airwars | None, str]:
    """The grade and why; None, and why not, for an event without casualties."""
    figures = _figures(reports, tolls)
    if not figures:
        return None, "no report gives a number of people killed or injured"
    counts = _counts(figures)
    fighting = sides(reports)
    heard = voices(figures, origins, fighting)
    who = names(heard)
    if all(_combatant(figure) for figure in figures):
        return "discounted", f"{counts}: all are combatants, according to {who}"
    rivals = _rivals(positions)
    if rivals:
        return "contested", f"{counts}: different actors are named ({rivals}), according to {who}"
    accepted = _accepted(reports, figures)
    if accepted:
        return "confirmed", f"{counts}: {accepted}, whom the reports name as having done it, says so"
    apart = [voice for voice in heard if voice.sure and not voice.party]
    if len(apart) >= FAIR:
        return "fair", f"{counts}: {len(apart)} independent sources that are no party report it, {names(apart)}"
    if heard and all(voice.party for voice in heard):
        return "weak", f"{counts}: only a party to the conflict reports it, {who}"
    return "weak", f"{counts}: fewer than {FAIR} independent sources that are no party report it, {who}"


def _figures(reports: Iterable[EventReport], tolls: Iterable[Toll]) -> list[FigureReport]:
    """The figures behind the tolls of killed and injured, those of nobody left out."""
    keys = {key for toll in tolls if toll.measure in HARM for key in (*toll.statements, *toll.outside)}
    found = {figure.key: figure for report in reports for figure in report.figures if figure.key in keys}
    return [found[key] for key in sorted(found) if found[key].high != 0]


def _counts(figures: Sequence[FigureReport]) -> str:
    """What is counted, in the words of the reports: "killed 12, at least 9; injured 30"."""
    parts = []
    for measure in sorted({figure.measure for figure in figures}, reverse=True):
        told = dict.fromkeys(" ".join(figure.text.split()) for figure in figures if figure.measure == measure)
        parts.append(f"{measure} {', '.join(told)}")
    return "; ".join(parts)


@lru_cache(maxsize=1)
def _victims() -> dict[str, str]:
    return {row["noun"]: row["victim"] for row in lexicons.rows("grades_victims.tsv")}


def _combatant(figure: FigureReport) -> bool:
    """Whether those counted are combatants: by their noun, else by the armed group or force that they are of."""
    known = [victim for word in (figure.of or "").split() if (victim := _victim(word))]
    if known:
        return set(known) == {"combatant"}
    actor = registry.find(figure.actor) if figure.actor else None
    return actor is not None and actor.sector in _ARMED


def _victim(word: str) -> str | None:
    noun = word.strip(".,;:()'’\"").casefold()
    singular = {noun, noun.removesuffix("s"), f"{noun.removesuffix('men')}man", noun.removesuffix("ren")}
    if noun.endswith("ies"):
        singular.add(f"{noun[:-3]}y")
    return next((_victims()[one] for one in sorted(singular) if one in _victims()), None)


def _rivals(positions: Iterable[Position]) -> str:
    """The different actors whom independent reports name, "" if they agree."""
    listed = [position for position in positions if position.aspect == "actor"]
    if not any(position.stance == "contradicts" for position in listed):
        return ""
    return "; ".join(position.label for position in listed if position.stance in ("lead", "contradicts"))


def _accepted(reports: Sequence[EventReport], figures: Sequence[FigureReport]) -> str:
    """The belligerent that says itself that it did it, "" if none does.

    Only for harm that is not that of combatants alone: to say how many enemies one has killed is no admission."""
    if not any(not _combatant(figure) for figure in figures):
        return ""
    for report in sorted(reports, key=lambda one: one.key):
        if report.hedged or report.polarity == "negative" or report.certainty in ("denied", "possible", "forecast"):
            continue
        accused = {origins_names.side(one.id): one for one in report.actor if one.id}
        said = report.chain[0] if report.chain else None
        if said and said.actor and origins_names.side(said.actor) in accused and _harms(report, figures):
            return origins_names.actor(said.actor).name
    return ""


def _harms(report: EventReport, figures: Sequence[FigureReport]) -> bool:
    """Whether the figures that a report ties to the event count others than combatants."""
    counted = {figure.key for figure in figures}
    return any(figure.key in counted and not _combatant(figure) for figure in report.figures)
