"""What readers respond: sent, refused with what they typed, moderated, shown, accepted by a decision."""

from __future__ import annotations

import datetime

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reportedly.pages.views import responses as views
from reportedly.record import responses
from reportedly.record.models import Decision, Event, Response
from tests.pages import staffing

GIVEN = {"name": "Nadia Reader", "email": "nadia.private@reader.example", "text": "I was there: it was not Baghuz."}


def opened(seconds: float = 10) -> str:
    """What the form says on when it was opened, so many seconds ago."""
    signer = signing.TimestampSigner(salt=views.SALT)
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp() - seconds))  # type: ignore[method-assign]
    return signer.sign("opened")


@pytest.fixture
def address(record: str) -> str:
    """Where one responds to an event."""
    return reverse("respond", args=["event", staffing.event().public_id])


def sent(client: Client, address: str, **changed: str) -> tuple[int, str]:
    """What a form gets for an answer."""
    answer = client.post(address, {**GIVEN, "opened": opened(), "website": "", **changed})
    return answer.status_code, answer.content.decode()


def test_a_response_waits_until_a_moderator_shows_it(client: Client, address: str) -> None:
    event = staffing.event()
    status, page = sent(client, address)
    assert (status, "Thank you" in page) == (200, True)
    row = Response.objects.get()
    assert (row.state, row.kind, row.target, row.email) == ("waiting", "event", event.public_id, GIVEN["email"])
    shown = reverse("event", args=[event.public_id])
    assert GIVEN["text"] not in client.get(shown).content.decode()
    editor = staffing.signed_in("editor")
    queue = editor.get(reverse("staff-responses")).content.decode()
    assert GIVEN["text"] in queue and GIVEN["email"] in queue
    editor.post(reverse("staff-moderate", args=[row.pk]), {"state": "shown", "seen": "waiting", "note": "Thank you."})
    page = client.get(shown).content.decode()
    assert GIVEN["text"] in page and "Nadia Reader" in page and "Thank you." in page
    assert GIVEN["email"] not in page and "editor-of-the-staff" not in page


@pytest.mark.parametrize("kind", ["statement", "event", "article"])
def test_one_can_respond_to_statements_events_and_articles(client: Client, kind: str) -> None:
    statement = staffing.pressing()
    targets = {"statement": statement.key, "event": staffing.event().public_id, "article": statement.article.public_id}
    assert client.get(reverse("respond", args=[kind, targets[kind]])).status_code == 200
    assert sent(client, reverse("respond", args=[kind, targets[kind]]))[0] == 200
    responses.moderate(Response.objects.get().pk, "shown", "an editor")
    where = reverse(
        "event" if kind == "event" else "article", args=[targets["event" if kind == "event" else "article"]]
    )
    assert GIVEN["text"] in client.get(where).content.decode()


def test_what_is_not_there_cannot_be_responded_to(client: Client) -> None:
    for kind, target in (("event", "e-none"), ("article", "none"), ("statement", "none/event/1-2"), ("source", "x")):
        assert client.get(reverse("respond", args=[kind, target])).status_code == 404


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"email": ""}, "Email: This field is required."),
        ({"email": "nadia"}, "Enter a valid email address"),
        ({"name": " \u202e\u200f "}, "Enter your name."),
        ({"text": "\u202e\x07"}, "Enter your response."),
        ({"text": "x" * 5001}, "at most 5000 characters"),
        ({"website": "https://spam.example"}, "A field that stays empty was filled in"),
    ],
)
def test_an_error_keeps_what_was_typed(client: Client, address: str, changed: dict[str, str], told: str) -> None:
    status, page = sent(client, address, **changed)
    assert (status, Response.objects.count()) == (400, 0)
    assert told in page and "What you typed is still here" in page
    kept = [GIVEN[name] for name in GIVEN if name not in changed]
    assert [one for one in kept if one not in page] == []
    assert 'aria-invalid="true"' in page or "website" in changed


def test_programs_are_too_fast_or_know_no_form(client: Client, address: str) -> None:
    for when in (opened(1), "", "opened:forged:forged", opened(2 * 24 * 60 * 60)):
        status, page = sent(client, address, opened=when)
        assert (status, "Send it again" in page, GIVEN["text"] in page) == (400, True, True)
    assert Response.objects.count() == 0


