"""On paper: what is reported, from where, and nothing that one can only click."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.pages import addresses
from tests.pages.browser import drawn
from tests.pages.conftest import Tab

#: What is of no use on paper.
CLICKED = "nav, form, input, select, button, .map, .maplibregl-ctrl, .timeline, .slider, .paging, .respond, .skip"


@pytest.fixture
def paper(tab: Tab) -> Any:
    """A tab as wide as paper, of a reader whose screen is dark."""
    page = tab(viewport={"width": 760, "height": 1000}, color_scheme="dark")
    drawn.without_countries(page)
    return page


def print_(page: Any, address: str) -> None:
    """A page that was looked at, and is printed then."""
    page.emulate_media(media="screen")
    page.goto(address)
    drawn.wait(page)
    page.emulate_media(media="print")


def test_what_is_only_clicked_is_not_printed(paper: Any) -> None:
    shown = {}
    for address in ["/", reverse("control"), addresses.fullest_event(), addresses.article(), addresses.series()]:
        print_(paper, address)
        found = paper.locator(CLICKED).filter(visible=True)
        shown[address] = [one.evaluate("one => one.outerHTML.slice(0, 120)") for one in found.all()]
        assert paper.locator("h1").is_visible()
        assert paper.evaluate("document.documentElement.scrollWidth") <= 760
    assert shown == {address: [] for address in shown}


def test_the_ways_on_from_a_statement_are_not_printed(paper: Any) -> None:
    print_(paper, addresses.article())
    ways = paper.locator(".codings a")
    assert ways.count() > 0 and ways.filter(visible=True).count() == 0
    assert paper.locator(".codings li").first.is_visible()
    paper.emulate_media(media="screen")
    assert ways.filter(visible=True).count() > 0


def test_what_stands_folded_on_the_screen_is_printed_with_addresses(paper: Any) -> None:
    print_(paper, addresses.fullest_event())
    for what in ("q", ".position", ".cite pre"):
        assert paper.locator(what).first.is_visible()
    assert paper.locator("body").evaluate(
        "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    ) == [
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    ]
    print_(paper, addresses.article())
    original = paper.get_by_role("link", name="read the original")
    told = original.evaluate("one => getComputedStyle(one, '::after').content")
    assert original.get_attribute("href").startswith("https://") and original.get_attribute("href") in told
