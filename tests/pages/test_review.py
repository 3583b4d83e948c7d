"""The review desk: what stands first and why, decisions from a form, two people on one item, undo."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reportedly.record.models import Decision, Event, Source, Statement
from reportedly.record.queries import events, review, statements
from tests.pages import staffing

#: A form's hidden fields and inputs, as a browser would send them back.
_INPUT = re.compile(r'<input[^>]* name="([^"]+)"[^>]*? value="([^"]*)"')


@pytest.fixture
def editor(record: str) -> Client:
    """An editor, signed in."""
    return staffing.signed_in("editor")


def at(target: str, kind: str = "statement") -> str:
    """Where one decides on a target."""
    return reverse(f"staff-{kind}", args=[target])


def form(client: Client, address: str) -> dict[str, str]:
    """What the form of an item holds when it is opened."""
    page = client.get(address).content.decode().split('id="decide"', 1)[1].split("</form>", 1)[0]
    return {name: value for name, value in _INPUT.findall(page) if name not in ("others", "statements")}


def test_the_queue_says_why_something_stands_first(editor: Client) -> None:
    queue = review.queue(100)
    assert [item.score for item in queue] == sorted((item.score for item in queue), reverse=True)
    assert "disputed: others contradict it" in queue[0].reasons
    kinds = {reason.partition(":")[0] for item in queue for reason in item.reasons}
    assert kinds == {"disputed", "high figure", "low certainty", "new source"}
    page = editor.get(reverse("staff")).content.decode()
    assert page.index(queue[0].evidence.statement) < page.index(queue[1].evidence.statement)
    assert queue[0].reasons[0] in page


def test_a_confirmed_statement_leaves_the_queue_and_the_next_comes_up(editor: Client) -> None:
    first, second = (item.evidence.statement for item in review.queue(2))
    given = form(editor, at(first))
    answer = editor.post(at(first), {**given, "action": "confirm", "reason": "The sentence says so."})
    onwards = answer.headers["Location"]
    assert editor.get(onwards).headers["Location"] == at(second)
    assert Statement.objects.get(key=first, current=True).judgement == "confirmed"
    made = Decision.objects.get()
    assert (made.kind, made.user, made.reason) == ("confirm", "editor-of-the-staff", "The sentence says so.")
    assert first not in [item.evidence.statement for item in review.queue(100)]


def test_the_statement_stands_in_its_sentence_between_others(editor: Client) -> None:
    statement = Statement.objects.filter(layer="figure", current=True, start__gt=200).order_by("pk")[0]
    context = editor.get(at(statement.key)).context["context"]
    assert context.words == statement.text
    assert " ".join(f"{context.before}{context.words}{context.after}".split()) == statement.quote
    assert context.earlier and statement.article.revision.text.index(context.earlier) < statement.start


def test_a_field_is_corrected_from_the_sentence(editor: Client) -> None:
    statement = Statement.objects.get(layer="figure", current=True, quote__contains="More than 20,000 civilians")
    fields = {one.name: one for one in editor.get(at(statement.key)).context["fields"]}
    assert "20000" in fields["low"].offered and fields["measure"].choices
    given = form(editor, at(statement.key)) | {"action": "correct", "reason": "Read again.", "field-low": "21000"}
    assert editor.post(at(statement.key), given).headers["Location"] == at(statement.key)
    assert Decision.objects.count() == 1  # the fields that were left alone are not decided on
    assert statements.one(statement.key).decided == {"low": 21000.0}
    page = editor.get(at(statement.key)).content.decode()
    assert "the program coded:" in page


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"action": "confirm", "reason": " "}, "Reason: a decision has one"),
        ({"action": "correct", "reason": "So."}, "no field was changed"),
        ({"action": "correct", "reason": "So.", "field-low": "many"}, "is no number from 0 upwards"),
        ({"action": "correct", "reason": "So.", "field-low": "7", "field-place": "Nowhereville"}, "is not known"),
        ({"action": "fly", "reason": "So."}, "Say what to decide"),
    ],
)
def test_an_error_decides_nothing_and_keeps_what_was_typed(editor: Client, changed: dict[str, str], told: str) -> None:
    statement = Statement.objects.get(layer="figure", current=True, quote__contains="More than 20,000 civilians")
    given = form(editor, at(statement.key)) | {"field-of": "typed by hand"} if "field-low" in changed else {}
    answer = editor.post(at(statement.key), {**given, "seen": "0", **changed})
    page = answer.content.decode()
    assert (answer.status_code, Decision.objects.count()) == (400, 0)
    assert told in page
    typed = [value for name, value in {**given, **changed}.items() if name in ("field-low", "field-of", "field-place")]
    assert [one for one in typed if f'value="{one}"' not in page] == []


def test_two_people_on_one_item_see_each_other_and_lose_nothing(editor: Client) -> None:
    statement = Statement.objects.get(layer="figure", current=True, quote__contains="More than 20,000 civilians")
    other, address = staffing.signed_in("coder", "a second coder"), at(statement.key)
    mine, theirs = form(editor, address), form(other, address)
    other.post(address, {**theirs, "action": "correct", "reason": "Of them all.", "field-of": "all civilians"})
    changed = {**mine, "action": "correct", "reason": "Counted anew.", "field-low": "22000"}
    answer = editor.post(address, changed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "a second coder corrected: of is all civilians" in page and "Of them all." in page
    assert 'value="22000"' in page and 'value="Counted anew."' in page
    assert Decision.objects.count() == 1
    again = dict(_INPUT.findall(page.split('id="decide"', 1)[1].split("</form>", 1)[0]))
    assert again["field-of"] == "all civilians"  # not set back by who had the older page
    again |= {"action": "correct", "reason": "Counted anew."}
    assert editor.post(address, again).status_code == 302
    assert statements.one(statement.key).decided == {"of": "all civilians", "low": 22000.0}


def test_an_open_page_hears_of_what_others_decide(editor: Client) -> None:
    statement = staffing.pressing()
    ask = {"kind": "statement", "target": statement.key, "seen": "0"}
    assert editor.get(reverse("staff-seen"), ask).content.decode().strip() == ""
    given = {"action": "confirm", "reason": "It does.", "seen": "0"}
    staffing.signed_in("coder").post(at(statement.key), given)
    assert "coder-of-the-staff confirmed" in editor.get(reverse("staff-seen"), ask).content.decode()


def test_what_was_decided_is_undone_and_restored(editor: Client) -> None:
    statement = staffing.pressing()
    editor.post(at(statement.key), {"action": "reject", "reason": "Not in the text.", "seen": "0"})
    number = Decision.objects.get().pk
    given: dict[str, Any] = {"action": "undo", "reason": "It is.", "seen": str(number), "decision": str(number)}
    assert editor.post(at(statement.key), given).status_code == 302
    statement.refresh_from_db()
    assert statement.judgement == ""
    page = editor.get(at(statement.key)).content.decode()
    assert "undid decision" in page and "Not in the text." in page and "Restore" in page
    given = {"action": "undo", "reason": "It is not.", "seen": str(number + 1), "decision": str(number + 1)}
    assert editor.post(at(statement.key), given).status_code == 302
    statement.refresh_from_db()
    assert statement.judgement == "rejected"


def test_events_are_merged_and_the_merge_is_undone(editor: Client) -> None:
    row = staffing.event()
    other = review.alike(row.public_id)[0]
    before = events.page(row.public_id).number
    given = {"action": "merge", "reason": "One attack.", "seen": "0", "others": [other.public_id]}
    assert editor.post(at(row.public_id, "event"), given).status_code == 302
    assert Event.objects.get(pk=other.pk).merged_into_id == row.pk
    assert events.page(row.public_id).number > before
    merged = editor.get(at(other.public_id, "event")).content.decode()
    assert "merged into another" in merged and row.public_id in merged
    number = Decision.objects.get().pk
    undo = {"action": "undo", "reason": "Two.", "seen": str(number), "decision": str(number)}
    assert editor.post(at(row.public_id, "event"), undo).status_code == 302
    assert events.page(row.public_id).number == before
    assert Event.objects.get(pk=other.pk).merged_into_id is None


def test_an_event_to_merge_with_is_named_by_its_address_too(editor: Client) -> None:
    row = staffing.event()
    other = review.alike(row.public_id)[0]
    typed = f"https://record.example{reverse('event', args=[other.public_id])}"
    given = {"action": "merge", "reason": "One attack.", "seen": "0"}
    page = editor.post(at(row.public_id, "event"), {**given, "other": "e-unknown"})
    assert page.status_code == 400 and 'value="e-unknown"' in page.content.decode()
    assert editor.post(at(row.public_id, "event"), {**given, "other": typed}).status_code == 302
    assert Event.objects.get(pk=other.pk).merged_into_id == row.pk


def test_reports_are_split_off_and_events_graded_and_corrected(editor: Client) -> None:
    row = staffing.event()
    address = at(row.public_id, "event")
    keys = [report.evidence.statement for report in events.page(row.public_id).reports]
    given = {"action": "split", "reason": "Another day.", "seen": "0", "statements": keys[:1]}
    assert editor.post(address, given).status_code == 302
    assert Statement.objects.get(key=keys[0], current=True).event.public_id == f"{row.public_id}-s1"
    grade = {**form(editor, address), "action": "grade", "reason": "Two sources.", "grade": ["2", "fair"]}
    assert editor.post(address, grade).status_code == 302
    place = {
        **form(editor, address),
        "action": "correct",
        "reason": "There.",
        "field-place": "Tal Ghazal@35.1,40.2/near",
    }
    assert editor.post(address, place).status_code == 302
    row.refresh_from_db()
    assert (row.credibility, row.airwars) == (2, "fair")
    assert row.place is not None and (row.place.name, row.precision) == ("Tal Ghazal", "near")
    assert Decision.objects.count() == 4


def test_a_source_is_graded_and_its_outlet_asked(editor: Client) -> None:
    source = Source.objects.filter(kind="outlet").order_by("pk")[0]
    address = at(source.key, "source")
    public = reverse("sources-one", args=[source.key])
    assert address in editor.get(public).content.decode()
    assert address not in Client(SERVER_NAME="localhost").get(public).content.decode()
    given = {"action": "grade", "grade": "B", "reason": "Tells its sources.", "seen": "0"}
    assert editor.post(address, given).status_code == 302
    assert Decision.objects.get().value == "B"
    assert "Graded B by editor-of-the-staff" in editor.get(address).content.decode()
    answer = editor.post(reverse("staff-outlet", args=[source.key]), {"whole_text": "yes", "reason": ""}, follow=True)
    assert "say why the outlet allows it" in answer.content.decode()


def test_the_queue_costs_no_more_queries_the_longer_it_is(record: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (2, 20):
        with CaptureQueriesContext(connection) as asked:
            assert len(review.queue(number)) == number
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14
