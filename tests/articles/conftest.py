"""A small web server on this machine, with pages that behave well and badly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

PARAGRAPH = (
    "The army took the village of Tal Amran on Monday, a spokesman said, after two weeks of fighting along the river."
)
PAGE = f"""<html lang="en"><head><title>Village taken</title></head><body><article><h1>Village taken</h1>
<p>{PARAGRAPH}</p><p>Residents said that at least nine people had died in the shelling of the market.</p></article></body></html>"""


class Site(BaseHTTPRequestHandler):
    """Routes by path; `hits` counts the requests of each path."""

    hits: ClassVar[dict[str, int]] = {}

    def do_GET(self) -> None:
        self.hits[self.path] = self.hits.get(self.path, 0) + 1
        routes = {
            "/robots.txt": (200, b"User-agent: *\nDisallow: /secret/\n", {}),
            "/page": (200, PAGE.encode(), {"Content-Type": "text/html"}),
            "/moved": (301, b"", {"Location": "/page"}),
            "/loop": (302, b"", {"Location": "/loop"}),
            "/inwards": (302, b"", {"Location": "http://10.0.0.1/page"}),
            "/large": (200, b"x" * 300_000, {"Content-Type": "text/html"}),
            "/gone": (404, b"", {}),
            "/feed": (200, self._feed(), {"Content-Type": "application/rss+xml"}),
        }
        if self.path == "/busy" and self.hits[self.path] == 1:
            self._answer(503, b"", {"Retry-After": "0"})
        else:
            self._answer(*routes.get(self.path, (200, PAGE.encode(), {})))

    def _feed(self) -> bytes:
        root = f"http://localhost:{self.server.server_address[1]}"
        item = f"<item><title>Village taken</title><link>{root}/page</link><pubDate>Mon, 04 Mar 2019 10:00:00 GMT</pubDate></item>"
        broken = f"<item><title>Gone</title><link>{root}/gone</link></item>"
        return (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{broken}{item}</channel></rss>'.encode()
        )

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """The root address of the server."""
    Site.hits = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
