"""Raw bytes as they were fetched, kept in a content-addressed folder.

The bytes of SHA-256 `ab12…` lie at `ab/ab12…`; beside them `ab12….json` lists where and when (UTC)
they were fetched, one entry a fetch. Nothing is ever overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Fetched:
    """Raw bytes with where they came from and when; `digest` is None until they are archived."""

    source: str
    raw: bytes
    time: str
    content_type: str | None = None
    digest: str | None = None


def now() -> str:
    """The UTC time as an ISO date-time to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """A content-addressed folder of raw pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes of a SHA-256 lie."""
        return self.folder / digest[:2] / digest

    def keep(self, fetched: Fetched) -> str:
        """Store the bytes and note the fetch; returns the SHA-256 in hex."""
        digest = hashlib.sha256(fetched.raw).hexdigest()
        path = self.path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write(path, fetched.raw)
        note = path.with_suffix(".json")
        entries = json.loads(note.read_text()) if note.exists() else []
        entries.append({"source": fetched.source, "fetched": fetched.time, "type": fetched.content_type})
        _write(note, (json.dumps(entries, ensure_ascii=False, indent=1) + "\n").encode())
        return digest


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: a stop half-way leaves no broken file under the name."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)
