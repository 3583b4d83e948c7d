"""Full-text search over the texts and headlines of articles and over the sentences of statements.

SQLite has it in FTS5 tables that triggers keep up to date, PostgreSQL in GIN indexes over `record_terms`, a function
of the database; the migration `0002_search` makes either. Both see the same words: runs of letters and digits without
accents and case, no stemming and no stop words. So a query means the same on both: all of its words, in any order; words
in double quotes stand side by side. Nothing in it is read as syntax of the database's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Lookup, Q, QuerySet
from django.db.models.expressions import RawSQL
from msgspec import Struct

from reportedly.data import Span
from reportedly.errors import QueryError
from reportedly.record.models import Address, Article, Coding, Statement
from reportedly.record.prepared import Prepared

_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD, _BEYOND_ASCII = re.compile(r"[^\W_]+"), re.compile(r"[^\x00-\x7f]+")
#: Addresses of the web. Any other kind ("javascript:…") would be run by whoever follows it.
WEB = Q(url__istartswith="http://") | Q(url__istartswith="https://")
_addresses = Prepared(
    lambda articles: Address.objects.filter(WEB, article__in=articles).order_by("-pk").values_list("article_id", "url")
)
_addresses_of = Prepared(
    lambda public_ids: (
        Address.objects.filter(WEB, article__public_id__in=public_ids)
        .order_by("-pk")
        .values_list("article__public_id", "url")
    )
)
_TABLES = {"statement": "record_statement_search", "revision": "record_revision_search"}
#: Between headline and text in PostgreSQL's index, so that no phrase reaches over.
HEADLINE_ENDS = "headlineends0"
_ROWS = {
    "statement": "SELECT id FROM record_statement WHERE record_terms(quote) @@ %s::tsquery",
    "revision": f"SELECT id FROM record_revision WHERE record_terms(title || ' {HEADLINE_ENDS} ' || text) @@ %s::tsquery",
}
#: Sentences that are shown of an article that was found, and characters of a query that are read, at most.
SENTENCES, LONGEST = 3, 1000


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence of an article, on one line; `start` and `end` are code points of the article's text."""

    start: int
    end: int
    quote: str


class Hit(Struct, frozen=True, kw_only=True):
    """An article that has all words of a query, with the sentences that have most of them."""

    article: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    sentences: tuple[Sentence, ...]


class _Sentences(Struct):
    sentences: list[Span] = msgspec.field(default_factory=list)


def phrases(query: str) -> list[tuple[str, ...]]:
    """A query as phrases of one word or more that all have to be found.

    Raises:
        QueryError: there is no letter or digit in it.
    """
    found = [tuple(words(quoted or bare)) for quoted, bare in _PART.findall(query[:LONGEST])]
    kept = list(dict.fromkeys(phrase for phrase in found if phrase))
    if not kept:
        raise QueryError(f"search: no word in {query[:LONGEST]!r}")
    return kept


def words(text: str) -> list[str]:
    """The words of a text as the index has them: without accents and case."""
    return _WORD.findall(_BEYOND_ASCII.sub(_bare, text.lower()))


def _bare(found: re.Match[str]) -> str:
    """Letters beyond ASCII without their accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", found.group()) if not unicodedata.combining(c))


def statements(query: str) -> QuerySet[Statement]:
    """The current statements whose sentence has all words and phrases of a query.

    Raises:
        QueryError: there is no word in it.
    """
    return Statement.objects.filter(pk__in=_rows("statement", query), current=True)


def first(query: str, number: int) -> list[int]:
    """The primary keys of the first so many statements whose sentence has all words and phrases of a query, in no
    order; those of earlier codings among them."""
    rows = _rows("statement", query)
    with connection.cursor() as cursor:
        cursor.execute(f"{rows.sql} LIMIT %s", [*rows.params, number])
        return [row[0] for row in cursor.fetchall()]


class Holds(Lookup):  # type: ignore[type-arg]  # generic in the stubs alone
    """`quote__holds="words"`: the sentence of a statement has them. It is asked of each statement by itself; to find
    those that have them, see `statements`."""

    lookup_name = "holds"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Looked up in the index by the statement's row."""
        row = f'"{self.lhs.alias}"."id"'
        table = _TABLES["statement"]
        return f"EXISTS (SELECT 1 FROM {table} WHERE {table} MATCH %s AND rowid = {row})", [_fts5(phrases(self.rhs))]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """By the function of the index."""
        lhs, parameters = self.process_lhs(compiler, connection)
        return f"record_terms({lhs}) @@ %s::tsquery", [*parameters, _tsquery(phrases(self.rhs))]


