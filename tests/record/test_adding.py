"""Articles are added once, changed ones as revisions; what hangs on them is derived, on both databases."""

from __future__ import annotations

import pytest

from reportedly.record import checking, models
from reportedly.record.adding import Adder
from reportedly.settings import Settings
from tests.record.factories import Draft, StemLinker


@pytest.fixture
def adder(record: str) -> Adder:
    """Adds to an empty record, linking without models."""
    return Adder(Settings(), StemLinker())


def strike(id: str, outlet: str, day: str = "2019-03-02", **more: str) -> Draft:
    """A report of one strike on Hajin."""
    draft = Draft(id, outlet, day, **more)
    draft.sentence("Shells hit the market in Hajin on Friday, killing 12 people, rescuers said.")
    draft.place("Hajin", 34.69, 40.83).date("Friday", "2019-03-01").said("rescuers", "said")
    return draft.figure("12", measure="killed").event("hit", figures=("12",))


def test_an_article_becomes_rows(adder: Adder) -> None:
    assert adder.add(strike("a1", "Harbour Times").article()) == "new"
    article = models.Article.objects.get()
    assert (article.public_id, article.outlet and article.outlet.name) == ("a1", "Harbour Times")
    assert [row.layer for row in article.statements.order_by("pk")] == ["event", "figure", "said"]
    event = models.Event.objects.get()
    assert (event.type, event.killed_best, event.place and event.place.name) == ("ASSAULT", 12, "Hajin")
    assert (str(event.first), event.articles, event.background) == ("2019-03-01", 1, False)
    assert checking.check() == []
