"""axe-core in a page: what it finds against WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[3] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


#: What the dark scheme and a narrow screen can change.
LOOKS = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"]


def load(page: Any) -> None:
    """Puts axe-core into a page; the test is skipped where it is missing."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make assets")
    page.evaluate(AXE.read_text(encoding="utf-8"))


def violations(page: Any, rules: list[str] = TAGS) -> list[str]:
    """Each rule that the page breaks, with the elements that do. `rules` are axe's tags or names of its rules."""
    found = page.evaluate("rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", rules)
    return [
        f"{page.url} {one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
