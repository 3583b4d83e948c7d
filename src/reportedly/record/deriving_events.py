"""Events made anew from their reports: what `events.reconcile` finds, and the columns people filter and sort by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.db.models import Count
from django.utils import timezone

from reportedly.events import disputes, reconcile
from reportedly.events.findings import Dependency, Disagreement, EventFindings, Toll
from reportedly.events.reports import ControlReport, EventReport, Location
from reportedly.record import copying, decisions, deriving_labels, deriving_reports, naming, writing
from reportedly.record.decisions import Judgement
from reportedly.record.models import Event, Place, Statement
from reportedly.record.writing import Report

#: Reports of one event that are put side by side at most, the earliest and the latest; of a battle of months there
#: may be thousands, and adding one more article must not take longer for it.
REPORTS = 200
#: Relations of control that tell of a change; the others are states, or fights that are coded as such.
CHANGES = frozenset({"captures", "loses"})
#: The columns that stay, and those that are made anew.
FIXED = ("id", "public_id", "created")
COLUMNS = [field.name for field in Event._meta.fields if not field.generated and field.name not in FIXED]
#: Those of an event that has no report any more.
NOTHING = {
    **dict.fromkeys(("type", "mode", "precision", "certainty", "airwars", "label"), ""),
    **dict.fromkeys(("first", "last", "killed_low", "killed_best", "killed_high")),
    **dict.fromkeys(("articles", "outlets", "origins"), 0),
    "disputed": False,
    "credibility": 6,
}
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(EventFindings).decode


def findings(event: Event) -> EventFindings | None:
    """What the reports of an event give together; None for an event that has no report any more."""
    return _decode(bytes(event.findings)) if event.findings else None


class Made(msgspec.Struct, frozen=True):
    """An event made anew, what its reports give together (None if it has none), what they disagree about, and the
    rows that were put side by side."""

    event: Event
    found: EventFindings | None
    disputes: Sequence[Disagreement] = ()
    rows: Sequence[Statement] = ()


def derive(events: Iterable[int]) -> list[Made]:
    """Make events anew from their current statements and from what people decided, and store them."""
    made = fresh(events)
    store([one.event for one in made])
    return made


def store(events: Sequence[Event]) -> None:
    """Store what was made anew of events that are there; as one insert with conflicts, which is many times quicker
    than Django's `bulk_update`."""
    Event.objects.bulk_create(events, update_conflicts=True, unique_fields=["public_id"], update_fields=COLUMNS)


def fresh(events: Iterable[int]) -> list[Made]:
    """The events as they come out now, not stored."""
    listed = list(Event.objects.filter(pk__in=sorted(events)).order_by("pk"))
    rows = _rows(listed)
    reports = deriving_reports.reports([row for own in rows.values() for row in own])
    copies = copying.among({row.article_id for own in rows.values() for row in own})
    judged = decisions.judgements(event.public_id for event in listed)
    made = [_filled(event, rows[event.pk], reports, copies) for event in listed]
    _lead_on(listed)
    _decide(listed, judged)
    return made


def _rows(events: Sequence[Event]) -> dict[int, list[Statement]]:
    """The statements that report each event, in the order of publication; of very many the first and the last."""
    every = Statement.objects.filter(event__in=[event.pk for event in events], current=True)
    counts = dict(every.values_list("event").annotate(n=Count("pk")).order_by())
    large = [event for event, count in counts.items() if count > REPORTS]
    found: dict[int, list[Statement]] = {event.pk: [] for event in events}
    few = every.exclude(event__in=large).select_related("article").defer("features", "because")
    for row in few.order_by("published", "pk"):
        found[row.event_id or 0].append(row)
    return found | {event: _ends(event) for event in large}


