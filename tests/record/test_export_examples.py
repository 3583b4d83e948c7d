"""Example pages really read, coded and added: what they say of deaths comes out as it should."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from spacy.language import Language

from reportedly.articles.reader import Reader
from reportedly.data import Article
from reportedly.record import setup
from reportedly.settings import Settings
from reportedly.statements import language
from tests.record.exporting import Stored

EXAMPLES = Path(__file__).parents[2] / "examples" / "baghuz"
PAGES = ("01", "05", "06")


@pytest.fixture(scope="module")
def baghuz(nlp: Language, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stored]:
    """A record of three pages."""
    path = tmp_path_factory.mktemp("baghuz") / "record.db"
    shutil.copy(sqlite_template, path)
    setup.open_record(f"sqlite:///{path}")
    stored = Stored()
    reader = Reader(Settings())
    pages = [next(EXAMPLES.glob(f"{number}-*")) for number in PAGES]
    articles = [found for page in pages for found in reader.read(str(page)) if isinstance(found, Article)]
    for coded in language.code(nlp, articles):
        assert stored.adder.add(coded) == "new"
    yield stored
    setup.close()


def test_claims_of_parties_stay_outside_and_are_told_with_who_makes_them(baghuz: Stored) -> None:
    rows = baghuz.rows("ucdp")
    claimed = [row for row in rows if "says 1306 killed (Kino Gabriel)" in row["code_status"]]
    assert claimed and all("1306" not in (row["low"], row["best"], row["high"]) for row in rows)
    assert any("civilians killed: 190 to 630" in row["code_status"] for row in rows)
    assert any("Airwars" in row["source_original"] for row in rows)


def test_every_row_says_that_nobody_has_checked_it_and_leads_back(baghuz: Stored) -> None:
    lines = {line["id"]: line for line in map(msgspec.json.decode, baghuz.bytes("jsonl").splitlines())}
    urls = {url for line in lines.values() for article in line["articles"] for url in article["urls"]}
    assert len(urls) == len(PAGES)
    for form, identifier, notes, delimiter in (
        ("ucdp", "relid", "code_status", ","),
        ("acled", "event_id_cnty", "notes", ","),
        ("polecat", "Event ID", "Version", "\t"),
    ):
        rows = baghuz.rows(form, delimiter)
        assert rows
        for row in rows:
            assert row[identifier] in lines and "machine coding, not verified" in row[notes]
            assert "0" not in (row.get("fatalities"), row.get("best"), row.get("deaths_a"))
    assert all(any(url in row["notes"] for url in urls) for row in baghuz.rows("acled"))
