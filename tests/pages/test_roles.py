"""Who may see and do what: every address of the site, for everybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse
from typer.testing import CliRunner

from reportedly import cli
from reportedly.pages import roles
from reportedly.record import jobs
from reportedly.record.models import Decision, Response, Source, Statement
from tests.pages import staffing

EVERYBODY = ("", "nobody", *roles.ROLES)
#: The least role of every address that is not open to the public.
STAFF = {
    "article-text": "reader",
    "staff": "reader",
    "staff-statement": "coder",
    "staff-next": "coder",
    "staff-event": "coder",
    "staff-article": "coder",
    "staff-log": "coder",
    "staff-seen": "coder",
    "staff-source": "editor",
    "staff-outlet": "editor",
    "staff-responses": "editor",
    "staff-moderate": "editor",
    "staff-add": "editor",
    "staff-job": "editor",
    "staff-again": "editor",
}
#: Those that everybody may see, or that sign in and out; the API has tests of its own.
PUBLIC = (
    "front",
    "event",
    "article",
    "respond",
    "figures",
    "figures-series",
    "control",
    "disputes",
    "sources",
    "about",
)
PUBLIC += ("sources-one", "actors", "actors-one", "places", "places-one", "search", "robots", "sitemap", "favicon")
PUBLIC += ("sitemap-section", "sign-in", "sign-out", "event-picture", "map-events", "map-control", "health", "api")
PUBLIC += ("releases", "release", "release-file")


def patterns() -> Iterator[URLPattern]:
    """The addresses of the site itself: not those of the API and of Django's administration."""
    for one in get_resolver().url_patterns:
        if isinstance(one, URLPattern):
            yield one


def addresses() -> dict[str, str]:
    """An address that leads somewhere, of every name."""
    statement, event = staffing.pressing(), staffing.event()
    source = Source.objects.filter(kind="outlet").order_by("pk")[0]
    job, response = jobs.give("https://news.example/1", "somebody"), staffing.response("event", event.public_id)
    given: dict[str, list[str | int]] = {
        "article-text": [statement.article.public_id],
        "staff-statement": [statement.key],
        "staff-event": [event.public_id],
        "staff-article": [statement.article.public_id],
        "staff-source": [source.key],
        "staff-outlet": [source.key],
        "staff-moderate": [response.pk],
        "staff-job": [job.pk],
        "staff-again": [job.pk],
    }
    return {name: reverse(name, args=given.get(name, [])) for name in STAFF}


def somebody(role: str) -> Client:
    """ "" is not signed in, "nobody" has an account without a role."""
    return staffing.signed_in("" if role == "nobody" else role) if role else Client(SERVER_NAME="localhost")


def test_every_address_says_who_may_see_it() -> None:
    found = {str(one.name) for one in patterns()}
    assert {name for name in found if name not in PUBLIC and not name.startswith("feed-")} == set(STAFF)


