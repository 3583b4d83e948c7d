"""Who stands behind a position: supports, sources, and how many origins are independent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.events.findings import Origin, Support
from reportedly.events.origins import by_statement
from reportedly.events.reports import EventReport, Statement

#: An origin by its position, or an article by its id.
Source = int | str


def support(statement: Statement) -> Support:
    """A statement as support of a position."""
    return Support(
        statement=statement.key,
        article=statement.article,
        outlet=statement.outlet,
        published=statement.published,
        speakers=tuple(said.name for said in statement.chain if said.name),
        party=of_party(statement),
        hedged=statement.hedged or statement.certainty in ("possible", "forecast"),
        quote=statement.quote,
    )


def coded(reports: Iterable[EventReport]) -> list[EventReport]:
    """The reports that say something of an event, in order of publication: a mention that linking has added and of
    which nothing was coded, not even how certain it is, only says that the article speaks of it."""
    return sorted((report for report in reports if report.certainty is not None), key=order)


def of_party(statement: Statement) -> bool:
    """True if a party to the conflict says it: the innermost source of which that is known decides."""
    return next((said.party for said in statement.chain if said.party is not None), False)


def day(statement: Statement) -> str:
    """The ISO day of publication; "" where it is not known."""
    return (statement.published or "")[:10]


def order(statement: Statement) -> tuple[bool, str, str]:
    """Sorts statements by publication, those without a date last, whatever order they come in."""
    return not statement.published, statement.published or "", statement.key


class Origins:
    """The independent origins of an event, asked for by statement; one that is in none of them is its article's."""

    def __init__(self, origins: Sequence[Origin]) -> None:
        self._of = by_statement(origins)

    def of(self, statement: Statement) -> Source:
        """What names the origin of a statement."""
        return self._of.get(statement.key, statement.article)

    def sources(self, statements: Iterable[Statement]) -> frozenset[Source]:
        """The independent origins behind statements."""
        return frozenset(self.of(statement) for statement in statements)
