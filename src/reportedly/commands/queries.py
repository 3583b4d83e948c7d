"""The commands that ask the record: lists with filters, and one of anything in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.commands import layout
from reportedly.commands.options import Given, Options, taking

if TYPE_CHECKING:
    from reportedly.record.queries.filters import Filter

app = typer.Typer()

ROWS = 50
#: What narrows and forms the lists, by the names of `queries.filters.read`.
OPTIONS: Options = {
    "since": (
        Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day, month or year on.")],
        None,
    ),
    "until": (Annotated[str | None, typer.Option("--to", metavar="DAY", help="To this day, month or year.")], None),
    "place": (
        Annotated[str | None, typer.Option("--place", metavar="NAME", help="At a place, or anywhere in a country.")],
        None,
    ),
    "box": (Annotated[str | None, typer.Option("--box", metavar="W,S,E,N", help="Inside a box, in degrees.")], None),
    "near": (
        Annotated[str | None, typer.Option("--near", metavar="LAT,LON", help="Around a point, in degrees.")],
        None,
    ),
    "radius": (Annotated[float | None, typer.Option("--radius", metavar="KM", help="How far around (10 km).")], None),
    "actor": (
        Annotated[str | None, typer.Option("--actor", metavar="NAME", help="An actor's name or registry id.")],
        None,
    ),
    "type": (
        Annotated[str | None, typer.Option("--type", metavar="TYPE", help="A PLOVER event type, such as ASSAULT.")],
        None,
    ),
    "source": (Annotated[str | None, typer.Option("--source", metavar="NAME", help="An outlet or a speaker.")], None),
    "measure": (
        Annotated[str | None, typer.Option("--measure", metavar="MEASURE", help="What is measured: killed …")],
        None,
    ),
    "search": (
        Annotated[str | None, typer.Option("--search", metavar="TEXT", help='Words of the sentence; "as a phrase".')],
        None,
    ),
    "rejected": (Annotated[bool, typer.Option("--rejected", help="Also what people rejected.")], False),
    "background": (Annotated[bool, typer.Option("--background", help="Also events that are only background.")], False),
    "limit": (Annotated[int, typer.Option("--limit", help="Rows at most.")], ROWS),
    "offset": (Annotated[int, typer.Option("--offset", help="Rows to pass over.")], 0),
    "json": (Annotated[bool, typer.Option("--json", help="One JSON object a line, complete.")], False),
    "csv": (Annotated[bool, typer.Option("--csv", help="CSV with a head.")], False),
}
#: Search shows fewer.
FOUND: Options = {**OPTIONS, "limit": (OPTIONS["limit"][0], 20)}
WHERE = "since until place box near radius actor"
FORM = "limit offset json csv"


def _id(what: str) -> Any:
    return typer.Argument(metavar="[ID]", help=what, show_default=False)


def _asked(given: Given) -> tuple[Filter, str]:
    """What narrows the list, and the form in which it is to be shown."""
    form = layout.form(given.pop("json"), given.pop("csv", False))
    from reportedly.record.queries import filters

    return filters.read(**given), form


def _list(what: str, of: str, listed: Callable[[Filter], Sequence[Any]], chosen: Filter, form: str) -> None:
    """Ask for a list and show it."""
    from reportedly.commands import queries_lists
    from reportedly.record import setup

    with setup.told():
        lines = listed(chosen)
    kind = next(kind for kind in queries_lists.TABLES if kind.__name__ == of)
    if form == "json":
        layout.as_json(lines)
    elif form == "csv":
        layout.as_csv(*queries_lists.rows(lines, kind))
    elif not lines:
        layout.nothing(layout.console(), what, chosen.offset)
    else:
        out = layout.console()
        queries_lists.TABLES[kind](lines, out)
        layout.foot(lines, out, offset=chosen.offset, limit=chosen.limit)


def _page(found: Callable[[], Any], show: str, form: str) -> None:
    """Ask for one thing and show it in full."""
    from reportedly.commands import queries_pages
    from reportedly.errors import QueryError
    from reportedly.record import setup

    if form == "csv":
        raise QueryError("--csv: for lists; one in full goes as --json")
    with setup.told():
        page = found()
    if form == "json":
        layout.as_json(page if isinstance(page, list) else [page])
    else:
        getattr(queries_pages, show)(page, layout.console())


def _open(id: str | None = None) -> None:
    """Open the record; an id has to be text."""
    from reportedly.record import opening
    from reportedly.record.queries import filters

    filters.text("ID", id)
    opening.existing()


@app.command()
@taking(OPTIONS, f"{WHERE} type source search rejected background {FORM}")
def events(
    given: Given,
    id: Annotated[str | None, _id("An event or a statement, in full.")] = None,
) -> None:
    """Events across articles, or one in full: positions, tolls, origins, grades, links and decisions."""
    chosen, form = _asked(given)
    _open(id)
    from reportedly.record.queries import events as asked
    from reportedly.record.queries import statements

    if id is None:
        _list("events", "EventLine", asked.listed, chosen, form)
    elif "/" in id:
        _page(lambda: statements.one(id), "statement", form)
    else:
        _page(lambda: asked.page(id), "event", form)


@app.command()
@taking(OPTIONS, f"{WHERE} source measure search rejected {FORM}")
def figures(
    given: Given,
    id: Annotated[str | None, _id("A figure: its whole series.")] = None,
) -> None:
    """Figures as series over time, each with its sources and its range; or one series in full."""
    chosen, form = _asked(given)
    _open(id)
    from reportedly.record.queries import figures as asked

    if id is None:
        _list("figures", "SeriesLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.one(id), "series", form)


@app.command()
@taking(OPTIONS, f"{WHERE} source search {FORM}")
def control(
    given: Given,
    id: Annotated[str | None, _id("A place: who held it, with all evidence.")] = None,
) -> None:
    """Who holds which place since when, according to whom; or the history of one place."""
    chosen, form = _asked(given)
    _open(id)
    from reportedly.record.queries import control as asked

    if id is None:
        _list("places that somebody holds", "IntervalLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.one(id), "intervals", form)


@app.command()
@taking(OPTIONS, f"{WHERE} type source measure search rejected {FORM}")
def disputes(
    given: Given,
    id: Annotated[str | None, _id("An event, statement or article: what is disputed about it.")] = None,
) -> None:
    """What sources disagree about: claims side by side, with everybody who makes them."""
    chosen, form = _asked(given)
    _open(id)
    from reportedly.record.queries import disputes as asked

    listed = asked.listed if id is None else (lambda _: asked.about(id))
    _list("disputes", "Dispute", listed, chosen, form)


@app.command()
@taking(OPTIONS, f"{WHERE} type source measure search {FORM}")
def sources(
    given: Given,
    id: Annotated[str | None, _id("A source, by name or id: its profile.")] = None,
) -> None:
    """Outlets and speakers: how often borne out, contradicted and revised, and how reliable people hold them."""
    chosen, form = _asked(given)
    _open(id)
    from reportedly.record.queries import sources as asked

    if id is None:
        _list("sources", "SourceLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.page(id), "source", form)


@app.command()
@taking(OPTIONS, f"{WHERE} type source measure search {FORM}")
def actors(
    given: Given,
    id: Annotated[str | None, _id("An actor, by name or registry id.")] = None,
) -> None:
    """Actors that the record speaks of, or one with what it holds and the events that it is part of."""
    chosen, form = _asked(given)
    _open(id)
    from reportedly.record.queries import actors as asked

    if id is None:
        _list("actors", "ActorLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.page(id), "actor", form)


@app.command()
@taking(OPTIONS, f"{WHERE} type source measure search {FORM}")
def places(
    given: Given,
    id: Annotated[str | None, _id("A place, by name or id.")] = None,
) -> None:
    """Places that the record speaks of, or one with who holds it and what happened there."""
    chosen, form = _asked(given)
    _open(id)
    from reportedly.record.queries import places as asked

    if id is None:
        _list("places", "PlaceLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.page(id), "place", form)


@app.command()
@taking(FOUND, "since until source limit offset json")
def search(
    words: Annotated[str, typer.Argument(metavar="TEXT", help='Words, all of them; "as a phrase" in quotes.')],
    given: Given,
) -> None:
    """Search headlines and texts of articles; shows the sentences."""
    chosen, form = _asked(given)
    _open(words)
    from reportedly.commands import queries_lists
    from reportedly.record import setup
    from reportedly.record.queries import articles

    with setup.told():
        found = articles.hits(words, chosen)
    out = layout.console()
    if form == "json":
        layout.as_json(found)
    elif not found:
        layout.nothing(out, "article", chosen.offset)
    else:
        queries_lists.hits(found, out)
