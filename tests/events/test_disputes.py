"""Disagreements: those of the example pages, with everybody behind each position, and the rules they rest on."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from reportedly.articles.reader import Reader
from reportedly.data import Article, CodedArticle
from reportedly.events import copies, disputes, flatten
from reportedly.events.findings import Dependency, Disagreement, Position
from reportedly.events.linking import Linker
from reportedly.events.reports import EventReport, FigureReport, Reports
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


def by_linker(coded: list[CodedArticle], pages: list[Reports]) -> dict[str, list[EventReport]]:
    """Events as the program links them."""
    events: dict[str, list[EventReport]] = {}
    for article, page in zip(Linker(Settings()).link(coded), pages, strict=True):
        linked = {(item.start, item.end): str(item.event) for item in article.events}
        for event in page.events:
            events.setdefault(linked[event.start, event.end], []).append(event)
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


@pytest.mark.parametrize("linked", [False, True], ids=["linked by hand", "linked by the program"])
def test_the_disputes_of_the_examples(
    coded: list[CodedArticle], pages: list[Reports], copied: list[Dependency], linked: bool
) -> None:
    found = disputes.everything(pages, by_linker(coded, pages) if linked else by_hand(pages), copied)
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


ARMY = said("Syrian army", actor="SYR-MIL", party=True)
MONITOR = said("Syrian Observatory for Human Rights", actor="SYR-SOHR", party=False)
CAMP = place("al-Hol", 36.38, 41.15)


def in_camp(article: str, low: float, high: float | None, published: str, by: Any = MONITOR) -> FigureReport:
    """A count of the people in a camp."""
    return figure(article, low, high, measure="population", place=CAMP, published=published, by=[by], of="people")


def test_figures_of_one_place_and_day_contradict_across_articles() -> None:
    one, two = in_camp("a", 55000, 55000, "2019-03-06"), in_camp("b", 72000, 72000, "2019-03-06", ARMY)
    (found,) = disputes.of_figures([one, two])
    assert (found.kind, found.about, found.place) == ("figure", "population, al-Hol", CAMP)
    assert {p.stance for p in found.positions} == {"lead", "contradicts"}
    assert set(found.statements) == {one.key, two.key}


def test_figures_of_other_days_places_articles_or_sources_do_not() -> None:
    one = in_camp("a", 55000, 55000, "2019-03-06")
    assert disputes.of_figures([one, in_camp("b", 72000, 72000, "2019-03-23", ARMY)]) == ()
    assert disputes.of_figures([one, in_camp("a", 72000, 72000, "2019-03-06", ARMY)]) == ()
    assert disputes.of_figures([one, in_camp("b", 72000, 72000, "2019-03-06", MONITOR)]) == ()
    unplaced = figure("b", 72000, 72000, measure="population", published="2019-03-06", by=[ARMY], of="people")
    assert disputes.of_figures([one, unplaced]) == ()


def test_a_denied_taking_and_one_of_another_day_are_one_disagreement() -> None:
    denial = side("a", 400, "The army denied this", by=[ARMY])
    taken = control("a", "captures", "SDF", days=("2019-03-18", "2019-03-18"), by=[MONITOR], against=(denial,))
    later = control("b", "captures", "Syrian Democratic Forces", days=("2019-03-23", "2019-03-23"))
    (found,) = disputes.of_control([taken, later])
    assert found.about == "Baghuz: whether it was taken and when it was taken"
    assert set(found.statements) == {taken.key, later.key, denial.key}
    assert disputes.of_control([control("a", "captures", "SDF", days=("2019-03-18", "2019-03-18")), taken]) != ()
    assert disputes.of_control([later]) == ()


def test_contrasts_that_share_a_side_are_one_disagreement_and_its_event_takes_it_in() -> None:
    told = side("a", 0, "that twelve people were killed", by=[MONITOR])
    denied = side("a", 100, "that it had struck a house", by=[ARMY])
    doubt = side("a", 40, "an account that could not be verified")
    page = Reports(contrasts=(contrast(told, doubt), contrast(told, denied, denial="b")))
    (found,) = disputes.of_article(page)
    assert [p.stance for p in found.positions] == ["lead", "contradicts", "contradicts"]
    event = report("a", start=20, by=[MONITOR], against=(denied,))
    (whole,) = disputes.everything([page], {"e": [event]})
    assert (whole.kind, [p.stance for p in whole.positions]) == ("event", ["lead", "contradicts", "beside"])
    assert whole.positions[2].label == "an account that could not be verified"


def test_a_denial_stands_only_against_what_is_tied_to_what_it_answers() -> None:
    denied = side("a", 200, "that it had struck the house", by=[ARMY])
    answered = report("a", by=[MONITOR], place=CAMP, against=(denied,))
    same, other = report("b", place=CAMP), report("c", quote="Many were killed in the campaign.")
    (found,) = disputes.of_event([answered, same, other])
    assert set(found.statements) == {answered.key, same.key, denied.key}


def test_the_same_words_in_two_papers_are_one_disagreement() -> None:
    pages = [
        Reports(
            contrasts=(
                contrast(
                    side(paper, 0, "that the town fell", by=[MONITOR]), side(paper, 60, "that it held", by=[ARMY])
                ),
            )
        )
        for paper in "ab"
    ]
    (found,) = disputes.everything(pages, {})
    assert [len(p.supporters) for p in found.positions] == [2, 2]
    assert [p.origins for p in found.positions] == [1, 1]


def test_numbers_of_one_thing_in_a_contrast_are_a_disagreement_on_figures() -> None:
    told, other = side("a", 0, "that 12 people were killed", by=[MONITOR]), side("a", 90, "that 30 were", by=[ARMY])
    figures = (figure("a", 12, 12, start=5, by=[MONITOR]), figure("a", 30, 30, start=95, by=[ARMY]))
    page = Reports(figures=figures, contrasts=(contrast(told, other),))
    (found,) = disputes.of_article(page)
    assert (found.kind, found.about) == ("figure", "killed")
    assert set(found.statements) == {one.key for one in figures}
    parts = (figures[0], figure("a", 30, 30, start=95, by=[ARMY], of="fighters"))
    (words,) = disputes.of_article(Reports(figures=parts, contrasts=(contrast(told, other),)))
    assert words.kind == "article"
