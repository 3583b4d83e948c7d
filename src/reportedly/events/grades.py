"""Proposed grades of an event: credibility of the information, and Airwars' grade of harm done.

Credibility is that of the Admiralty code (NATO AJP-2.1; STANAG 2511, table II), 1 to 6. It looks at how many
independent origins say that the event happened and who says that it did not, never at how reliable they are. A grade
is a proposal that says why; people set it. The rules are in docs/grades.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.events import grades_airwars
from reportedly.events.findings import Grade, Origin, Position, Toll
from reportedly.events.grades_origins import Voice, names, sides, voices
from reportedly.events.origins_said import statements
from reportedly.events.reports import EventReport, Statement

CONFIRMING = 2
"""Independent origins that confirm each other."""


def grade(
    reports: Sequence[EventReport], origins: Sequence[Origin], positions: Sequence[Position], tolls: Sequence[Toll]
) -> Grade:
    """The grades that the reports of an event allow to propose.

    Args:
        reports: the event's reports.
        origins: its independent origins (`origins.of_event`).
        positions: what the reports say of it; those on "happened" and "actor" are read.
        tolls: its figures; Airwars' grade is for events with killed or injured.
    """
    by_key = {one.key: one for one in statements(reports)}
    fighting = sides(reports)
    said = {
        answer: voices(_supporting(answer, positions, by_key), origins, fighting)
        for answer in ("yes", "no", "expected")
    }
    credibility, because = _credibility(said["yes"], _others(said["no"], said["yes"]), bool(said["expected"]))
    airwars, airwars_because = grades_airwars.grade(reports, origins, positions, tolls)
    return Grade(
        credibility=credibility,
        credibility_because=because,
        airwars=airwars,
        airwars_because=airwars_because,
    )


def _supporting(answer: str, positions: Iterable[Position], by_key: dict[str, Statement]) -> list[Statement]:
    return [
        by_key[support.statement]
        for position in positions
        if position.aspect == "happened" and position.value.get("happened") == answer
        for support in position.supporters
        if support.statement in by_key
    ]


def _others(denying: Sequence[Voice], saying: Sequence[Voice]) -> list[Voice]:
    """Those that only deny: a side that says both is no denial of itself."""
    known = {voice.side for voice in saying}
    return [voice for voice in denying if voice.side not in known]


def _credibility(saying: Sequence[Voice], denying: Sequence[Voice], expected: bool) -> tuple[int, str]:
    """1 confirmed, 2 probably, 3 possibly true, 4 doubtful, 5 improbable, 6 not to be judged."""
    if not saying:
        what = "it is only expected" if expected else "no report says that it happened"
        return 6, f"{what}; denied by {names(denying)}" if denying else what
    sure = [voice for voice in saying if voice.sure]
    if denying:
        return _disputed(saying, sure, denying)
    if len(sure) >= CONFIRMING:
        return 1, f"said by {len(sure)} independent origins: {names(sure)}"
    articles = len(frozenset().union(*(voice.articles for voice in saying)))
    if len(saying) >= CONFIRMING and articles >= CONFIRMING:
        return 2, f"said by {names(saying)}; whether they are independent cannot be told"
    if not sure:
        return 6, f"said only by {names(saying)}, hedged or not named"
    return 3, f"said only by {names(sure)}" + ("" if len(saying) == 1 else " and the article that quotes it")


def _disputed(saying: Sequence[Voice], sure: Sequence[Voice], denying: Sequence[Voice]) -> tuple[int, str]:
    firm = [voice for voice in denying if voice.sure]
    told = f"said by {names(saying)}, denied by {names(denying)}"
    if len(sure) >= CONFIRMING and len(sure) > len(firm):
        return 3, told
    return (5, told) if len(firm) > len(sure) else (4, told)
