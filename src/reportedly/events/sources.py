"""Outlets and speakers over many events: what they said, and how it stood up to what others said.

Two things are kept apart, as in the Admiralty code (NATO AJP-2.1; STANAG 2511): how reliable a source is, which is
judged here, on its record alone, and how credible a piece of information is (`grades`). Neither is derived from the
other. A letter is a proposal; people set it. The rules are in docs/grades.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from typing import Literal

from msgspec import Struct

from reportedly.events import origins_names
from reportedly.events.findings import Admiralty, EventFindings, Origin, Position, SeriesPoint, SourceProfile, Support
from reportedly.events.grades_origins import side_of
from reportedly.events.origins import by_statement

FEWEST_JUDGED = 20
"""Statements that others bore out or contradicted, below which no reliability is proposed."""

FEWEST_EVENTS = 5
"""Events that those statements are spread over at least: one well-known battle is no record."""

DEVIATE = 1.96
"""Standard normal deviate of the interval around the share that was borne out (95 %)."""

RELIABLE: tuple[tuple[Admiralty, float], ...] = (("B", 0.8), ("C", 0.6))
"""The share that was borne out lies above this with its whole interval. A, a source of which nothing is in doubt,
is never proposed: no count of statements can say so."""

UNRELIABLE: tuple[tuple[Admiralty, float], ...] = (("E", 0.3), ("D", 0.5))
"""The share that was borne out lies below this with its whole interval."""

Kind = Literal["outlet", "speaker"]


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that a source says of an event, with the statement that gives it first. `corroborated`: an
    independent origin takes the same position; `contradicted`: one takes a position against it; `revised`: a later
    figure corrects or overtakes it."""

    statement: str
    event: str = ""
    hedged: bool = False
    corroborated: bool = False
    contradicted: bool = False
    revised: bool = False

    @property
    def held(self) -> bool:
        """Borne out by others, and contradicted by none."""
        return self.corroborated and not self.contradicted

    @property
    def failed(self) -> bool:
        """Contradicted by others, and borne out by none; what was hedged cannot fail."""
        return self.contradicted and not self.corroborated and not self.hedged


def entries(
    event: str, findings: EventFindings, points: Sequence[SeriesPoint] = ()
) -> dict[tuple[str, Kind], tuple[Entry, ...]]:
    """What the findings of one event say of each source, by its name and kind.

    An outlet is answerable for what it says in its own voice; what it quotes is the speaker's, and the body's that
    the speaker speaks for. Sources that are not named have no entry. What a source says twice, or ten papers quote,
    is one entry: a statement counts if it takes a position that no other of the source takes with it.

    Args:
        event: the event's id.
        findings: what its reports give together.
        points: the points of the series that its figures are in, for revisions.
    """
    revised = {point.revises for point in points if point.revises}
    origins = by_statement(findings.origins)
    by_source: dict[tuple[str, Kind], list[_Taken]] = defaultdict(list)
    for taken in _taken(findings):
        key = taken.support.statement
        origin = findings.origins[origins[key]] if key in origins else None
        for source in _sources(taken.support, origin):
            by_source[source].append(taken)
    sides = _sides(findings)
    found = {}
    for source, listed in sorted(by_source.items()):
        late = [one for one in listed if one.support.statement in revised]
        found[source] = tuple(_entry(event, one, findings.positions, sides, late) for one in _most(listed))
    return found


class _Taken(Struct, frozen=True, kw_only=True):
    """The positions that a statement takes, as indexes among the event's."""

    support: Support
    positions: frozenset[int]
    hedged: bool


def _taken(findings: EventFindings) -> list[_Taken]:
    """The statements of an event with their positions, in order of publication."""
    seen: dict[str, list[tuple[int, Support]]] = defaultdict(list)
    for index, position in enumerate(findings.positions):
        for support in position.supporters:
            seen[support.statement].append((index, support))
    found = [
        _Taken(
            support=listed[0][1],
            positions=frozenset(index for index, _ in listed),
            hedged=any(support.hedged for _, support in listed),
        )
        for listed in seen.values()
    ]
    return sorted(
        found, key=lambda one: (not one.support.published, one.support.published or "", one.support.statement)
    )


def _most(listed: Sequence[_Taken]) -> list[_Taken]:
    """Of statements of one source, those whose positions no other takes all of; of equal ones the unhedged first."""
    kept: list[_Taken] = []
    for one in sorted(listed, key=lambda one: (-len(one.positions), one.hedged)):
        if not any(one.positions <= other.positions for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.support.statement)


