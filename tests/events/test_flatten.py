"""A coded article laid flat: statements stand alone, with their sentence, place, days and chain of sources."""

from __future__ import annotations

import pytest

from reportedly.data import Attribution, CodedArticle, DateExpression, Event, Figure, Place, Span
from reportedly.events import flatten

TEXT = "Shells hit Hajin on Friday, killing 12, rescuers told Star TV. Nothing else was known."


def article(**more: object) -> CodedArticle:
    """One sentence with a strike, its toll, and rescuers whom a broadcaster quotes."""
    said = Attribution(source=[Span(40, 48)], cue=[Span(49, 53)], content=[Span(0, 38)], speaker="rescuers", within=1)
    quoted = Attribution(source=[Span(54, 61)], cue=[Span(49, 53)], content=[Span(0, 53)], organisation="Star TV")
    fields = {
        "id": "a1",
        "text": TEXT,
        "publisher": "Harbour Times",
        "sentences": [Span(0, 62), Span(63, 86)],
        "attributions": [said, quoted],
        "places": [Place(start=11, end=16, text="Hajin", geonameid=1, precision="point")],
        "dates": [DateExpression(start=20, end=26, text="Friday", from_="2019-03-01", to="2019-03-01")],
        "figures": [Figure(start=36, end=38, text="12", low=12, high=12, measure="killed", attribution=0)],
        "events": [Event(start=7, end=10, text="hit", type="ASSAULT", place=0, date=0, figures=[0], attribution=0)],
    }
    return CodedArticle(**{**fields, **more})  # type: ignore[arg-type]


def test_a_statement_stands_alone() -> None:
    (event,) = flatten.reports(article()).events
    assert (event.key, event.outlet, event.quote) == ("a1/event/7-10", "Harbour Times", TEXT[:62])
    assert event.place is not None and (event.place.name, event.place.precision) == ("Hajin", "point")
    assert event.days is not None and event.days.first == "2019-03-01"
    assert [figure.low for figure in event.figures] == [12]
    assert [link.name for link in event.chain] == ["rescuers", "Star TV"]


def test_a_chain_that_leads_back_to_itself_ends() -> None:
    turned = article()
    turned.attributions[1].within = 0
    (event,) = flatten.reports(turned).events
    assert 2 <= len(event.chain) <= flatten.LONGEST_CHAIN


def test_without_sentences_the_words_around_are_quoted_and_never_a_whole_text() -> None:
    long = TEXT + " And so it went on." * 100
    (event,) = flatten.reports(article(text=long, sentences=[])).events
    assert "hit Hajin" in event.quote and len(event.quote) <= 2 * flatten.AROUND


def test_two_statements_of_one_stretch_have_keys_of_their_own() -> None:
    one = article().events[0]
    found = flatten.reports(article(events=[one, Event(start=7, end=10, text="hit", type="COERCE")])).events
    assert [event.key for event in found] == ["a1/event/7-10", "a1/event/7-10~2"]


def test_an_article_without_an_id_is_refused() -> None:
    with pytest.raises(ValueError, match="id"):
        flatten.reports(article(id=None))
