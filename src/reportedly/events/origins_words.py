"""Why articles count as one origin, in a sentence, and what kind of origin that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.events import origins_names
from reportedly.events.findings import Dependency, OriginKind
from reportedly.events.origins_graph import UNNAMED, Trace
from reportedly.events.origins_names import Source, folded


def kind(traces: Sequence[Trace], chain: Sequence[Dependency]) -> OriginKind:
    """A speaker; an outlet that others cite or credit; copies of one article; else an outlet's own report."""
    if traces[0].root.kind == "speaker":
        return "speaker"
    if any(one.kind == "outlet" for one in chain):
        return "outlet"
    return "copy" if any(one.kind == "copy" for one in chain) else "own"


def because(traces: Sequence[Trace], chain: Sequence[Dependency]) -> str:
    """Why the statements of an origin count as one."""
    articles = len({trace.statement.article for trace in traces})
    said = _listed(sorted({one.on for one in chain if one.kind == "copy"}))
    copied = f"; with near-copies of {said}" if said else ""
    root = traces[0].root
    if root.kind == "speaker":
        return (_speaker(traces, articles) if root.named else _unnamed(chain)) + copied
    name = root.name or "an article of an unknown outlet"
    cited = any(one.kind == "outlet" for one in chain)
    if cited:
        return f"{_articles(articles)} on {name}, cited or credited{copied}"
    return f"own report of {name}{copied}"


def _speaker(traces: Sequence[Trace], articles: int) -> str:
    root = traces[0].root
    links = [link for trace in traces for link in trace.links]
    voices = {name for source, name in links if source.key == root.key and not _is_name_of(name, root)}
    through = {source.name for source, _ in links if source.kind == "outlet"}
    parts = [f"{_articles(articles)} on {root.name}"]
    if voices and not root.key.startswith("person:"):
        parts.append(f"{_listed(sorted(voices))} {'speaks' if len(voices) == 1 else 'speak'} for it")
    if through:
        parts.append(f"through {_listed(sorted(through))}")
    return "; ".join(parts)


def _is_name_of(name: str, source: Source) -> bool:
    """Whether a name is one of the source itself ("SDF", "police"), not of somebody who speaks for it."""
    known = origins_names.body(name)
    bare = origins_names.common_body(name) is not None and len(folded(name).split()) == 1
    return bare or folded(name) == folded(source.name) or (known is not None and known.key == source.key)


def _unnamed(chain: Sequence[Dependency]) -> str:
    words = sorted({one.on for one in chain if one.kind == "speaker" and one.on != UNNAMED})
    told = f" ({_listed(words)})" if words else ""
    return f"sources that the article does not name{told}: whether they are one cannot be told"


def _articles(count: int) -> str:
    return "one article rests" if count == 1 else f"{count} articles rest"


def _listed(names: Iterable[str]) -> str:
    *most, last = names if (names := list(names)) else [""]
    return f"{', '.join(most)} and {last}" if most else last