Statement._meta.get_field("quote").register_lookup(Holds)


def articles(query: str) -> QuerySet[Article]:
    """The articles whose headline and text, as they stand now, have all words and phrases of a query.

    Raises:
        QueryError: there is no word in it.
    """
    return Article.objects.filter(revision__in=_rows("revision", query))


def hits(query: str, among: QuerySet[Article] | None = None, limit: int = 20, offset: int = 0) -> list[Hit]:
    """The articles found, the latest first, each with the sentences that have most words of the query.

    Args:
        among: only articles of these.

    Raises:
        QueryError: there is no word in the query.
    """
    found = articles(query) if among is None else among.filter(pk__in=articles(query))
    rows = list(found.select_related("outlet", "revision").order_by("-day", "-pk")[offset : offset + limit])
    urls = addresses(row.pk for row in rows)
    codings = Coding.objects.filter(pk__in=[row.coding_id for row in rows])
    coded = {coding.pk: bytes(coding.coded) for coding in codings}
    wanted = phrases(query)
    return [_hit(row, urls.get(row.pk), coded.get(row.coding_id or 0, b"{}"), wanted) for row in rows]


def addresses(articles: Iterable[int]) -> dict[int, str]:
    """The address of each of these articles, by primary key, where it is known: the one it was first found at. Only
    those of the web (`WEB`)."""
    return dict(_addresses(set(articles)))


def addresses_of(public_ids: Iterable[str]) -> dict[str, str]:
    """The same by the public ids of articles."""
    return dict(_addresses_of(set(public_ids)))


def _rows(kind: str, query: str) -> RawSQL:
    if connection.vendor == "sqlite":
        table = _TABLES[kind]
        return RawSQL(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [_fts5(phrases(query))])
    return RawSQL(_ROWS[kind], [_tsquery(phrases(query))])


def _fts5(wanted: Sequence[tuple[str, ...]]) -> str:
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted)


def _tsquery(wanted: Sequence[tuple[str, ...]]) -> str:
    """Each phrase in brackets, its words quoted; a word has only letters and digits, so that nothing needs escaping."""
    quoted = (" <-> ".join(f"'{word}'" for word in phrase) for phrase in wanted)
    return " & ".join(f"({phrase})" for phrase in quoted)


def _hit(row: Article, url: str | None, coded: bytes, wanted: Sequence[tuple[str, ...]]) -> Hit:
    text = row.revision.text if row.revision else ""
    spans = msgspec.json.decode(coded, type=_Sentences).sentences
    return Hit(
        article=row.public_id,
        title=row.title,
        outlet=row.outlet.name if row.outlet else None,
        published=row.published or None,
        url=url,
        sentences=tuple(_best(text, spans, wanted)),
    )


def _best(text: str, spans: Iterable[Span], wanted: Sequence[tuple[str, ...]]) -> Iterator[Sentence]:
    """The sentences with most of what is wanted, in text order."""
    scored = [(sum(_has(words(text[s.start : s.end]), phrase) for phrase in wanted), s) for s in spans]
    best = sorted((item for item in scored if item[0]), key=lambda item: (-item[0], item[1]))[:SENTENCES]
    for _, span in sorted(best, key=lambda item: item[1]):
        yield Sentence(start=span.start, end=span.end, quote=" ".join(text[span.start : span.end].split()))


def _has(found: Sequence[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    if size == 1:
        return phrase[0] in found
    return any(tuple(found[at : at + size]) == phrase for at in range(len(found) - size + 1))
