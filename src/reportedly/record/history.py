"""Everything that happened to an article, a statement, an event or a source, in time order.

Revisions of the text, codings of it, links to events, decisions of people and what undid them. A decision whose
statement a newer coding does not have any more is kept, and told as one without a target.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q
from msgspec import Struct

from reportedly.errors import DecisionError, QueryError
from reportedly.record import decisions_anchors, decisions_standing, decisions_targets, writing
from reportedly.record.decisions_overlay import Standing
from reportedly.record.decisions_standing import Decided
from reportedly.record.models import Article, Coding, Decision, Event, Revision, Source, Statement

Happened = Literal["revision", "coding", "event", "link", "decision"]
#: Reports of an event whose links are told, at most.
LINKS = 1000


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that happened. `when` is UTC, ISO; `about` the statement, event or article that it happened to;
    `decision` is there for decisions, `lost` true for one without a target now."""

    when: str
    kind: Happened
    what: str
    about: str
    decision: Decided | None = None
    lost: bool = False


def of(target: str) -> list[Entry]:
    """The history of whatever bears an id: an article, a statement, an event or a source.

    Raises:
        QueryError: the record has nothing of this id.
    """
    target = target.strip()
    article = Article.objects.filter(public_id=target).first()
    if article is not None:
        return _sorted(_of_article(article))
    if decisions_anchors.parse(target):
        return _sorted(_of_statement(target))
    event = Event.objects.filter(public_id=target).first()
    return _sorted(_of_event(event)) if event is not None else _sorted(_of_source(target))


def latest(limit: int = 50, offset: int = 0) -> list[Entry]:
    """The latest decisions on whatever, the last first. Those without a target now are marked."""
    shown = list(Decision.objects.order_by("-pk")[offset : offset + limit])
    same = Decision.objects.filter(target__in={row.target for row in shown})
    known = {one.id: one for one in decisions_standing.all_of(same)}
    lost = _lost(known.values())
    return [_decision(known[row.pk], row.pk in lost) for row in shown]


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.when)


def _time(when: datetime) -> str:
    return when.isoformat(timespec="microseconds")


# ---- articles


def _of_article(article: Article) -> list[Entry]:
    revisions = Revision.objects.filter(article=article).order_by("number")
    codings = Coding.objects.filter(revision__article=article).select_related("revision").defer("coded").order_by("pk")
    entries = [
        Entry(when=_time(row.added), kind="revision", what=_read(row), about=article.public_id) for row in revisions
    ]
    entries += [_coding(row, article, row.pk == article.coding_id) for row in codings]
    return entries + _decisions(Q(article=article.public_id) | Q(target_kind="article", target=article.public_id))


def _read(row: Revision) -> str:
    what = "read" if row.number == 1 else f"read again with another text (revision {row.number})"
    title = f": “{row.title}”" if row.title else ""
    return f"{what}{title}, {len(row.text):,} characters"


def _coding(row: Coding, article: Article, counts: bool) -> Entry:
    count = Statement.objects.filter(coding=row).count()
    what = f"revision {row.revision.number} coded by {row}: {count:,} statements" + ("" if counts else "; superseded")
    return Entry(when=_time(row.added), kind="coding", what=what, about=article.public_id)


# ---- statements


def _of_statement(key: str) -> list[Entry]:
    rows = list(
        Statement.objects.filter(key=key).select_related("article", "coding", "event").defer("features").order_by("pk")
    )
    entries = [entry for row in rows for entry in _coded(row)]
    article = rows[-1].article.public_id if rows else _article(key)
    decided = Decision.objects.filter(target_kind="statement", article=article)
    if not rows and not decided.filter(target=key).exists():
        raise QueryError(f"{key}: no such statement in the record")
    every = decisions_standing.all_of(decided)
    now = _placed(every)
    mine = [one for one in every if key in (one.target, now.get(one.id))]
    return entries + [_decision(one, now.get(one.id, one.target) is None) for one in mine]


def _article(key: str) -> str:
    parsed = decisions_anchors.parse(key)
    return parsed.article if parsed else ""


def _coded(row: Statement) -> list[Entry]:
    when = _time(row.coding.added)
    counts = "" if row.current else "; a later coding counts now"
    coded = Entry(when=when, kind="coding", what=f"coded as “{row.text}” by {row.coding}{counts}", about=row.key)
    return [coded, _link(row)] if row.event_id and row.current else [coded]


def _link(row: Statement) -> Entry:
    other = (row.because or {}).get("with")
    by = f", with {other} at {row.probability:.2f}" if other and row.probability is not None else ""
    event = row.event.public_id if row.event else row.linked
    moved = f" by people (linking: {row.linked})" if row.linked and row.linked != event else ""
    return Entry(when=_time(row.coding.added), kind="link", what=f"linked to event {event}{by}{moved}", about=row.key)


