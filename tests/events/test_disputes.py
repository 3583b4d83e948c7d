"""Disagreements: those of the example pages, with everybody behind each position, and the rules they rest on."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from reportedly.articles.reader import Reader
from reportedly.data import Article, CodedArticle
from reportedly.events import copies, disputes, flatten
from reportedly.events.findings import Dependency, Disagreement, Position
from reportedly.events.reports import EventReport, Reports
from reportedly.settings import Settings
from reportedly.statements import language
from tests.events.making import contrast, control, figure, place, report, said, side

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples" / "baghuz"
GOLD: dict[str, Any] = json.loads((HERE / "examples_disputes.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def coded(nlp: Language) -> list[CodedArticle]:
    """The coded example pages."""
    names = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in (".html", ".txt"))
    read = [next(Reader(Settings()).read(str(EXAMPLES / name))) for name in names]
    return list(language.code(nlp, [article for article in read if isinstance(article, Article)]))


@pytest.fixture(scope="module")
def pages(coded: list[CodedArticle]) -> list[Reports]:
    """The pages laid flat."""
    return [flatten.reports(article) for article in coded]


@pytest.fixture(scope="module")
def copied(coded: list[CodedArticle]) -> list[Dependency]:
    """Which page copies which."""
    found = (
        copies.dependency(one.id or "", one.text, two.id or "", two.text)
        for number, one in enumerate(coded)
        for two in coded[:number]
    )
    return [dependency for dependency in found if dependency is not None]


def by_hand(pages: list[Reports]) -> dict[str, list[EventReport]]:
    """Events as a reader links them: no two pages report the same one but for the copy of an agency's text."""
    events: dict[str, list[EventReport]] = {}
    for page in pages:
        for event in page.events:
            events.setdefault(" ".join((event.text, event.quote)), []).append(event)
    return events


def shown(found: Disagreement) -> list[tuple[str, set[tuple[str | None, ...]], str]]:
    return [(p.label, behind(p), p.stance) for p in found.positions]


def behind(position: Position) -> set[tuple[str | None, ...]]:
    """Everybody behind a position: outlet and speakers."""
    return {(support.outlet, *support.speakers) for support in position.supporters}


def fits(found: Disagreement, gold: dict[str, Any]) -> bool:
    """True if a disagreement has the positions of one of the gold list, and no other, with the same supporters."""
    if found.kind != gold["kind"] or len(found.positions) != len(gold["positions"]):
        return False
    left = list(found.positions)
    for wanted in gold["positions"]:
        by, stance = set(map(tuple, wanted["by"])), wanted.get("stance", "lead")
        at = next((p for p in left if wanted["says"] in p.label and (behind(p), p.stance) == (by, stance)), None)
        if at is None or at.origins != wanted.get("origins", at.origins):
            return False
        left.remove(at)
    return True


def test_the_disputes_of_the_examples(pages: list[Reports], copied: list[Dependency]) -> None:
    found = disputes.everything(pages, by_hand(pages), copied)
    for gold in GOLD["disputes"]:
        fitting = [item for item in found if fits(item, gold)]
        assert len(fitting) == 1, (gold["matter"], [shown(item) for item in found if item.first == gold["first"]])
        assert fitting[0].first == gold["first"]
    spurious = [shown(item) for item in found if not any(fits(item, gold) for gold in GOLD["disputes"])]
    assert spurious == []
    assert len(found) == len(GOLD["disputes"])


def test_what_is_missed_in_the_examples_is_still_missed(pages: list[Reports], copied: list[Dependency]) -> None:
    """So that the list of what is missed, which the documentation tells, stays true."""
    found = disputes.everything(pages, by_hand(pages), copied)
    quotes = [{s.quote for p in item.positions for s in p.supporters} for item in found]
    for missed in GOLD["missed"]:
        assert any(
            missed["says"] in event.quote for page in pages for event in (*page.said, *page.control, *page.events)
        )
        together = [
            item
            for item in quotes
            if any(missed["says"] in q for q in item) and any(missed["against"] in q for q in item)
        ]
        assert together == [], missed


def test_the_order_of_the_pages_does_not_matter(pages: list[Reports], copied: list[Dependency]) -> None:
    expected = disputes.everything(pages, by_hand(pages), copied)
    mixed = random.Random(7).sample(pages, len(pages))
    assert disputes.everything(mixed, by_hand(mixed), copied) == expected
