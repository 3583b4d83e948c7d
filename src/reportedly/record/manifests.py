"""The manifest of a release: what it holds, and whether its files are still as they were released.

It needs no record, so that a release that somebody was given can be verified.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from reportedly.errors import RecordError
from reportedly.record.exports import files

MANIFEST = "manifest.json"


class FileEntry(Struct, kw_only=True):
    """A file of a release: bytes, SHA-256, rows, and events left out of it by reason. `rows` is None for files that
    are no export."""

    bytes: int
    sha256: str
    format: str | None = None
    rows: int | None = None
    left_out: dict[str, int] = field(default_factory=dict)


class Manifest(Struct, kw_only=True):
    """What a release is: when it was made, from what, with what, and which files it has.

    `selection` holds the filters, empty for everything; `counts` what the release has of events, `record` what the
    tables of the whole record held. `names` is true if whoever decided is named in the files, as in all releases whose
    manifest does not say.
    """

    name: str
    made: str
    previous: str | None
    versions: dict[str, Any]
    selection: dict[str, Any]
    counts: dict[str, int]
    record: dict[str, int]
    changes: dict[str, int]
    files: dict[str, FileEntry]
    names: bool = True


def entry(path: Path) -> FileEntry:
    """The size and hash of a file.

    Raises:
        RecordError: it cannot be read.
    """
    with files.told(path), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return FileEntry(bytes=path.stat().st_size, sha256=digest)


def read(place: Path) -> Manifest:
    """The manifest of a release's folder.

    Raises:
        RecordError: there is none, or it is none of ours.
    """
    path = place / MANIFEST
    with files.told(path):
        content = path.read_bytes()
    try:
        return msgspec.json.decode(content, type=Manifest)
    except msgspec.DecodeError as error:
        raise RecordError(f"{path}: {error}") from None


def verify(place: Path) -> list[str]:
    """What is not as the manifest has it, one line a file; nothing if all is well.

    Raises:
        RecordError: there is no manifest.
    """
    manifest = read(place)
    wrong = []
    for name, known in manifest.files.items():
        path = place / name
        if not path.is_file():
            wrong.append(f"{name}: missing")
        elif entry(path).sha256 != known.sha256:
            wrong.append(f"{name}: not as it was released (SHA-256)")
    own = {*manifest.files, MANIFEST}
    wrong += [f"{path.name}: not part of the release" for path in sorted(place.iterdir()) if path.name not in own]
    return wrong