# ---- events


def _of_event(event: Event) -> list[Entry]:
    made = Entry(when=_time(event.created), kind="event", what="first known", about=event.public_id)
    rows = Statement.objects.filter(Q(event=event) | Q(linked=event.public_id), current=True)
    linked = rows.select_related("article", "article__outlet", "coding", "event").defer("features").order_by("pk")
    entries = [made, *(_report(row, event) for row in linked[:LINKS])]
    keys = list(rows.values_list("key", flat=True)[:LINKS])
    about = Q(target_kind="event", target=event.public_id) | Q(target_kind="statement", target__in=keys)
    led = Q(target_kind="event", kind__in=("merge", "split"), value__into=event.public_id)
    others = Decision.objects.filter(led).values_list("target", flat=True)
    return entries + [
        entry
        for entry in _decisions(about | Q(target_kind="event", target__in=list(others)))
        if entry.decision and _concerns(entry.decision, event.public_id, {*keys, event.public_id})
    ]


def _report(row: Statement, event: Event) -> Entry:
    outlet = row.article.outlet.name if row.article.outlet else row.article.public_id
    found = _link(row)
    here = row.event_id == event.pk
    what = (
        f"a report of {outlet} {found.what}"
        if not here
        else f"a report of {outlet} linked" + found.what.removeprefix(f"linked to event {event.public_id}")
    )
    return Entry(when=found.when, kind="link", what=what, about=row.key)


def _concerns(decided: Decided, event: str, targets: set[str]) -> bool:
    """Merges and splits of another event count only where they lead to this one, or undo what did."""
    return decided.target in targets or (decided.kind == "undo") or (decided.value or {}).get("into") == event


# ---- sources


def _of_source(name: str) -> list[Entry]:
    try:
        row = decisions_targets.source(name).source
    except DecisionError as error:
        raise QueryError(str(error)) from None
    assert row is not None
    first = _first(row)
    return first + _decisions(Q(target_kind="source", target=row.key))


def _first(row: Source) -> list[Entry]:
    by = Q(article__outlet=row) if row.kind == "outlet" else Q(voices__source=row)
    said = (
        Statement.objects.filter(by).select_related("coding").defer("features").order_by("coding__added", "pk").first()
    )
    if said is None:
        return []
    return [Entry(when=_time(said.coding.added), kind="coding", what="first heard in the record", about=said.key)]


# ---- decisions


def _decisions(about: Q) -> list[Entry]:
    every = decisions_standing.all_of(Decision.objects.filter(about))
    lost = _lost(every)
    return [_decision(one, one.id in lost) for one in every]


def _decision(decided: Decided, lost: bool) -> Entry:
    return Entry(
        when=decided.made, kind="decision", what=told(decided), about=decided.target, decision=decided, lost=lost
    )


def told(decided: Decided) -> str:
    """A decision in a few words."""
    value, was = decided.value, decided.was
    if decided.kind == "correct":
        return f"corrected: {decided.field} is {plain(value)} (was {plain(was)})"
    if decided.kind == "grade":
        return f"graded: {decided.field} {value}" + (f" (was {was})" if was is not None else "")
    if decided.kind == "merge":
        return f"merged into {value['into']}"
    if decided.kind == "split":
        return f"split: {len(value['statements'])} statements into {value['into']}"
    if decided.kind == "undo":
        return f"undid decision {decided.undoes}"
    return f"{decided.kind}ed"


def plain(value: Any) -> str:
    """A corrected value as people read it."""
    if value is None or value in ([], ()):
        return "none"
    if isinstance(value, dict):
        if "first" in value and "last" in value and "name" not in value:
            first, last = value["first"] or "", value["last"] or ""
            return first if first == last else f"{first}..{last}"
        return str(value.get("name") or value.get("actor") or value.get("place_name") or "none")
    if isinstance(value, list | tuple):
        return "; ".join(plain(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _lost(decided: Iterable[Decided]) -> set[int]:
    return {number for number, key in _placed(decided).items() if key is None}


def _placed(decided: Iterable[Decided]) -> dict[int, str | None]:
    """Where the target of each decision on a statement is now; undoing ones are not looked at."""
    listed = [one for one in decided if one.target_kind == "statement" and one.kind != "undo"]
    articles = {one.article for one in listed}
    if not articles:
        return {}
    rows = Statement.objects.filter(article__public_id__in=articles, current=True).defer("features", "because")
    return Standing(listed).placed([writing.report(row) for row in rows])
