"""A site to test with: the example pages, coded and linked once a run, behind a test client or in Chromium.

`record` is a copy of its own for each test, opened; `client` asks it without a server; `site` is the address of a live
server on it and `page` a tab of Chromium there, which fails the test on any error that the browser reports. Where
Chromium is not installed, the tests that need it are skipped.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

#: The nine pages of examples/baghuz, coded (docs/format.md); made anew by `python -m tests.pages.coding`.
EXAMPLES = Path(__file__).parent / "examples.jsonl"
CONFIGURATION = "reportedly.pages.configuration"
#: What `make assets` makes, without which no map or chart is drawn.
VENDOR = Path(__file__).parents[2] / "src" / "reportedly" / "pages" / "static" / "vendor"
#: Without a graphics card, WebGL (the maps) is drawn by the processor.
SWITCHES = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--enable-webgl",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _configure() -> None:
    """The site's configuration for the whole run: it holds the record's. The environment is left as it was."""
    import django
    from django.apps import apps

    if apps.ready:
        return
    given = {
        "DJANGO_SETTINGS_MODULE": CONFIGURATION,
        "REPORTEDLY_SECRET_KEY": "of the tests",
        "REPORTEDLY_PAGE_SECONDS": "0",
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    django.setup()
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


_configure()  # before the tests import models and views

from django.conf import settings as django_settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402

from reportedly import settings  # noqa: E402
from reportedly.data import CodedArticle  # noqa: E402
from reportedly.record import setup  # noqa: E402
from reportedly.record.adding import Adder  # noqa: E402


@pytest.fixture(scope="session")
def examples() -> list[CodedArticle]:
    """The example pages as they were coded once: what is tested are pages, and no page changes with the coder."""
    return [msgspec.json.decode(line, type=CodedArticle) for line in EXAMPLES.read_bytes().splitlines()]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, examples: list[CodedArticle]) -> Path:
    """A record that holds the example pages; never to be written, only copied."""
    path = tmp_path_factory.mktemp("pages") / "record.db"
    setup.open_record(f"sqlite:///{path}")
    adder = Adder(settings.load())
    assert {adder.add(one) for one in examples} == {"new"}
    setup.close()
    return path


@pytest.fixture(scope="session")
def testing() -> Iterator[None]:
    """Django's test environment: templates tell what they were given, mail goes nowhere."""
    if not hasattr(django_settings, "SECURE_SSL_REDIRECT") or CONFIGURATION != django_settings.SETTINGS_MODULE:
        pytest.skip("Django was set up for the record alone: run tests/pages in a run of their own")
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture
def record(tmp_path: Path, template: Path, testing: None) -> Iterator[str]:
    """A copy of the record, opened: its address. A test may write to it."""
    shutil.copy(template, tmp_path / "record.db")
    address = f"sqlite:///{tmp_path / 'record.db'}"
    setup.open_record(address)
    yield address
    setup.close()


@pytest.fixture
def client(record: str) -> Client:
    """Asks the site without a server, as a reader who is not signed in."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture(scope="session")
def handler(testing: None) -> WSGIHandler:
    """The site as a WSGI application, with its static files."""
    return WSGIHandler()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what goes wrong shows in the pages."""


@pytest.fixture
def site(record: str, handler: WSGIHandler) -> Iterator[str]:
    """The address of a live server on the record ("http://localhost:PORT")."""
    server = ThreadedWSGIServer(("localhost", 0), _Quiet, connections_override={})
    server.set_app(handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Chromium, started once; its tests are skipped where it is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("Chromium is not installed")
    if not VENDOR.is_dir():
        pytest.skip("what the pages take from npm is not there: make assets")
    # Playwright runs an event loop in this thread, in which Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=found, args=SWITCHES)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


Tab = Callable[..., Any]


@pytest.fixture
def tab(site: str, browser: Any) -> Iterator[Tab]:
    """Opens a tab: `tab(viewport={"width": 375, "height": 800}, java_script_enabled=False)`. Addresses may leave the
    host out. Whatever the browser reports as an error (a script, the Content-Security-Policy) fails the test."""
    opened, errors = [], []

    def listen(page: Any) -> None:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda one: errors.append(one.text) if _wrong(one) else None)

    def open_tab(**options: Any) -> Any:
        given = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        context = browser.new_context(base_url=site, **given)
        context.set_default_timeout(30_000)
        opened.append(context)
        context.on("page", listen)
        context.on("request", lambda asked: errors.append(f"another host: {asked.url}") if _elsewhere(asked) else None)
        return context.new_page()

    yield open_tab
    for context in opened:
        context.close()
    assert errors == []


def _elsewhere(request: Any) -> bool:
    """A request that leaves the site: no page of ours makes one."""
    parts = urlsplit(request.url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "localhost"


def _wrong(message: Any) -> bool:
    """An error of a page; that a test asked for a page that answers 403 or 404 is none."""
    return message.type == "error" and not message.text.startswith("Failed to load resource: the server responded")


@pytest.fixture
def page(tab: Tab) -> Any:
    """A tab of a reader who is not signed in, at a desk."""
    return tab()
