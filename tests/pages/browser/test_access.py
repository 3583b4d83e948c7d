"""Every kind of page for everybody: axe-core, narrow screens, the keyboard."""

from __future__ import annotations

from typing import Any

from tests.pages import addresses
from tests.pages.browser import axe, drawn
from tests.pages.conftest import Tab

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 800}


def test_every_page_is_accessible_on_a_phone_in_the_dark_and_at_a_desk(tab: Tab) -> None:
    """And no page is wider than a phone."""
    page = tab(viewport=PHONE)
    drawn.without_countries(page)
    found, wide = [], []
    for address in addresses.every():
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="dark")
        page.goto(address)
        drawn.wait(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        wide += [] if width == PHONE["width"] else [(address, width)]
        axe.load(page)
        found += axe.violations(page, axe.LOOKS)
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        found += axe.violations(page)
    assert (found, wide) == ([], [])


def test_the_keyboard_leads_to_the_content_and_shows_where_it_is(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
