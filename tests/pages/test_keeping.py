"""Pages that are kept: for everybody alike, never for somebody, never when the record has changed."""

from __future__ import annotations

import contextlib
import datetime
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from reportedly.pages import keeping
from reportedly.record import decisions_making
from reportedly.record.decisions_making import By
from reportedly.record.models import Address, Event, Source


@pytest.fixture(autouse=True)
def kept(tmp_path: Path) -> Iterator[None]:
    """Pages are kept for a minute, those of this test alone."""
    caches = {**settings.CACHES, "pages": {**settings.CACHES["pages"], "LOCATION": tmp_path / "pages"}}
    with override_settings(REPORTEDLY=msgspec.structs.replace(settings.REPORTEDLY, page_seconds=60), CACHES=caches):
        yield


def test_a_page_is_made_once(client: Client) -> None:
    with CaptureQueriesContext(connection) as anew:
        made = client.get("/")
    with CaptureQueriesContext(connection) as again:
        kept = client.get("/")
    assert kept.content == made.content and kept["Content-Security-Policy"] == made["Content-Security-Policy"]
    assert len(again) == 1 < len(anew)
    assert client.get("/", headers={"If-None-Match": made["ETag"]}).status_code == 304
    assert client.get("/?page=2").content != made.content
    keeping.forget()
    with CaptureQueriesContext(connection) as forgotten:
        client.get("/")
    assert len(forgotten) == len(anew)


def test_what_the_api_gives_is_kept_too(client: Client) -> None:
    made = client.get("/api/v1/events?limit=3")
    with CaptureQueriesContext(connection) as again:
        assert client.get("/api/v1/events?limit=3").json() == made.json()
    assert len(again) == 3
    assert client.get("/api/v1/events?limit=3", headers={"If-None-Match": made["ETag"]}).status_code == 304
    assert client.get("/api/v1/events?limit=2").json() != made.json()


def test_a_decision_shows_at_once(client: Client) -> None:
    event = Event.objects.filter(articles__gt=1).order_by("pk")[0].public_id
    assert b"I read every report of it" not in client.get(f"/events/{event}").content
    made = decisions_making.confirm(event, By("somebody", "I read every report of it"))
    assert b"I read every report of it" in client.get(f"/events/{event}").content
    decisions_making.undo(made.id, By("somebody", "too soon"))
    assert b"too soon" in client.get(f"/events/{event}").content


def test_who_signed_in_sees_a_page_of_their_own(client: Client) -> None:
    reader = client.get("/").content
    client.force_login(User.objects.create(username="somebody"), backend="django.contrib.auth.backends.ModelBackend")
    assert b"Sign out" in client.get("/").content
    assert client.get("/").content != reader
    assert Client(SERVER_NAME="localhost").get("/").content == reader


def test_what_is_wrong_is_not_kept(client: Client) -> None:
    for _ in range(2):
        assert client.get("/events/e-none").status_code == 404
    assert client.get("/figures?since=x").status_code == 400
    name = Source.objects.order_by("pk")[0].key
    assert client.get(f"/respond/source/{name}").status_code in (404, 400)
    assert client.get("/sign-in").content != client.get("/sign-in").content  # each form has a token of its own


def test_a_new_address_shows_at_once(client: Client) -> None:
    address = Address.objects.select_related("article").order_by("pk")[0]
    page = f"/articles/{address.article.public_id}"
    assert b"https://example.org/found-again" not in client.get(page).content
    Address.objects.filter(article=address.article).delete()
    Address.objects.create(key="found again", url="https://example.org/found-again", article=address.article)
    assert b"https://example.org/found-again" in client.get(page).content


def test_a_page_is_another_one_on_another_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/")
    tomorrow = keeping.timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(keeping.timezone, "now", lambda: tomorrow)
    with CaptureQueriesContext(connection) as anew:
        client.get("/")
    assert len(anew) > 1


def test_readers_who_ask_together_wait_for_one_page(record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those of another process, which know nothing of this one's locks: they are told apart by threads here."""
    made: list[int] = []

    def page(request: HttpRequest) -> HttpResponse:
        made.append(1)
        time.sleep(0.1)
        return HttpResponse("the page")

    monkeypatch.setattr(keeping, "_key", lambda request: "page:00ff")
    monkeypatch.setattr(keeping, "Lock", contextlib.nullcontext)  # the file alone keeps them apart
    answers: list[bytes] = []
    asking = [
        threading.Thread(target=lambda: answers.append(keeping.Kept(page)(RequestFactory().get("/")).content))  # type: ignore[attr-defined]
        for _ in range(4)
    ]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert answers == [b"the page"] * 4
    assert len(made) == 1
    assert caches[keeping.CACHE].get("page:00ff")[0] == b"the page"
