"""The commands that hand the record on: export and release."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.commands.common import complaints
from reportedly.errors import RecordError

if TYPE_CHECKING:
    from reportedly.record.exports.formats import Written
    from reportedly.record.exports.selection import Selection

app = typer.Typer()

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day, month or year on (ISO).")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Up to this day, month or year.")]
Place = Annotated[str | None, typer.Option(metavar="NAME", help="A place or a country.")]
Box = Annotated[str | None, typer.Option(metavar="W,S,E,N", help="A box, degrees.")]
Near = Annotated[str | None, typer.Option(metavar="LAT,LON", help="Around a point, degrees.")]
Radius = Annotated[float | None, typer.Option(metavar="KM", help="With --near; 10 km if it is not given.")]
Actor = Annotated[str | None, typer.Option(metavar="NAME", help="An actor's name or id.")]
Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="A PLOVER type.")]
Source = Annotated[str | None, typer.Option(metavar="NAME", help="An outlet or a speaker.")]
Confirmed = Annotated[bool, typer.Option("--confirmed", help="Only events that people have confirmed.")]
WithNames = Annotated[
    bool, typer.Option("--with-names", help="Say who decided, for the team's own use; else “a person” did.")
]


@app.command("export")
def export(
    form: Annotated[
        str, typer.Argument(metavar="FORMAT", help="acled, articles, geojson, jsonl, jsonld, parquet, polecat, ucdp …")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUTPUT", help="A file, or a folder; else standard output."),
    ] = None,
    from_: From = None,
    to: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    type_: Type = None,
    source: Source = None,
    confirmed: Confirmed = False,
    with_names: WithNames = False,
) -> None:
    """Write the record in the format of another data set or tool."""
    from reportedly.record import exports, opening

    wanted = exports.named(form)
    opening.existing()
    from reportedly.record.exports import writing
    from reportedly.record.exports.source import Record

    selection = _selection(
        confirmed,
        since=from_,
        until=to,
        place=place,
        box=box,
        near=near,
        radius=radius,
        actor=actor,
        type=type_,
        source=source,
    )
    record = Record(None if selection.everything else selection.narrow, names=with_names)
    if output is None or str(output) == "-":
        written = writing.to_stream(wanted, record, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        written = writing.to_path(wanted, record, output)
    _tell(written)


@app.command("release")
def release(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the release is called.")],
    folder: Annotated[Path, typer.Option(help="Where releases are kept.")] = Path("releases"),
    formats: Annotated[
        str | None, typer.Option(metavar="FORMATS", help="Export formats, comma-separated; all, if not given.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Only compare the files of a release with its hashes.")
    ] = False,
    from_: From = None,
    to: To = None,
    place: Place = None,
    box: Box = None,
    near: Near = None,
    radius: Radius = None,
    actor: Actor = None,
    type_: Type = None,
    source: Source = None,
    confirmed: Confirmed = False,
    with_names: WithNames = False,
) -> None:
    """Freeze exports under a name, with hashes and what changed since the last release; or verify one."""
    from reportedly.record import opening

    if verify:
        _verify(name, folder)
        return
    opening.existing()
    from reportedly.record import releases

    selection = _selection(
        confirmed,
        since=from_,
        until=to,
        place=place,
        box=box,
        near=near,
        radius=radius,
        actor=actor,
        type=type_,
        source=source,
    )
    wanted = [part.strip() for part in formats.split(",") if part.strip()] if formats else releases.FORMATS
    where, manifest = releases.make(name, folder, formats=wanted, selection=selection, names=with_names)
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


def _selection(confirmed: bool, **given: Any) -> Selection:
    from reportedly.record.exports.selection import Selection
    from reportedly.record.queries import filters

    return Selection(filters.read(**given, background=True), confirmed)


def _tell(written: Mapping[str, Written]) -> None:
    """How many rows, and what was left out and why, on standard error."""
    for name, result in written.items():
        left = ", ".join(f"{number:,} {reason}" for reason, number in sorted(result.left_out.items()))
        complaints.print(f"{name}: {result.rows:,} rows{f'; left out: {left}' if left else ''}")
