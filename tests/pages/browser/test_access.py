"""Every kind of page for everybody: axe-core, narrow screens, the keyboard."""

from __future__ import annotations

from typing import Any

from tests.pages import addresses
from tests.pages.browser import axe, drawn
from tests.pages.conftest import Tab

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 800}


def test_axe_finds_nothing_in_the_light_and_the_dark_at_a_desk_and_on_a_phone(tab: Tab) -> None:
    page = tab()
    drawn.without_countries(page)
    found = []
    for address in addresses.every():
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        page.goto(address)
        drawn.wait(page)
        axe.load(page)
        found += axe.violations(page)
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        found += axe.violations(page, axe.LOOKS)
    assert found == []


def test_no_page_is_wider_than_a_phone(tab: Tab) -> None:
    page = tab(viewport=PHONE)
    drawn.without_countries(page)
    for address in addresses.every():
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (address, wide) == (address, PHONE["width"])


def test_the_keyboard_leads_to_the_content_and_shows_where_it_is(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
