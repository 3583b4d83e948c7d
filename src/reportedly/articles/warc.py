"""WARC files (ISO 28500): the pages of a web archive."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from fastwarc import ArchiveIterator, WarcRecordType

from reportedly.articles.archive import Fetched
from reportedly.errors import ReadError

TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def pages(source: str, path: Path, limit: int) -> Iterator[Fetched | ReadError]:
    """The HTML and text responses of a WARC file; a broken record is yielded as an error, the rest go on.

    Args:
        limit: the greatest size of one page in bytes.
    """
    number = 0
    with path.open("rb") as stream:
        records = iter(ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True))
        while True:
            number += 1
            try:
                record = next(records)
                page = _page(record, limit)
            except StopIteration:
                break
            except (OSError, ValueError, RuntimeError, UnicodeError, EOFError) as error:
                yield ReadError(source, f"record {number} is broken ({error or type(error).__name__})")
                if not _goes_on(error):
                    return
                continue
            if page is not None:
                yield page
    if number == 1:
        yield ReadError(source, "no page in this WARC file")


def _goes_on(error: BaseException) -> bool:
    """A bad record can be stepped over; a stream that broke off cannot."""
    return isinstance(error, ValueError | UnicodeError)


def _page(record: object, limit: int) -> Fetched | None:
    headers, http = record.headers, record.http_headers  # type: ignore[attr-defined]
    if http is None or http.status_code != 200:
        return None
    kind = http.get("Content-Type") or ""
    if kind.split(";")[0].strip().lower() not in TYPES:
        return None
    body = io.BytesIO(record.reader.read(limit + 1)).getvalue()  # type: ignore[attr-defined]
    if len(body) > limit:
        raise ValueError(f"larger than {limit:,} bytes")
    return Fetched(headers.get("WARC-Target-URI", "").strip("<>"), body, headers.get("WARC-Date", ""), kind)
