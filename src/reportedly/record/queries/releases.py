"""Releases: frozen exports as their manifests tell of them, and their files where these are still at hand.

Those made with the names of the staff are for the team's own use and not among them. Of those that were made before
a manifest said so, the files are not handed out, since they have names.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from reportedly.errors import QueryError
from reportedly.record import changes, exports, manifests
from reportedly.record.manifests import MANIFEST, FileEntry, Manifest
from reportedly.record.models import Release

#: The file that every release has, whose hash stands for its content.
EVENTS = "events.jsonl"


class ReleaseLine(Struct, frozen=True, kw_only=True):
    """A release in a list. `made` is UTC; `sha256` that of its events; `selection` holds its filters."""

    name: str
    made: datetime.datetime
    previous: str | None
    counts: dict[str, int]
    changes: dict[str, int]
    selection: dict[str, Any]
    sha256: str


class ReleaseFile(Struct, frozen=True, kw_only=True):
    """A file of a release: its format and what that is in words, rows, bytes, hash, and the events left out of it by
    reason. `kept` is true if it is at hand to be downloaded."""

    name: str
    format: str | None
    about: str
    rows: int | None
    bytes: int
    sha256: str
    left_out: dict[str, int]
    kept: bool


class ReleasePage(Struct, frozen=True, kw_only=True):
    """One release: versions of what made it, rows of the whole record then, its files, and the release after it."""

    line: ReleaseLine
    versions: dict[str, Any]
    record: dict[str, int]
    files: tuple[ReleaseFile, ...]
    following: str | None
    manifest_kept: bool


def listed(limit: int, offset: int = 0) -> list[ReleaseLine]:
    """The releases for everybody, the latest first."""
    return [_line(row, _manifest(row)) for row in Release.public().order_by("-made", "-pk")[offset : offset + limit]]


def page(name: str) -> ReleasePage:
    """One release by its name.

    Raises:
        QueryError: there is none of this name for everybody.
    """
    row = _row(name)
    manifest = _manifest(row)
    after = Release.public().filter(manifest__previous=name).order_by("made", "pk").first()
    return ReleasePage(
        line=_line(row, manifest),
        versions=manifest.versions,
        record=dict(sorted(manifest.record.items())),
        files=tuple(_files(row, manifest)),
        following=after.name if after else None,
        manifest_kept=not manifest.names and _is_file(Path(row.folder) / MANIFEST),
    )


def file(name: str, wanted: str) -> tuple[Path, str]:
    """A file of a release as it was released, and its SHA-256; the manifest too.

    Raises:
        QueryError: there is none, it is not for everybody, not at hand, or no longer as it was released.
    """
    row = _row(name)
    manifest, path = _manifest(row), Path(row.folder) / wanted
    entry = manifest.files.get(wanted)
    offered = wanted == MANIFEST or (entry is not None and entry.format not in exports.PRIVATE)
    if manifest.names or not offered or Path(wanted).name != wanted or not _is_file(path):
        raise QueryError(f"{name}/{wanted}: no such file to be had")
    found = path.stat()
    digest = _hash(path, found.st_mtime_ns, found.st_size)
    if entry is not None and digest != entry.sha256:
        raise QueryError(f"{name}/{wanted}: not as it was released (SHA-256)")
    return path, digest


@lru_cache(maxsize=256)
def _hash(path: Path, modified: int, size: int) -> str:
    """A file's hash, worked out once as long as it is not written to."""
    return manifests.entry(path).sha256


def _row(name: str) -> Release:
    row = Release.public().filter(name=name).first()
    if row is None:
        raise QueryError(f"{name}: no such release")
    return row


def _manifest(row: Release) -> Manifest:
    return msgspec.convert(row.manifest, Manifest)


def _line(row: Release, manifest: Manifest) -> ReleaseLine:
    return ReleaseLine(
        name=row.name,
        made=datetime.datetime.fromisoformat(manifest.made),
        previous=manifest.previous,
        counts=manifest.counts,
        changes={kind: manifest.changes.get(kind, 0) for kind in changes.KINDS},
        selection=manifest.selection,
        sha256=manifest.files[EVENTS].sha256,
    )


def _files(row: Release, manifest: Manifest) -> Iterator[ReleaseFile]:
    for name, entry in sorted(manifest.files.items()):
        kept = not manifest.names and entry.format not in exports.PRIVATE and _is_file(Path(row.folder) / name)
        yield ReleaseFile(
            name=name,
            format=entry.format,
            about=_about(entry),
            rows=entry.rows,
            bytes=entry.bytes,
            sha256=entry.sha256,
            left_out=entry.left_out,
            kept=kept,
        )


def _about(entry: FileEntry) -> str:
    """What a file is; a format that is no longer installed is called by its name."""
    if entry.format is None:
        return "what changed since the release before, and why"
    return exports.named(entry.format).about if entry.format in exports.names() else entry.format


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the folder is not for this program to read
        return False
