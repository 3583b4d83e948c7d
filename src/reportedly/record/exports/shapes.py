"""An event and a statement of the record as formats read them: everything known, human decisions applied."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from reportedly.data import Versions
from reportedly.events.findings import EventFindings
from reportedly.events.reports import EventReport, Location

#: What stands in every row that nobody has looked at.
UNVERIFIED = "machine coding, not verified"


class ArticleRecord(Struct, frozen=True, kw_only=True):
    """An article that reports an event: where it is to be found and what coded it. `published` is ISO, `content` the
    SHA-256 of outlet, headline and text of the revision that was coded."""

    id: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    urls: tuple[str, ...] = ()
    revision: int | None = None
    content: str | None = None
    coder: Versions | None = None


class DecisionRecord(Struct, frozen=True, kw_only=True):
    """What a person decided on an event or one of its statements, and why; `made` is an ISO date-time."""

    kind: str
    target: str
    field: str | None
    value: Any
    reason: str
    user: str
    made: str


class EventRecord(Struct, frozen=True, kw_only=True):
    """One event with all its reports.

    The columns are those of `record.models.Event`, decisions applied; days are ISO dates, both inclusive. `killed` is
    (low, best, high) by the rule that `findings.tolls` document. `reports`, `articles` and `decisions` are sorted by
    key, id and time. `judgement` is "confirmed" where a person has confirmed the event, else empty.
    """

    id: str
    judgement: str = ""
    background: bool = False
    label: str = ""
    type: str | None = None
    mode: str | None = None
    place: Location | None = None
    first: str | None = None
    last: str | None = None
    reported: str | None = None
    certainty: str | None = None
    disputed: bool = False
    outlets: int = 0
    origins: int = 0
    credibility: int = 6
    airwars: str | None = None
    killed: tuple[float | None, float | None, float | None] = (None, None, None)
    updated: str | None = None
    findings: EventFindings | None = None
    reports: tuple[EventReport, ...] = ()
    articles: tuple[ArticleRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()

    @property
    def verification(self) -> str:
        """How far people have looked at it, for every row to say."""
        return "confirmed by people" if self.judgement == "confirmed" else UNVERIFIED


class StatementRecord(Struct, frozen=True, kw_only=True):
    """One statement of the record; `report` is the one of `events.reports` for its layer, as JSON-ready data, and
    `event` the id of the event that it is of."""

    key: str
    layer: str
    article: str
    event: str | None
    judgement: str
    report: dict[str, Any]
