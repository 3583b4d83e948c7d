"""The commands that ask the record: lists with filters, and one of anything in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.commands import layout

if TYPE_CHECKING:
    from reportedly.record.queries.filters import Filter

app = typer.Typer()

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day, month or year on.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="To this day, month or year.")]
Place = Annotated[str | None, typer.Option("--place", metavar="NAME", help="At a place, or anywhere in a country.")]
Box = Annotated[str | None, typer.Option("--box", metavar="W,S,E,N", help="Inside a box, in degrees.")]
Near = Annotated[str | None, typer.Option("--near", metavar="LAT,LON", help="Around a point, in degrees.")]
Radius = Annotated[float | None, typer.Option("--radius", metavar="KM", help="How far around (10 km).")]
Actor = Annotated[str | None, typer.Option("--actor", metavar="NAME", help="An actor's name or registry id.")]
Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="A PLOVER event type, such as ASSAULT.")]
Source = Annotated[str | None, typer.Option("--source", metavar="NAME", help="An outlet or a speaker.")]
Measure = Annotated[str | None, typer.Option("--measure", metavar="MEASURE", help="What is measured: killed …")]
Search = Annotated[str | None, typer.Option("--search", metavar="TEXT", help='Words of the sentence; "as a phrase".')]
Limit = Annotated[int, typer.Option("--limit", help="Rows at most.")]
Offset = Annotated[int, typer.Option("--offset", help="Rows to pass over.")]
Rejected = Annotated[bool, typer.Option("--rejected", help="Also what people rejected.")]
Background = Annotated[bool, typer.Option("--background", help="Also events that are only background.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, complete.")]
Csv = Annotated[bool, typer.Option("--csv", help="CSV with a head.")]
ROWS = 50


def _id(what: str) -> Any:
    return typer.Argument(metavar="[ID]", help=what, show_default=False)


def _filter(**given: Any) -> Filter:
    from reportedly.record.queries import filters

    return filters.read(**given)


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
def events(
    id: Annotated[str | None, _id("An event or a statement, in full.")] = None,
    since: From = None,
    until: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    type: Type = None,
    source: Source = None,
    search: Search = None,
    rejected: Rejected = False,
    background: Background = False,
    limit: Limit = ROWS,
    offset: Offset = 0,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Events across articles, or one in full: positions, tolls, origins, grades, links and decisions."""
    form = layout.form(json, csv)
    chosen = _filter(since=since, until=until, place=place, box=box, near=near, radius=radius, actor=actor, type=type,
                     source=source, search=search, rejected=rejected, background=background, limit=limit, offset=offset)  # fmt: skip
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
def figures(
    id: Annotated[str | None, _id("A figure: its whole series.")] = None,
    since: From = None,
    until: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    source: Source = None,
    measure: Measure = None,
    search: Search = None,
    rejected: Rejected = False,
    limit: Limit = ROWS,
    offset: Offset = 0,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Figures as series over time, each with its sources and its range; or one series in full."""
    form = layout.form(json, csv)
    chosen = _filter(since=since, until=until, place=place, box=box, near=near, radius=radius, actor=actor,
                     source=source, measure=measure, search=search, rejected=rejected, limit=limit, offset=offset)  # fmt: skip
    _open(id)
    from reportedly.record.queries import figures as asked

    if id is None:
        _list("figures", "SeriesLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.one(id), "series", form)


@app.command()
def control(
    id: Annotated[str | None, _id("A place: who held it, with all evidence.")] = None,
    since: From = None,
    until: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    source: Source = None,
    search: Search = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Who holds which place since when, according to whom; or the history of one place."""
    form = layout.form(json, csv)
    chosen = _filter(since=since, until=until, place=place, box=box, near=near, radius=radius, actor=actor,
                     source=source, search=search, limit=limit, offset=offset)  # fmt: skip
    _open(id)
    from reportedly.record.queries import control as asked

    if id is None:
        _list("places that somebody holds", "IntervalLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.one(id), "intervals", form)


@app.command()
def disputes(
    id: Annotated[str | None, _id("An event, statement or article: what is disputed about it.")] = None,
    since: From = None,
    until: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    type: Type = None,
    source: Source = None,
    measure: Measure = None,
    search: Search = None,
    rejected: Rejected = False,
    limit: Limit = ROWS,
    offset: Offset = 0,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """What sources disagree about: claims side by side, with everybody who makes them."""
    form = layout.form(json, csv)
    chosen = _filter(since=since, until=until, place=place, box=box, near=near, radius=radius, actor=actor, type=type,
                     source=source, measure=measure, search=search, rejected=rejected, limit=limit, offset=offset)  # fmt: skip
    _open(id)
    from reportedly.record.queries import disputes as asked

    listed = asked.listed if id is None else (lambda _: asked.about(id))
    _list("disputes", "Dispute", listed, chosen, form)


@app.command()
def sources(
    id: Annotated[str | None, _id("A source, by name or id: its profile.")] = None,
    since: From = None,
    until: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    type: Type = None,
    source: Source = None,
    measure: Measure = None,
    search: Search = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Outlets and speakers: how often borne out, contradicted and revised, and how reliable people hold them."""
    form = layout.form(json, csv)
    chosen = _filter(since=since, until=until, place=place, box=box, near=near, radius=radius, actor=actor, type=type,
                     source=source, measure=measure, search=search, limit=limit, offset=offset)  # fmt: skip
    _open(id)
    from reportedly.record.queries import sources as asked

    if id is None:
        _list("sources", "SourceLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.page(id), "source", form)


@app.command()
def actors(
    id: Annotated[str | None, _id("An actor, by name or registry id.")] = None,
    since: From = None,
    until: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    type: Type = None,
    source: Source = None,
    measure: Measure = None,
    search: Search = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Actors that the record speaks of, or one with what it holds and the events that it is part of."""
    form = layout.form(json, csv)
    chosen = _filter(since=since, until=until, place=place, box=box, near=near, radius=radius, actor=actor, type=type,
                     source=source, measure=measure, search=search, limit=limit, offset=offset)  # fmt: skip
    _open(id)
    from reportedly.record.queries import actors as asked

    if id is None:
        _list("actors", "ActorLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.page(id), "actor", form)


@app.command()
def places(
    id: Annotated[str | None, _id("A place, by name or id.")] = None,
    since: From = None,
    until: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    type: Type = None,
    source: Source = None,
    measure: Measure = None,
    search: Search = None,
    limit: Limit = ROWS,
    offset: Offset = 0,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Places that the record speaks of, or one with who holds it and what happened there."""
    form = layout.form(json, csv)
    chosen = _filter(since=since, until=until, place=place, box=box, near=near, radius=radius, actor=actor, type=type,
                     source=source, measure=measure, search=search, limit=limit, offset=offset)  # fmt: skip
    _open(id)
    from reportedly.record.queries import places as asked

    if id is None:
        _list("places", "PlaceLine", asked.listed, chosen, form)
    else:
        _page(lambda: asked.page(id), "place", form)


@app.command()
def search(
    words: Annotated[str, typer.Argument(metavar="TEXT", help='Words, all of them; "as a phrase" in quotes.')],
    since: From = None,
    until: To = None,
    source: Source = None,
    limit: Limit = 20,
    offset: Offset = 0,
    json: Json = False,
) -> None:
    """Search headlines and texts of articles; shows the sentences."""
    chosen = _filter(since=since, until=until, source=source, limit=limit, offset=offset)
    _open(words)
    from reportedly.commands import queries_lists
    from reportedly.record import setup
    from reportedly.record.queries import articles

    with setup.told():
        found = articles.hits(words, chosen)
    out = layout.console()
    if json:
        layout.as_json(found)
    elif not found:
        layout.nothing(out, "article", offset)
    else:
        queries_lists.hits(found, out)
