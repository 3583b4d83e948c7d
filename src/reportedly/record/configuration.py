"""Django's settings of the record alone: one database, by `DATABASE_URL`, and no web server.

The name of this module is the default of DJANGO_SETTINGS_MODULE (`record.setup`). SQLite is opened in WAL, so that
readers do not wait for a writer; its transactions take the write lock at once (`IMMEDIATE`), so that two writers
wait for each other instead of failing half-way.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url

#: Where the record is if DATABASE_URL does not say: a file in the working folder.
DEFAULT_DATABASE = "sqlite:///reportedly.db"
#: Seconds that a writer waits for another one.
WAIT = 60

SQLITE_OPTIONS = {
    "timeout": WAIT,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
}


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry of a database URL."""
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        parsed["OPTIONS"] = {**parsed.get("OPTIONS", {}), **SQLITE_OPTIONS}
        parsed["NAME"] = parsed["NAME"] and str(Path(parsed["NAME"]).absolute())  # the working folder may change
    return parsed


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or DEFAULT_DATABASE)}
INSTALLED_APPS = ["reportedly.record"]
USE_TZ = True
TIME_ZONE = "UTC"
SECRET_KEY = "the record alone signs nothing"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
