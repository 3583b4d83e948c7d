"""The command `link`: linking alone, from files to a file, without a database."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from reportedly.articles.reader import identity
from reportedly.commands.common import complaints, progress_bar, settings_of
from reportedly.data import CodedArticle
from reportedly.errors import InputError, ReportedlyError

app = typer.Typer()


@app.command()
def link(
    inputs: Annotated[list[Path], typer.Argument(metavar="CODED…", help="JSON Lines of coded articles, plain or .gz.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="LINKED", help="Where the linked articles go.")],
) -> None:
    """Link the events of coded articles: those that are the same event get the same id."""
    from reportedly.events.linking import Linker

    if not output.parent.is_dir():
        raise ReportedlyError(f"{output.parent}: no such folder")
    articles = coded(inputs)
    linker = Linker(settings_of())
    with progress_bar() as progress:
        reading = progress.add_task("reading", total=len(articles))
        linked = list(linker.link(articles, lambda: progress.update(reading, advance=1)))
    _write(output, linked)
    events = {event.event for article in linked for event in article.events}
    complaints.print(f"{len(linked):,} articles with {len(events):,} events in {output}")


def coded(inputs: list[Path]) -> list[CodedArticle]:
    """The coded articles of some files; one without an id gets it by the reader's rule, one that is there twice is
    taken once.

    Raises:
        InputError: a file is not there or not one of coded articles.
    """
    found: dict[str, CodedArticle] = {}
    for path in inputs:
        for article in _read(path):
            name = article.id or identity(article)
            found.setdefault(name, msgspec.structs.replace(article, id=name))
    return list(found.values())


def _read(path: Path) -> Iterator[CodedArticle]:
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    opener: Any = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _decoded(line, f"{path}:{number}")
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: {error}") from None


def _decoded(line: bytes, where: str) -> CodedArticle:
    try:
        row = msgspec.json.decode(line)
        if isinstance(row, dict) and "events" not in row:
            raise InputError(f"{where}: not a coded article (it has no events); `reportedly code` makes one")
        article = msgspec.convert(row, CodedArticle)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{where}: {error}") from None
    if any(not 0 <= event.start <= event.end <= len(article.text) for event in article.events):
        raise InputError(f"{where}: an event lies outside the text")
    return article


def _write(path: Path, linked: list[CodedArticle]) -> None:
    """The whole file or nothing: it is put in place when it is complete."""
    beside = path.with_name(path.name + ".part")
    opener: Any = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(beside, "wb") as file:
            file.writelines(msgspec.json.encode(article) + b"\n" for article in linked)
        beside.replace(path)
    except OSError as error:
        raise ReportedlyError(f"{path}: {error.strerror}") from None
