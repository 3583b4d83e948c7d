"""What the record is as of: without a change in it, no page of the record changes."""

from __future__ import annotations

from typing import Any

from django.db import connection

from reportedly.record.models import Address, Coding, Decision, OutletSetting, Release, Response

_LAST = f"""
SELECT (SELECT MAX(id) FROM {Coding._meta.db_table}),
       (SELECT MAX(id) FROM {Decision._meta.db_table}),
       (SELECT MAX(id) FROM {Address._meta.db_table}),
       (SELECT MAX(id) FROM {Release._meta.db_table}),
       (SELECT COUNT(*) FROM {Response._meta.db_table} WHERE state <> 'waiting'),
       (SELECT MAX(moderated) FROM {Response._meta.db_table} WHERE state <> 'waiting'),
       (SELECT MAX(changed) FROM {OutletSetting._meta.db_table})
"""


def state() -> tuple[Any, ...]:
    """The last coding, decision, address and release, the responses that were moderated, and when it was last changed what
    an outlet allows. Whoever changes the record does so one after the other (`setup.lock`), so that a number that is
    higher comes later. One query, of look-ups of indexes and of tables that people fill by hand."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        return tuple(cursor.fetchone())
