"""Any source becomes Articles: an address, a page, a text, a folder, a feed, a WARC file, `-`.

What cannot be read is yielded as an error among the articles, so that the rest go on.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reportedly.articles import decoding, feeds, html, jsonlines, language, text, warc
from reportedly.articles.archive import Archive, Fetched, now
from reportedly.articles.fetch import Fetcher
from reportedly.data import Article
from reportedly.errors import ReadError
from reportedly.settings import Settings

Result = Article | ReadError
#: The files of a folder that are read; others in it (pictures, scripts) are passed over.
SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".xml", ".rss", ".atom", ".warc", ".warc.gz", ".jsonl", ".jsonl.gz")


class Reader:
    """Reads sources; keeps the raw bytes in an archive if it is given one."""

    def __init__(self, settings: Settings, archive: Archive | None = None) -> None:
        self.settings = settings
        self.archive = archive
        self.fetcher = Fetcher(settings)

    def read(self, source: str) -> Iterator[Result]:
        """The articles of one source, in order, and an error for each that cannot be read."""
        try:
            if source.startswith(("http://", "https://")):
                yield from self._address(source)
            elif source == "-":
                yield from self._raw(Fetched("-", self._limited("-", sys.stdin.buffer.read()), now()), None)
            else:
                yield from self._path(source, Path(source))
        except ReadError as error:
            yield error
        except OSError as error:
            yield ReadError(source, error.strerror or type(error).__name__)

    def _address(self, url: str) -> Iterator[Result]:
        fetched = self.fetcher.fetch(url)
        yield from self._raw(fetched, fetched.source)

    def _path(self, source: str, path: Path) -> Iterator[Result]:
        if path.is_dir():
            yield from self._folder(source, path)
        elif not path.exists():
            raise ReadError(source, "no such file or folder")
        elif path.name.endswith((".warc", ".warc.gz")):
            yield from self._warc(source, path)
        elif path.name.endswith((".jsonl", ".jsonl.gz")):
            yield from jsonlines.articles(path)
        else:
            if path.stat().st_size > self.settings.max_download:
                raise ReadError(source, f"larger than {self.settings.max_download:,} bytes")
            yield from self._raw(Fetched(source, path.read_bytes(), now()), None)

    def _limited(self, source: str, raw: bytes) -> bytes:
        if len(raw) > self.settings.max_download:
            raise ReadError(source, f"larger than {self.settings.max_download:,} bytes")
        return raw

    def _folder(self, source: str, folder: Path) -> Iterator[Result]:
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name.lower().endswith(SUFFIXES))
        if not files:
            raise ReadError(source, "no page or text in this folder")
        for path in files:
            yield from self.read(str(path))

    def _warc(self, source: str, path: Path) -> Iterator[Result]:
        for page in warc.pages(source, path, self.settings.max_download):
            if isinstance(page, ReadError):
                yield page
                continue
            try:
                yield self._article(page, page.source or None)
            except ReadError as error:
                yield error

    def _raw(self, fetched: Fetched, url: str | None) -> Iterator[Result]:
        """Bytes of any form: a feed leads on to its reports, all else is one article."""
        decoded = decoding.decode(fetched.source, fetched.raw, fetched.content_type)
        if feeds.is_feed(decoded):
            for entry in feeds.entries(fetched.source, fetched.raw):
                yield from self._entry(entry)
        else:
            yield self._article(fetched, url, decoded)

    def _entry(self, entry: feeds.Entry) -> Iterator[Result]:
        for result in self.read(entry.link):
            if isinstance(result, Article):
                result.title = result.title or entry.title
                result.published = result.published or entry.published
            yield result

    def _article(self, fetched: Fetched, url: str | None, decoded: str | None = None) -> Article:
        content = decoded if decoded is not None else decoding.decode(fetched.source, fetched.raw, fetched.content_type)
        form = html if html.is_page(content) else text
        article: Article = form.article(fetched.source, content, url)
        if len(article.text) > self.settings.max_text:
            raise ReadError(fetched.source, f"its text is longer than {self.settings.max_text:,} characters")
        article.language = language.check_english(fetched.source, article.text)
        kept = self.archive.keep(fetched) if self.archive else None
        return msgspec.structs.replace(article, id=identity(article), fetched=fetched.time, archive=kept)


def identity(article: Article) -> str:
    """A stable id: of the canonical address where there is one, else of headline and text."""
    basis = article.url or f"{article.title}\n{article.text}"
    return hashlib.sha256(basis.encode("utf-8", "surrogatepass")).hexdigest()[:16]