def _entry(
    event: str, taken: _Taken, positions: Sequence[Position], sides: Mapping[str, str], late: Sequence[_Taken]
) -> Entry:
    key = taken.support.statement
    mine = sides.get(key)
    return Entry(
        statement=key,
        event=event,
        hedged=taken.hedged,
        corroborated=any(_others(positions[index], mine, sides) for index in taken.positions),
        contradicted=any(
            _others(other, mine, sides)
            for index in taken.positions
            for other in positions
            if other.aspect == positions[index].aspect
            and {other.stance, positions[index].stance} == {"lead", "contradicts"}
        ),
        revised=any(other.positions <= taken.positions for other in late),
    )


def _sides(findings: EventFindings) -> dict[str, str]:
    """The side of each statement's origin: two origins of one side bear out and contradict nothing of each other."""
    known = [side_of(origin) or f"#{index}" for index, origin in enumerate(findings.origins)]
    return {key: known[index] for key, index in by_statement(findings.origins).items()}


def _others(position: Position, mine: str | None, sides: Mapping[str, str]) -> bool:
    """Whether an origin of another side takes a position."""
    return any(sides.get(one.statement) not in (mine, None) for one in position.supporters)


def _sources(support: Support, origin: Origin | None) -> Iterator[tuple[str, Kind]]:
    """Who answers for a statement: its speaker and the speaker's body, else the outlet."""
    if origin is not None and origin.kind == "speaker":
        if origin.name is None:
            return
        yield origin.name, "speaker"
        speaker = _name(support)
        if speaker and speaker != origin.name:
            yield speaker, "speaker"
    elif origin is not None and origin.name:
        yield origin.name, "outlet"
    elif not support.speakers and support.outlet:
        yield origins_names.publisher(support.outlet).name, "outlet"


def _name(support: Support) -> str | None:
    """The name of a person who speaks; a pronoun or a common noun is none, a body has its usual name."""
    first = support.speakers[0] if support.speakers else ""
    if not all(word[:1].isupper() for word in first.split()[-1:]):
        return None
    known = origins_names.body(first)
    return known.name if known else None


def profile(name: str, kind: Kind, entries: Iterable[Entry]) -> SourceProfile:
    """An outlet or speaker over all its statements; one that several entries are of counts once.

    Returns:
        Counts, and the reliability that they allow to propose: "F", not to be judged, below FEWEST_JUDGED judged
        statements of FEWEST_EVENTS events, or where the interval of the share that was borne out is too wide.
    """
    listed = list({entry.statement: entry for entry in entries}.values())
    reliability, because = _reliability(listed)
    return SourceProfile(
        name=name,
        kind=kind,
        statements=len(listed),
        hedged=sum(entry.hedged for entry in listed),
        corroborated=sum(entry.corroborated for entry in listed),
        contradicted=sum(entry.contradicted for entry in listed),
        revised=sum(entry.revised for entry in listed),
        reliability=reliability,
        because=because,
    )


def _reliability(entries: Sequence[Entry]) -> tuple[Admiralty, str]:
    """What is both borne out and contradicted is not judged."""
    held, failed = [entry for entry in entries if entry.held], [entry for entry in entries if entry.failed]
    return judgement(len(held), len(failed), len({entry.event for entry in (*held, *failed)}))


def judgement(held: int, failed: int, events: int) -> tuple[Admiralty, str]:
    """The reliability that counts allow to propose, and why.

    Args:
        held: statements that independent origins bore out and none contradicts.
        failed: unhedged statements that an independent origin contradicts and none bears out.
        events: how many events these are of.
    """
    judged = held + failed
    if judged < FEWEST_JUDGED or events < FEWEST_EVENTS:
        return "F", (
            f"others bore out or contradicted {judged} statements of {events} events; "
            f"at least {FEWEST_JUDGED} statements of {FEWEST_EVENTS} events are needed"
        )
    low, high = _interval(held, judged)
    share = f"independent origins bore out {held} of {judged} judged statements ({low:.0%} to {high:.0%})"
    for letter, bound in RELIABLE:
        if low >= bound:
            return letter, share
    for letter, bound in UNRELIABLE:
        if high <= bound:
            return letter, share
    return "F", f"{share}: too mixed to tell"


def _interval(held: int, judged: int) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share."""
    share, square = held / judged, DEVIATE**2 / judged
    middle = (share + square / 2) / (1 + square)
    half = DEVIATE / (1 + square) * sqrt(share * (1 - share) / judged + square / (4 * judged))
    return max(0.0, middle - half), min(1.0, middle + half)
