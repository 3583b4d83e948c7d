"""Running a format over the record: into a file, a folder or a stream, from one state of the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reportedly.errors import RecordError
from reportedly.record import setup
from reportedly.record.exports import files
from reportedly.record.exports.formats import Format, Source, Written

#: A transaction's view of the record is fixed by the first thing that it reads.
FIRST_READ = "SELECT count(*) FROM django_migrations"


def to_stream(form: Format, source: Source, out: BinaryIO) -> dict[str, Written]:
    """Write a format of one file to a stream.

    Raises:
        RecordError: it has several files.
    """
    if len(form.files) > 1:
        names = " and ".join(file.name for file in form.files)
        raise RecordError(f"{form.name}: writes {names}; give a folder with -o")
    (file,) = form.files
    with snapshot():
        return {file.name: file.write(source, out)}


def to_path(form: Format, source: Source, path: Path) -> dict[str, Written]:
    """Write a format to a file; one of several files to a folder, which is made if need be.

    Raises:
        RecordError: it cannot be written, or the record cannot be read.
    """
    with snapshot():
        if len(form.files) > 1:
            return to_folder(form, source, path)
        (file,) = form.files
        target = path / file.name if path.is_dir() else path
        with files.replacing(target) as out:
            return {file.name: file.write(source, out)}


def to_folder(form: Format, source: Source, folder: Path) -> dict[str, Written]:
    """Write all files of a format to a folder, each under its own name.

    Raises:
        RecordError: as of `to_path`.
    """
    with files.told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for file in form.files:
        with files.replacing(folder / file.name) as out:
            written[file.name] = file.write(source, out)
    return written


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of the record for all that is read inside, whatever others add meanwhile.

    SQLite's own transactions here take the write lock (`configuration`), for which a long export must not stand in
    the way of `add`; a plain one only keeps its view of the file.
    """
    from django.db import connection, transaction

    with setup.told():
        if connection.in_atomic_block:
            yield
        elif connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute(FIRST_READ)
            try:
                yield
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("ROLLBACK")
        else:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    cursor.execute(FIRST_READ)
                yield
