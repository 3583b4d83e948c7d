"""Who acted and who was acted on, as the reports of an event have it together, in the terms of export formats."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from reportedly import lexicons
from reportedly.data import Participant
from reportedly.events.reports import EventReport
from reportedly.record.exports import geography
from reportedly.record.exports.shapes import EventRecord

Role = Literal["actor", "recipient"]
Side = Literal["state", "armed", "civilian", "other"]
#: ACLED's inter code of state forces, and of forces outside of their country.
STATE_FORCES, EXTERNAL = 1, 8


def leading(record: EventRecord, role: Role) -> tuple[Participant, ...]:
    """The participants of the record's leading position, as its first supporter has them.

    Without findings, those that most articles give, of as many as differ; among equals the best known, then the
    first. Reports that leave them open count for none. What other reports say stays in the record's positions.
    """
    reports = [report for report in record.reports if getattr(report, role) and report.polarity == "positive"]
    behind = _supporters(record, role)
    reports = [report for report in reports if report.key in behind] or reports
    groups: dict[tuple[str, ...], list[EventReport]] = {}
    for report in reports:
        groups.setdefault(tuple(sorted({_key(person) for person in getattr(report, role)})), []).append(report)
    if not groups:
        return ()
    best = min(groups.values(), key=lambda group: _rank(group, role))
    found: tuple[Participant, ...] = getattr(best[0], role)
    return found


def _supporters(record: EventRecord, role: Role) -> set[str]:
    """The keys of the reports behind the position that leads on who it was."""
    positions = record.findings.positions if record.findings else ()
    lead = next((one for one in positions if one.aspect == role and one.stance == "lead"), None)
    return {support.statement for support in lead.supporters} if lead else set()


def _rank(reports: Sequence[EventReport], role: Role) -> tuple[int, int, str, str]:
    people = getattr(reports[0], role)
    known = sum(1 for person in people if person.id or person.name)
    return -len({report.article for report in reports}), -known, reports[0].published or "9", reports[0].key


def _key(person: Participant) -> str:
    return person.id or (person.name or person.text).casefold()


def name(person: Participant) -> str | None:
    """What a participant is called; None for one that is only a pronoun."""
    if person.name:
        return person.name
    text = " ".join(person.text.split())
    return None if text.casefold() in lexicons.words("account_pronouns.txt") else text


def side(person: Participant) -> Side | None:
    """Whether somebody is of a state, of an armed group, a civilian, or neither; None where that is not known."""
    found = _sectors().get(person.sector or "")
    if found is None:
        return None
    return found["side"]  # type: ignore[return-value]


def sides(people: Sequence[Participant]) -> set[Side]:
    """The sides that are known of some participants."""
    return {found for person in people if (found := side(person))}


def acled_inter(person: Participant, where: str | None) -> int | None:
    """ACLED's code of an actor: state forces outside of their own country are external forces, and so are those of
    several states, which the registry has without a country. Forces of a state that is not known have no code.

    Args:
        person: the actor.
        where: the country of the event, ISO 3166-1 alpha-3, or None.
    """
    code = _sectors().get(person.sector or "", {}).get("acled")
    if not code:
        return None
    if int(code) != STATE_FORCES:
        return int(code)
    if person.country is None:
        return EXTERNAL if person.id else None
    return EXTERNAL if where and person.country != where else STATE_FORCES


def ucdp_name(person: Participant) -> str | None:
    """A side as UCDP names it: states as "Government of Syria", civilians as "Civilians", others by name."""
    kind = side(person)
    land = geography.country(person.country)
    if kind == "state" and land:
        return f"Government of {land.ucdp_name}"
    return "Civilians" if kind == "civilian" else name(person)


@lru_cache(maxsize=1)
def _sectors() -> dict[str, dict[str, str]]:
    return {row["sector"]: row for row in lexicons.rows("exports_sectors.tsv")}
