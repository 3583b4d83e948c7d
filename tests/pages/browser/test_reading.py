"""Reading in a real browser: from a figure to its sentence, filtering, a phone, no scripts."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.pages import addresses
from tests.pages.browser import drawn
from tests.pages.conftest import Tab

PHONE = {"width": 375, "height": 800}


def _given(page: Any) -> dict[str, str]:
    """The filter as it stands in the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def _shown(page: Any) -> tuple[int, int]:
    """How many events the map and timeline hold, and how many the list."""
    return int(page.locator("#map").get_attribute("data-shown")), page.locator("#results .title").count()


def _filtered(page: Any, before: int) -> None:
    """Waits until the map holds another number of events."""
    from playwright.sync_api import expect

    expect(page.locator("#map")).not_to_have_attribute("data-shown", str(before), timeout=15_000)


def _marked(page: Any) -> str:
    """The sentence that the address leads to, as it is marked."""
    marked = page.locator(".sentence:has(:target)")
    assert marked.evaluate("one => getComputedStyle(one).boxShadow") != "none"
    assert marked.evaluate("one => one.getBoundingClientRect().top < innerHeight")
    return str(marked.locator("blockquote").inner_text())


def test_from_the_front_page_to_the_sentence_behind_a_figure(page: Any) -> None:
    drawn.without_countries(page)
    page.goto("/?search=killed")
    drawn.wait(page)
    page.locator(f"#results a[href='{addresses.fullest_event()}']").click()
    drawn.wait(page)
    assert page.locator(".chart svg").count() > 0
    position = page.locator(".aspect", has=page.get_by_role("heading", name="How many were killed")).first
    sentence = position.locator("q").first.inner_text().strip("“”")
    position.get_by_role("link", name="in the article").first.click()
    page.wait_for_url("**/articles/**")
    assert _marked(page) == sentence


def test_from_a_series_to_its_sentence(page: Any) -> None:
    drawn.without_countries(page)
    page.goto("/")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Figures").click()
    page.locator("#results th[scope=row] a").first.click()
    quoted = page.locator("tbody q").first.inner_text().strip("“”")
    page.locator("tbody td .small a").first.click()
    page.wait_for_url("**/articles/**")
    assert _marked(page) == quoted


def test_map_timeline_and_list_are_filtered_together(page: Any) -> None:
    page.goto("/")
    drawn.wait(page)
    mapped, listed = _shown(page)
    assert mapped >= listed > 5
    page.get_by_role("textbox", name="Place").fill("Baghuz")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="place: Baghuz").wait_for()
    _filtered(page, mapped)
    assert _given(page) == {"place": "Baghuz"} | {k: "" for k in _given(page) if k != "place"}
    near, fewer = _shown(page)
    assert near == fewer and 0 < fewer < listed
    assert "Baghuz" in page.locator("#results .meta").first.inner_text()
    page.get_by_role("link", name="place: Baghuz").click()
    drawn.wait(page)
    assert _shown(page) == (mapped, listed)


def test_what_cannot_be_asked_is_told_and_what_was_typed_stays(page: Any) -> None:
    drawn.without_countries(page)
    page.goto("/figures?since=2019-03-01")
    page.get_by_label("To", exact=True).fill("2019-02-01")
    page.get_by_role("alert").wait_for()
    assert "ends before it begins" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("From", exact=True).input_value() == "2019-03-01"


def test_the_timeline_is_brushed_and_the_area_of_the_map_asked_for(page: Any) -> None:
    drawn.without_countries(page)
    page.goto("/")
    drawn.wait(page)
    mapped, _ = _shown(page)
    box = page.locator("#timeline svg").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, middle, steps=4)
    page.mouse.up()
    page.locator(".chip").first.wait_for()
    _filtered(page, mapped)
    assert {"since", "until"} <= {name for name, value in _given(page).items() if value}
    assert _shown(page)[0] < mapped
    page.goto("/")
    drawn.wait(page)
    canvas = page.locator("#map canvas").bounding_box()
    page.mouse.move(canvas["x"] + 200, canvas["y"] + 200)
    page.mouse.wheel(0, -600)
    page.get_by_role("button", name="Only events in this area").click()
    page.get_by_role("link", name="area of the map").wait_for()
    assert len(_given(page)["box"].split(",")) == 4


def test_control_by_day(page: Any) -> None:
    drawn.without_countries(page)
    page.goto("/control")
    drawn.wait(page)
    last = page.locator("#held").inner_text()
    assert "Baghuz: Syrian Democratic Forces, according to" in last
    page.get_by_role("slider").press("Home")
    assert page.locator("#held").inner_text() != last
    assert page.locator("#day-shown").inner_text() in page.get_by_role("slider").get_attribute("aria-valuetext")


def test_on_a_phone_the_list_comes_first(tab: Tab) -> None:
    page = tab(viewport=PHONE)
    drawn.without_countries(page)
    page.goto("/")
    drawn.wait(page)
    assert not page.get_by_label("Actor").is_visible()
    page.get_by_text("Filter the list").click()
    page.get_by_label("Actor").fill("Islamic State")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="actor: Islamic State").wait_for()
    page.locator("#results .title").first.click()
    page.get_by_role("heading", name="What is reported").wait_for()


def test_without_scripts_everything_can_be_read(tab: Tab) -> None:
    page = tab(java_script_enabled=False)
    page.goto("/")
    assert page.get_by_text("The map and the timeline need JavaScript").is_visible()
    page.get_by_label("Actor").fill("Islamic State")
    page.get_by_role("button", name="Filter").click()
    assert page.get_by_role("link", name="actor: Islamic State").is_visible()
    assert page.locator("#results .title").count() > 0
    page.goto(addresses.fullest_event())
    assert page.get_by_role("columnheader", name="how it was arrived at").is_visible()
    page.get_by_role("link", name="in the article").first.click()
    assert _marked(page)
    page.goto(addresses.series())
    assert page.locator("tbody tr").count() > 1
    page.goto("/control")
    assert page.locator("#results tbody tr").count() > 0
    assert not page.get_by_role("slider").is_visible()
