"""A release, from the foot of any page to a file in the reader's hands."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reportedly.record import releases
from tests.pages.browser import axe
from tests.pages.conftest import Tab


def test_from_the_foot_of_a_page_to_a_file(record: str, tab: Tab, tmp_path: Path) -> None:
    _, manifest = releases.make("2019-03", tmp_path / "releases", formats=["ucdp"])
    page = tab(viewport={"width": 375, "height": 800})
    page.goto("/about")
    page.locator("footer").get_by_role("link", name="Releases").click()
    page.get_by_role("link", name="2019-03").click()
    assert page.locator("h1").inner_text() == "Release 2019-03"
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    axe.load(page)
    assert axe.violations(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("link", name="ucdp-ged.csv", exact=True).click()
    got = waiting.value
    assert got.suggested_filename == "2019-03-ucdp-ged.csv"
    assert hashlib.sha256(Path(got.path()).read_bytes()).hexdigest() == manifest.files["ucdp-ged.csv"].sha256
