"""Adding what staff gave, one job after the other, beside the server and not in it.

A job is an address or an uploaded file. Whoever works on it gives signs of life (`Job.beat`); one whose worker died is
taken up again, which adds nothing twice. What a job says of a file names it as its owner did, never where it lies.
"""

from __future__ import annotations

import datetime
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from reportedly import settings as settings_module
from reportedly.articles.archive import Archive
from reportedly.articles.reader import Reader
from reportedly.errors import InputError, ReportedlyError
from reportedly.record import adding, incoming, setup
from reportedly.record.models import Job
from reportedly.settings import Settings

#: The files that are taken: pages, texts, articles one a line. They are read, never run or served.
SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".jsonl")
#: Without a sign of life for so long, a job's worker is dead.
DEAD = datetime.timedelta(seconds=120)
BEAT = 15.0
#: Seconds between two looks at whether a job waits.
PAUSE = 2.0
#: How often a job is taken up that kills its worker, and how many complaints are kept of one.
TRIES, COMPLAINTS = 3, 200


def uploads(settings: Settings) -> Path:
    """Where uploaded files wait until they are added."""
    return settings_module.data_folder(settings) / "uploads"


def give(source: str, user: str) -> Job:
    """A job of an address."""
    return Job.objects.create(source=source, user=user)


def give_file(name: str, chunks: Iterable[bytes], user: str, settings: Settings) -> Job:
    """A job of a file, which is kept under a name of ours, readable by its owner only.

    Raises:
        InputError: it is no page, text or JSON Lines, empty, or larger than `max_download`.
    """
    suffix = next((one for one in SUFFIXES if name.lower().endswith(one)), None)
    if suffix is None:
        raise InputError(f"{name}: not one of {', '.join(SUFFIXES)}")
    folder = uploads(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{secrets.token_hex(16)}{suffix}"
    try:
        _write(path, name, chunks, settings.max_download)
    except InputError:
        path.unlink(missing_ok=True)
        raise
    return Job.objects.create(source=name, path=str(path), user=user)


def _write(path: Path, name: str, chunks: Iterable[bytes], largest: int) -> None:
    size = 0
    with path.open("xb") as file:
        path.chmod(0o600)
        for chunk in chunks:
            size += len(chunk)
            if size > largest:
                raise InputError(f"{name}: larger than {largest:,} bytes")
            file.write(chunk)
    if not size:
        raise InputError(f"{name}: is empty")


def _free() -> Q:
    dead = Q(state="running") & Q(beat__lt=timezone.now() - DEAD)
    return Q(state="waiting") | dead


def waiting() -> bool:
    """True if a job waits for a worker, or its worker died."""
    return Job.objects.filter(_free()).exists()


def work(settings: Settings) -> int:
    """Do all jobs that wait, one after the other; how many they were."""
    done = 0
    while (job := _claim()) is not None:
        _do(job, settings)
        done += 1
    return done


def stay(settings: Settings, pause: float = PAUSE) -> None:
    """Do jobs as they come, for good; `pause` is in seconds.

    Raises:
        RecordError: the record cannot be reached; a service is then started anew.
    """
    while True:
        work(settings)
        time.sleep(pause)


def _claim() -> Job | None:
    """The oldest job that nobody works on, now ours; one that killed its workers is given up."""
    with setup.told(), transaction.atomic():
        setup.lock()
        Job.objects.filter(_free(), tries__gte=TRIES).update(
            state="failed", ended=timezone.now(), messages="given up: the program ended three times while adding it"
        )
        job = Job.objects.filter(_free()).order_by("pk").first()
        if job is not None:
            job.state, job.beat, job.tries = "running", timezone.now(), job.tries + 1
            job.new = job.known = job.revised = job.failed = 0
            job.messages = ""
            job.save()
    return job


def _do(job: Job, settings: Settings) -> None:
    over = threading.Event()
    beating = threading.Thread(target=_beat, args=(job.pk, over), daemon=True)
    beating.start()
    try:
        _add(job, settings)
        state = "failed" if _nothing(job) else "done"
    except ReportedlyError as error:
        _complain(job, str(error))
        state = "failed"
    finally:
        over.set()
        beating.join()
    Job.objects.filter(pk=job.pk).update(state=state, ended=timezone.now())
    if job.path:
        Path(job.path).unlink(missing_ok=True)


def _nothing(job: Job) -> bool:
    job.refresh_from_db()
    return job.new + job.known + job.revised == 0


def _beat(number: int, over: threading.Event) -> None:
    from django.db import connection

    while not over.wait(BEAT):
        Job.objects.filter(pk=number).update(beat=timezone.now())
    connection.close()


def _add(job: Job, settings: Settings) -> None:
    adder = adding.Adder(settings)
    for fate in adding.add_all(adder, _incoming(job, settings), settings):
        name = "failed" if isinstance(fate, ReportedlyError) else fate
        Job.objects.filter(pk=job.pk).update(**{name: F(name) + 1}, beat=timezone.now())
        if isinstance(fate, ReportedlyError):
            _complain(job, str(fate))


def _incoming(job: Job, settings: Settings) -> Iterator[incoming.Incoming]:
    folder = Path(settings.archive) if settings.archive else settings_module.data_folder(settings) / "archive"
    yield from incoming.read(Reader(settings, Archive(folder)), job.path or job.source)


def _complain(job: Job, message: str) -> None:
    told = message.replace(job.path, job.source) if job.path else message
    lines = [*filter(None, Job.objects.get(pk=job.pk).messages.split("\n")), told]
    Job.objects.filter(pk=job.pk).update(messages="\n".join(lines[:COMPLAINTS]))
