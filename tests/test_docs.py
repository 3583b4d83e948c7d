"""The docs name what there is: every lexicon file on a stage's page, every page in the menu."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from reportedly import lexicons
from reportedly.statements import layers

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def test_every_stage_has_a_page() -> None:
    assert {path.stem for path in (DOCS / "stages").glob("*.md")} == set(layers.ORDER)


def test_every_lexicon_is_named_in_the_docs() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md"))
    names = [item.name for item in files("reportedly.lexicons").iterdir() if item.name.endswith(lexicons.SUFFIXES)]
    assert len(names) > 20
    assert [name for name in names if name not in text] == []


def test_every_page_is_in_the_menu() -> None:
    menu = set(re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE))
    assert menu == {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")}


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text().split("dependencies = [", 1)[1].split("]", 1)[0]
    reasons = (DOCS / "dependencies.md").read_text()
    names = re.findall(r'"([A-Za-z0-9_.-]+?)[<>=]', project)
    assert len(names) > 10
    assert [name for name in names if name not in reasons] == []
