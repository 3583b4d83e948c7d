"""A file of an export as a stream: written by a thread, sent as it grows, never held as a whole.

The writer waits while the reader is slow, and stops when the reader has gone.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from queue import Empty, Full, Queue
from typing import Any

from django.db import connection

from reportedly.record.exports import writing
from reportedly.record.exports.formats import File, Source

#: Bytes that are sent at a time, how many such pieces may wait, and seconds between looks at whether anybody reads.
PIECE, WAITING, LOOK = 1 << 16, 16, 1.0


class Gone(Exception):
    """Nobody reads any more."""


class _Pipe(io.RawIOBase):
    """What a format writes to: pieces go into a queue."""

    def __init__(self) -> None:
        self.pieces: Queue[Any] = Queue(WAITING)
        self.left = threading.Event()
        self.held, self.sent = bytearray(), 0

    def writable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Bytes that were written."""
        return self.sent + len(self.held)

    def write(self, data: Any) -> int:
        """Take some bytes."""
        self.held += data
        if len(self.held) >= PIECE:
            self.send()
        return len(data)

    def send(self) -> None:
        """Hand over what is held."""
        if self.held:
            self.sent += len(self.held)
            self.put(bytes(self.held))
            self.held.clear()

    def put(self, piece: Any) -> None:
        """Wait for a place in the queue.

        Raises:
            Gone: nobody reads any more.
        """
        while not self.left.is_set():
            try:
                self.pieces.put(piece, timeout=LOOK)
                return
            except Full:
                continue
        raise Gone


def pieces(file: File, source: Source) -> Iterator[bytes]:
    """The bytes of a file, from one state of the record.

    Raises:
        Exception: whatever stopped the writer; what was sent is then not the whole file.
    """
    pipe = _Pipe()
    thread = threading.Thread(target=_write, args=(file, source, pipe), daemon=True)
    thread.start()
    try:
        while True:
            piece = pipe.pieces.get()
            if isinstance(piece, bytes):
                yield piece
            elif piece is None:
                return
            else:
                raise piece
    finally:
        pipe.left.set()
        _empty(pipe.pieces)
        thread.join()


def _empty(pieces: Queue[Any]) -> None:
    try:
        while True:
            pieces.get_nowait()
    except Empty:
        return


def _write(file: File, source: Source, pipe: _Pipe) -> None:
    try:
        with writing.snapshot():
            file.write(source, pipe)  # type: ignore[arg-type]
        pipe.send()
        pipe.put(None)
    except Gone:
        return
    except BaseException as error:  # noqa: BLE001 - it is raised again where the stream is read
        _fail(pipe, error)
    finally:
        connection.close()  # this thread's own


def _fail(pipe: _Pipe, error: BaseException) -> None:
    try:
        pipe.put(error)
    except Gone:
        return
