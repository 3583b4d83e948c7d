"""The command line. It only reads options, calls the rooms and prints; errors are one line each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

import reportedly
from reportedly import settings as settings_module
from reportedly.articles.archive import Archive
from reportedly.commands import decisions as decisions_commands
from reportedly.commands import exports as exports_commands
from reportedly.commands import linking as linking_commands
from reportedly.commands import queries as queries_commands
from reportedly.commands import record as record_commands
from reportedly.commands import site as site_commands
from reportedly.commands import staff as staff_commands
from reportedly.commands.common import complaints, have_gazetteer, progress_bar, settings_of
from reportedly.data import CodedArticle
from reportedly.errors import ReportedlyError
from reportedly.pipeline import Pipeline

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=reportedly.__doc__)
gazetteer_app = typer.Typer(no_args_is_help=True, help="The places that the program knows.")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(record_commands.app)
app.add_typer(linking_commands.app)
app.add_typer(exports_commands.app)
app.add_typer(queries_commands.app)
app.add_typer(decisions_commands.app)
app.add_typer(staff_commands.app)
app.add_typer(site_commands.app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reportedly {reportedly.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Reads news reports of war and builds a sourced record of who said what happened."""


@app.command()
def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Addresses, files, folders, or - for standard input.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print the coded articles, one a line.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained page.")] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Print only a table of what was found in which article.")
    ] = False,
    archive: Annotated[
        Path | None, typer.Option("--archive", metavar="FOLDER", help="Where the raw bytes are kept.")
    ] = None,
) -> None:
    """Read articles and print the account of each."""
    settings = settings_of(archive=str(archive) if archive else None)
    folder = Path(settings.archive) if settings.archive else settings_module.data_folder(settings) / "archive"
    have_gazetteer(settings)
    pipeline = Pipeline(settings, Archive(folder))
    coded, failed = [], 0
    for source in sources:
        for result in pipeline.account(source):
            if isinstance(result, CodedArticle):
                coded.append(result)
                _print(result, json=json, quiet=summary or (html is not None))
            else:
                complaints.print(f"reportedly: {result}")
                failed += 1
    _finish(coded, summary=summary, html=html)
    raise typer.Exit(1 if failed else 0)


def _print(article: CodedArticle, *, json: bool, quiet: bool) -> None:
    from reportedly.account import terminal, view

    if json:
        sys.stdout.buffer.write(msgspec.json.encode(article) + b"\n")
        sys.stdout.buffer.flush()
    elif not quiet:
        console = Console(highlight=False)
        terminal.show(view.account(article), console)
        console.print()


def _finish(coded: list[CodedArticle], *, summary: bool, html: Path | None) -> None:
    from reportedly.account import page, terminal, view

    if summary:
        terminal.summary(coded, Console(highlight=False))
    if html is not None and coded:
        _write(html, page.render([view.account(article) for article in coded]))


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8", errors="replace")
    except OSError as error:
        raise ReportedlyError(f"{path}: {error.strerror}") from None


@app.command()
def code(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT…", help="JSON Lines of articles, plain or .gz.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="Where the coded articles go.")],
    workers: Annotated[int | None, typer.Option(min=0, help="Processes; 0 is one a core.")] = None,
) -> None:
    """Code many articles; stopped, it goes on where it was when it is called again."""
    from reportedly.engines import local

    settings = settings_of(workers=workers)
    for path in inputs:
        if not path.is_file():
            raise ReportedlyError(f"{path}: no such file")
    if not output.parent.is_dir():
        raise ReportedlyError(f"{output.parent}: no such folder")
    have_gazetteer(settings)
    try:
        coded, failed = _coded(inputs, output, settings)
    except OSError as error:
        raise ReportedlyError(f"{error.filename or output}: {error.strerror}") from None
    complaints.print(
        f"{coded:,} coded in {output}" + (f"; {failed:,} failed, see {local.failures(output)}" if failed else "")
    )
    raise typer.Exit(1 if failed else 0)


def _coded(inputs: list[Path], output: Path, settings: settings_module.Settings) -> tuple[int, int]:
    from reportedly.engines import local

    with progress_bar() as progress:
        before = local.done_before(inputs, output)
        task = progress.add_task("coding", total=local.count(inputs), completed=before)
        return local.code(inputs, output, settings, lambda done: progress.update(task, advance=1), before)


@gazetteer_app.command("build")
def gazetteer_build_() -> None:
    """Build the index of places now, which else is done at first use."""
    have_gazetteer(settings_of())


@gazetteer_app.command("add")
def gazetteer_add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="GeoNames dump files, .txt or .zip.")],
) -> None:
    """Add the places of GeoNames' own dump files."""
    from reportedly.statements import gazetteer

    for path in files:
        typer.echo(f"{path}: {gazetteer.add(path, settings_of()):,} places")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a coded article."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(msgspec.json.schema(CodedArticle))) + b"\n")


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Option(help="The evaluation folder.")] = Path("../shared/evaluation"),
    only: Annotated[list[str] | None, typer.Option(help="Only these sets.")] = None,
    floors: Annotated[Path, typer.Option(help="The floors that no figure may fall below.")] = Path(
        "evaluation/floors.json"
    ),
    workers: Annotated[int | None, typer.Option(min=0, help="Processes; 0 is one a core.")] = None,
) -> None:
    """Score every gold set and print our figures beside the peers' and the floors."""
    from reportedly.evaluation import table

    rows, failed = table.measure(folder, only or [], floors, settings_of(workers=workers))
    table.show(rows, Console(highlight=False))
    for line in failed:
        complaints.print(f"reportedly: {line}")
    raise typer.Exit(1 if failed or any(row.fell for row in rows) else 0)


def main() -> None:
    """Run a command; what goes wrong is one line on standard error and a non-zero exit."""
    try:
        app()
    except ReportedlyError as error:
        complaints.print(f"reportedly: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        complaints.print("reportedly: stopped; the same command goes on where it was")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    main()
