"""Who may do what, asked of every address that there is: of the site, of the API and of the administration.

The addresses are those of the site's own table: one that nobody has said anything about fails here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reportedly.pages import roles
from reportedly.pages.api.urls import api
from reportedly.record import tokens
from reportedly.record.models import Decision, Job, OutletSetting, Place, Response, Source, Statement
from reportedly.record.queries import figures
from reportedly.record.queries.filters import Filter
from tests.pages import staffing, test_roles

#: What public addresses answer otherwise than with a page: one leads on, and of others there is none in the record.
OTHERWISE = {"favicon": 301, "release": 404, "release-file": 404}
#: What an address of the administration is filled in with.
_FILLED = {"object_id": "1", "app_label": "record", "content_type_id": "1", "id": "1", "url": "x"}
#: Those of the administration by which one signs in and out.
_DOORS = {"login", "logout"}
#: A body that each writing operation of the API takes, and the kind of decision that it is.
WRITING: dict[str, tuple[str, dict[str, Any]]] = {
    "/api/v1/decisions/confirm": ("confirm", {"target": "x"}),
    "/api/v1/decisions/reject": ("reject", {"target": "x"}),
    "/api/v1/decisions/correct": ("correct", {"target": "x", "field": "type", "value": "ASSAULT"}),
    "/api/v1/decisions/merge": ("merge", {"keep": "x", "others": ["y"]}),
    "/api/v1/decisions/split": ("split", {"event": "x", "statements": ["y"]}),
    "/api/v1/decisions/grade": ("grade", {"target": "x", "grade": "A"}),
    "/api/v1/decisions/{number}/undo": ("undo", {}),
}


def public() -> dict[str, str]:
    """An address that leads somewhere, of every name that is open to everybody and is asked for by GET."""
    event, statement = staffing.event(), staffing.pressing()
    outlet = Source.objects.filter(kind="outlet").order_by("pk")[0]
    given: dict[str, list[str]] = {
        "event": [event.public_id],
        "event-picture": [event.public_id],
        "article": [statement.article.public_id],
        "respond": ["event", event.public_id],
        "figures-series": [figures.listed(Filter(limit=1))[0].id],
        "sources-one": [outlet.key],
        "feed-source": [outlet.key],
        "actors-one": ["Turkey"],
        "places-one": [Place.objects.get(name="Baghuz").key],
        "sitemap-section": ["events"],
        "release": ["none"],
        "release-file": ["none", "events.csv"],
    }
    named = [*test_roles.PUBLIC, *(str(one.name) for one in test_roles.patterns() if str(one.name).startswith("feed-"))]
    return {name: reverse(name, args=given.get(name, [])) for name in named if name != "sign-out"}


@pytest.mark.parametrize("who", ["", "nobody", "administrator"])
def test_what_is_public_is_open_to_everybody(record: str, who: str) -> None:
    client, found = test_roles.somebody(who), {}
    for name, address in public().items():
        found[name] = client.get(address + "?q=baghuz" if "search" in name else address).status_code
    assert {name: status for name, status in found.items() if status != 200} == OTHERWISE


@pytest.mark.parametrize("who", ["", "nobody", "coder"])
def test_nothing_is_changed_by_who_may_not_change_it(record: str, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr("reportedly.pages.working.wake", lambda: None)
    where, client = test_roles.addresses(), test_roles.somebody(who)
    before = (Decision.objects.count(), Job.objects.count(), OutletSetting.objects.count())
    given = {"action": "grade", "grade": "B", "reason": "x", "seen": "0", "state": "shown", "whole_text": "on"}
    asked = {**given, "address": "https://8.8.8.8/"}
    for name, needed in test_roles.STAFF.items():
        if who in roles.ROLES and roles.ROLES.index(who) >= roles.ROLES.index(needed):
            continue
        answer = client.post(where[name], asked)
        assert (name, answer.status_code) == (name, 403 if who else 302)
        assert who or answer.headers["Location"].startswith(reverse("sign-in"))
    assert before == (Decision.objects.count(), Job.objects.count(), OutletSetting.objects.count())
    assert Response.objects.get().state == "waiting"


# ---- the API


def operations() -> Iterator[tuple[str, str]]:
    """Every method and path of the API."""
    for path, known in api.get_openapi_schema()["paths"].items():
        yield from ((method.upper(), path) for method in known)


def test_every_operation_that_writes_says_what_it_needs() -> None:
    assert {path for method, path in operations() if method != "GET"} == set(WRITING)
    assert {kind for kind, _ in WRITING.values()} == set(roles.DECISIONS)


def test_reading_the_api_needs_nobody_and_writing_a_token(client: Client) -> None:
    session = staffing.signed_in("administrator")
    for method, path in operations():
        filled = path.replace("{number}", "1").replace("{", "x").replace("}", "")
        if method == "GET":
            assert (path, client.get(filled).status_code in (200, 400, 404)) == (path, True)
            continue
        body = json.dumps({**WRITING[path][1], "reason": "to see who may"})
        for headers in ({}, {"Authorization": "Bearer guessed"}):
            for asking in (client, session):
                answer = asking.generic(method, filled, body, "application/json", headers=headers)
                assert (path, answer.status_code) == (path, 401)


def test_a_token_writes_what_the_role_may(client: Client) -> None:
    for who in test_roles.EVERYBODY[1:]:
        user = User.objects.create(username=f"{who}-with-a-token")
        roles.give(user, "" if who == "nobody" else who)
        headers = {"Authorization": f"Bearer {tokens.make(user.username)}"}
        for path, (kind, body) in WRITING.items():
            given = json.dumps({**body, "reason": "to see who may"})
            answer = client.post(path.replace("{number}", "999999"), given, "application/json", headers=headers)
            may = who in roles.ROLES and roles.ROLES.index(who) >= roles.ROLES.index(roles.DECISIONS[kind])
            assert (who, path, answer.status_code) == (who, path, 409 if may else 403)  # 409: there is no such target
    assert not Decision.objects.exists()


# ---- the administration


def administration() -> list[str]:
    """Every address of the administration, those of each table's rows filled in."""
    resolver = next(one for one in get_resolver().url_patterns if getattr(one, "app_name", "") == "admin")
    assert isinstance(resolver, URLResolver)
    found = [*_named(resolver)]
    assert len(found) > 5 * len(admin.site._registry)
    return found


def _named(resolver: URLResolver) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _named(one)
        elif isinstance(one, URLPattern) and one.name and one.name not in _DOORS:
            wanted = one.pattern.regex.groupindex
            yield reverse(f"admin:{one.name}", kwargs={name: _FILLED[name] for name in wanted})


@pytest.mark.parametrize("who", ["", "nobody", "editor"])
def test_no_address_of_the_administration_is_open_below_an_administrator(record: str, who: str) -> None:
    client, statement = test_roles.somebody(who), Statement.objects.order_by("pk")[0]
    for address in administration():
        for answer in (client.get(address), client.post(address, {"post": "yes", "username": "forged"})):
            assert (address, answer.status_code) == (address, 302)
            assert answer.headers["Location"].split("?")[0] in (reverse("admin:login"), reverse(settings.LOGIN_URL))
    assert Statement.objects.filter(pk=statement.pk).exists()
    assert not User.objects.filter(username="forged").exists()
