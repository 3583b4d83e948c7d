"""Following every link that a visitor can see."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pyarrow.parquet as pq
from django.test import Client

#: Where links stand: in pages, feeds, sitemaps and what the API and scripts are given.
_LINKS = (re.compile(r'(?:href|src|hx-get|data-[a-z]+)="([^"]+)"'), re.compile(r"<loc>([^<]+)</loc>"))
HOST = "localhost"


def crawl(client: Client, begin: list[str], most: int = 2000) -> Iterator[tuple[str, int, str]]:
    """Every address that links lead to on this site, with its status and what is there as text.

    Lists are followed as they are and page by page, not under each of their filters; an article's page once, not for
    each of its sentences.
    """
    waiting, seen = deque(begin), set(begin)
    while waiting and len(seen) <= most:
        address = waiting.popleft()
        answer = client.get(address)
        raw = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = told(raw)
        yield address, answer.status_code, text
        targets = [answer.headers["Location"]] if "Location" in answer.headers else list(_targets(address, text))
        for one in map(_here, (urljoin(f"http://{HOST}{address}", target) for target in targets)):
            if one is not None and one not in seen:
                seen.add(one)
                waiting.append(one)


def told(raw: bytes) -> str:
    """What a file says; the packed columns of a Parquet table are unpacked."""
    return str(pq.read_table(io.BytesIO(raw)).to_pylist()) if raw[:4] == b"PAR1" else raw.decode("utf-8", "replace")


def _targets(address: str, text: str) -> Iterator[str]:
    for pattern in _LINKS:
        for found in pattern.findall(text):
            yield unescape(found)


def _here(target: str) -> str | None:
    parts = urlsplit(target)
    if parts.scheme not in ("http", "https") or parts.hostname != HOST or parts.path.startswith("/static/"):
        return None
    asked = parts.query if parts.query.startswith("page=") or parts.path.startswith("/api/") else ""
    return f"{parts.path}?{asked}" if asked else parts.path
