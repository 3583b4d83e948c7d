"""From a report's chain of sources to who they are: bodies, outlets, persons, or somebody who is not named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reportedly.events import origins_names
from reportedly.events.origins_names import Source, folded
from reportedly.events.reports import ControlReport, EventReport, Said, Statement


def statements(reports: Sequence[Statement]) -> list[Statement]:
    """The reports of an event, the figures tied to them and their denials, each once, by key."""
    found: dict[str, Statement] = {}
    for report in reports:
        for statement in (report, *_tied(report)):
            found.setdefault(statement.key, statement)
    return [found[key] for key in sorted(found)]


def _tied(report: Statement) -> tuple[Statement, ...]:
    if isinstance(report, EventReport):
        return (*report.figures, *report.against)
    return report.against if isinstance(report, ControlReport) else ()


class People:
    """Who the persons of an event speak for, as its reports tell together: an article may give the last name alone.

    Two names are one person's if they end alike and the words of the one are among those of the other."""

    def __init__(self, said: Iterable[Said]) -> None:
        spoken = [one for one in said if one.speaker]
        names = {folded(one.speaker or "") for one in spoken}
        self._full = {name: _fullest(name, names) for name in names}
        self._bodies: dict[str, dict[str, Source]] = defaultdict(dict)
        for one in spoken:
            found = _body_of(one)
            if found is not None:
                self._bodies[self._full[folded(one.speaker or "")]][found.key] = found

    def source(self, said: Said) -> Source:
        """The body that a person speaks for; the person where it is not known, or where several are told. A body of
        the registry goes before one that only an article's words name."""
        name = folded(said.speaker or "")
        full = self._full.get(name, name)
        bodies = self._bodies.get(full, {})
        known = [key for key in bodies if not key.startswith("body:")] or list(bodies)
        return (
            bodies[known[0]]
            if len(known) == 1
            else Source(f"person:{full}", "speaker", " ".join((said.speaker or "").split()))
        )


def _fullest(name: str, names: set[str]) -> str:
    """The longest name that this one is a part of; itself where several differ."""
    parts = name.split()
    fuller = {n for n in names if n.split()[-1:] == parts[-1:] and set(parts) <= set(n.split())}
    longest = max(fuller, key=lambda n: (len(n.split()), n), default=name)
    return longest if all(set(n.split()) <= set(longest.split()) for n in fuller) else name


def _body_of(said: Said) -> Source | None:
    """The body of a link by itself: its registry's id, its organisation, the outlet or well-known leader it is."""
    if said.actor:
        return origins_names.actor(said.actor)
    name = said.speaker or ""
    outlet = origins_names.outlet(name) or origins_names.called_outlet(name) if name else None
    found = outlet or (origins_names.body(said.organisation) if said.organisation else None)
    return found or (origins_names.leader(name) if name else None)


def links(statement: Statement, people: People) -> list[tuple[Source, str]]:
    """The sources of a statement, innermost first, each with the name that the report gives it.

    The outlet through which somebody spoke ("told the BBC", "state television quoted the army") stands behind the
    speaker; the article's own publisher is left out. Somebody not named has `named` false."""
    own = origins_names.publisher(statement.outlet).key if statement.outlet else None
    found: dict[str, tuple[Source, str]] = {}
    for said in statement.chain:
        for source, name in _link(said, statement, people):
            if source.key != own:
                found.setdefault(source.key, (source, name))
    if not statement.chain and statement.certainty == "reported":
        found["unnamed"] = (_unnamed(statement), "")
    return list(found.values())


def _link(said: Said, statement: Statement, people: People) -> Iterator[tuple[Source, str]]:
    via = _channel(said, statement.quote)
    found = (people.source(said) if said.speaker and not said.actor else None) or _body_of(said)
    if found is None:
        found = origins_names.outlet(said.name) or origins_names.state_media(said.name, statement.quote)
    if found is None:
        found = origins_names.called_outlet(said.name) or origins_names.body_within(said.name)
    if found is None:
        found = origins_names.common_body(said.name)
    if found is not None:
        yield found, said.speaker or said.organisation or said.name
    elif said.name != said.channel:
        yield _unnamed(statement), said.name
    if via is not None:
        yield via, said.channel or via.name


def _channel(said: Said, quote: str) -> Source | None:
    """The outlet that somebody spoke through; a tweet or a news conference is none."""
    if not said.channel:
        return None
    found = origins_names.outlet(said.channel) or origins_names.state_media(said.channel, quote)
    return found or origins_names.called_outlet(said.channel)


def _unnamed(statement: Statement) -> Source:
    return Source(f"unnamed:{statement.article}", "speaker", "", named=False)
