"""Polite fetching over HTTP: robots.txt, a user agent with a contact, a pause between requests to a
host, time-outs, a size limit, retries with back-off, and no private addresses, also after redirects.
"""

from __future__ import annotations

import time
from urllib.parse import urljoin, urlsplit

import urllib3
from protego import Protego

from reportedly.articles import addresses
from reportedly.articles.archive import Fetched, now
from reportedly.errors import ReadError
from reportedly.settings import Settings

REDIRECTS = (301, 302, 303, 307, 308)
MAX_REDIRECTS = 5
AGENT_NAME = "reportedly"
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Fetcher:
    """Fetches addresses, one after the other; keeps each host's robots.txt and last request."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._robots: dict[str, Protego] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """The bytes at an address, after redirects.

        Raises:
            ReadError: refused by robots.txt or for its address, no answer, an error status, too large.
        """
        for _ in range(MAX_REDIRECTS + 1):
            self._ask_robots(url)
            self._pause(url)
            response = self._get(url)
            if response.status not in REDIRECTS:
                return self._fetched(url, response)
            url = self._next(url, response)
        raise ReadError(url, f"more than {MAX_REDIRECTS} redirects")

    def _get(self, url: str) -> urllib3.BaseHTTPResponse:
        """One request, to the checked address itself, without following redirects."""
        address = addresses.resolve(url, self.settings.allow_private_addresses)
        scheme, host, port = addresses.check_url(url)
        parts = urlsplit(url)
        pool = _pool(scheme, host, address, port, self._timeout())
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": self.settings.user_agent, "Accept": ACCEPT}
        try:
            return pool.urlopen(
                "GET", target, headers=headers, retries=self._retries(), redirect=False, preload_content=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise ReadError(url, f"no answer ({_reason(error)})") from None

    def _timeout(self) -> urllib3.Timeout:
        return urllib3.Timeout(connect=self.settings.timeout, read=self.settings.timeout)

    def _retries(self) -> urllib3.Retry:
        return urllib3.Retry(
            total=self.settings.retries,
            redirect=False,
            backoff_factor=0.5,
            status_forcelist=(429, 502, 503, 504),
            raise_on_status=False,
        )

    def _next(self, url: str, response: urllib3.BaseHTTPResponse) -> str:
        response.release_conn()
        location = response.headers.get("Location")
        if not location:
            raise ReadError(url, "a redirect without an address")
        return urljoin(url, location)

    def _fetched(self, url: str, response: urllib3.BaseHTTPResponse) -> Fetched:
        if response.status >= 400:
            response.release_conn()
            raise ReadError(url, f"HTTP status {response.status}")
        return Fetched(url, self._body(url, response), now(), response.headers.get("Content-Type"))

    def _body(self, url: str, response: urllib3.BaseHTTPResponse) -> bytes:
        """The body, read in pieces up to the size limit and within the time limit for a whole page."""
        limit, deadline = self.settings.max_download, time.monotonic() + 6 * self.settings.timeout
        parts, size = [], 0
        try:
            for part in response.stream(65536):
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise ReadError(url, f"larger than {limit:,} bytes")
                if time.monotonic() > deadline:
                    raise ReadError(url, "the answer takes too long")
        except urllib3.exceptions.HTTPError as error:
            raise ReadError(url, f"the answer broke off ({_reason(error)})") from None
        finally:
            response.close()
        return b"".join(parts)

    def _ask_robots(self, url: str) -> None:
        if not self._rules(url).can_fetch(url, AGENT_NAME):
            raise ReadError(url, "robots.txt does not allow it")

    def _rules(self, url: str) -> Protego:
        """The host's robots.txt; none, or one that cannot be read, allows everything (RFC 9309, 2.3.1.3),
        but a server error forbids (2.3.1.4)."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = Protego.parse(self._robots_text(root + "/robots.txt"))
        return self._robots[root]

    def _robots_text(self, url: str) -> str:
        for _ in range(MAX_REDIRECTS + 1):
            response = self._get(url)
            if response.status in REDIRECTS:
                url = self._next(url, response)
                continue
            if response.status >= 500:
                response.close()
                return "User-agent: *\nDisallow: /"
            if response.status >= 400:
                response.close()
                return ""
            return self._body(url, response).decode("utf-8", "replace")
        return ""

    def _pause(self, url: str) -> None:
        """Wait until the host's last request is `delay` seconds ago (or its robots.txt crawl delay)."""
        host = urlsplit(url).netloc
        delay = max(self.settings.delay, float(self._rules(url).crawl_delay(AGENT_NAME) or 0))
        wait = self._last.get(host, float("-inf")) + min(delay, 30.0) - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()


def _pool(scheme: str, host: str, address: str, port: int, timeout: urllib3.Timeout) -> urllib3.HTTPConnectionPool:
    """A pool that connects to the IP address and, for https, still checks the host's certificate."""
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
    return urllib3.HTTPConnectionPool(address, port, timeout=timeout)


def _reason(error: BaseException) -> str:
    """The innermost reason in a few words: urllib3's messages name pools and objects."""
    cause = getattr(error, "reason", None) or error
    name = type(cause).__name__
    known = {
        "ConnectTimeoutError": "the connection timed out",
        "ReadTimeoutError": "reading timed out",
        "NewConnectionError": "the connection was refused",
        "SSLError": "its certificate is not valid",
        "ProtocolError": "the connection broke",
        "IncompleteRead": "the answer is incomplete",
        "MaxRetryError": "too many failures",
    }
    return known.get(name, name)
