"""How quickly the site answers: twenty requests at once against each public page, beside a bare view of Django's.

The site is started as `reportedly serve` starts it, in processes of its own, on this machine only; this process asks,
with as little of the processor as it can, since all share it.
The record is the one of DATABASE_URL, else a made-up one that is filled first (`bench_record`). Every page is asked
for in many variants (other events, other pages of a list), and twice over: with pages made anew for each request, and
as the site is, which keeps pages while the record stands (`keeping`). Of the latter, those requests that found no page kept
are told by themselves, beside those that did and all of them together.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from reportedly.errors import ReportedlyError
from reportedly.evaluation import bench_record
from reportedly.settings import Settings

#: Requests that are under way at once; what the 95th percentile is to stay under, in seconds.
TOGETHER, TARGET = 20, 0.2
#: Statements of the record that is filled where none is given; requests to each page and seconds for them, at most.
STATEMENTS, REQUESTS, SECONDS = 5_000, 1000, 15.0
#: Articles that are added at once where a record is filled.
AT_ONCE = 100
#: Variants of a page that are asked for.
VARIANTS = 40
BARE = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="none", MIDDLEWARE=[])
application = get_wsgi_application()
"""
SERVER = """
import sys
from granian import Granian
Granian(sys.argv[1], port=int(sys.argv[2]), interface="wsgi", workers=int(sys.argv[3]), blocking_threads=4,
        log_enabled=False).serve()
"""


class Load(NamedTuple):
    """What was measured of one page: seconds of each request, whether it was a first one (asked before there was an answer
    to any request for the same variant), and how many failed."""

    page: str
    seconds: list[float]
    first: list[bool]
    failed: int

    @property
    def most(self) -> float:
        """The 95th percentile, in seconds."""
        return _most(self.seconds)

    @property
    def most_first(self) -> float:
        """That of first requests alone."""
        return _most([taken for taken, first in zip(self.seconds, self.first, strict=True) if first])

    @property
    def most_again(self) -> float:
        """That of all others."""
        return _most([taken for taken, first in zip(self.seconds, self.first, strict=True) if not first])


def _most(seconds: Sequence[float]) -> float:
    """The 95th percentile; NaN of less than two requests."""
    return statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else float("nan")


@contextmanager
def served(application: str, workers: int, environ: dict[str, str], folder: str) -> Iterator[str]:
    """A server on a free port of this machine, while the context lasts: its host and port."""
    port = _port()
    started = subprocess.Popen(
        [sys.executable, "-c", SERVER, application, str(port), str(workers)], cwd=folder, env=os.environ | environ
    )
    try:
        _await(f"127.0.0.1:{port}", started)
        yield f"127.0.0.1:{port}"
    finally:
        started.terminate()
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            started.kill()


def _port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _await(host: str, started: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if started.poll() is not None:
            break
        try:
            connection = http.client.HTTPConnection(host, timeout=60)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise ReportedlyError("bench: the site does not start")


class _Reader:
    """One connection that asks and waits for its answer, again and again; it takes next to nothing of the processor,
    which is the server's."""

    def __init__(self, host: str) -> None:
        self.host, (name, port) = host, host.split(":")
        self.socket = socket.create_connection((name, int(port)), timeout=60)
        self.path, self.first, self.began, self.read = "", False, 0.0, b""

    def ask(self, path: str, first: bool) -> None:
        """Send a request; `first` is kept with it."""
        self.path, self.first, self.began, self.read = path, first, time.perf_counter(), b""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())

    def take(self) -> bool:
        """Read what has come; true if the answer is there.

        Raises:
            OSError: the connection was closed.
        """
        came = self.socket.recv(1 << 20)
        if not came:
            raise OSError("closed")
        self.read += came
        head, ended, body = self.read.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:]) if ended else {}
        if b"content-length" in fields:
            return len(body) >= int(fields[b"content-length"])
        return bool(ended) and body.endswith(b"0\r\n\r\n")

    @property
    def good(self) -> bool:
        """True if the answer is a page."""
        return self.read.startswith(b"HTTP/1.1 200")


def ask(host: str, page: str, paths: Sequence[str], requests: int, seconds: float) -> Load:
    """Ask for the variants of a page in turn, `TOGETHER` at once.

    Args:
        requests: how many, at most.
        seconds: for how long, at most.
    """
    left = iter(paths[number % len(paths)] for number in range(requests))
    taken: list[float] = []
    firsts: list[bool] = []
    known: set[str] = set()
    failed, end = 0, time.monotonic() + seconds
    with selectors.DefaultSelector() as waiting:
        for path in islice(left, TOGETHER):
            reader = _Reader(host)
            reader.ask(path, True)
            waiting.register(reader.socket, selectors.EVENT_READ, reader)
        while waiting.get_map():
            for key, _ in waiting.select(60) or [(key, 0) for key in list(waiting.get_map().values())]:
                answered = _answered(key.data)
                if answered:
                    taken.append(time.perf_counter() - key.data.began)
                    firsts.append(key.data.first)
                    known.add(key.data.path)
                failed += answered is None or (answered and not key.data.good)
                path_next = next(left, None) if answered and time.monotonic() < end else None
                if path_next is not None:
                    key.data.ask(path_next, path_next not in known)
                elif answered or answered is None:
                    waiting.unregister(key.fileobj)
                    key.data.socket.close()
    return Load(page, taken, firsts, failed)


