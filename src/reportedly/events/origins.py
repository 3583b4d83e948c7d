"""Independent origins of an event: how many sources of knowledge its reports really have.

Ten papers that print one agency, or quote one spokesman, know no more than the agency or the spokesman. Every
statement of an event (its reports, their figures and denials) is led back to whoever it rests on at last:

- a chain of sources is followed inwards: "state TV quoted the army; the BBC quoted state TV" rests on the army,
- a person rests on the body that he or she speaks for,
- an outlet that is cited rests on what its own reports of the event rest on,
- what an article says in its own voice is its outlet's own; that of a copy the original's, that of an article that
  credits an agency the agency's,
- sources that an article does not name are one origin an article: whether they are one person cannot be told.

Statements that rest on the same are one origin. The order of reports does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.events.findings import Dependency, Origin, OriginKind
from reportedly.events.origins_graph import Graph, Trace
from reportedly.events.origins_words import because, kind
from reportedly.events.reports import Statement


def of_event(reports: Sequence[Statement], copies: Sequence[Dependency] = ()) -> tuple[Origin, ...]:
    """The independent origins of an event, those with most articles first.

    Args:
        reports: the event's reports, or the statements of any other matter (figures, statements of control).
        copies: what is known of its articles' texts: copies (`copies.dependency`) and credited agencies
            (`copies_credits.dependencies`); those of other articles are left aside.

    Returns:
        Origins whose chains name every statement (`by_statement`); an article has several origins where it both
        reports itself and quotes somebody.
    """
    graph = Graph(reports, copies)
    groups: dict[str, list[Trace]] = {}
    for trace in graph.traces():
        groups.setdefault(trace.root.key, []).append(trace)
    found = [_origin(traces, graph) for _, traces in sorted(groups.items())]
    return tuple(sorted(found, key=_rank))


def _rank(origin: Origin) -> tuple[int, bool, tuple[str, ...], str]:
    """Those with most articles first, named ones before others."""
    return -len(origin.articles), origin.name is None, origin.articles, origin.name or ""


def _origin(traces: list[Trace], graph: Graph) -> Origin:
    chain = _chain(traces, graph)
    root = traces[0].root
    return Origin(
        kind=kind(traces, chain),
        name=root.name or None,
        articles=tuple(sorted({trace.statement.article for trace in traces})),
        chain=chain,
        because=because(traces, chain),
    )


def _chain(traces: list[Trace], graph: Graph) -> tuple[Dependency, ...]:
    """Who rests on whom: one dependency for every article and source, with the statements that show it."""
    keys: dict[tuple[str, OriginKind, str], set[str]] = {}
    similarity: dict[tuple[str, OriginKind, str], float | None] = {}
    for trace in traces:
        for dependency in graph.dependencies(trace):
            link = (dependency.article, dependency.kind, dependency.on)
            keys.setdefault(link, set()).update(dependency.statements)
            similarity[link] = dependency.similarity
    return tuple(
        Dependency(
            article=link[0], on=link[2], kind=link[1], similarity=similarity[link], statements=tuple(sorted(said))
        )
        for link, said in sorted(keys.items())
    )


def by_statement(origins: Sequence[Origin]) -> Mapping[str, int]:
    """The position of each statement's origin, by the statement's key."""
    return {
        key: index
        for index, origin in enumerate(origins)
        for dependency in origin.chain
        for key in dependency.statements
    }


def count(keys: Sequence[str], origins: Sequence[Origin]) -> int:
    """How many independent origins the statements of these keys have; keys that are not known count for none."""
    known = by_statement(origins)
    return len({known[key] for key in keys if key in known})
