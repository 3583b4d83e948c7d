"""Which place of a name is meant: a linear model over what speaks for each, in two passes.

The first pass weighs what each name says alone (population, kind, the area named beside it, the
outlet's home); the second adds how near each place lies to where the first pass put the article's
other names. All mentions of a name in an article are one group, unless different areas are named
beside them: an article rarely uses one name for two places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log10

import numpy as np
from numpy.typing import NDArray

from reportedly.data import Article
from reportedly.statements import places_context, places_mentions
from reportedly.statements.gazetteer import Gazetteer, Record
from reportedly.statements.places_mentions import Mention

Matrix = NDArray[np.float64]

#: The features of the first pass; the second has CONTEXT as well.
ALONE = (
    "population", "most_populous", "capital", "country", "admin1", "admin2", "city", "small_city", "region",
    "main_name", "supplement", "kind_named", "kind_not_named", "in_container", "not_in_container",
    "in_container_elsewhere", "contains_others", "country_named", "country_share", "admin1_named", "admin2_named",
    "site_country", "near_outlet", "outlet_area", "is_outlet_name", "us_if_us", "world", "only_one",
    "admin_over_city", "district", "capital_speaks", "capital_abroad",
)  # fmt: skip
CONTEXT = (
    "near_50", "near_150", "near_400", "near_1000", "share_country", "share_admin1", "nearest", "best_country",
    "mass_100", "top_before", "log_odds_before", "nearest_area", "near_area_600",
)  # fmt: skip
#: No more places of one name than this are weighed, but for those that something beside it speaks for.
_MOST = 40
_MOST_TOGETHER = 1500
_FAR_KM = 20000.0


@dataclass(slots=True)
class Group:
    """The mentions of one name that mean one place.

    `scores` are the probabilities of `records`, `context` the second pass's features, `countries` those
    that the article names otherwise.
    """

    key: str
    mentions: list[int]
    records: list[Record]
    container: str = ""
    scores: Matrix = field(default_factory=lambda: np.zeros(0))
    weight: float = 1.0
    context: Matrix = field(default_factory=lambda: np.zeros((0, 0)))
    countries: frozenset[str | None] = frozenset()

    def best(self) -> Record:
        """The likeliest place."""
        return self.records[int(self.scores.argmax())]


def groups(mentions: list[Mention]) -> list[Group]:
    """Mentions by name and, where it says so, by the area named beside them."""
    found: dict[tuple[str, str], Group] = {}
    for index, mention in enumerate(mentions):
        if mention.records:
            container = mentions[mention.container].key if mention.container is not None else ""
            # The key of an abbreviation may be another place's name ("Ore.").
            key = f"{mention.key}={mention.records[0].id}" if mention.abbreviation else mention.key
            group = found.setdefault((key, container), Group(mention.key, [], list(mention.records), container))
            group.mentions.append(index)
    return list(found.values())


def prune(group: Group, mentions: list[Mention]) -> None:
    """Keep the most populous places and those in a named container."""
    if len(group.records) > _MOST:
        outer = _containers(group, mentions)
        inside = [r for r in group.records[_MOST:] if any(places_context.holds(o, r) for o in outer)]
        group.records = group.records[:_MOST] + inside


def _containers(group: Group, mentions: list[Mention]) -> list[Record]:
    outer = [mentions[c] for i in group.mentions if (c := mentions[i].container) is not None]
    return [r for m in outer for r in m.records[:12] if r.kind not in {"city", "capital"}]


class Article_:
    """What of an article bears on every name of it."""

    def __init__(self, article: Article, mentions: list[Mention], gazetteer: Gazetteer) -> None:
        self.site_country = places_context.country_of_site(article)
        self.outlet = places_context.anchors(article, gazetteer)
        self.named = [r for m in mentions for r in m.records[:1] if r.kind in {"country", "admin1", "admin2"}]
        self.countries = {r.country for r in self.named if r.kind == "country"}
        self.areas = {r.id for m in mentions for r in m.records[:12] if r.kind in {"admin1", "admin2"}}
        certain = [m.records[0].country for m in mentions if m.records and _certain(m)]
        self.certain = {c: certain.count(c) / len(certain) for c in set(certain)}


def _certain(mention: Mention) -> bool:
    """A country's or state's name, or one that a single place has: its country is no question."""
    first = mention.records[0]
    return len({r.country for r in mention.records}) == 1 or (first.kind == "country" and first.country != "GE")


def alone(group: Group, mentions: list[Mention], about: Article_, elsewhere: dict[str, list[Record]]) -> Matrix:
    """The first pass's features, one row for each place of the group."""
    outer = _containers(group, mentions)
    other = [] if outer else elsewhere.get(group.key, [])
    text = mentions[group.mentions[0]].text
    populations = [r.population for r in group.records]
    inside = [any(places_context.holds(o, r) for o in outer) for r in group.records]
    rows = []
    for rank, record in enumerate(group.records):
        row = dict.fromkeys(ALONE, 0.0)
        _of_place(row, record, group, populations, rank)
        _of_name(row, record, text, mentions, group)
        row["in_container"] = float(inside[rank])
        row["not_in_container"] = float(any(inside) and not inside[rank])
        row["in_container_elsewhere"] = float(any(places_context.holds(o, record) for o in other))
        _of_article(row, record, about)
        rows.append([row[name] for name in ALONE])
    return np.array(rows)


