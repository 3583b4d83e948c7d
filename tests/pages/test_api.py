"""The API: every list and one of each, filters, what goes wrong, conditional requests, other sites, tokens by role."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as parquet
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reportedly.data import CodedArticle
from reportedly.errors import RecordError
from reportedly.pages import limits, roles
from reportedly.pages.api import filtering, reading, shapes
from reportedly.pages.views import health
from reportedly.record import decisions_making, tokens
from reportedly.record.decisions_making import By
from reportedly.record.models import Article, Event, Statement

LISTS = ("events", "figures", "control", "disputes", "sources", "actors", "places", "articles", "decisions")
STAFF = "hidden-staff-name"


def get(client: Client, path: str, status: int = 200, **headers: str) -> Any:
    """What an address of the API gives."""
    response = client.get(f"/api/v1/{path}", headers=headers)
    assert response.status_code == status, response.content[:300]
    return response.json()


def first(client: Client, name: str) -> dict[str, Any]:
    found: dict[str, Any] = get(client, f"{name}?limit=1")["items"][0]
    return found


@pytest.fixture
def event(client: Client) -> str:
    """The event with most reports."""
    return str(Event.objects.order_by("-articles", "-pk").first().public_id)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_goes_on_where_its_page_ends(client: Client, name: str) -> None:
    if name == "decisions":
        key = Statement.objects.filter(current=True).order_by("pk").values_list("key", flat=True)[:3]
        for one in key:
            decisions_making.confirm(one, By(STAFF, "read it"))
    whole = get(client, f"{name}?limit=200")
    assert whole["next"] is None and whole["previous"] is None and len(whole["items"]) > 1
    found, address = [], f"/api/v1/{name}?limit=1"
    for _ in range(3):
        part = client.get(address).json()
        found += part["items"]
        if part["next"] is None:
            break
        address = part["next"].removeprefix("http://localhost")
    merged = name == "disputes"  # what was found in several places is shown once a page
    assert merged or found == whole["items"][: len(found)]
    assert "offset=" in address


def test_an_event_in_full_leads_to_its_sentences(client: Client, event: str) -> None:
    found = get(client, f"events/{event}")
    assert found["line"]["verification"] == "machine coding, not verified"
    assert len(found["reports"]) >= found["line"]["articles"] > 1
    assert all(report["evidence"]["quote"] for report in found["reports"])
    key = found["reports"][0]["evidence"]["statement"]
    assert get(client, f"statements/{key}") == found["reports"][0]


def test_one_of_each_is_found_by_what_its_list_gives(client: Client) -> None:
    for name in ("sources", "actors", "places", "articles"):
        line = first(client, name)
        assert get(client, f"{name}/{line['id']}")["line"] == line
    series = first(client, "figures")
    assert get(client, f"figures/{series['id']}")[-1]["measure"] == series["latest"]["measure"]
    held = first(client, "control")
    assert held in get(client, f"control/{held['id']}")


def test_disputes_of_an_event_are_those_of_its_page(client: Client) -> None:
    disputed = next(one for one in get(client, "disputes?limit=200")["items"] if one["event"])
    assert get(client, f"disputes/{disputed['event']}") == get(client, f"events/{disputed['event']}")["disputes"]


def test_filters_are_those_of_the_pages(client: Client) -> None:
    march = get(client, "events?since=2019-03-01&until=2019-03-15&limit=200")["items"]
    days = [
        (one["first"] or one["last"] or one["reported"], one["last"] or one["first"] or one["reported"])
        for one in march
    ]
    assert days and all(first <= "2019-03-15" and last >= "2019-03-01" for first, last in days)
    assert {one["latest"]["measure"] for one in get(client, "figures?measure=killed")["items"]} == {"killed"}
    source = get(client, "sources?source=Kestrel News")["items"]
    assert [one["name"] for one in source] == ["Kestrel News"]
    near = get(client, "places?near=34.457,40.953&radius=5")["items"]
    assert "Baghuz" in {one["name"] for one in near} and len(near) < len(get(client, "places?limit=200")["items"])


def test_a_search_gives_events_and_articles_with_the_words(client: Client) -> None:
    found = get(client, "search?q=camp&limit=2")
    assert found["events"] and len(found["articles"]["items"]) == 2
    quotes = [one["quote"].lower() for hit in found["articles"]["items"] for one in hit["sentences"]]
    assert quotes and all("camp" in quote for quote in quotes)
    further = found["articles"]["next"].removeprefix("http://localhost/api/v1/")
    assert get(client, further)["events"] == []


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("events?limit=0", 400, "limit"),
        ("events?limit=many", 400, "limit"),
        ("events?offset=-1", 400, "offset"),
        ("events?since=yesterday", 400, "no day"),
        ("events?until=9999999999999-01", 400, "no day"),
        ("events?since=2019-02&until=2019-01", 400, "ends before"),
        ("events?box=1,2", 400, "W,S,E,N"),
        ("events?near=91,0", 400, "degrees"),
        ("events?radius=5", 400, "radius"),
        ("events?type=DANCE", 400, "type"),
        ("events?place=a%00b", 400, "control characters"),
        ("figures?measure=joy", 400, "measure"),
        ("articles?search=--", 400, "no word"),
        ("search", 400, "q"),
        ("events/nothing", 404, "no such event"),
        ("figures/nothing", 404, "no such figure"),
        ("sources/nobody", 404, "no such source"),
        ("statements/x/event/0-1", 404, "no such statement"),
        ("articles/a%00b", 404, "control characters"),
        ("exports/acled/other.csv", 404, "no such export"),
        ("nowhere", 404, "no such address"),
    ],
)
def test_what_is_wrong_is_one_line(client: Client, path: str, status: int, words: str) -> None:
    response = client.get(f"/api/v1/{path}")
    found = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, found["status"]) == (status, status)
    assert words in found["detail"] and "\n" not in found["detail"] and "Traceback" not in found["detail"]


def test_the_same_record_is_not_sent_twice(client: Client) -> None:
    sent = client.get("/api/v1/events?limit=3")
    with CaptureQueriesContext(connection) as asked:
        again = client.get("/api/v1/events?limit=3", headers={"If-None-Match": sent["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", sent["ETag"])
    assert len(asked) == 2
    assert client.get("/api/v1/events?limit=4")["ETag"] != sent["ETag"]
    decisions_making.confirm(Event.objects.filter(articles__gt=0).first().public_id, By(STAFF, "read it"))  # type: ignore[union-attr]
    changed = client.get("/api/v1/events?limit=3", headers={"If-None-Match": sent["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != sent["ETag"]


def test_scripts_of_other_sites_may_read_and_only_read(client: Client) -> None:
    assert (
        client.get("/api/v1/events", headers={"Origin": "https://elsewhere.example"})["Access-Control-Allow-Origin"]
        == "*"
    )
    asked = client.options("/api/v1/decisions/confirm", headers={"Origin": "https://elsewhere.example"})
    assert asked.status_code == 204 and "POST" not in asked["Access-Control-Allow-Methods"]
    assert "authorization" not in asked["Access-Control-Allow-Headers"].lower()
    assert not client.post("/api/v1/decisions/confirm").has_header("Access-Control-Allow-Origin")
    assert not client.get("/search?q=camp").has_header("Access-Control-Allow-Origin")


def test_a_head_is_answered(client: Client) -> None:
    found = client.head("/api/v1/events")
    assert (found.status_code, found.content) == (200, b"") and found["ETag"]


# ---- decisions


Post = Callable[..., Any]


@pytest.fixture
def post(client: Client) -> Post:
    """Decide through the API as somebody of a role: (status, JSON)."""

    def call(role: str, path: str, **body: Any) -> tuple[int, Any]:
        user, _ = User.objects.get_or_create(username=f"{STAFF}-{role}")
        roles.give(user, role)
        token = tokens.make(user.username)
        response = client.post(
            f"/api/v1/decisions/{path}", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip
        return response.status_code, response.json()

    return call


def test_a_decision_takes_effect_and_is_taken_back(client: Client, post: Post, event: str) -> None:
    status, made = post("coder", "confirm", target=event, reason="read all reports")
    assert (status, made[0]["kind"], made[0]["target"]) == (201, "confirm", event)
    found = get(client, f"events/{event}")
    assert found["line"]["verification"] == "confirmed by people"
    assert [one["reason"] for one in found["decisions"]] == ["read all reports"]
    assert post("coder", f"{made[0]['id']}/undo", reason="too soon")[0] == 201
    assert get(client, f"events/{event}")["line"]["verification"] == "machine coding, not verified"


@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize("kind", roles.DECISIONS)
def test_a_role_decides_what_it_may(client: Client, post: Post, role: str, kind: str) -> None:
    bodies: dict[str, dict[str, Any]] = {
        "correct": {"target": "x", "field": "type", "value": "ASSAULT"},
        "merge": {"keep": "x", "others": ["y"]},
        "split": {"event": "x", "statements": ["y"]},
        "grade": {"target": "x", "grade": "A"},
        "undo": {},
    }
    path = "999999/undo" if kind == "undo" else kind
    status, found = post(role, path, reason="a test", **bodies.get(kind, {"target": "x"}))
    may = roles.ROLES.index(role) >= roles.ROLES.index(roles.DECISIONS[kind])
    assert status == (409 if may else 403)  # what may be decided is refused for its target: there is none
    assert ("needs the role" in found["detail"]) is not may


def test_a_coder_does_not_undo_what_an_editor_decided(client: Client, post: Post, event: str) -> None:
    made = post("editor", "reject", target=event, reason="it is a film")[1][0]["id"]
    status, told = post("coder", f"{made}/undo", reason="it is none")
    assert (status, told["detail"]) == (403, "undo: needs the role editor; this token's user is coder")
    undone = post("editor", f"{made}/undo", reason="too quick")[1][0]["id"]
    assert post("coder", f"{undone}/undo", reason="reject it after all")[0] == 403
    assert event in {one["id"] for one in get(client, "events?limit=200")["items"]}


def test_all_kinds_of_decisions(client: Client, post: Post) -> None:
    events = Event.objects.filter(articles__gt=0, merged_into=None).order_by("pk")
    keep, other = events[0].public_id, events[1].public_id
    assert post("editor", "merge", keep=keep, others=[other], reason="the same")[0] == 201
    assert get(client, f"events/{other}")["merged_into"] == keep
    keys = list(Statement.objects.filter(event__public_id=keep, current=True).values_list("key", flat=True))
    assert post("editor", "split", event=keep, statements=keys[:1], reason="another one")[0] == 201
    assert post("editor", "correct", target=keep, field="type", value="ASSAULT", reason="it says so")[0] == 201
    assert get(client, f"events/{keep}")["line"]["type"] == "ASSAULT"
    source = first(client, "sources")["id"]
    assert post("editor", "grade", target=source, grade="B", reason="mostly right")[0] == 201
    assert get(client, f"sources/{source}")["line"]["reliability"] == "B"
    assert post("editor", "reject", target=keep, reason="none")[0] == 201
    assert keep not in {one["id"] for one in get(client, "events?limit=200")["items"]}


def test_a_token_that_is_none_revoked_ended_or_of_somebody_gone(client: Client) -> None:
    user = User.objects.create(username=STAFF)
    roles.give(user, "administrator")
    token = tokens.make(STAFF)

    def status(given: str) -> int:
        body = {"target": "x", "reason": "a test"}
        headers = {"Authorization": given} if given else {}
        found = client.post("/api/v1/decisions/confirm", body, content_type="application/json", headers=headers)
        return int(found.status_code)

    assert status(f"Bearer {token}") == 409
    assert [status(""), status("Bearer x"), status(f"Basic {token}"), status("Bearer é")] == [401] * 4
    assert status(f"Bearer {tokens.make(STAFF, days=-1)}") == 401
    tokens.revoke(STAFF, tokens.of(STAFF).order_by("pk")[0].pk)
    assert status(f"Bearer {token}") == 401
    other = tokens.make(STAFF)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert status(f"Bearer {other}") == 401


def test_a_token_is_kept_hashed(client: Client) -> None:
    token = tokens.make(STAFF, "for a test")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM record_token")
        assert token.partition("_")[2] not in str(cursor.fetchall())
    assert tokens.user(token) == STAFF and tokens.of(STAFF).get().used is not None


def test_a_session_does_not_decide(client: Client, event: str) -> None:
    user = User.objects.create(username=STAFF)
    roles.give(user, "administrator")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    body = {"target": event, "reason": "a test"}
    assert client.post("/api/v1/decisions/confirm", body, content_type="application/json").status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '{"target": "x"}',
        '{"target": "x", "reason": "y", "user": "z"}',
        '{"target": "x", "reason": "\\u0000"}',
    ],
)
def test_a_body_that_cannot_be_used(client: Client, body: str) -> None:
    roles.give(User.objects.create(username=STAFF), "editor")
    headers = {"Authorization": f"Bearer {tokens.make(STAFF)}"}
    found = client.post("/api/v1/decisions/confirm", body, content_type="application/json", headers=headers)
    assert found.status_code == 400 and found.json()["detail"]


# ---- downloads


def downloaded(client: Client, path: str) -> bytes:
    response = client.get(f"/api/v1/exports/{path}")
    assert response.status_code == 200, response.content
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def test_every_file_that_is_offered_can_be_downloaded(client: Client) -> None:
    offered = get(client, "exports")
    assert {"acled", "geojson", "jsonl", "jsonld", "parquet", "polecat", "ucdp"} <= {one["format"] for one in offered}
    for one in offered:
        assert len(downloaded(client, one["url"].split("/exports/")[1])) > 100


def test_downloads_are_what_they_say(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(downloaded(client, "acled/acled.csv").decode())))
    assert rows and len(rows[0]) == 31
    lines = [json.loads(line) for line in downloaded(client, "jsonl/events.jsonl").splitlines()]
    table = parquet.read_table(io.BytesIO(downloaded(client, "parquet/events.parquet")))
    assert len(lines) == table.num_rows > 20
    assert json.loads(downloaded(client, "geojson/events.geojson"))["type"] == "FeatureCollection"


def test_a_download_is_filtered(client: Client, event: str) -> None:
    assert downloaded(client, "jsonl/events.jsonl?confirmed=true") == b""
    decisions_making.confirm(event, By(STAFF, "read it"))
    lines = downloaded(client, "jsonl/events.jsonl?confirmed=true").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [event]
    early = downloaded(client, "jsonl/events.jsonl?until=2018").splitlines()
    assert len(early) < len(downloaded(client, "jsonl/events.jsonl").splitlines())
    assert get(client, "exports/jsonl/events.jsonl?since=x", 400)["detail"]


def test_who_stops_reading_a_download_stops_its_writer(client: Client) -> None:
    import threading

    before = threading.active_count()
    response = client.get("/api/v1/exports/jsonl/events.jsonl")
    next(iter(response.streaming_content))  # type: ignore[arg-type,call-overload]
    response.close()
    assert threading.active_count() == before


# ---- what is nobody's business


def test_nothing_private_comes_out(client: Client, event: str, examples: list[CodedArticle]) -> None:
    decisions_making.confirm(event, By(STAFF, "read it"))
    decisions_making.grade(first(client, "sources")["id"], "B", By(STAFF, "mostly right"))
    addresses = [f"/api/v1/{name}?limit=200" for name in LISTS]
    addresses += [
        f"/api/v1/{name}/{one['id']}"
        for name in ("events", "sources")
        for one in get(client, f"{name}?limit=12")["items"]
    ]
    addresses += [f"/api/v1/articles/{key}" for key in Article.objects.values_list("public_id", flat=True)]
    addresses += [one["url"].removeprefix("http://localhost") for one in get(client, "exports")]
    addresses += ["/api/v1/search?q=camp&limit=200", "/api/v1/openapi.json", "/api"]
    texts = [one.text for one in examples]
    for address in addresses:
        content = client.get(address).getvalue().decode("utf-8", "replace")
        assert STAFF not in content and '"email"' not in content, address
        assert not any(text in content or json.dumps(text)[1:-1] in content for text in texts), address


def test_whole_articles_are_no_download(client: Client) -> None:
    assert "articles" not in {one["format"] for one in get(client, "exports")}
    assert get(client, "exports/articles/articles.jsonl", 404)["detail"]


# ---- limits, description, costs


def test_who_asks_too_often_is_told_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = {"REMOTE_ADDR": "203.0.113.9"}
    monkeypatch.setattr(limits, "rate_of_setting", lambda: 5)
    monkeypatch.setattr(limits, "clock", lambda: 1_000_000_030.0)  # no minute begins while the test runs
    statuses = [client.get("/api/v1/actors?limit=1", **visitor).status_code for _ in range(7)]  # type: ignore[arg-type]
    assert statuses == [200] * 5 + [429] * 2
    told = client.get("/api/v1/actors?limit=1", **visitor)  # type: ignore[arg-type]
    assert 0 < int(told["Retry-After"]) <= 61 and told.json()["status"] == 429
    assert client.get("/api/v1/actors?limit=1", REMOTE_ADDR="203.0.113.10").status_code == 200  # type: ignore[arg-type]
    pages = [client.get("/search?q=camp", **visitor).status_code for _ in range(6)]  # type: ignore[arg-type]
    assert pages == [200] * 5 + [429]
    assert client.get("/", **visitor).status_code == 200  # type: ignore[arg-type]


def test_every_field_and_parameter_is_described(client: Client) -> None:
    _, components = shapes.schemas()
    missing = [
        f"{name}.{field}"
        for name, component in components.items()
        for field, schema in component.get("properties", {}).items()
        if not schema["description"]
    ]
    assert missing == []
    description = get(client, "openapi.json")
    for operations in description["paths"].values():
        for operation in operations.values():
            assert operation["summary"] and set(operation["responses"]) & {"200", "201"}
    filters = {one["name"]: one for one in description["paths"]["/api/v1/events"]["get"]["parameters"]}
    assert set(filtering.Narrowing.model_fields) <= set(filters)


def test_the_page_of_the_api_names_every_address(client: Client) -> None:
    page = client.get("/api").content.decode()
    for path in get(client, "openapi.json")["paths"]:
        assert path in page


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("events?limit=50", 6),
        ("figures?limit=50", 10),
        ("control?limit=50", 6),
        ("disputes?limit=50", 8),
        ("sources?limit=50", 6),
        ("actors?limit=50", 4),
        ("places?limit=50", 4),
        ("articles?limit=50", 5),
        ("search?q=camp", 12),
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, path: str, most: int) -> None:
    with CaptureQueriesContext(connection) as many:
        get(client, path)
    with CaptureQueriesContext(connection) as few:
        get(client, path.replace("limit=50", "limit=5"))
    assert len(few) <= len(many) <= most


def test_where_the_record_is_stays_in_the_log(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(chosen: object) -> None:
        raise RecordError("postgresql://inside.example/record: no more connections")

    monkeypatch.setattr(reading.actors, "listed", broken)
    found = get(client, "actors", 503)
    assert found["detail"] == "the record cannot be read or written now"
    assert "inside.example" in caplog.text


def test_the_site_says_that_it_is_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").content == b"ok\n"

    class Broken:
        def exists(self) -> bool:
            raise RecordError("the database is at /secret/place")

    monkeypatch.setattr(health.Article, "objects", Broken())
    sick = client.get("/healthz")
    assert sick.status_code == 503 and b"secret" not in sick.content
