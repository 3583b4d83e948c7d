"""A process of its own that does the jobs of the staff, started when there are some.

It is `reportedly work` with the server's record; it ends when no job waits. If the server or the process is killed, the
jobs stay in the record, and the next look at their page starts another. Where `reportedly work --stay` runs beside the
site (`REPORTEDLY_SITE_WORKS=false`), nothing is started here.
"""

from __future__ import annotations

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection

from reportedly.record import jobs

_running: list[subprocess.Popen[bytes]] = []


def wake() -> None:
    """See to it that waiting jobs are worked on."""
    if not settings.REPORTEDLY.site_works:
        return
    _running[:] = [one for one in _running if one.poll() is None]
    if _running or not jobs.waiting():
        return
    _running.append(_start())


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "reportedly.cli", "work"],
        env=os.environ | _database(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _database() -> dict[str, str]:
    """A SQLite record may have been opened by another way than `DATABASE_URL`."""
    return {"DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"} if connection.vendor == "sqlite" else {}
