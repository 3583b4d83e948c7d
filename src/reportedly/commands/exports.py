"""The commands that hand the record on: export and release."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.commands.common import complaints
from reportedly.commands.options import Given, Options, taking
from reportedly.errors import RecordError

if TYPE_CHECKING:
    from reportedly.record.exports.formats import Written
    from reportedly.record.exports.selection import Selection

app = typer.Typer()

#: What narrows an export, by the names of `queries.filters.read`; whether only what is confirmed, and with names.
OPTIONS: Options = {
    "since": (
        Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day, month or year on (ISO).")],
        None,
    ),
    "until": (Annotated[str | None, typer.Option("--to", metavar="DAY", help="Up to this day, month or year.")], None),
    "place": (Annotated[str | None, typer.Option(metavar="NAME", help="A place or a country.")], None),
    "box": (Annotated[str | None, typer.Option(metavar="W,S,E,N", help="A box, degrees.")], None),
    "near": (Annotated[str | None, typer.Option(metavar="LAT,LON", help="Around a point, degrees.")], None),
    "radius": (
        Annotated[float | None, typer.Option(metavar="KM", help="With --near; 10 km if it is not given.")],
        None,
    ),
    "actor": (Annotated[str | None, typer.Option(metavar="NAME", help="An actor's name or id.")], None),
    "type": (Annotated[str | None, typer.Option("--type", metavar="TYPE", help="A PLOVER type.")], None),
    "source": (Annotated[str | None, typer.Option(metavar="NAME", help="An outlet or a speaker.")], None),
    "confirmed": (
        Annotated[bool, typer.Option("--confirmed", help="Only events that people have confirmed.")],
        False,
    ),
    "names": (
        Annotated[
            bool, typer.Option("--with-names", help="Say who decided, for the team's own use; else “a person” did.")
        ],
        False,
    ),
}
EVERY = " ".join(OPTIONS)


@app.command("export")
@taking(OPTIONS, EVERY)
def export(
    given: Given,
    form: Annotated[
        str, typer.Argument(metavar="FORMAT", help="acled, articles, geojson, jsonl, jsonld, parquet, polecat, ucdp …")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUTPUT", help="A file, or a folder; else standard output."),
    ] = None,
) -> None:
    """Write the record in the format of another data set or tool."""
    from reportedly.record import exports, opening

    wanted = exports.named(form)
    opening.existing()
    from reportedly.record.exports import writing
    from reportedly.record.exports.source import Record

    names, selection = given.pop("names"), _selection(**given)
    record = Record(None if selection.everything else selection.narrow, names=names)
    if output is None or str(output) == "-":
        written = writing.to_stream(wanted, record, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        written = writing.to_path(wanted, record, output)
    _tell(written)


@app.command("release")
@taking(OPTIONS, EVERY)
def release(
    given: Given,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the release is called.")],
    folder: Annotated[Path, typer.Option(help="Where releases are kept.")] = Path("releases"),
    formats: Annotated[
        str | None, typer.Option(metavar="FORMATS", help="Export formats, comma-separated; all, if not given.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Only compare the files of a release with its hashes.")
    ] = False,
) -> None:
    """Freeze exports under a name, with hashes and what changed since the last release; or verify one."""
    from reportedly.record import opening

    if verify:
        _verify(name, folder)
        return
    opening.existing()
    from reportedly.record import releases

    names, selection = given.pop("names"), _selection(**given)
    wanted = [part.strip() for part in formats.split(",") if part.strip()] if formats else releases.FORMATS
    where, manifest = releases.make(name, folder, formats=wanted, selection=selection, names=names)
    changed = ", ".join(f"{number:,} {kind}" for kind, number in manifest.changes.items())
    since = f"since {manifest.previous}" if manifest.previous else "the first release"
    typer.echo(f"{where}: {manifest.counts['events']:,} events from {manifest.counts['articles']:,} articles")
    typer.echo(f"{since}: {changed}")


def _verify(name: str, folder: Path) -> None:
    from reportedly.record import manifests, setup

    setup.configure()
    from reportedly.record import releases

    place = releases.place_of(name, folder)
    wrong = manifests.verify(place)
    if wrong:
        raise RecordError(f"{place}: {'; '.join(wrong)}")
    typer.echo(f"{place}: all files are as they were released")


def _selection(*, confirmed: bool, **given: Any) -> Selection:
    from reportedly.record.exports.selection import Selection
    from reportedly.record.queries import filters

    return Selection(filters.read(**given, background=True), confirmed)


def _tell(written: Mapping[str, Written]) -> None:
    """How many rows, and what was left out and why, on standard error."""
    for name, result in written.items():
        left = ", ".join(f"{number:,} {reason}" for reason, number in sorted(result.left_out.items()))
        complaints.print(f"{name}: {result.rows:,} rows{f'; left out: {left}' if left else ''}")
