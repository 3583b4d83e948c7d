"""Who rests on whom among the reports of one event, and where each statement comes from at last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.events import copies_credits, origins_names, origins_said, origins_sentences
from reportedly.events.findings import Dependency
from reportedly.events.origins_names import Source
from reportedly.events.reports import Statement

Link = tuple[Source, str]

UNNAMED = "unnamed source"
"""What a dependency is on where a report names nobody."""


@dataclass(frozen=True)
class Trace:
    """A statement with its sources, innermost first and as the report names them, and the one it rests on at last."""

    statement: Statement
    links: tuple[Link, ...]
    root: Source


class Graph:
    """The sources of one event's statements; `traces` leads each statement back to its root."""

    def __init__(self, reports: Sequence[Statement], given: Sequence[Dependency]) -> None:
        self._statements = origins_said.statements(reports)
        people = origins_said.People(said for one in self._statements for said in one.chain)
        self._outlets = {one.article: one.outlet for one in self._statements}
        self._copies = _copies(given)
        self._sentences = origins_sentences.copied(self._statements)
        self._credits = self._credited(given)
        linked = {one.key: origins_said.links(one, people) for one in self._statements}
        cited = {source.key: source for links in linked.values() for source, _ in links}
        meant = _state_media(cited) | _common_bodies(cited)
        self._links = {key: tuple((meant.get(s.key, s), name) for s, name in links) for key, links in linked.items()}
        self._present = {source.key for links in self._links.values() for source, _ in links} | {
            origins_names.publisher(outlet).key for outlet in self._outlets.values() if outlet
        }
        self._sources: dict[str, Source] = {}
        self._rests: dict[str, Counter[str]] = defaultdict(Counter)
        self._connect()

    def traces(self) -> Iterator[Trace]:
        """Every statement with its root."""
        for one in self._statements:
            root = self._sources[self._resolved(self._nearest(one).key)]
            yield Trace(one, self._links[one.key], root)

    def original(self, article: str) -> str:
        """The article that this one is a copy of at last; itself if it is none."""
        seen = [article]
        while seen[-1] in self._copies:
            following = self._copies[seen[-1]].on
            if following in seen:
                return min(seen[seen.index(following) :])
            seen.append(following)
        return seen[-1]

    def dependencies(self, trace: Trace) -> Iterator[Dependency]:
        """What a statement's article rests on for it: the article copied, each of its sources, a credited agency;
        its own outlet if there is nothing else."""
        article, keys = trace.statement.article, (trace.statement.key,)
        copied = self._copies.get(article)
        if copied is not None:
            yield Dependency(article=article, on=copied.on, kind="copy", similarity=copied.similarity, statements=keys)
        for source, name in trace.links:
            yield Dependency(article=article, on=name or source.name or UNNAMED, kind=source.kind, statements=keys)
        if trace.links:
            return
        if copied is None and trace.statement.key in self._sentences:
            first, alike = self._sentences[trace.statement.key]
            yield Dependency(
                article=article, on=first.article, kind="copy", similarity=round(alike, 4), statements=keys
            )
            return
        credited = self._credit(self.original(article))
        if credited is not None:
            yield Dependency(article=article, on=credited.name, kind="outlet", statements=keys)
        elif copied is None:
            yield Dependency(article=article, on=self._outlets[article] or article, kind="own", statements=keys)

    def _credited(self, given: Sequence[Dependency]) -> dict[str, list[str]]:
        """The agencies credited by an article or a copy of it, by the original."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in given:
            if one.kind == "outlet" and one.article in self._outlets:
                found[self.original(one.article)].append(one.on)
        return {article: sorted(set(names)) for article, names in found.items()}

    def _credit(self, original: str) -> Source | None:
        """The agency that an article's own voice is: one that the event knows otherwise, before the others."""
        sources = [
            Source(f"outlet:{copies_credits.UNNAMED}", "outlet", name, named=False)
            if name == copies_credits.UNNAMED
            else origins_names.publisher(name)
            for name in self._credits.get(original, [])
        ]
        named = [source for source in sources if source.named] or sources
        return next((source for source in named if source.key in self._present), named[0] if named else None)

    def _own(self, article: str) -> Source:
        """Whose voice an article's own is; copies of an article that tells nothing of the event bear the name of
        the first of them."""
        original = self.original(article)
        outlet = self._outlets.get(original)
        if outlet:
            return self._credit(original) or origins_names.publisher(outlet)
        copied = [self._outlets[one] for one in sorted(self._outlets) if self.original(one) == original]
        name = next((name for name in copied if name), "")
        return self._credit(original) or Source(f"article:{original}", "outlet", name)

    def _nearest(self, statement: Statement) -> Source:
        """Who a statement is from by itself: its innermost named source, an unnamed one, else the article's voice."""
        links = self._links[statement.key]
        named = next((source for source, _ in links if source.named), None)
        if named is not None:
            return named
        if links:
            return Source(f"unnamed:{self.original(statement.article)}", "speaker", "", named=False)
        first = self._sentences.get(statement.key)
        return self._own(first[0].article if first and statement.article not in self._copies else statement.article)

    def _connect(self) -> None:
        """Put down which outlets rest on whom: by what others quote through them, and by their own articles."""
        for one in self._statements:
            named = [source for source, _ in self._links[one.key] if source.named]
            nearest = self._nearest(one)
            for source in (nearest, *named):
                self._sources.setdefault(source.key, source)
            for inner, outer in pairwise(named):
                self._rests[outer.key][inner.key] += 1
            if one.outlet:
                self._rests[origins_names.publisher(one.outlet).key][nearest.key] += 1

    def _resolved(self, key: str) -> str:
        """The root of a source: an outlet that reports in its own voice is one, another rests on whom it rests most."""
        seen: set[str] = set()
        while key.startswith("outlet:") and key not in seen and self._rests.get(key) and not self._rests[key][key]:
            seen.add(key)
            rests = self._rests[key]
            key = min(rests, key=lambda inner: (-rests[inner], inner))
        return min(seen) if key in seen else key


def _copies(given: Sequence[Dependency]) -> dict[str, Dependency]:
    """The article that each copy is most like."""
    found: dict[str, Dependency] = {}
    for one in sorted((d for d in given if d.kind == "copy"), key=lambda d: (-(d.similarity or 0.0), d.on)):
        found.setdefault(one.article, one)
    return found


def _state_media(cited: Mapping[str, Source]) -> dict[str, Source]:
    """For state media that a report does not name, the outlet that other reports of the event do, if it is one."""
    media = {key: source for key, source in cited.items() if source.kind == "outlet" and source.side}
    named = [source for key, source in sorted(media.items()) if not key.startswith("outlet:state media")]
    found = {}
    for key, source in media.items():
        same = [one for one in named if one.side == source.side]
        if key.startswith("outlet:state media of") and len(same) == 1:
            found[key] = same[0]
    if len({found.get(key, source).key for key, source in media.items()}) == 1:
        one = next(iter(media.values()))
        found["outlet:state media"] = found.get(one.key, one)
    return found


def _common_bodies(cited: Mapping[str, Source]) -> dict[str, Source]:
    """For a body that a report names by its noun alone, the one that other reports of the event name, if it is one."""
    found = {}
    for key, source in cited.items():
        if key.startswith("common:"):
            fitting = [other for _, other in sorted(cited.items()) if origins_names.may_be(source, other)]
            if len(fitting) == 1:
                found[key] = fitting[0]
    return found
