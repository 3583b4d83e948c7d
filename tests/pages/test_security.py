"""What nobody must find or do: private things in public places, forged forms, scripts in what others wrote."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import get_resolver, reverse

from reportedly import settings
from reportedly.data import CodedArticle
from reportedly.record import exports, models, releases
from reportedly.record.adding import Adder
from tests.pages import crawling, hostile, staffing

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
#: The role and what belongs to it: nobody's name stands in what the public is given.
STAFF = ("Coder-Kowalski", "Editor-Esposito", "Moderator-Meier")


def decided(record: str) -> None:
    """A record in which staff has done everything that they can do, with names and emails that are looked for."""
    coder, editor = (staffing.signed_in(role, name) for role, name in zip(("coder", "editor"), STAFF, strict=False))
    moderator = staffing.signed_in("editor", STAFF[2])
    statement, event = staffing.pressing(), staffing.event()
    given = {"reason": "Read again.", "seen": "0"}
    coder.post(reverse("staff-statement", args=[statement.key]), {**given, "action": "confirm"})
    where = reverse("staff-event", args=[event.public_id])
    coder.post(where, {**given, "action": "confirm"})
    source = models.Source.objects.filter(kind="outlet").order_by("pk")[0]
    editor.post(reverse("staff-source", args=[source.key]), {**given, "action": "grade", "grade": "B"})
    for to, target in (("event", event.public_id), ("statement", statement.key)):
        row = staffing.response(to, target, f"About this {to}: it was otherwise.")
        moderator.post(reverse("staff-moderate", args=[row.pk]), {"state": "shown", "seen": "waiting"})
    assert models.Decision.objects.count() == 3
    assert models.Response.objects.filter(state="shown", moderator=STAFF[2]).count() == 2
    waiting = staffing.response("event", event.public_id, "Words of a response that waits.")
    assert waiting.state == "waiting"


def begin() -> list[str]:
    """Where a visitor can begin: the site, what tells machines of it, every resource of the API and every export."""
    schema = Client(SERVER_NAME=crawling.HOST).get("/api/v1/openapi.json").json()
    found = ["/", "/sitemap.xml", "/robots.txt", "/api", *map(reverse, ("map-events", "map-control", "search"))]
    found += [path for path, ways in schema["paths"].items() if "get" in ways and "{" not in path]
    event, statement = staffing.event(), staffing.pressing()
    article = statement.article.public_id
    found += [f"/api/v1/events/{event.public_id}", f"/api/v1/statements/{statement.key}", f"/api/v1/articles/{article}"]
    found += ["/api/v1/search?q=the", "/search?q=said"]
    answer = Client(SERVER_NAME=crawling.HOST).get("/api/v1/exports").content.decode()
    return found + re.findall(r'"(?:http://localhost)?(/api/v1/exports/[^"]+)"', answer)


def texts() -> list[str]:
    """The whole text of every article, on one line."""
    return [" ".join(text.split()) for text in models.Revision.objects.values_list("text", flat=True)]


def test_no_public_address_has_an_email_a_whole_text_or_a_name_of_the_staff(
    client: Client, record: str, tmp_path: Path
) -> None:
    releases.make("before", tmp_path / "releases", formats=["jsonl"])
    decided(record)
    everything = [name for name in exports.names() if name not in exports.PRIVATE]
    place, _ = releases.make("after", tmp_path / "releases", formats=everything)
    handed_on = [(str(path), 200, crawling.told(path.read_bytes())) for path in sorted(place.iterdir())]
    whole, found = texts(), list[str]()
    visited: dict[str, int] = {}
    for address, status, text in chain(handed_on, crawling.crawl(client, begin())):
        visited[address] = status
        assert status < 500, address
        plain = _plain(text)
        emails = set(_EMAIL.findall(text)) - _own_words(whole)
        found += [f"{address}: {one}" for one in (*STAFF, "@staff.example", "reader.example") if one in text]
        found += [f"{address}: {one}" for one in emails]
        found += [f"{address}: a whole text" for one in whole if one in plain]
        found += [f"{address}: a response that waits"] if "a response that waits" in text else []
    assert found == []
    kinds = {address.split("?")[0].rpartition(".")[2] for address in visited}
    assert {"atom", "xml", "json"} <= kinds
    for part in (
        "/events/",
        "/articles/",
        "/sources/",
        "/api/v1/",
        "/api/v1/exports/",
        "/respond/",
        "/releases/after/",
    ):
        assert any(address.startswith(part) and status == 200 for address, status in visited.items()), part
    formats = {form.files[0].name for form in map(exports.named, everything)}
    for begins in ("/api/v1/exports/", "/releases/after/", f"{place}/"):  # every format, each way that it is handed on
        assert formats <= {address.rpartition("/")[2] for address in visited if address.startswith(begins)}, begins
    assert "a person decided to confirm" in (place / "changes.md").read_text()
    assert len(visited) > 100


def _plain(text: str) -> str:
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", "", text.replace("\\n", " "))).split())


def _own_words(whole: Iterable[str]) -> set[str]:
    """Addresses that an article itself prints are no secret of ours."""
    return {one for text in whole for one in _EMAIL.findall(text)}


def test_a_signed_in_session_is_never_kept_by_caches(record: str) -> None:
    statement = staffing.pressing()
    page = staffing.signed_in("reader").get(reverse("article-text", args=[statement.article.public_id]))
    assert "no-store" in page.headers["Cache-Control"] and "private" in page.headers["Cache-Control"]


def test_no_form_is_taken_without_its_token(record: str) -> None:
    statement, event = staffing.pressing(), staffing.event()
    source = models.Source.objects.filter(kind="outlet").order_by("pk")[0]
    job = models.Job.objects.create(source="https://news.example/", user="x", state="failed")
    row = staffing.response("event", event.public_id)
    posts = [
        reverse("sign-in"),
        reverse("sign-out"),
        reverse("respond", args=["event", event.public_id]),
        reverse("staff-statement", args=[statement.key]),
        reverse("staff-event", args=[event.public_id]),
        reverse("staff-source", args=[source.key]),
        reverse("staff-outlet", args=[source.key]),
        reverse("staff-moderate", args=[row.pk]),
        reverse("staff-add"),
        reverse("staff-again", args=[job.pk]),
        reverse("admin:auth_user_add"),
    ]
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = staffing.signed_in("administrator").cookies
    given = {
        "action": "confirm",
        "reason": "Forged.",
        "seen": "0",
        "state": "shown",
        "address": "https://news.example/",
    }
    assert {address: strict.post(address, given).status_code for address in posts} == dict.fromkeys(posts, 403)
    assert (models.Decision.objects.count(), models.Response.objects.count(), models.Job.objects.count()) == (0, 1, 1)
    exempt = [one.name for one in get_resolver().url_patterns if getattr(getattr(one, "callback", 0), "csrf_exempt", 0)]
    assert exempt == []


def test_what_is_too_large_is_refused_before_it_is_read(client: Client, record: str) -> None:
    large = {"name": "n", "text": "x" * 1_100_000}
    assert client.post(reverse("sign-in"), large).status_code == 413
    assert client.post(reverse("staff-add"), large).status_code == 413
    assert client.post(reverse("respond", args=["event", staffing.event().public_id]), large).status_code == 413
    assert models.Response.objects.count() == 0
    editor = staffing.signed_in("editor")
    assert editor.post(reverse("staff-add"), large).status_code == 400  # a file may be so large, and there is none
    assert editor.post(reverse("staff"), large).status_code == 413


def test_browsers_are_told_to_run_nothing_but_ours(client: Client, record: str) -> None:
    statement = staffing.pressing()
    open_ = [reverse("front"), reverse("event", args=[staffing.event().public_id]), "/no-such-page", reverse("sign-in")]
    closed = [reverse("staff"), reverse("staff-statement", args=[statement.key]), reverse("admin:index")]
    staff = staffing.signed_in("administrator")
    answers = [*map(client.get, open_), *map(staff.get, closed)]
    for answer in answers:
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"].split()[0] == "'self'"
        assert not re.search(r"unsafe-|\*|http:|data:", policy["script-src"] + policy["style-src"])
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        page = answer.content.decode()
        assert re.findall(r'<[^>]+\s(?:on[a-z]+|style)="', page.split("<body", 1)[-1]) == []
        scripts = re.findall(r"<script([^>]*)>([^<]*)", page)
        assert [one for one in scripts if "src=" not in one[0] and "json" not in one[0] and one[1].strip()] == []


def test_another_host_is_refused_in_one_line(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    (console,) = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    monkeypatch.setattr(console, "stream", log)
    for address in ("/", "/staff", "/events.atom"):
        answer = client.get(address, headers={"host": "evil.example"})
        assert answer.status_code == 400 and "could not be understood" in answer.content.decode()
        assert "evil.example" not in answer.content.decode()
    lines = log.getvalue().splitlines()
    assert len(lines) == 3 and all("DisallowedHost" in one and "'evil.example'" in one for one in lines)


def attacked(examples: list[CodedArticle]) -> models.Article:
    """An article whose headline, outlet, address and words attack the page, in the record with its statements."""
    one = examples[0]
    coded = msgspec.json.decode(msgspec.json.encode(one), type=CodedArticle)
    figure, event, said = coded.figures[0], coded.events[0], coded.attributions[0]
    said.speaker = said.organisation = f"Speaker {hostile.EVERY}{hostile.BIDI}"[:290]
    figure.of, figure.actor = hostile.EVERY[:180], f"Actor {hostile.EVERY}"[:180]
    for who in (*event.actor, *event.recipient):
        who.name = f"Somebody {hostile.SCRIPTS[0]}"
    for place in coded.places[:2]:
        place.name, place.geonameid = f"Town {hostile.SCRIPTS[1]}", None
    changed = msgspec.structs.replace(
        coded,
        id="hostile",
        url=f"https://news.example/{hostile.SCRIPTS[1]}",
        title=f"{hostile.EVERY}{hostile.BIDI}{hostile.LONG}",
        publisher=f"Outlet {hostile.EVERY}{hostile.BIDI}"[:290],
        author=hostile.EVERY,
        text=_with(coded.text, hostile.EVERY),
    )
    assert Adder(settings.load()).add(changed) == "new"
    return models.Article.objects.get(public_id="hostile")


def _with(text: str, words: str) -> str:
    """A text of the same length that has other words in it."""
    return words[: len(text)] + text[len(words) :]


def test_hostile_articles_and_responses_are_escaped_everywhere(
    client: Client, record: str, examples: list[CodedArticle]
) -> None:
    article = attacked(examples)
    for to, target in (
        ("article", article.public_id),
        ("statement", models.Statement.objects.filter(article=article)[0].key),
    ):
        row = staffing.response(to, target, f"{hostile.EVERY} {hostile.JAVASCRIPT} {hostile.BIDI}", "shown")
        models.Response.objects.filter(pk=row.pk).update(name=hostile.SCRIPTS[0], note=hostile.SCRIPTS[1])
    keys = models.Statement.objects.filter(article=article, current=True).order_by("pk").values_list("key", flat=True)
    event = models.Event.objects.filter(statements__article=article).order_by("pk")[0]
    outlet = article.outlet
    assert outlet is not None
    pages = [
        "/",
        "/search?q=alert",
        "/sources",
        "/actors",
        "/places",
        "/figures",
        "/disputes",
        "/events.atom",
        "/control",
    ]
    pages += [reverse("article", args=["hostile"]), reverse("event", args=[event.public_id])]
    pages += [reverse("sources-one", args=[outlet.key]), "/figures.atom", "/search.atom?q=alert", "/events/map.json"]
    pages += [f"/search?q={hostile.SCRIPTS[0]}", f"/?place={hostile.SCRIPTS[1]}&since={hostile.SCRIPTS[0]}"]
    pages += [reverse("respond", args=["article", "hostile"]), reverse("respond", args=["statement", keys[0]])]
    closed = ["/staff", reverse("article-text", args=["hostile"]), "/staff/responses?state=shown", "/staff/decisions"]
    closed += [reverse("staff-statement", args=[keys[0]]), reverse("staff-event", args=[event.public_id])]
    closed += [reverse("staff-article", args=["hostile"]), reverse("staff-source", args=[outlet.key])]
    closed += [reverse("admin:record_article_changelist"), reverse("admin:record_response_changelist")]
    staff = staffing.signed_in("administrator")
    shown = {page: client.get(page) for page in pages} | {page: staff.get(page) for page in closed}
    assert {page: answer.status_code for page, answer in shown.items() if answer.status_code not in (200, 400)} == {}
    attacks = 0
    for page, answer in shown.items():
        text = answer.content.decode()
        if "json" not in answer.headers["Content-Type"]:  # scripts read JSON and put it in pages as text
            assert [(page, raw) for raw in hostile.RAW if raw in text] == []
        assert [(page, one) for one in _targets(text) if _runs(one)] == []
        assert django_settings.SECRET_KEY not in text
        attacks += "&lt;script&gt;" in text or "\\u003Cscript" in text
    assert attacks > 10
    whole = client.get(reverse("article", args=["hostile"])).content.decode()
    assert [
        one
        for one in re.findall(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', whole, re.S)
        if not json.loads(one)
    ] == []
    assert hostile.BIDI[0] not in whole.split('id="responses"', 1)[1]


def _targets(text: str) -> list[str]:
    """What the elements of a page or a feed lead to."""
    return re.findall(r'<[^<>]*\s(?:href|src|action|hx-get)="([^"]*)"', text)


def _runs(target: str) -> bool:
    return re.sub(r"[\x00-\x20]", "", target).lower().startswith(("javascript:", "data:text", "vbscript:"))


def test_an_original_that_a_browser_would_run_is_no_link(
    client: Client, record: str, examples: list[CodedArticle]
) -> None:
    adder, staff, pages = Adder(settings.load()), staffing.signed_in("editor"), ["/", "/sources"]
    for number, scheme in enumerate(
        ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "JaVaScRiPt:a()")
    ):
        name = f"runs-{number}"
        adder.add(msgspec.structs.replace(examples[0], id=name, url=scheme, title="Other words", publisher=name))
        event = models.Event.objects.filter(statements__article__public_id=name).order_by("pk")[0]
        pages += [reverse("article", args=[name]), reverse("article-text", args=[name])]
        pages += [reverse("event", args=[event.public_id])]
    for page in pages:
        answer = staff.get(page) if page.endswith("/text") else client.get(page)
        assert (page, answer.status_code) == (page, 200)
        assert [href for href in _targets(answer.content.decode()) if _runs(href)] == []
