"""Releases: exports frozen under a name, with a manifest and what changed since the last one.

A release is made in a folder beside its place and moved there when it is whole; stopped half-way, it is not there.
What a release holds is never altered: a name is taken once, and `verify` compares every file with its hash.
"""

from __future__ import annotations

import datetime
import fcntl
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count

from reportedly import __version__, lexicons
from reportedly.errors import RecordError
from reportedly.record import changes, exports, manifests, opening, setup
from reportedly.record.exports import files, jsonl, writing
from reportedly.record.exports.formats import Format
from reportedly.record.exports.selection import Selection
from reportedly.record.exports.source import Record
from reportedly.record.manifests import MANIFEST, FileEntry, Manifest
from reportedly.record.models import Actor, Article, Coding, Decision, Event, Place, Release, Statement
from reportedly.record.models import Source as SourceRow

#: The file by which two releases are compared; it is in every one.
EVENTS = jsonl.FORMAT.files[0].name
FORMATS = ("polecat", "ucdp", "acled", "geojson", "parquet", "jsonl", "jsonld")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
UNFINISHED = ".unfinished"


def make(
    name: str,
    folder: Path,
    *,
    formats: Sequence[str] = FORMATS,
    selection: Selection | None = None,
    names: bool = False,
) -> tuple[Path, Manifest]:
    """Freeze exports under a name.

    Args:
        name: letters, digits, dots, dashes and underscores.
        folder: where releases are; made if need be.
        formats: names of export formats; JSON Lines are written in any case.
        selection: filters; None is everything.
        names: say who decided, for a team's own use; without it, "a person" did.

    Returns:
        The folder of the release, and its manifest.

    Raises:
        RecordError: the name is taken or none, another release is being made, or a file cannot be written.
        ComponentError: a format is not installed.
    """
    if not NAME.fullmatch(name):
        raise RecordError(f"{name}: a release is named by letters, digits, dots, dashes and underscores")
    wanted = [exports.named(form) for form in dict.fromkeys([*formats, jsonl.FORMAT.name])]
    with _alone(folder):
        _adopt(folder)
        place = folder / name
        if place.exists() or Release.objects.filter(name=name).exists():
            raise RecordError(f"{name}: there is a release of that name; its files stay as they are")
        unfinished = folder / f".{name}{UNFINISHED}"
        try:
            manifest = _fill(unfinished, name, wanted, selection or Selection(), names)
            with files.told(place):
                unfinished.rename(place)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        _keep(place, manifest)
    return place, manifest


def _fill(place: Path, name: str, wanted: Sequence[Format], selection: Selection, names: bool) -> Manifest:
    """Write everything of a release to a folder of its own."""
    with files.told(place):
        place.mkdir(parents=True)
    previous = _comparable(names)
    made = datetime.datetime.now(datetime.UTC).isoformat()
    with writing.snapshot():
        narrow = None if selection.everything else selection.narrow
        entries = _exported(place, wanted, Record(narrow, names=names))
        before = Path(previous.folder) / EVENTS if previous else None
        since = previous.manifest["made"] if previous else None
        changed = changes.write(before, place / EVENTS, place, since, names=names)
        versions, tables = _versions(), _tables()
    entries |= {file: manifests.entry(place / file) for file in changes.FILES}
    manifest = Manifest(
        name=name,
        made=made,
        previous=previous.name if previous else None,
        versions=versions,
        selection=selection.told(),
        counts=changes.counts(place / EVENTS),
        record=tables,
        changes=changed,
        files=dict(sorted(entries.items())),
        names=names,
    )
    with files.replacing(place / MANIFEST) as out:
        out.write(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
    return manifest


def _exported(place: Path, wanted: Sequence[Format], source: Record) -> dict[str, FileEntry]:
    """Write the formats, and say what was written.

    Raises:
        RecordError: two formats write a file of one name.
    """
    entries: dict[str, FileEntry] = {}
    for form in wanted:
        taken = [file.name for file in form.files if file.name in {*entries, MANIFEST, *changes.FILES}]
        if taken:
            raise RecordError(f"{form.name}: {taken[0]} is a file of another format")
        for file, written in writing.to_folder(form, source, place).items():
            entries[file] = manifests.entry(place / file)
            entries[file].format, entries[file].rows = form.name, written.rows
            entries[file].left_out = dict(sorted(written.left_out.items()))
    return entries


def _versions() -> dict[str, Any]:
    """What made the release and what coded its articles: program, language model, lexicons, and the tables' last
    migration."""
    from django.db import connection

    coders = (
        Coding.objects.filter(pk__in=Article.objects.exclude(coding=None).values("coding"))
        .values_list("program", "model", "lexicons")
        .distinct()
    )
    applied = [name for app, name in MigrationRecorder(connection).applied_migrations() if app == "record"]
    return {
        "program": f"reportedly {__version__}",
        "lexicons": lexicons.version(),
        "schema": max(applied, default=None),
        "coders": [{"program": program, "model": model, "lexicons": words} for program, model, words in sorted(coders)],
    }


def _tables() -> dict[str, int]:
    """How many rows the tables of the whole record have; of statements and events those that count now."""
    current = Statement.objects.filter(current=True).values_list("layer").annotate(n=Count("pk")).order_by("layer")
    return {
        "articles": Article.objects.count(),
        "decisions": Decision.objects.count(),
        "sources": SourceRow.objects.count(),
        "places": Place.objects.count(),
        "actors": Actor.objects.count(),
        "events": Event.objects.filter(merged_into=None, articles__gt=0).count(),
        **{f"statements: {layer}": number for layer, number in current},
    }


def _comparable(names: bool) -> Release | None:
    """The release made last whose events are still there, to be compared with; one for everybody is not compared with
    the team's own.

    Raises:
        RecordError: they are not as they were released, so that what changed cannot be told.
    """
    for row in (Release.objects.all() if names else Release.public()).order_by("-pk"):
        path = Path(row.folder) / EVENTS
        if path.is_file():
            if manifests.entry(path).sha256 != row.manifest["files"][EVENTS]["sha256"]:
                raise RecordError(f"{path}: not as it was released, so that what changed since cannot be told")
            return row
    return None


def _keep(place: Path, manifest: Manifest) -> None:
    with setup.told():
        Release.objects.create(name=manifest.name, folder=str(place.resolve()), manifest=msgspec.to_builtins(manifest))


def _adopt(folder: Path) -> None:
    """Take in a release that was moved to its place just before the program was stopped."""
    for path in sorted(folder.glob(f"*/{MANIFEST}")):
        with suppress(RecordError):  # the manifest of something else
            found = manifests.read(path.parent)
            if path.parent.name == found.name and not Release.objects.filter(name=found.name).exists():
                _keep(path.parent, found)


def place_of(name: str, folder: Path) -> Path:
    """Where the release of that name is: in the folder, else where the record knows it to be.

    Raises:
        RecordError: it is in neither.
    """
    if not (folder / name / MANIFEST).is_file():
        opening.existing()
        row = Release.objects.filter(name=name).first()
        if row is None or not (Path(row.folder) / MANIFEST).is_file():
            raise RecordError(f"{name}: no such release in {folder}")
        return Path(row.folder)
    return folder / name


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Only one release is made in a folder at a time; what a stopped one left is cleared away."""
    with files.told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("wb")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RecordError(f"{folder}: another release is being made") from None
        for left in folder.glob(f".*{UNFINISHED}"):
            shutil.rmtree(left, ignore_errors=True)
        yield
