"""Example pages really read, coded and added: what a reader would ask of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from reportedly.articles.reader import Reader
from reportedly.data import Article
from reportedly.record import decisions_making, setup
from reportedly.record.decisions_making import By
from reportedly.record.queries import control, disputes, events, figures, filters, sources, statements
from reportedly.settings import Settings
from reportedly.statements import language
from tests.record import war

EXAMPLES = Path(__file__).parents[2] / "examples" / "baghuz"
PAGES = ("04", "05", "08")


@pytest.fixture(scope="module")
def baghuz(nlp: Language, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A record of three pages."""
    path = tmp_path_factory.mktemp("baghuz") / "record.db"
    shutil.copy(sqlite_template, path)
    setup.open_record(f"sqlite:///{path}")
    reader, adder = Reader(Settings()), war.adding()
    pages = [next(EXAMPLES.glob(f"{number}-*")) for number in PAGES]
    articles = [found for page in pages for found in reader.read(str(page)) if isinstance(found, Article)]
    for coded in language.code(nlp, articles):
        assert adder.add(coded) == "new"
    yield
    setup.close()


def claims(**chosen: str) -> list[set[str]]:
    """Who stands against whom in the disputes that a filter holds."""
    return [
        {
            one.speakers[0] if one.speakers else one.outlet or ""
            for position in line.positions
            for one in position.supporters
        }
        for line in disputes.listed(filters.read(**chosen))
    ]


def test_the_disputed_tolls_are_claims_side_by_side_with_who_makes_them(baghuz: None) -> None:
    every = claims()
    assert {"Airwars", "Global Coalition against Daesh"} in every
    assert {"Syrian Observatory for Human Rights", "Kino Gabriel"} in every
    assert {"Airwars", "Global Coalition against Daesh"} in claims(source="Airwars")
    assert all("Airwars" in one for one in claims(source="Airwars", search="civilians"))
    assert claims(source="Nobody") == []


def test_figures_of_an_outlet_come_with_their_sentences(baghuz: None) -> None:
    lines = figures.listed(filters.read(measure="killed", source="The Ridge Post"))
    assert len(lines) >= 4 and {line.latest.measure for line in lines} == {"killed"}
    for line in lines:
        known = line.latest.evidence
        assert known.outlet == "The Ridge Post" and known.text in known.quote and known.url


def test_who_holds_the_town(baghuz: None) -> None:
    holders = {line.actor for line in control.one("Baghuz")}
    assert "Syrian Democratic Forces" in holders
    assert all(line.evidence for line in control.one("Baghuz"))


def test_an_event_in_full_and_a_decision_on_it(baghuz: None) -> None:
    line = events.listed(filters.read(type="ASSAULT"))[0]
    page = events.page(line.id)
    assert page.reports and page.origins and page.grade and page.line.judgement == ""
    key = page.reports[0].evidence.statement
    decisions_making.correct(key, "certainty", "possible", By("ada", "it hedges"))
    assert statements.one(key).decided["certainty"] == "possible"
    assert {one.evidence.certainty for one in events.page(line.id).reports if one.evidence.statement == key} == {
        "possible"
    }


def test_sources_are_the_outlets_and_those_they_quote(baghuz: None) -> None:
    kinds = {line.name: line.kind for line in sources.listed(filters.read())}
    assert kinds["The Ridge Post"] == "outlet" and kinds["Airwars"] == "speaker"
    assert {line.proposed for line in sources.listed(filters.read())} == {"F"}  # three pages tell nothing of a source
