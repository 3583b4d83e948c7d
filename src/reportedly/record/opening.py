"""Opening a record to ask it something: one that is there. Asking does not make one."""

from __future__ import annotations

from pathlib import Path

from reportedly.errors import RecordError
from reportedly.record import setup

BEGIN = "begin one with: reportedly add SOURCE…"


def existing(url: str | None = None) -> None:
    """Connect to the record and bring its tables up to date.

    Args:
        url: the database; None is `DATABASE_URL`, else SQLite in the working folder.

    Raises:
        RecordError: there is no record yet, or it cannot be used.
    """
    setup.open_record(url, migrate=False)
    from django.db import connection

    if connection.vendor == "sqlite" and not Path(setup.name()).is_file():
        raise RecordError(f"{setup.name()}: no record there yet; {BEGIN}")
    with setup.told():
        made = "record_article" in connection.introspection.table_names()
    if not made:
        raise RecordError(f"{setup.name()}: no record in it yet; {BEGIN}")
    setup.open_record(url)