def _ends(event: int) -> list[Statement]:
    rows = Statement.objects.filter(event=event, current=True).select_related("article").defer("features", "because")
    first, last = rows.order_by("published", "pk"), rows.order_by("-published", "-pk")
    return [*first[: REPORTS // 2], *reversed(last[: REPORTS // 2])]


def _filled(
    event: Event, rows: Sequence[Statement], reports: Mapping[str, Report], copies: Sequence[Dependency]
) -> Made:
    """Fill the columns of an event from its reports."""
    listed = deriving_reports.of_events([row for row in rows if row.key in reports])
    told = [deriving_reports.as_event(reports[row.key]) for row in listed]
    found = reconcile.event(told, copies) if told else None
    for name, value in _columns(told, found).items():
        setattr(event, name, value)
    event.background = not any(_happens(reports[row.key]) for row in listed)
    event.findings = _encode(found) if found else None
    event.updated = timezone.now()
    event.reported = min((row.published for row in rows if row.published), default=None)
    if len(rows) >= REPORTS:
        _count(event)
    disputed = disputes.of_event(told, copies) if found and found.disputed else ()
    return Made(event, found, disputed, rows)


def _happens(report: Report) -> bool:
    """True if a statement reports something that took place: that somebody holds a place is a state, and what is only
    touched upon is reported elsewhere."""
    if isinstance(report, ControlReport):
        return report.relation in CHANGES
    return isinstance(report, EventReport) and report.aside is None and report.type is not None


def _columns(told: Sequence[EventReport], found: EventFindings | None) -> dict[str, Any]:
    if found is None:
        return {**NOTHING, "place": None}
    kind, mode = _kind(told)
    lead = {position.aspect: position for position in found.positions if position.stance == "lead"}
    days = lead["time"].value if "time" in lead else {}
    where = msgspec.convert(lead["place"].value, Location) if "place" in lead else None
    return {
        "type": kind,
        "mode": mode,
        "place": _place(where),
        "precision": (where.precision or "") if where else "",
        "first": writing.day(days.get("first")),
        "last": writing.day(days.get("last")),
        "certainty": found.certainty,
        "disputed": found.disputed,
        "articles": found.articles,
        "outlets": found.outlets,
        "origins": len(found.origins),
        "credibility": found.grade.credibility,
        "airwars": found.grade.airwars or "",
        "label": deriving_labels.label(told, lead),
        **_killed(found.tolls),
    }


def _place(where: Location | None) -> Place | None:
    return naming.stored([naming.place(where)])[naming.place(where).key] if where else None


def _kind(told: Sequence[EventReport]) -> tuple[str, str]:
    """The PLOVER type that most articles give, and the mode most given with it; the earliest of equals."""
    own = [report for report in told if report.aside is None] or told
    kinds = Counter(kind for _, kind in dict.fromkeys((report.article, report.type) for report in own) if kind)
    kind = max(kinds, key=lambda kind: kinds[kind], default="")
    modes = Counter(report.mode for report in own if report.type == kind and report.mode)
    return kind, max(modes, key=lambda mode: modes[mode], default="")


def _killed(tolls: Sequence[Toll]) -> dict[str, float | None]:
    """The range of the killed, all of them; where only parts are counted, of the largest part, its high side open."""
    counted = [toll for toll in tolls if toll.measure == "killed"]
    everybody = next((toll for toll in counted if toll.of is None), None)
    if everybody:
        return {"killed_low": everybody.low, "killed_best": everybody.best, "killed_high": everybody.high}
    if not counted:
        return dict.fromkeys(("killed_low", "killed_best", "killed_high"))
    part = max(counted, key=lambda toll: toll.best or toll.low or 0.0)
    return {"killed_low": part.low, "killed_best": part.best, "killed_high": None}


def _count(event: Event) -> None:
    """Articles and outlets of an event with more reports than are put side by side."""
    every = Statement.objects.filter(event=event, current=True)
    found = every.aggregate(articles=Count("article", distinct=True), outlets=Count("article__outlet", distinct=True))
    event.articles, event.outlets = found["articles"], found["outlets"]


def _lead_on(events: Sequence[Event]) -> None:
    """An event that people merged into another leads on to it."""
    merged = decisions.constraints().merged()
    wanted = {merged[event.public_id] for event in events if event.public_id in merged}
    into = {event.public_id: event for event in Event.objects.filter(public_id__in=wanted)}
    for event in events:
        event.merged_into = into.get(merged.get(event.public_id, ""))


def _decide(events: Sequence[Event], judged: Mapping[str, Judgement]) -> None:
    """What people decided of an event takes the place of what was worked out."""
    for event in events:
        columns = judged.get(event.public_id, Judgement()).columns()
        if "place" in columns:
            where = msgspec.convert(columns["place"], Location | None)
            columns |= {"place": _place(where), "precision": (where.precision or "") if where else ""}
        for name, value in columns.items():
            setattr(event, name, writing.day(value) if name in ("first", "last") else value)
