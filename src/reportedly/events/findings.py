"""What comes out when the reports of one event, or of one matter, are put side by side.

Each finding says on which statements it rests, by their keys (`reports.Statement.key`), so that a page can lead
from every line to its sentences. Nothing is averaged; a dispute stays as many positions as there are.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from reportedly.data import Measure
from reportedly.events.reports import Days, Location

#: What the reports of an event can differ about; numbers by measure ("number/killed").
Aspect = str
#: "beside": another answer that need not exclude the leading one (a second actor, another part of it).
Stance = Literal["lead", "agrees", "more precise", "less precise", "out of date", "contradicts", "beside"]
OriginKind = Literal["own", "copy", "speaker", "outlet"]
Admiralty = Literal["A", "B", "C", "D", "E", "F"]
Airwars = Literal["confirmed", "fair", "weak", "contested", "discounted"]


class Dependency(Struct, frozen=True, kw_only=True):
    """Article `article` rests on something else: a text that it copies, a speaker, or an outlet that it cites.

    `on` is the article copied, or the name of the speaker or outlet; `similarity` the Jaccard or containment of a
    copy, 0 to 1; `statements` are the keys in which the dependence shows."""

    article: str
    on: str
    kind: OriginKind
    similarity: float | None = None
    statements: tuple[str, ...] = ()


class Origin(Struct, frozen=True, kw_only=True):
    """Articles that are one source of knowledge of an event, and why they count as one. Each of its statements is
    in a dependency of `chain`."""

    kind: OriginKind
    name: str | None
    articles: tuple[str, ...]
    chain: tuple[Dependency, ...] = ()
    because: str = ""


class Support(Struct, frozen=True, kw_only=True):
    """One statement for a position: who says it (names, innermost first; empty: the article itself)."""

    statement: str
    article: str
    outlet: str | None
    published: str | None
    speakers: tuple[str, ...]
    party: bool
    hedged: bool
    quote: str


class Position(Struct, frozen=True, kw_only=True):
    """One answer to one question about an event, with everybody who gives it.

    `value` is the answer for machines (JSON-ready), `label` for people. `stance` is towards the position that leads
    the aspect; `origins` counts independent origins among the supporters; `because` says in a few words why the
    stance is what it is."""

    aspect: Aspect
    value: dict[str, Any]
    label: str
    stance: Stance
    supporters: tuple[Support, ...]
    origins: int
    because: str = ""


class Toll(Struct, frozen=True, kw_only=True):
    """An event's figure of one measure by UCDP's rule: low, best, high; those that only a party to the conflict
    gives stay outside the range, visible as `outside`. `rule` says which case of the rule applied."""

    measure: Measure
    unit: str | None
    of: str | None
    low: float | None
    best: float | None
    high: float | None
    statements: tuple[str, ...]
    outside: tuple[str, ...] = ()
    rule: str = ""


class Disagreement(Struct, frozen=True, kw_only=True):
    """A matter on which statements disagree, whatever it was found in: an event, figures of one thing, who holds a
    place, or two statements of one article that contradict or qualify each other.

    `about` says in a few words what it is about; the first position leads, where one does. `place` and the days
    `first` to `last` are what the statements give, else (days) those of publication."""

    kind: Literal["event", "figure", "control", "article"]
    about: str
    positions: tuple[Position, ...]
    place: Location | None = None
    first: str | None = None
    last: str | None = None

    @property
    def statements(self) -> tuple[str, ...]:
        """The keys of all statements that it rests on."""
        return tuple(support.statement for position in self.positions for support in position.supporters)


class SeriesPoint(Struct, frozen=True, kw_only=True):
    """One figure in a series. `counting` tells new counts from cumulative ones; `revises` is the key of the
    earlier figure that this one corrects or overtakes, with `because`."""

    statement: str
    measure: Measure
    unit: str | None
    of: str | None
    actor: str | None
    place: Location | None
    days: Days | None
    low: float | None
    high: float | None
    approximate: bool
    counting: Literal["new", "cumulative"] | None
    forecast: bool
    speakers: tuple[str, ...]
    outlet: str | None
    published: str | None
    revises: str | None = None
    because: str = ""


class ControlInterval(Struct, frozen=True, kw_only=True):
    """Who holds a place, from when to when, according to the statements `evidence`.

    ISO days. `first` is the latest possible day of the taking, None where none is told; `last` the earliest possible
    day of the loss, None where none is told. `seen_first` and `seen_last` are the first and last day on which the
    holder is attested. `against` are claims that contradict it, `contested` is true where forces fight for the place
    or claims stand against each other."""

    place: str
    location: Location | None
    actor: str
    actor_id: str | None
    first: str | None
    last: str | None
    contested: bool
    certainty: str
    speakers: tuple[str, ...]
    evidence: tuple[str, ...]
    against: tuple[str, ...] = ()
    because: str = ""
    seen_first: str | None = None
    seen_last: str | None = None


class SourceProfile(Struct, frozen=True, kw_only=True):
    """An outlet or a speaker over the whole record: counts of statements, and proposals in the two separate
    judgements of the Admiralty code ("F": reliability cannot be judged)."""

    name: str
    kind: Literal["outlet", "speaker"]
    statements: int
    hedged: int
    corroborated: int
    contradicted: int
    revised: int
    reliability: Admiralty = "F"
    because: str = ""


class Grade(Struct, frozen=True, kw_only=True):
    """Proposed judgements of an event: the Admiralty code's credibility of the information (1 to 6; 6: truth cannot
    be judged) and, for events with casualties, Airwars' grade; each says why."""

    credibility: int
    credibility_because: str
    airwars: Airwars | None
    airwars_because: str


class EventFindings(Struct, frozen=True, kw_only=True):
    """Everything that the reports of one event give together."""

    articles: int
    outlets: int
    origins: tuple[Origin, ...]
    positions: tuple[Position, ...]
    tolls: tuple[Toll, ...]
    grade: Grade
    disputed: bool
    certainty: str
