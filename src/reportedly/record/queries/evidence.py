"""The statements on which a line of any list rests: who says it, where, in which sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from msgspec import Struct

from reportedly.record import search
from reportedly.record.models import Statement, Voice
from reportedly.record.prepared import Prepared

#: An outlet whose name is not known.
UNNAMED = "an unnamed outlet"


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
        return self.speakers[0] if self.speakers else self.outlet or UNNAMED


#: What a statement as evidence is made of, in the order in which `_evidence` takes it.
COLUMNS = (
    *("pk", "article_id", "key", "layer", "article__public_id", "article__title", "article__outlet__name"),
    *("article__published", "party", "certainty", "hedged", "text", "quote", "judgement"),
)
_of_keys = Prepared(lambda keys: Statement.objects.filter(key__in=keys, current=True).values_list(*COLUMNS))
_of_pks = Prepared(lambda pks: Statement.objects.filter(pk__in=pks).values_list(*COLUMNS))
_voices = Prepared(
    lambda statements: (
        Voice.objects.filter(statement__in=statements)
        .order_by("statement", "number")
        .values_list("statement", "source__name")
    )
)


def of_keys(keys: Iterable[str]) -> dict[str, Evidence]:
    """The current statements of these keys; keys without one are left out. Three queries."""
    return {one.statement: one for one in of_values(_of_keys(set(keys)))}


def of_pks(pks: Iterable[int]) -> dict[int, Evidence]:
    """The statements of these primary keys, by them. Three queries."""
    rows = _of_pks(set(pks))
    return {row[0]: one for row, one in zip(rows, of_values(rows), strict=True)}


def of(statements: QuerySet[Statement]) -> list[Evidence]:
    """Statements as evidence, in the order of the query. Three queries."""
    return of_values(list(statements.values_list(*COLUMNS)))


def of_values(rows: Sequence[Sequence[Any]]) -> list[Evidence]:
    """Statements as evidence, in their order, from rows that begin with `COLUMNS`. Two queries; none where there is no
    row."""
    speakers = voices(row[0] for row in rows)
    urls = search.addresses({row[1] for row in rows})
    return [_evidence(speakers.get(row[0], ()), urls.get(row[1]), *row[2 : len(COLUMNS)]) for row in rows]


def voices(statements: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The names of each statement's chain of sources, innermost first, by primary key."""
    found: dict[int, list[str]] = defaultdict(list)
    for statement, name in _voices(list(statements)):
        found[statement].append(name)
    return {statement: tuple(names) for statement, names in found.items()}


def _evidence(speakers: tuple[str, ...], url: str | None, *columns: Any) -> Evidence:
    key, layer, article, title, outlet, published, party, certainty, hedged, text, quote, judgement = columns
    return Evidence(
        statement=key,
        layer=layer,
        article=article,
        title=title,
        outlet=outlet,
        published=published or None,
        url=url,
        speakers=speakers,
        party=bool(party),
        certainty=certainty,
        hedged=hedged,
        text=text,
        quote=quote,
        judgement=judgement,
    )
