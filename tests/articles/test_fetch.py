"""Fetching: polite, limited, and never from a private address."""

from __future__ import annotations

import socket

import pytest

from reportedly.articles import addresses
from reportedly.articles.fetch import Fetcher
from reportedly.articles.reader import Reader
from reportedly.data import Article
from reportedly.errors import ReadError
from reportedly.settings import Settings
from tests.articles.conftest import PARAGRAPH, Site

OPEN = Settings(allow_private_addresses=True, delay=0, timeout=2, retries=1, max_download=200_000)


def test_a_page_is_read_from_its_address(site: str) -> None:
    (article,) = Reader(OPEN).read(f"{site}/moved")
    assert isinstance(article, Article)
    assert article.text.startswith(PARAGRAPH)
    assert article.url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/secret/page", "robots.txt does not allow it"),
        ("/loop", "redirects"),
        ("/large", "larger than 200,000 bytes"),
        ("/gone", "HTTP status 404"),
    ],
)
def test_what_cannot_be_fetched_says_why(site: str, path: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        Fetcher(OPEN).fetch(site + path)
    assert "\n" not in str(caught.value)


def test_a_busy_server_is_asked_again(site: str) -> None:
    assert b"Village taken" in Fetcher(OPEN).fetch(f"{site}/busy").raw
    assert Site.hits["/busy"] == 2


def test_private_addresses_are_refused(site: str) -> None:
    with pytest.raises(ReadError, match="private or loopback"):
        Fetcher(Settings(delay=0)).fetch(f"{site}/page")
    assert Site.hits == {}


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the first host counts as public here, so the redirect inwards is what is refused."""
    monkeypatch.setattr(addresses, "is_public", lambda address: not address.startswith("10."))
    with pytest.raises(ReadError, match=r"10\.0\.0\.1.*private"):
        Fetcher(Settings(delay=0, timeout=2)).fetch(f"{site}/inwards")


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)
    with pytest.raises(ReadError, match="private or loopback"):
        addresses.resolve("http://news.example/", allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "::ffff:192.168.0.1",
        "64:ff9b::a00:1",
        "0.0.0.0",
        "fe80::1%eth0",
    ],
)
def test_private(address: str) -> None:
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public(address: str) -> None:
    assert addresses.is_public(address)


@pytest.mark.parametrize("url", ["ftp://news.example/", "http://", "http://news.example:port/"])
def test_not_an_address(url: str) -> None:
    with pytest.raises(ReadError):
        addresses.check_url(url)


def test_nobody_answers() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ReadError, match="no answer"):
        Fetcher(OPEN).fetch(f"http://127.0.0.1:{port}/")


def test_a_feed_leads_to_its_reports_and_goes_on_after_one_that_is_gone(site: str) -> None:
    gone, article = Reader(OPEN).read(f"{site}/feed")
    assert isinstance(gone, ReadError) and "404" in str(gone)
    assert isinstance(article, Article)
    assert article.published == "2019-03-04T10:00:00Z"