def _of_place(row: dict[str, float], record: Record, group: Group, populations: list[int], rank: int) -> None:
    row["population"] = log10(record.population + 10) / 4
    row["most_populous"] = float(record.population == max(populations))
    row["only_one"] = float(len(group.records) == 1)
    for kind in ("capital", "country", "admin1", "admin2", "city", "district"):
        row[kind] = float(record.kind == kind)
    row["small_city"] = float(record.kind == "city" and record.population < 5000)
    row["region"] = float(record.kind not in {"capital", "country", "admin1", "admin2", "admin3", "city"})
    row["main_name"] = float(record.main)
    row["supplement"] = float(record.id < 0)
    row["admin_over_city"] = float(
        record.kind.startswith("admin")
        and any(r.kind in {"city", "capital"} and r.km(record) < 150 for r in group.records)
    )


def _of_name(row: dict[str, float], record: Record, text: str, mentions: list[Mention], group: Group) -> None:
    words = set(text.lower().split())
    named = bool(words & places_mentions.classes()["area_noun"]) or any(
        mentions[i].features.get("next_area_noun") or mentions[i].features.get("prev_area_noun") for i in group.mentions
    )
    area = record.kind.startswith("admin") or record.precision == "region"
    speaks = any(mentions[i].features.get("next_speech_verb") for i in group.mentions)
    row["capital_speaks"] = float(record.kind == "capital" and speaks)
    settlement = any(mentions[i].features.get("prev_settlement_noun") for i in group.mentions)
    row["kind_named"] = float((named and area) or (settlement and record.kind in {"city", "capital"}))
    row["kind_not_named"] = float((named and not area) or (settlement and area))


def _of_article(row: dict[str, float], record: Record, about: Article_) -> None:
    row["capital_abroad"] = float(record.kind == "capital" and about.certain.get(record.country, 0.0) < 0.3)
    row["country_named"] = float(record.country in about.countries and record.kind != "country")
    row["country_share"] = about.certain.get(record.country, 0.0)
    row["admin1_named"] = float(record.admin1 in about.areas)
    row["admin2_named"] = float(record.admin2 in about.areas)
    row["site_country"] = float(about.site_country is not None and record.country == about.site_country)
    row["us_if_us"] = float(about.site_country is None and record.country == "US")
    if about.outlet:
        near = min(record.km(home) for home in about.outlet)
        row["near_outlet"] = float(near < 120) / len(about.outlet) ** 0.5
        row["is_outlet_name"] = float(any(record.id == home.id for home in about.outlet)) / len(about.outlet) ** 0.5
        row["outlet_area"] = float(record.admin1 in {h.admin1 for h in about.outlet}) / len(about.outlet) ** 0.5


def elsewhere(found: list[Group], mentions: list[Mention]) -> dict[str, list[Record]]:
    """By name, the areas that are named beside other mentions of it: "Paris" after "Paris, Texas"."""
    beside: dict[str, list[Record]] = {}
    for group in found:
        beside.setdefault(group.key, []).extend(_containers(group, mentions))
    return beside


