"""Coding many articles on this machine's processes, in order, so that a stop loses nothing.

Coded articles go to OUTPUT, one a line, in the order of the input; those that fail go to
OUTPUT.failed.jsonl with the reason. What is in the two files is what is done: a second run of the
same command goes on behind it. A line that a kill cut short is dropped first.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from reportedly.articles import jsonlines
from reportedly.engines import worker
from reportedly.engines.worker import Done, Row
from reportedly.errors import InputError, ReadError
from reportedly.settings import Settings

Report = Callable[[Done], None]
Batch = list[Row | Done]


def failures(output: Path) -> Path:
    """Where the articles of an output that failed are written."""
    return output.with_name(output.name + ".failed.jsonl")


def rows(inputs: Iterable[Path]) -> Iterator[Row | Done]:
    """Every line of the inputs; one that is no JSON object is already done: it failed."""
    for path in inputs:
        for number, row in jsonlines.rows(path):
            where = f"{path}:{number}"
            yield Done(where, None, reason=row.reason) if isinstance(row, ReadError) else Row(where, row)


def code(
    inputs: list[Path], output: Path, settings: Settings, report: Report, before: int | None = None
) -> tuple[int, int]:
    """Code all articles of the inputs that are not done yet.

    Args:
        report: called once for each article that is done now.
        before: what `done_before` says, if the caller has asked it.

    Returns:
        How many of all are coded, and how many have failed.

    Raises:
        InputError: OUTPUT holds articles that are not those of the inputs.
    """
    if before is None:
        before = done_before(inputs, output)
    with output.open("ab") as good, failures(output).open("ab") as bad:
        for done in in_order(islice(rows(inputs), before, None), settings):
            _write(done, good, bad)
            report(done)
    if not failures(output).stat().st_size:
        failures(output).unlink()
    return _lines(output), _lines(failures(output))


def _write(done: Done, good: BinaryIO, bad: BinaryIO) -> None:
    if done.line is not None:
        good.write(done.line + b"\n")
        good.flush()
        return
    entry = {"id": done.id, "where": done.where, "reason": done.reason}
    bad.write(json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    bad.flush()


def done_before(inputs: list[Path], output: Path) -> int:
    """How many articles an earlier run has done, after a check that they are those of the inputs.

    Raises:
        InputError: they are not.
    """
    for path in (output, failures(output)):
        _drop_cut_line(path)
    coded, failed = _lines(output), {entry["where"] for entry in _read(failures(output))}
    number, same = coded + _lines(failures(output)), 0
    wanted = (row for row in islice(rows(inputs), number) if row.where not in failed)
    for line, row in zip(_read(output), wanted, strict=False):  # in this order none of `wanted` is lost at the end
        if isinstance(row, Done) or row.content.get("text") != line.get("text"):
            raise InputError(f"{output}: holds other articles than {row.where}; name another output, or remove it")
        same += 1
    if same != coded or next(wanted, None) is not None:
        raise InputError(f"{output}: holds more articles than the input; name another output, or remove it")
    return number


def _drop_cut_line(path: Path) -> None:
    """Remove a last line that was not written whole."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        content_end = file.seek(0, os.SEEK_END)
        position = content_end
        while position > 0:
            position = max(0, position - 65536)
            file.seek(position)
            newline = file.read(min(65536, content_end - position)).rfind(b"\n")
            if newline >= 0:
                file.truncate(position + newline + 1)
                return
        file.truncate(0)


def _read(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", errors="surrogatepass") as lines:
            yield from map(json.loads, lines)


def _lines(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def count(inputs: Iterable[Path]) -> int:
    """How many articles the inputs hold, for the progress bar."""
    return sum(1 for _ in rows(inputs))


def in_order(waiting: Iterator[Row | Done], settings: Settings) -> Iterator[Done]:
    """The fates of all rows in their order; a few batches a worker are under way at any time."""
    number = settings.workers or os.cpu_count() or 1
    batches = iter(lambda: list(islice(waiting, settings.batch_size)), [])
    first = next(batches, None)
    if first is None:
        return
    pool = _Pool(number, settings)
    try:
        under_way = deque([pool.submit(first)])
        for batch in batches:
            under_way.append(pool.submit(batch))
            if len(under_way) > 2 * number:
                yield from pool.result(*under_way.popleft())
        while under_way:
            yield from pool.result(*under_way.popleft())
    finally:
        pool.close()


class _Pool:
    """Worker processes that are started anew if one of them dies (killed for its memory, say)."""

    def __init__(self, number: int, settings: Settings) -> None:
        self.number, self.settings = number, settings
        # One thread a process: the workers share the cores, and results do not depend on their number.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self.pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.number, context, worker.start, (self.settings,))

    def submit(self, batch: Batch) -> tuple[Batch, Future[list[Done]]]:
        """Hand a batch to a worker."""
        rows_ = [row for row in batch if isinstance(row, Row)]
        try:
            return batch, self.pool.submit(worker.code, rows_)
        except BrokenProcessPool:
            self.pool = self._start()
            return batch, self.pool.submit(worker.code, rows_)

    def result(self, batch: Batch, future: Future[list[Done]]) -> Iterator[Done]:
        """The fates of a batch, in its order."""
        try:
            coded = iter(future.result())
        except BrokenProcessPool:
            coded = self._again([row for row in batch if isinstance(row, Row)])
        for row in batch:
            yield row if isinstance(row, Done) else next(coded)

    def _again(self, rows_: list[Row]) -> Iterator[Done]:
        """One by one after a worker's death, so that only the article that kills it fails."""
        for row in rows_:
            try:
                yield self.submit([row])[1].result()[0]
            except BrokenProcessPool:
                yield Done(row.where, None, reason="the process that coded it died (out of memory?)")

    def close(self) -> None:
        """Stop the workers without waiting for what they have not begun."""
        self.pool.shutdown(wait=False, cancel_futures=True)
