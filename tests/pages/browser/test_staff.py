"""The staff's side in a real browser: signing in, reviewing by keyboard, merging, moderating, layers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse

from reportedly.data import CodedArticle
from reportedly.record.models import Article, Decision, Event, Job, Response, Statement
from reportedly.record.queries import review
from tests.pages import hostile, staffing, test_security
from tests.pages.browser import axe
from tests.pages.conftest import Tab


def opened(tab: Tab, role: str, site: str, **options: Any) -> Any:
    """A tab of somebody with a role, who has signed in before."""
    page = tab(**options)
    session = staffing.signed_in(role).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return page


def test_signing_in_and_its_refusal(page: Any, record: str) -> None:
    with override_settings(PASSWORD_HASHERS=staffing.HASHERS):
        staffing.account("coder", "lena", staffing.PASSWORD)
        page.goto(reverse("staff-log"))
        assert page.url.endswith(f"{reverse('sign-in')}?next={reverse('staff-log')}")
        page.get_by_label("Name (required)").fill("lena")
        page.get_by_label("Password (required)").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        assert "do not go together" in page.get_by_role("alert").inner_text()
        assert page.get_by_label("Name (required)").input_value() == "lena"
        page.get_by_label("Password (required)").fill(staffing.PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        assert page.url.endswith(reverse("staff-log"))
        page.goto(reverse("staff-responses"))
        assert page.get_by_role("heading", level=1).inner_text() == "This page is not open to you"
        page.get_by_role("button", name="Sign out").click()
        page.goto(reverse("staff"))
        assert page.get_by_role("heading", level=1).inner_text() == "Sign in"


def test_reviewing_confirming_and_undoing_by_keyboard(tab: Tab, site: str) -> None:
    first, second = (item.evidence.statement for item in review.queue(2))
    page = opened(tab, "coder", site)
    page.goto(reverse("staff"))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('staff-statement', args=[first])}")
    page.keyboard.press("c")  # without a reason it asks for one
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("The sentence says so, c and x are only letters here.")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_url(f"**{reverse('staff-statement', args=[second])}")
    assert "confirmed (decision" in page.get_by_role("status").inner_text()
    assert Statement.objects.get(key=first, current=True).judgement == "confirmed"
    page.goto(reverse("staff-statement", args=[first]))
    assert page.locator(".tag.person").first.inner_text() == "confirmed by a person"
    page.keyboard.press("u")
    page.keyboard.type("Read again.")
    page.get_by_role("button", name="Undo decision").click()
    page.wait_for_load_state()
    assert page.locator(".tag.machine").first.inner_text() == "machine coding, not verified"
    assert Statement.objects.get(key=first, current=True).judgement == ""


def test_single_keys_can_be_switched_off(tab: Tab, site: str) -> None:
    page = opened(tab, "coder", site)
    page.goto(reverse("staff"))
    page.keyboard.press("?")
    page.get_by_label("Single keys work").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_words_of_the_sentence_are_put_into_a_field(tab: Tab, site: str) -> None:
    statement = Statement.objects.get(layer="figure", current=True, quote__contains="More than 20,000 civilians")
    page = opened(tab, "coder", site)
    page.goto(reverse("staff-statement", args=[statement.key]))
    page.get_by_label("Of whom").click()
    page.locator(".sentence-here").evaluate(
        """one => { document.activeElement.blur(); const text = one.lastChild, at = text.data.indexOf("civilians");
        getSelection().setBaseAndExtent(text, at, text, at + "civilians have been evacuated".length); }"""
    )
    page.get_by_role("button", name="Put “civilians have been evacuated” into “Of whom”").click()
    assert page.get_by_label("Of whom").input_value() == "civilians have been evacuated"
    page.locator("#reason").fill("In the sentence itself.")
    page.get_by_role("button", name="Save corrections").click()
    assert "of is civilians have been evacuated" in page.get_by_role("status").first.inner_text()


def test_a_field_is_corrected_without_scripts(tab: Tab, site: str) -> None:
    statement = Statement.objects.get(layer="figure", current=True, quote__contains="More than 20,000 civilians")
    page = opened(tab, "coder", site, java_script_enabled=False)
    page.goto(reverse("staff-statement", args=[statement.key]))
    page.get_by_label("Low", exact=True).fill("many")
    page.locator("#reason").fill("Counted.")
    page.get_by_role("button", name="Save corrections").click()
    assert "is no number" in page.get_by_role("alert").inner_text()
    assert page.locator("#reason").input_value() == "Counted."
    page.get_by_label("Low", exact=True).fill("21000")
    page.get_by_role("button", name="Save corrections").click()
    assert "low is 21000" in page.get_by_role("status").inner_text()
    assert Decision.objects.get().value == 21000.0


def test_merging_and_undoing(tab: Tab, site: str) -> None:
    row = staffing.event()
    other = review.alike(row.public_id)[0]
    page = opened(tab, "editor", site)
    page.goto(reverse("staff-event", args=[row.public_id]))
    page.locator(f'input[name="others"][value="{other.public_id}"]').check()
    page.locator("#reason").fill("One attack.")
    page.get_by_role("button", name="Merge").click()
    page.wait_for_load_state()
    assert "merged into" in page.get_by_role("status").inner_text()
    page.goto(reverse("event", args=[other.public_id]))
    assert page.url.endswith(reverse("event", args=[row.public_id]))
    page.goto(reverse("staff-event", args=[row.public_id]))
    page.locator(".undo input[name=reason]").last.fill("Two.")
    page.locator(".undo button").last.click()
    page.wait_for_load_state()
    assert Event.objects.get(pk=other.pk).merged_into_id is None


@pytest.mark.parametrize("scripts", [True, False])
def test_a_response_is_sent_moderated_and_seen(
    tab: Tab, site: str, scripts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportedly.pages.views.responses.FASTEST", 0)
    event = reverse("event", args=[staffing.event().public_id])
    page = tab(java_script_enabled=scripts)
    page.goto(event)
    page.get_by_role("link", name="Respond to this event").click()
    page.get_by_label("Name (required)").fill("Nadia Reader")
    page.get_by_label("Email (required").fill("nadia")
    page.get_by_label("Your response (required").fill("It was\nanother village.")
    page.wait_for_timeout(1100)  # a form that is sent within the second it was opened in is a program's
    page.get_by_role("button", name="Send the response").click()
    assert "Enter a valid email address" in page.get_by_role("alert").inner_text()
    assert page.url.endswith(event) is scripts
    assert page.get_by_label("Your response (required").input_value() == "It was\nanother village."
    page.get_by_label("Email (required").fill("nadia.private@reader.example")
    page.wait_for_timeout(1100)
    page.get_by_role("button", name="Send the response").click()
    assert "Thank you" in page.get_by_role("status").inner_text()
    page.goto(event)
    assert page.get_by_text("another village").count() == 0
    desk = opened(tab, "editor", site)
    desk.goto(reverse("staff-responses"))
    assert desk.get_by_text("nadia.private@reader.example").count() == 1
    desk.get_by_role("button", name="Show").click()
    assert "is shown" in desk.get_by_role("status").inner_text()
    page.reload()
    assert page.get_by_text("another village").count() == 1
    assert page.get_by_text("nadia.private").count() == 0
    assert Response.objects.get().state == "shown"


def test_layers_are_switched_by_keyboard_and_without_scripts(tab: Tab, site: str) -> None:
    row = Article.objects.order_by("pk")[0]
    page = opened(tab, "reader", site, java_script_enabled=False)
    page.goto(reverse("article", args=[row.public_id]))
    page.get_by_role("link", name="Read the whole text, with layers").click()
    figure, place = page.locator("p .of-figures").first, page.locator("p .of-places:not(.of-figures)").first
    row_ = page.locator(".row.of-figures").first
    plain = place.evaluate("one => getComputedStyle(one).textDecorationLine")
    marked = figure.evaluate("one => getComputedStyle(one).fontWeight")
    assert (plain, marked, row_.is_visible()) == ("none", "600", True)
    page.get_by_label("Figures").focus()
    page.keyboard.press("Space")
    page.get_by_label("Places").focus()
    page.keyboard.press("Space")
    assert figure.evaluate("one => getComputedStyle(one).fontWeight") != "600"
    assert not row_.is_visible()
    assert place.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"


def test_two_people_see_each_others_change(tab: Tab, site: str) -> None:
    statement = Statement.objects.get(layer="figure", current=True, quote__contains="More than 20,000 civilians")
    where = reverse("staff-statement", args=[statement.key])
    mine = opened(tab, "coder", site)
    mine.goto(where)
    mine.get_by_label("Low", exact=True).fill("22000")
    mine.locator("#reason").fill("Mine.")
    given = {"action": "correct", "reason": "Theirs.", "seen": "0", "was-of": "", "field-of": "everybody"}
    staffing.signed_in("editor").post(where, given)
    mine.get_by_role("button", name="Save corrections").click()
    assert "editor-of-the-staff corrected: of is everybody" in mine.get_by_role("alert").inner_text()
    assert mine.get_by_label("Low", exact=True).input_value() == "22000"
    assert mine.get_by_label("Of whom").input_value() == "everybody"
    mine.get_by_role("button", name="Save corrections").click()
    assert "low is 22000" in mine.get_by_role("status").inner_text()


def test_progress_of_a_file_is_seen_without_loading_again(
    tab: Tab, site: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportedly.pages.working.wake", lambda: None)
    monkeypatch.setattr("reportedly.record.jobs.uploads", lambda settings: tmp_path / "uploads")
    page = opened(tab, "editor", site)
    page.goto(reverse("staff-add"))
    page.get_by_label("File").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Shelling went on."}
    )
    page.get_by_role("button", name="Add").click()
    assert "Waiting for its turn" in page.locator("#job").inner_text()
    Job.objects.update(state="done", new=1)
    page.get_by_text("Done").wait_for()
    assert "1 new" in page.locator("#job").inner_text()


@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 375, "height": 800}}]
)
def test_axe_finds_nothing_on_the_staffs_side(tab: Tab, site: str, look: dict[str, Any]) -> None:
    statement, event = staffing.pressing(), staffing.event()
    staffing.response("event", event.public_id)
    staffing.response("article", statement.article.public_id, state="shown")
    given = {"action": "correct", "reason": "So.", "seen": "0", "was-of": "", "field-of": "somebody"}
    staffing.signed_in("editor").post(reverse("staff-statement", args=[statement.key]), given)
    page, found, wide = opened(tab, "administrator", site, **look), [], []
    outlet = statement.article.outlet
    assert outlet is not None
    names = ("staff", "staff-log", "staff-responses", "staff-add")
    addresses = [
        *map(reverse, names),
        reverse("staff-statement", args=[statement.key]),
        reverse("staff-event", args=[event.public_id]),
        reverse("staff-source", args=[outlet.key]),
        reverse("article-text", args=[statement.article.public_id]),
        reverse("article", args=[statement.article.public_id]),
        reverse("respond", args=["statement", statement.key]),
    ]
    for address in addresses:
        page.goto(address)
        axe.load(page)
        found += axe.violations(page, axe.LOOKS if "viewport" in look else axe.TAGS)
        wide += [address] if page.evaluate("document.documentElement.scrollWidth > window.innerWidth") else []
    assert (found, wide) == ([], [])


def test_hostile_words_run_nothing_and_widen_nothing(tab: Tab, site: str, examples: list[CodedArticle]) -> None:
    article = test_security.attacked(examples)
    statement = Statement.objects.filter(article=article, current=True, layer="figure").order_by("pk")[0]
    event = Event.objects.filter(statements__article=article).order_by("pk")[0]
    staffing.response("article", article.public_id, f"{hostile.EVERY} {hostile.LONG} {hostile.BIDI}", "shown")
    page = opened(tab, "administrator", site, viewport={"width": 375, "height": 800})
    opened_: list[str] = []
    page.on("dialog", lambda one: (opened_.append(one.message), one.dismiss()))
    addresses = [
        reverse("article", args=[article.public_id]),
        reverse("event", args=[event.public_id]),
        reverse("article-text", args=[article.public_id]),
        reverse("staff-statement", args=[statement.key]),
        reverse("staff-event", args=[event.public_id]),
        reverse("staff-article", args=[article.public_id]),
        reverse("staff-responses") + "?state=shown",
        reverse("respond", args=["article", article.public_id]),
    ]
    for address in addresses:
        page.goto(address)
        assert (address, page.evaluate("document.documentElement.scrollWidth")) == (address, 375)
        assert page.evaluate("document.querySelectorAll('main iframe, main svg[onload], main img[src=x]').length") == 0
    assert opened_ == []
