"""Opening the record: Django is told which database, and the tables are made or brought up to date.

Nothing happens on import. `open_record()` is what every command of the record calls first; whatever is wrong with
the database is one line that names it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reportedly.errors import RecordError

CONFIGURATION = "reportedly.record.configuration"
ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
#: The number of PostgreSQL's advisory lock that whoever changes the record holds ("repo" in ASCII).
LOCK = 0x7265706F


def open_record(url: str | None = None, *, migrate: bool = True) -> None:
    """Connect to the record, and make its tables or bring them up to date.

    Args:
        url: the database; None is `DATABASE_URL`, else SQLite in the working folder.
        migrate: false leaves the tables as they are.

    Raises:
        RecordError: the URL, the driver, the server or the file cannot be used, or a newer version made the tables.
    """
    wanted = url or os.environ.get("DATABASE_URL") or None
    _connect(wanted)
    with told():
        _check_driver()
        if migrate:
            _migrate()


def configure() -> None:
    """Set Django up, once a process: after this the models can be imported. Nothing is opened."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", CONFIGURATION)
    if not apps.ready:
        django.setup()


def _connect(url: str | None) -> None:
    """Lead Django's connection to a database."""
    entry = _entry(url)
    configure()
    from django.db import connections

    configured = connections.configure_settings({"default": entry})
    if connections.settings["default"] != configured["default"]:
        close()
        connections.settings = configured


def _entry(url: str | None) -> dict[str, Any]:
    try:
        from reportedly.record import configuration  # reads DATABASE_URL

        found = configuration.database(url or configuration.DEFAULT_DATABASE)
    except ValueError as error:
        raise RecordError(f"DATABASE_URL: {error}".splitlines()[0]) from None
    if found["ENGINE"] not in ENGINES or not found.get("NAME"):
        raise RecordError(f"DATABASE_URL: {_shown(url or '')} is neither sqlite:///FILE nor postgres://HOST/DATABASE")
    return found


def close() -> None:
    """Close the connection to the record; the next query opens it again."""
    from django.db import connections

    connections.close_all()
    with suppress(AttributeError):  # nothing was asked of it yet
        del connections["default"]


def name() -> str:
    """The record's database as people may see it: a file, or server and database without the password."""
    from django.db import connection

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        path, here = Path(settings["NAME"]), Path.cwd()
        return str(path.relative_to(here) if path.is_relative_to(here) else path)
    host = f"{settings['HOST'] or 'localhost'}{':' if settings['PORT'] else ''}{settings['PORT']}"
    return f"{connection.vendor}://{host}/{settings['NAME']}"


def _shown(url: str) -> str:
    """An address without its password."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@") if parts.password else url


@contextmanager
def told() -> Iterator[None]:
    """Errors of the database as one line that names it.

    Raises:
        RecordError: instead of Django's.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    try:
        yield
    except ImproperlyConfigured as error:
        raise RecordError(_reason(error)) from None
    except Error as error:
        raise RecordError(f"{name()}: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _check_driver() -> None:
    from django.db import connections

    try:
        _ = connections["default"].vendor
    except Exception as error:
        if "psycopg" not in str(error):
            raise
        raise RecordError("DATABASE_URL: PostgreSQL needs psycopg: pip install 'reportedly[postgres]'") from None


def _migrate() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    _check_age(executor)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with _alone():
        executor = MigrationExecutor(connection)  # another process may just have done it
        executor.migrate(executor.loader.graph.leaf_nodes())


def _check_age(executor: Any) -> None:
    known = set(executor.loader.disk_migrations)
    newer = sorted(key for key in executor.loader.applied_migrations if key[0] == "record" and key not in known)
    if newer:
        raise RecordError(f"{name()}: made by a newer version of reportedly ({newer[-1][1]}); upgrade the program")


@contextmanager
def _alone() -> Iterator[None]:
    """Only one process at a time changes the tables."""
    from django.db import connection, transaction

    sqlite = connection.vendor == "sqlite"
    # SQLite's schema editor asks for foreign keys to be off before the transaction begins.
    checks: AbstractContextManager[Any] = connection.constraint_checks_disabled() if sqlite else nullcontext()
    with checks, transaction.atomic():
        lock()
        yield


def lock() -> None:
    """Wait, inside a transaction, until nobody else changes the record; it ends with the transaction.

    SQLite's transactions do so by themselves (`IMMEDIATE`, see `configuration`).
    """
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
