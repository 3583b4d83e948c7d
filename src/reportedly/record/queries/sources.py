"""Sources: outlets and speakers, how often others bear them out, and the Admiralty code's reliability of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.events import sources as judging
from reportedly.record import decisions
from reportedly.record.decisions import Decided
from reportedly.record.identity import fold
from reportedly.record.models import Article, Source, Statement
from reportedly.record.prepared import Prepared
from reportedly.record.queries import evidence, matching, names
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.filters import Filter

#: Statements and events of one source that its page shows.
SHOWN = 20
#: Articles of an outlet whose events are counted by credibility, at most.
ARTICLES = 60


class SourceLine(Struct, frozen=True, kw_only=True):
    """An outlet or a speaker over the whole record. `statements` counts all of its statements; `told` those that it is
    answerable for in events, of which the counts behind it are part. `proposed` is the reliability (A–F) that the counts allow to propose, `because` why; `reliability` the one
    that a person set, with `set_by`, None where nobody did. Neither is made of the other, and neither touches the
    credibility (1–6) of what a source says, which events have."""

    id: str
    kind: str
    name: str
    organisation: str
    registry_id: str
    party: bool | None
    statements: int
    told: int
    hedged: int
    corroborated: int
    contradicted: int
    revised: int
    proposed: str
    because: str
    reliability: str | None
    set_by: Decided | None


class SourcePage(Struct, frozen=True, kw_only=True):
    """A source with the latest of what it said, and the credibility (1–6) of the events it is behind: how many
    events have each."""

    line: SourceLine
    latest: tuple[Evidence, ...]
    credibility: dict[int, int]


def listed(chosen: Filter) -> list[SourceLine]:
    """Sources, those with most statements first; with a filter, those of the statements that it holds.

    `source` and `search` filter names of sources here; all else filters what they say.
    """
    found = Source.objects.filter(said__gt=0)
    if chosen.source:
        known = matching.sources(chosen.source)
        found = found.filter(pk__in=[*known["outlet"], *known["speaker"]])
    if matching.about_statements(chosen):
        found = found.filter(pk__in=_of_statements(chosen))
    rows = list(found.order_by("-said", "pk")[chosen.offset : chosen.offset + chosen.limit])
    graded = decisions.reliabilities(row.key for row in rows)
    return [_line(row, graded.get(row.key)) for row in rows]


def _of_statements(chosen: Filter) -> set[int]:
    """The sources of the latest statements that a filter holds."""
    found = Statement.objects.filter(pk__in=names.latest(chosen))
    speakers = set(found.filter(voices__number=0).values_list("voices__source", flat=True))
    return speakers | set(found.values_list("article__outlet", flat=True).distinct()) - {None}


def page(name: str) -> SourcePage:
    """One source by its id or name.

    Raises:
        QueryError: the record has no such source, or several of this name.
    """
    folded = fold(name)
    wanted = [name, f"outlet:{folded}", f"speaker:{folded}"]
    rows = list(Source.objects.filter(key__in=wanted).order_by("pk"))
    exact = [row for row in rows if row.key == name] or rows
    if not exact:
        raise QueryError(f"{name}: no such source in the record")
    if len(exact) > 1:
        raise QueryError(f"{name}: {' and '.join(row.key for row in exact)} have this name; ask for one of these")
    row = exact[0]
    latest, credibility = _latest(row)
    return SourcePage(
        line=_line(row, decisions.reliabilities([row.key]).get(row.key)),
        latest=tuple(latest),
        credibility=credibility,
    )


def _said(by: Q) -> QuerySet[Statement]:
    """The statements of a source, the latest first."""
    return Statement.objects.filter(by, current=True).exclude(judgement="rejected").order_by("-published", "-pk")


_GRADES = ("event", "event__credibility", "event__background")
_told = Statement.objects.filter(article=OuterRef("pk"), current=True).exclude(judgement="rejected")
_articles = Prepared(
    lambda outlet: (
        Article.objects.filter(Exists(_told), outlet=outlet).order_by("-day", "-pk").values_list("pk")[:ARTICLES]
    )
)
_latest_in = Prepared(lambda articles: _said(Q(article__in=articles)).values_list(*evidence.COLUMNS)[:SHOWN])
_graded_in = Prepared(lambda articles: _said(Q(article__in=articles)).values_list(*_GRADES)[: matching.COUNTED])
_graded_by = Prepared(
    lambda pk: _said(Q(voices__source=pk, voices__number=0)).values_list(*_GRADES, "pk")[: matching.COUNTED]
)


def _latest(row: Source) -> tuple[list[Evidence], dict[int, int]]:
    """The latest statements of a source; and of more of them, how many events have which credibility.

    An outlet's are looked for in as many of its latest articles, each of which has at least one.
    """
    if row.kind == "speaker":
        graded = _graded_by(row.pk)
        shown = [one[-1] for one in graded[:SHOWN]]
        said = evidence.of_pks(shown)
        return [said[pk] for pk in shown], _credibility(graded)
    articles = [pk for (pk,) in _articles(row.pk)]
    return evidence.of_values(_latest_in(articles[:SHOWN])), _credibility(_graded_in(articles))


def _credibility(rows: Iterable[Sequence[Any]]) -> dict[int, int]:
    events = {event: grade for event, grade, background, *_ in rows if event and not background}
    return dict(sorted(Counter(events.values()).items()))


def _line(row: Source, graded: Decided | None) -> SourceLine:
    proposed, because = judging.judgement(row.borne, row.failed, row.judged)
    return SourceLine(
        id=row.key,
        kind=row.kind,
        name=row.name,
        organisation=row.organisation,
        registry_id=row.registry_id,
        party=row.party,
        statements=row.said,
        told=row.told,
        hedged=row.hedged,
        corroborated=row.corroborated,
        contradicted=row.contradicted,
        revised=row.revised,
        proposed=proposed,
        because=because,
        reliability=str(graded.value) if graded else None,
        set_by=graded,
    )