def _answered(reader: _Reader) -> bool | None:
    """Whether a reader has its answer; None if it will not come."""
    try:
        return reader.take()
    except OSError:
        return None


def pages(host: str) -> dict[str, list[str]]:
    """The public pages, each with its variants, by what the API lists."""
    offsets = list(range(VARIANTS // 8))
    lists = ("figures", "control", "disputes", "sources", "actors", "places")
    found = {"front": ["/", *(f"/?page={number + 2}" for number in offsets)]}
    found |= {name: [f"/{name}", *(f"/{name}?page={number + 2}" for number in offsets)] for name in lists}
    for name in ("events", "figures", "sources", "actors", "places", "articles"):
        rows = _json(host, f"/api/v1/{name}?limit={VARIANTS}")["items"]
        found[f"one of {name}"] = [f"/{name}/{quote(row['id'])}" for row in rows]
    words = [row["name"].split()[0] for row in _json(host, "/api/v1/places?limit=10")["items"]]
    found["search"] = [f"/search?q={quote(word)}" for word in words]
    found["by place"] = [f"/?place={quote(row['name'])}" for row in _json(host, "/api/v1/places?limit=10")["items"]]
    found["map of events"] = ["/events/map.json"]
    found["map of control"] = ["/control/map.json"]
    found["API events"] = ["/api/v1/events?limit=50"]
    return {page: paths for page, paths in found.items() if paths}


def _json(host: str, path: str) -> Any:
    connection = http.client.HTTPConnection(host, timeout=120)
    connection.request("GET", path)
    return json.loads(connection.getresponse().read())


def show(bare: Load, anew: dict[str, Load], kept: dict[str, Load]) -> None:
    """Print each page's 95th percentiles in milliseconds, beside the bare view's."""
    print(f"95th percentiles in ms, {TOGETHER} requests at once; a bare view: {bare.most * 1000:.1f}")
    print(f"{'':18}{'':>11}{'as the site is':>44}")
    heads = ("made anew", "all", "/ bare", "first", "of them", "kept", "requests", "failed")
    print(f"{'':18}{''.join(f'{head:>11}' for head in heads)}")
    for page, load in anew.items():
        now = kept[page]
        print(
            f"{page:18}{load.most * 1000:11.1f}{now.most * 1000:11.1f}{now.most / bare.most:11.1f}"
            f"{now.most_first * 1000:11.1f}{sum(now.first):11}{now.most_again * 1000:11.1f}{len(now.seconds):11}"
            f"{load.failed + now.failed:11}",
            flush=True,
        )


def measure(url: str, workers: int, requests: int, seconds: float) -> tuple[Load, dict[str, Load], dict[str, Load]]:
    """The bare view, every page made anew, and every page as the site is."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare.py").write_text(BARE)
        with served("bare:application", workers, {"PYTHONPATH": folder}, folder) as host:
            ask(host, "a bare view", ["/"], 50, seconds)
            bare = ask(host, "a bare view", ["/"], max(requests, 500), seconds)
    found = [_site(url, workers, requests, seconds, kept) for kept in (False, True)]
    return bare, found[0], found[1]


def _site(url: str, workers: int, requests: int, seconds: float, kept: bool) -> dict[str, Load]:
    """Every page of the site, which keeps pages as it does or makes each anew."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            "DATABASE_URL": url,
            "REPORTEDLY_DATA_FOLDER": folder,
            "REPORTEDLY_PAGE_SECONDS": str(Settings().page_seconds if kept else 0),
            "REPORTEDLY_SITE_HOSTS": "127.0.0.1",
        }
        with served("reportedly.pages.wsgi:application", workers, environ, str(Path.cwd())) as host:
            known = pages(host)
            for page, paths in known.items():  # what is prepared once is prepared now, under other addresses
                other = [f"{path}{'&' if '?' in path else '?'}prepared=" for path in paths]
                ask(host, page, other, TOGETHER, seconds)
            return {page: ask(host, page, paths, requests, seconds) for page, paths in known.items()}


def fill(url: str, statements: int) -> None:
    """A record of made-up articles with that many statements."""
    from reportedly import settings as settings_module
    from reportedly.evaluation import synthetic
    from reportedly.record import setup

    os.environ["DJANGO_SETTINGS_MODULE"] = "reportedly.pages.configuration"  # the site's tables too
    setup.open_record(url)
    from reportedly.record.adding import Adder

    settings = settings_module.load()
    adder = Adder(settings, bench_record.Filler(settings))
    articles = synthetic.articles(statements // synthetic.STATEMENTS_AN_ARTICLE)
    while several := list(islice(articles, AT_ONCE)):
        adder.add_together(several)
    setup.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--statements", type=int, default=STATEMENTS, help="of the record that is filled")
    options.add_argument("--requests", type=int, default=REQUESTS, help="to each page, at most")
    options.add_argument("--seconds", type=float, default=SECONDS, help="for each page, at most")
    options.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))
    options.add_argument("--most", type=float, help="fail if a page as the site is takes longer, in seconds")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'site.db'}"
        if "DATABASE_URL" not in os.environ:
            fill(url, given.statements)
        bare, anew, kept = measure(url, given.workers, given.requests, given.seconds)
    show(bare, anew, kept)
    slow = [page for page, load in kept.items() if given.most is not None and load.most > given.most]
    if slow or any(load.failed for load in (*anew.values(), *kept.values())):
        sys.exit(f"bench: {', '.join(slow) or 'requests failed'}")


if __name__ == "__main__":
    main()
