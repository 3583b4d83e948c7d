"""The statements on which a line of any list rests: who says it, where, in which sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from msgspec import Struct

from reportedly.record import search
from reportedly.record.models import Statement, Voice


class Evidence(Struct, frozen=True, kw_only=True):
    """One statement. `speakers` goes from whoever says it outwards, empty where the article says it in its own voice;
    `judgement` is "confirmed" or "rejected" where people said so; `url` is the article's address where it has one."""

    statement: str
    layer: str
    article: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    speakers: tuple[str, ...]
    party: bool
    certainty: str
    hedged: bool
    text: str
    quote: str
    judgement: str = ""

    @property
    def says(self) -> str:
        """Who says it, in a few words: the speaker as quoted by whom, else the outlet."""
        return self.speakers[0] if self.speakers else self.outlet or "an unnamed outlet"


def of_keys(keys: Iterable[str]) -> dict[str, Evidence]:
    """The current statements of these keys; keys without one are left out. Three queries."""
    return {one.statement: one for one in of(Statement.objects.filter(key__in=set(keys), current=True))}


def of(statements: QuerySet[Statement]) -> list[Evidence]:
    """Statements as evidence, in the order of the query. Three queries."""
    return of_rows(list(with_articles(statements)))


def with_articles(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The statements with all that `of_rows` reads of their articles."""
    return statements.select_related("article", "article__outlet").defer("features", "because")


def of_rows(rows: Sequence[Statement]) -> list[Evidence]:
    """Rows (`with_articles`) as evidence, in their order. Two queries."""
    speakers = voices(row.pk for row in rows)
    urls = search.addresses({row.article_id for row in rows})
    return [_evidence(row, speakers.get(row.pk, ()), urls.get(row.article_id)) for row in rows]


def voices(statements: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The names of each statement's chain of sources, innermost first, by primary key."""
    rows = Voice.objects.filter(statement__in=list(statements)).order_by("statement", "number")
    found: dict[int, list[str]] = defaultdict(list)
    for statement, name in rows.values_list("statement", "source__name"):
        found[statement].append(name)
    return {statement: tuple(names) for statement, names in found.items()}


def _evidence(row: Statement, speakers: tuple[str, ...], url: str | None) -> Evidence:
    return Evidence(
        statement=row.key,
        layer=row.layer,
        article=row.article.public_id,
        title=row.article.title,
        outlet=row.article.outlet.name if row.article.outlet else None,
        published=row.article.published or None,
        url=url,
        speakers=speakers,
        party=bool(row.party),
        certainty=row.certainty,
        hedged=row.hedged,
        text=row.text,
        quote=row.quote,
        judgement=row.judgement,
    )
