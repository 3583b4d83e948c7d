"""Waiting until a page's maps and charts are drawn."""

from __future__ import annotations

from typing import Any


def wait(page: Any) -> None:
    """Until the last map and chart of the page says that it is ready."""
    from playwright.sync_api import expect

    expect(page.locator(".map:not([data-ready]), .chart:not([data-ready])")).to_have_count(0, timeout=15_000)
