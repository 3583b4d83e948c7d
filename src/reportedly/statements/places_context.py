"""What an article says of where its places are: names that hold other names, and its outlet's home."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.data import Article
from reportedly.statements import gazetteer_names, places_mentions
from reportedly.statements.gazetteer import Gazetteer, Record
from reportedly.statements.places_mentions import Mention

#: Most tokens between two names of which one says where the other is.
_FARTHEST = 5
_LINKS = frozenset(("in", "of", ",", "the", "'s", "’s", "near", "outside"))
#: A region without an id of its own holds what lies within this many km of its middle.
_REGION_KM = 300.0
_WORD = re.compile(r"[a-z]+")
_SHORTEST_PART = 5
_SMALLEST_CITY = 2000


def holds(outer: Record, inner: Record) -> bool:
    """True if the first place is an area that the second lies in."""
    if outer.id == inner.id or outer.kind in {"city", "capital"}:
        return False
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.kind in {"admin1", "admin2", "admin3"} and outer.id > 0:
        return outer.id in (inner.admin1, inner.admin2)
    same = outer.country in (None, inner.country)
    return same and outer.precision == "region" and outer.km(inner) <= _REGION_KM


def link(doc: Doc, mentions: list[Mention]) -> None:
    """Find each mention's container: "Paris, Texas", "a village in Deir ez-Zor province"."""
    for index, mention in enumerate(mentions[:-1]):
        for other in range(index + 1, min(index + 3, len(mentions))):
            relation = _relation(doc, mention, mentions[other])
            if relation and _fits(mention, mentions[other]):
                mention.container, mention.relation = other, relation
                break
    for index in range(len(mentions) - 1):
        inner = mentions[index + 1]
        if inner.container is None and _owns(doc, mentions[index], inner) and _fits(inner, mentions[index]):
            inner.container, inner.relation = index, "owner"


def _relation(doc: Doc, mention: Mention, outer: Mention) -> str:
    if not 1 <= outer.first - mention.last - 1 <= _FARTHEST:
        return ""
    between = [token.lower_ for token in doc[mention.last + 1 : outer.first]]
    if between == [","]:
        return "comma"
    words = places_mentions.classes()
    allowed = _LINKS | words["area_noun"] | words["settlement_noun"] | words["direction"]
    if all(word in allowed for word in between):
        return "in" if set(between) & {"in", "of"} else ""
    return ""


def _owns(doc: Doc, outer: Mention, inner: Mention) -> bool:
    """ "Syria's Aleppo", "Texas town of Paris"."""
    if not 1 <= inner.first - outer.last - 1 <= _FARTHEST:
        return False
    between = [token.lower_ for token in doc[outer.last + 1 : inner.first]]
    nouns = places_mentions.classes()["settlement_noun"] | places_mentions.classes()["direction"]
    return all(word in nouns or word in {"'s", "’s", "of", "the", "'"} for word in between) and between[0] != "of"


def _fits(inner: Mention, outer: Mention) -> bool:
    """True if some place of the one name holds some place of the other, or nothing is known of the inner."""
    areas = [record for record in outer.records[:12] if record.kind not in {"city", "capital"}]
    if not inner.records:
        return bool(areas)
    return any(holds(area, record) for area in areas for record in inner.records)


def anchors(article: Article, gazetteer: Gazetteer) -> tuple[Record, ...]:
    """Places that the outlet's name or address points to: its home, as far as that can be told.

    The home of an outlet of places_outlets.tsv is known; for others every city whose name is a part of
    the address ("dallasnews.com") or of the outlet's name is returned, which may be none or several.
    """
    site = _site(article)
    home = _home(article)
    if home:
        if home["scope"] != "local":
            return ()
        return tuple(r for r in gazetteer.find([home["city"]]).get(home["city"], ()) if _is_home(r, home, gazetteer))[
            :1
        ]
    parts = set(_parts(site.rsplit(".", 1)[0]))
    if article.publisher and "." not in article.publisher:
        parts.update(article.publisher.lower().removeprefix("the ").split())
    known = gazetteer.by_key(parts)
    cities = [r for records in known.values() for r in records if r.main and r.kind in {"city", "capital", "admin1"}]
    longest = max((len(gazetteer_names.key(r.name)) for r in cities), default=0)
    return tuple(r for r in cities if len(gazetteer_names.key(r.name)) == longest and r.population >= _SMALLEST_CITY)


def _is_home(record: Record, home: dict[str, str], gazetteer: Gazetteer) -> bool:
    if record.country != home["country"] or record.kind not in {"city", "capital"}:
        return False
    area = gazetteer.area(f"{home['country']}.{home['admin1']}") if home["admin1"] else None
    return area is None or record.admin1 == area


def _home(article: Article) -> dict[str, str] | None:
    """The outlet's line in places_outlets.tsv, by its address or by its name ("The Guardian")."""
    home = _homes().get(_site(article))
    if home is None and article.publisher:
        home = _by_name().get("".join(_WORD.findall(article.publisher.lower().removeprefix("the "))))
    return home


def _site(article: Article) -> str:
    """The host name of the article's address or outlet, without "www."."""
    named = article.publisher if article.publisher and "." in article.publisher else article.url or ""
    host = re.sub(r"^[a-z]+://", "", named.lower()).split("/")[0].split(":")[0]
    return host.removeprefix("www.")


def country_of_site(article: Article) -> str | None:
    """ISO code of the outlet's country: a known outlet's, or that of its address's country domain
    ("example.com.sy" → "SY"); None for others under .com and the like."""
    home = _home(article)
    if home:
        return home["country"]
    last = _site(article).rsplit(".", 1)[-1]
    codes = {"uk": "GB", "tv": "", "co": "", "me": "", "io": "", "ai": "", "fm": "", "eu": ""}
    return codes.get(last, last.upper() if len(last) == 2 else "") or None


@lru_cache(maxsize=1)
def _homes() -> dict[str, dict[str, str]]:
    return {row["site"]: row for row in lexicons.rows("places_outlets.tsv")}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, dict[str, str]]:
    """Outlets by the first part of their address, where only one country has such."""
    named: dict[str, list[dict[str, str]]] = {}
    for site, row in _homes().items():
        named.setdefault(site.split(".")[0].removeprefix("the"), []).append(row)
    return {name: rows[0] for name, rows in named.items() if len({(r["country"], r["city"]) for r in rows}) == 1}


def _parts(host: str) -> Iterator[str]:
    """Every stretch of five or more letters that starts or ends a word of the host name."""
    for word in _WORD.findall(host):
        for cut in range(_SHORTEST_PART, len(word) + 1):
            yield word[:cut]
            yield word[len(word) - cut :]
