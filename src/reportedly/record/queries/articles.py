"""Articles: a list, one with its coded sentences, and those that have some words. Never a whole text."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.record import search
from reportedly.record.models import Article, Statement
from reportedly.record.queries import matching, statements
from reportedly.record.queries.filters import Filter
from reportedly.record.queries.statements import Report
from reportedly.record.search import Hit


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
    rows = found.select_related("outlet").order_by("-day", "-pk")
    return _lines(rows[chosen.offset : chosen.offset + chosen.limit])


def page(public_id: str) -> ArticlePage:
    """One article with its statements.

    Raises:
        QueryError: the record has no such article.
    """
    found = Article.objects.select_related("outlet").annotate(length=Length("revision__text"))
    rows = list(found.filter(public_id=public_id))
    if not rows:
        raise QueryError(f"{public_id}: no such article in the record")
    chosen = Statement.objects.filter(article=rows[0], current=True).exclude(aside__gt="").order_by("start", "pk")
    reports = tuple(statements.reports(chosen))
    return ArticlePage(line=_lines(rows)[0], statements=reports, length=rows[0].length or 0)


def _lines(rows: Iterable[Article]) -> list[ArticleLine]:
    listed = list(rows)
    urls = search.addresses(row.pk for row in listed)
    return [
        ArticleLine(
            id=row.public_id,
            title=row.title,
            outlet=row.outlet.name if row.outlet else None,
            published=row.published or None,
            url=urls.get(row.pk),
        )
        for row in listed
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
