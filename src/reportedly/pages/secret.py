"""The key that signs sessions and forms, made once on a machine that was given none."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "secret-key"


def kept(folder: Path) -> str:
    """The key of a data folder; made at first use, readable by its owner only."""
    path = folder / NAME
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8")