@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_are_open_to_the_role_and_higher_ones(record: str, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr("reportedly.pages.working.wake", lambda: None)
    client = somebody(who)
    where = addresses()
    for name, needed in STAFF.items():
        answer = client.get(where[name])
        may = who in roles.ROLES and roles.ROLES.index(who) >= roles.ROLES.index(needed)
        if not who:
            assert (name, answer.status_code) == (name, 302)
            assert answer.headers["Location"].startswith(reverse("sign-in"))
        elif not may:
            assert (name, answer.status_code) == (name, 403)
        elif name == "staff-next":  # leads on to a statement
            assert answer.headers["Location"].startswith(reverse("staff-statement", args=["x"])[:-1])
        else:  # what is only posted to says that there is no such page
            assert (name, answer.status_code) in ((name, 200), (name, 404))
            assert answer.status_code == 200 or name in ("staff-outlet", "staff-moderate", "staff-again")
        if answer.status_code == 200:
            assert (name, "no-store" in answer.headers["Cache-Control"]) == (name, True)


@pytest.mark.parametrize("who", EVERYBODY)
def test_decisions_are_open_to_the_role_and_higher_ones(record: str, who: str) -> None:
    where, client = addresses(), somebody(who)
    others: dict[str, list[str]] = {"merge": [], "split": [], "grade": ["2"]}
    for kind, needed in roles.DECISIONS.items():
        Decision.objects.all().delete()
        to = where["staff-event" if kind in others else "staff-statement"]
        given = {"action": kind, "reason": "To see who may.", "seen": "0", "decision": "999"}
        status = client.post(to, {**given, "grade": others.get(kind, [])}).status_code
        may = who in roles.ROLES and roles.ROLES.index(who) >= roles.ROLES.index(needed)
        if may:  # decided, or told what is missing (events to merge with, a decision of this number)
            assert (kind, status) == (kind, 400 if kind in ("correct", "merge", "split", "undo") else 302)
        else:
            assert (kind, status) == (kind, 403 if who else 302)
            assert not Decision.objects.exists()


def test_a_coder_does_not_undo_what_an_editor_decided(record: str) -> None:
    statement = staffing.pressing()
    to = reverse("staff-statement", args=[statement.key])
    staffing.signed_in("editor").post(to, {"action": "reject", "reason": "Not there.", "seen": "0"})
    made = str(Decision.objects.get().pk)
    undo = {"action": "undo", "reason": "It is.", "seen": made, "decision": made}
    assert staffing.signed_in("coder").post(to, undo).status_code == 403
    assert Statement.objects.get(pk=statement.pk).judgement == "rejected"


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_administrators_come_into_the_administration(record: str, who: str) -> None:
    status = somebody(who).get(reverse("admin:index")).status_code
    assert status == (200 if who == "administrator" else 302)


def test_the_record_is_only_read_in_the_administration(record: str) -> None:
    client, statement = somebody("administrator"), staffing.pressing()
    for table in ("article", "statement", "event", "source", "decision", "response", "job", "place", "actor"):
        assert client.get(reverse(f"admin:record_{table}_changelist")).status_code == 200
    change = reverse("admin:record_statement_change", args=[statement.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"text": "forged"}).status_code == 403
    assert client.get(reverse("admin:record_decision_add")).status_code == 403
    statement.refresh_from_db()
    assert statement.text != "forged"


def test_a_response_can_be_forgotten_for_good(record: str) -> None:
    row = staffing.response("event", staffing.event().public_id)
    client = somebody("administrator")
    assert client.post(reverse("admin:record_response_delete", args=[row.pk]), {"post": "yes"}).status_code == 302
    assert not Response.objects.exists()


def test_wrong_passwords_lock_a_name_and_not_another(record: str) -> None:
    with override_settings(PASSWORD_HASHERS=staffing.HASHERS):
        staffing.account("coder", "lena", staffing.PASSWORD)
        staffing.account("coder", "omar", staffing.PASSWORD)
        client = Client(SERVER_NAME="localhost")
        wrong = [client.post(reverse("sign-in"), {"username": "lena", "password": f"guess {n}"}) for n in range(6)]
        assert [one.status_code for one in wrong[:5]] == [200] * 5
        assert "do not go together" in wrong[0].content.decode()
        assert wrong[5].status_code == 429 and "Too many wrong passwords" in wrong[5].content.decode()
        right = {"username": "lena", "password": staffing.PASSWORD}
        assert client.post(reverse("sign-in"), right).status_code == 429
        elsewhere = Client(SERVER_NAME="localhost", REMOTE_ADDR="203.0.113.5")  # whoever guesses locks nobody out
        assert elsewhere.post(reverse("sign-in"), right).status_code == 302
        answer = client.post(reverse("sign-in"), {"username": "omar", "password": staffing.PASSWORD})
        assert answer.headers["Location"] == reverse("staff")


def test_signing_in_leads_back_to_this_site_only(record: str) -> None:
    with override_settings(PASSWORD_HASHERS=staffing.HASHERS):
        staffing.account("coder", "lena", staffing.PASSWORD)
        for wanted, led in (("https://evil.example/", reverse("staff")), (reverse("staff-log"), reverse("staff-log"))):
            client = Client(SERVER_NAME="localhost")
            given = {"username": "lena", "password": staffing.PASSWORD, "next": wanted}
            assert client.post(reverse("sign-in"), given).headers["Location"] == led
        assert client.post(reverse("sign-out")).status_code == 302
        assert client.get(reverse("staff-log")).status_code == 302


def test_accounts_are_made_and_closed_on_the_command_line(record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", record)
    monkeypatch.setenv("REPORTEDLY_PASSWORD", staffing.PASSWORD)
    run = CliRunner().invoke
    assert run(cli.app, ["account", "lena", "--role", "editor"]).exit_code == 0
    user = User.objects.get(username="lena")
    assert (roles.role(user), user.is_superuser, user.check_password(staffing.PASSWORD)) == ("editor", False, True)
    assert run(cli.app, ["account", "lena", "--role", "administrator"]).exit_code == 0
    assert roles.role(User.objects.get(username="lena")) == "administrator"
    assert run(cli.app, ["account", "lena", "--role", "none"]).exit_code == 0
    assert (roles.role(User.objects.get(username="lena")), User.objects.get().is_staff) == ("", False)
    monkeypatch.setenv("REPORTEDLY_PASSWORD", "short")
    refused = run(cli.app, ["account", "omar", "--role", "coder"])
    assert refused.exit_code == 1 and "at least 8 characters" in str(refused.exception)
    assert "is none of" in str(run(cli.app, ["account", "omar", "--role", "boss"]).exception)
    assert set(Group.objects.values_list("name", flat=True)) == {"reader", "coder", "editor"}