def context(found: list[Group]) -> list[Matrix]:
    """The second pass's features for all groups, from the first pass's probabilities."""
    return [rows for part in _parts(found) for rows in _context(part)]


def _parts(found: list[Group]) -> Iterator[list[Group]]:
    """Groups in runs of so few places that all their distances fit in memory: one run for any real article."""
    part: list[Group] = []
    size = 0
    for group in found:
        if part and size + len(group.records) > _MOST_TOGETHER:
            yield part
            part, size = [], 0
        part.append(group)
        size += len(group.records)
    if part:
        yield part


def _context(found: list[Group]) -> list[Matrix]:
    sizes = [len(group.records) for group in found]
    owner = np.repeat(np.arange(len(found)), sizes)
    records = [record for group in found for record in group.records]
    chances = np.concatenate([group.scores for group in found])
    weights = chances * np.array([found[i].weight for i in owner])
    areal = np.array([r.kind in {"country", "continent"} or r.precision == "region" for r in records])
    distance = _distances(records)
    other = (owner[:, None] != owner[None, :]).astype(float)
    local = other * np.where(areal, 0.0, weights)[None, :]
    columns = [np.minimum(3.0, ((distance < limit) * local).sum(1)) / 3 for limit in (50, 150, 400, 1000)]
    country = np.array([hash(r.country) for r in records])
    admin1 = np.array([r.admin1 or (r.id if r.kind == "admin1" else -i - 1) for i, r in enumerate(records)])
    mass = other * weights[None, :]
    total = mass.sum(1) + 1e-9
    columns.append(((country[:, None] == country[None, :]) * mass).sum(1) / total)
    columns.append(((admin1[:, None] == admin1[None, :]) * mass).sum(1) / total)
    likely = np.where((local > 0.2), distance, _FAR_KM)
    columns.append(np.log10(likely.min(1) + 10) / 4)
    columns.append((columns[4] == _group_max(columns[4], owner, len(found))).astype(float))
    columns.append((np.exp(-distance / 100) * local).sum(1) / total)
    columns.append((chances == _group_max(chances, owner, len(found))).astype(float))
    columns.append(np.log(chances + 1e-4))
    # A country's or region's middle is a rough anchor: it tells Gaza beside Israel from Gaza in Mozambique.
    area = np.where(other * np.where(areal, weights, 0.0)[None, :] > 0.3, distance, _FAR_KM)
    columns.append(np.log10(area.min(1) + 200) / 4)
    columns.append((area.min(1) < 600).astype(float))
    stacked = np.stack(columns, axis=1)
    return np.split(stacked, np.cumsum(sizes)[:-1])


def _group_max(values: Matrix, owner: NDArray[np.int64], count: int) -> Matrix:
    best = np.full(count, -np.inf)
    np.maximum.at(best, owner, values)
    return best[owner]


def _distances(records: list[Record]) -> Matrix:
    """Great-circle distances in km between all pairs."""
    latitude = np.radians([r.latitude for r in records])
    longitude = np.radians([r.longitude for r in records])
    points = np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=1
    )
    return np.asarray(6371.0088 * np.arccos(np.clip(points @ points.T, -1.0, 1.0)))


def softmax(scores: Matrix) -> Matrix:
    """Probabilities of scores."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def rank(
    article: Article, mentions: list[Mention], gazetteer: Gazetteer, weights: tuple[Matrix, Matrix]
) -> list[Group]:
    """Every name's places with their probabilities.

    Args:
        weights: of the first and of the second pass, in the order of ALONE and ALONE + CONTEXT.
    """
    found = groups(mentions)
    if not found:
        return []
    for group in found:
        group.weight = max(mentions[i].chance for i in group.mentions)
    about = Article_(article, mentions, gazetteer)
    for group in found:
        prune(group, mentions)
        group.countries = frozenset(about.countries)
    beside = elsewhere(found, mentions)
    first = [alone(group, mentions, about, beside) for group in found]
    for group, rows in zip(found, first, strict=True):
        group.scores = softmax(rows @ weights[0])
    for group, rows, more in zip(found, first, context(found), strict=True):
        group.context = more
        group.scores = softmax(np.hstack([rows, more]) @ weights[1])
    return found
