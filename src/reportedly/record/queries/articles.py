"""Articles: a list, one with its coded sentences, and those that have some words. Never a whole text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.record import search
from reportedly.record.models import Article, Statement
from reportedly.record.prepared import Prepared
from reportedly.record.queries import matching, statements
from reportedly.record.queries.filters import Filter
from reportedly.record.queries.statements import Report
from reportedly.record.search import Hit

#: What a line is made of.
COLUMNS = ("pk", "public_id", "title", "outlet__name", "published")
_by_id = Prepared(
    lambda public_id: (
        Article.objects.filter(public_id=public_id)
        .annotate(length=Length("revision__text"))
        .values_list(*COLUMNS, "length")
    )
)
_statements = Prepared(
    lambda pk: (
        Statement.objects.filter(article=pk, current=True)
        .exclude(aside__gt="")
        .order_by("start", "pk")
        .values_list(*statements.COLUMNS)
    )
)


class ArticleLine(Struct, frozen=True, kw_only=True):
    """An article in a list. `published` is ISO as the article gives it, `url` the address at which it was found."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None


class ArticlePage(Struct, frozen=True, kw_only=True):
    """An article with what was coded in it, in the order of its text; `length` counts the characters of the text."""

    line: ArticleLine
    statements: tuple[Report, ...]
    length: int


def listed(chosen: Filter) -> list[ArticleLine]:
    """Articles, the latest first. Of the filter the days (of publication), the source, the words and the page count.

    Raises:
        QueryError: there is no word to search for.
    """
    found = _among(chosen)
    found = found.filter(pk__in=search.articles(chosen.search)) if chosen.search else found
    rows = found.order_by("-day", "-pk").values_list(*COLUMNS)
    return _lines(list(rows[chosen.offset : chosen.offset + chosen.limit]))


def page(public_id: str) -> ArticlePage:
    """One article with its statements.

    Raises:
        QueryError: the record has no such article.
    """
    rows = _by_id(public_id)
    if not rows:
        raise QueryError(f"{public_id}: no such article in the record")
    reports = tuple(statements.of_values(_statements(rows[0][0])))
    return ArticlePage(line=_lines(rows)[0], statements=reports, length=rows[0][-1] or 0)


def _lines(rows: Sequence[Sequence[Any]]) -> list[ArticleLine]:
    """Lines, in their order, from rows that begin with `COLUMNS`."""
    urls = search.addresses(row[0] for row in rows)
    return [
        ArticleLine(id=public_id, title=title, outlet=outlet, published=published or None, url=urls.get(pk))
        for pk, public_id, title, outlet, published in (row[: len(COLUMNS)] for row in rows)
    ]


def hits(words: str, chosen: Filter) -> list[Hit]:
    """The articles with all words and phrases, the latest first, with their sentences. Of the filter the days (of
    publication), the source (an outlet, or a speaker it quotes) and the page count.

    Raises:
        QueryError: there is no word to search for.
    """
    return search.hits(words, _among(chosen), chosen.limit, chosen.offset)


def _among(chosen: Filter) -> QuerySet[Article]:
    among = Article.objects.all()
    among = among.filter(day__gte=chosen.since) if chosen.since else among
    among = among.filter(day__lte=chosen.until) if chosen.until else among
    if chosen.source:
        known = matching.sources(chosen.source)
        quoted = Q(statements__voices__source__in=known["speaker"], statements__current=True)
        among = among.filter(Q(outlet__in=known["outlet"]) | quoted).distinct()
    return among
