"""Maps and charts in the tests: waiting until they are drawn, and drawing them quickly."""

from __future__ import annotations

from typing import Any


def wait(page: Any) -> None:
    """Until the last map and chart of the page says that it is ready."""
    from playwright.sync_api import expect

    expect(page.locator(".map:not([data-ready]), .chart:not([data-ready])")).to_have_count(0, timeout=30_000)


def without_countries(page: Any) -> None:
    """Maps are then drawn without the base map, which takes a processor alone most of the time; all else is there."""
    page.route("**/countries.json", lambda route: route.fulfill(json={"type": "FeatureCollection", "features": []}))
