"""Pages that are kept for a while, so that many readers of one page do not make it anew each time.

Only what everybody sees: a page without a form, asked for without a session, while the record is as it was. The key
is the state of the record with that of the responses and of what outlets allow, and the day, so that a decision shows at
once; the time is a bound for whatever else may change. All processes of a site keep them together, in its data folder,
and make each once: who asks for a page that is being made waits for it.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.cache import caches
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

import reportedly
from reportedly.record.queries import state as records

#: Beginnings of the addresses that readers see, beside the front page.
PUBLIC = (
    "events",
    "figures",
    "control",
    "disputes",
    "sources",
    "actors",
    "places",
    "articles",
    "search",
    "about",
    "api",
)
CACHE = "pages"
#: Files of which a process that makes a page holds one, by the page's key.
LOCKS = 1024
#: Bytes of a page that is kept, at most.
LARGEST = 2_000_000
Response = Callable[[HttpRequest], HttpResponseBase]
Page = tuple[bytes, list[tuple[str, str]]]
#: Pages that are being made: the lock of each, and how many readers hold it or wait for it.
_locks: dict[str, tuple[Lock, int]] = {}
_guard = Lock()


def forget() -> None:
    """Keep no page any more: the program may be another one than that which made them."""
    with suppress(OSError):  # another process may be at it
        caches[CACHE].clear()


class Kept:
    """Middleware that answers with the page as it was made last, where nothing has changed."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        seconds = settings.REPORTEDLY.page_seconds
        if not seconds or not _anybody(request):
            return self.get_response(request)
        key = _key(request)
        if key is None:
            return self.get_response(request)
        page: Page | None = caches[CACHE].get(key)
        return self._made(request, key, seconds) if page is None else _again(request, page)

    def _made(self, request: HttpRequest, key: str, seconds: int) -> HttpResponseBase:
        """Make a page; who asks for it meanwhile waits for it, and does not make it too."""
        with _making(key):
            page: Page | None = caches[CACHE].get(key)
            if page is not None:
                return _again(request, page)
            response = self.get_response(request)
            if _same_for_all(response):
                page = (response.content, list(response.items()))  # type: ignore[attr-defined]
                caches[CACHE].set(key, page, seconds)
            return response


@contextmanager
def _making(key: str) -> Iterator[None]:
    """One reader at a time: of this process by a lock, of all by a file, which the system lets go if a process dies."""
    with _guard:
        lock, waiting = _locks.get(key, (Lock(), 0))
        _locks[key] = lock, waiting + 1
    try:
        with lock, _file(key):
            yield
    finally:
        with _guard:
            lock, waiting = _locks.pop(key)
            if waiting > 1:
                _locks[key] = lock, waiting - 1


@contextmanager
def _file(key: str) -> Iterator[None]:
    """The file for a key, locked; nothing where the data folder cannot be written, for a page can be made all the same."""
    try:
        folder = Path(settings.CACHES[CACHE]["LOCATION"]).with_name("locks")  # type: ignore[index]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = (folder / f"page-{int(key[-4:], 16) % LOCKS}").open("ab")
    except OSError:
        yield
        return
    with held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _anybody(request: HttpRequest) -> bool:
    """True for a reader who is nobody in particular, of a page that everybody may read."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    first = request.path_info.lstrip("/").split("/")[0].split(".")[0]
    return request.method == "GET" and not known and (not first or first in PUBLIC)


def _same_for_all(response: HttpResponseBase) -> bool:
    """True for a page that has nothing of this one request in it."""
    private = "nonce-" in response.get("Content-Security-Policy", "") or "no-store" in response.get("Cache-Control", "")
    plain = response.status_code == 200 and not response.streaming and not response.cookies and not private
    return plain and len(response.content) <= LARGEST  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> str | None:
    """What a page depends on; None if the record cannot be read, which the page itself tells."""
    try:
        state = records.state()
    except Error:
        return None
    asked = (request.scheme, request.get_host(), request.get_full_path(), request.headers.get("HX-Target"))
    database = [connection.settings_dict[name] for name in ("HOST", "PORT", "NAME")]
    where = (reportedly.__version__, *database, timezone.now().date(), request.headers.get("HX-Request"))
    return "page:" + hashlib.sha256(repr((state, asked, where)).encode("utf-8", "surrogateescape")).hexdigest()


def _again(request: HttpRequest, page: Page) -> HttpResponseBase:
    content, headers = page
    response = HttpResponse(content)
    for name, value in headers:
        response[name] = value
    found = get_conditional_response(request, etag=response.get("ETag"), response=response)
    return found if found is not None else response
