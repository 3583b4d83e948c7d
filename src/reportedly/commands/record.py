"""The commands that fill the record and look after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.commands.common import complaints, have_gazetteer, progress_bar, settings_of
from reportedly.errors import ReportedlyError

if TYPE_CHECKING:
    from reportedly.record.incoming import Incoming
    from reportedly.settings import Settings

app = typer.Typer()


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE…", help="Addresses, files, folders, feeds, coded articles, or - for input."),
    ],
    recode: Annotated[
        bool, typer.Option("--recode", help="Code known articles again if another version coded them.")
    ] = False,
    archive: Annotated[
        Path | None, typer.Option("--archive", metavar="FOLDER", help="Where the raw bytes are kept.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=0, help="Processes that code; 0 is one a core.")] = None,
) -> None:
    """Read, code and link articles and keep them in the record; what it has already is passed over."""
    from reportedly.record import setup

    settings = settings_of(archive=str(archive) if archive else None, workers=workers)
    setup.open_record()
    counts: Counter[str] = Counter()
    try:
        _add(sources, settings, recode, counts)
    finally:
        complaints.print(_summary(counts, setup.name()))
    raise typer.Exit(1 if counts["failed"] else 0)


def _summary(counts: Counter[str], where: str) -> str:
    told = (("new", "added"), ("known", "already there"), ("revised", "revised"), ("failed", "failed"))
    return f"{', '.join(f'{counts[key]:,} {word}' for key, word in told)}; the record is {where}"


def _add(sources: list[str], settings: Settings, recode: bool, counts: Counter[str]) -> None:
    from reportedly.record import adding, incoming

    adder = adding.Adder(settings, recode=recode)
    with progress_bar() as progress:
        task = progress.add_task("adding", total=incoming.count(sources))
        for fate in adding.add_all(adder, _incoming(sources, settings), settings):
            if isinstance(fate, ReportedlyError):
                complaints.print(f"reportedly: {fate}")
            counts["failed" if isinstance(fate, ReportedlyError) else fate] += 1
            progress.update(task, advance=1)


def _incoming(sources: list[str], settings: Settings) -> Iterator[Incoming]:
    from reportedly import settings as settings_module
    from reportedly.articles.archive import Archive
    from reportedly.articles.reader import Reader
    from reportedly.data import CodedArticle
    from reportedly.errors import ReadError
    from reportedly.record import incoming

    folder = Path(settings.archive) if settings.archive else settings_module.data_folder(settings) / "archive"
    reader, ready = Reader(settings, Archive(folder)), False
    for source in sources:
        for item in incoming.read(reader, source):
            if not ready and not isinstance(item, CodedArticle | ReadError):
                have_gazetteer(settings)
                ready = True
            yield item


@app.command()
def check(
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what is derived, which takes most of the time.")
    ] = False,
) -> None:
    """Check the record: that nothing is missing, and that what is derived is what comes out anew."""
    from reportedly.record import setup

    setup.open_record()
    from reportedly.record import checking, models

    found = checking.check(derived=not quick)
    for line in found:
        typer.echo(line)
    if found:
        raise typer.Exit(1)
    kinds = (models.Article, models.Statement, models.Event)
    counts = (f"{kind.objects.count():,} {kind.__name__.lower()}s" for kind in kinds)
    typer.echo(f"The record is sound: {', '.join(counts)}.")