def test_there_are_so_many_responses_from_one_address(client: Client, address: str) -> None:
    assert [sent(client, address)[0] for _ in range(6)] == [200] * 5 + [429]
    elsewhere = Client(SERVER_NAME="localhost", REMOTE_ADDR="203.0.113.9")
    assert sent(elsewhere, address)[0] == 200
    Response.objects.update(made=timezone.now() - datetime.timedelta(hours=2))
    assert sent(client, address)[0] == 200


def test_there_are_so_many_responses_to_one_target(client: Client, address: str) -> None:
    for number in range(20):
        assert sent(Client(SERVER_NAME="localhost", REMOTE_ADDR=f"203.0.113.{number}"), address)[0] == 200
    status, page = sent(client, address)
    assert (status, GIVEN["text"] in page) == (429, True)


def test_where_a_response_came_from_is_hashed_and_forgotten(client: Client, address: str) -> None:
    sent(client, address)
    row = Response.objects.get()
    assert len(row.address) == 64 and "127.0.0.1" not in row.address
    Response.objects.update(made=timezone.now() - datetime.timedelta(days=4))
    assert responses.forget() == 1
    row.refresh_from_db()
    assert (row.address, row.email) == ("", GIVEN["email"])


def test_a_declined_response_is_not_shown_and_can_be_later(client: Client, record: str) -> None:
    event = staffing.event()
    row = staffing.response("event", event.public_id, "Nonsense about nobody.")
    editor, page = staffing.signed_in("editor"), reverse("event", args=[event.public_id])
    change = reverse("staff-moderate", args=[row.pk])
    editor.post(change, {"state": "declined", "seen": "waiting"})
    assert "Nonsense about nobody." not in client.get(page).content.decode()
    late = staffing.signed_in("editor", "another editor")
    told = late.post(change, {"state": "shown", "seen": "waiting"}, follow=True).content.decode()
    assert "editor-of-the-staff has declined this response meanwhile" in told
    assert "Nonsense about nobody." not in client.get(page).content.decode()
    late.post(change, {"state": "shown", "seen": "declined"})
    assert "Nonsense about nobody." in client.get(page).content.decode()


def test_a_response_that_corrects_a_fact_is_accepted_into_a_decision(client: Client, record: str) -> None:
    statement = staffing.pressing()
    row = staffing.response("statement", statement.key, "The toll was given as 1,700.")
    editor = staffing.signed_in("editor")
    page = reverse("staff-statement", args=[statement.key])
    assert "The next decision here accepts this response" in editor.get(f"{page}?response={row.pk}").content.decode()
    given = {"action": "correct", "reason": "A reader is right.", "seen": "0", "response": str(row.pk)}
    high = str(statement.high or 0.0).removesuffix(".0")
    editor.post(page, {**given, "was-high": high, "field-high": "1700"})
    row.refresh_from_db()
    assert row.state == "shown" and row.decision is not None and row.decision.field == "high"
    article = reverse("article", args=[statement.article.public_id])
    shown = client.get(article).content.decode()
    assert "accepted by the editors" in shown and "Corrected: high is 1700" in shown
    editor.post(page, {"action": "undo", "decision": row.decision_id, "reason": "No.", "seen": str(row.decision_id)})
    assert "has since been undone" in client.get(article).content.decode()


def test_only_editors_accept_responses(record: str) -> None:
    statement = staffing.pressing()
    row = staffing.response("statement", statement.key)
    given = {"action": "confirm", "reason": "So.", "seen": "0", "response": str(row.pk)}
    answer = staffing.signed_in("coder").post(reverse("staff-statement", args=[statement.key]), given)
    row.refresh_from_db()
    assert (answer.status_code, row.state, Decision.objects.count()) == (403, "waiting", 0)


def test_responses_cost_no_more_queries_the_more_there_are(client: Client, record: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    event = Event.objects.get(pk=staffing.event().pk)
    counts = []
    for _ in range(3):
        staffing.response("event", event.public_id, state="shown")
        with CaptureQueriesContext(connection) as asked:
            assert len(responses.shown("event", event.public_id)) == len(counts) + 1
        counts.append(len(asked))
    assert counts == [2, 2, 2]  # whether there are any, and these
