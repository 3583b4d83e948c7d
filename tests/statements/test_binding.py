"""Events and figures get their source, place, date and tolls."""

from __future__ import annotations

from reportedly.data import Attribution, CodedArticle, Event, Figure, Span
from reportedly.statements.binding_intervals import Intervals, Sources
from tests.conftest import Coder


def figure(article: CodedArticle, text: str) -> Figure:
    """The figure whose text is given."""
    return next(item for item in article.figures if item.text == text)


def event(article: CodedArticle, text: str) -> Event:
    """The event whose trigger holds a text."""
    return next(item for item in article.events if text in item.text)


def test_a_figure_inside_reported_speech_has_its_source(coder: Coder) -> None:
    article = coder("The health ministry said 40 people were killed in Homs on Monday. Shops were closed.")
    item = figure(article, "40")
    assert item.attribution is not None
    source = article.attributions[item.attribution].source[0]
    assert "ministry" in article.text[source.start : source.end]


def test_a_figure_of_the_article_itself_has_none(coder: Coder) -> None:
    assert figure(coder("The bomb killed 40 people in Homs."), "40").attribution is None


def test_place_and_date_come_from_the_same_clause(coder: Coder) -> None:
    article = coder("Gunmen killed 40 people in Homs on 3 March 2019.", published="2019-03-05")
    item = figure(article, "40")
    assert item.place is not None and article.places[item.place].text == "Homs"
    assert item.date is not None and article.dates[item.date].from_ == "2019-03-03"


def test_two_clauses_keep_their_own_places(coder: Coder) -> None:
    article = coder("Shelling killed 40 people in Homs, and a bomb killed 12 people in Aleppo.")
    places = {item.text: article.places[item.place].text for item in article.figures if item.place is not None}
    assert places == {"40": "Homs", "12": "Aleppo"}


def test_an_event_takes_the_toll_of_its_verb(coder: Coder) -> None:
    article = coder("Gunmen killed 40 people in Homs.")
    assert [article.figures[n].text for n in event(article, "killed").figures] == ["40"]


def test_the_innermost_attribution_holds_the_figure() -> None:
    outer = Attribution(source=[Span(0, 3)], cue=[Span(4, 8)], content=[Span(9, 80)])
    inner = Attribution(source=[Span(10, 14)], cue=[Span(15, 19)], content=[Span(20, 60)], within=0)
    sources = Sources([outer, inner])
    assert (sources.of(30, 32), sources.of(70, 72), sources.of(90, 92)) == (1, 0, None)


def test_a_circle_of_attributions_ends() -> None:
    one = Attribution(source=[], cue=[], content=[Span(0, 9)], within=1)
    other = Attribution(source=[], cue=[], content=[Span(0, 9)], within=0)
    assert Sources([one, other]).of(1, 2) in (0, 1)


def test_stretches_are_found_across_buckets() -> None:
    found = Intervals([(0, Span(0, 1000)), (1, Span(500, 600))])
    assert {number for number, _ in found.holding(550, 560)} == {0, 1}
    assert {number for number, _ in found.holding(990, 1001)} == set()


def where(article: CodedArticle, item: Event | Figure) -> str | None:
    """The words of an item's place."""
    return None if item.place is None else article.places[item.place].text


def when(article: CodedArticle, item: Event | Figure) -> str | None:
    """The words of an item's date."""
    return None if item.date is None else article.dates[item.date].text


def test_a_name_inside_a_modifier_or_a_speaker_is_no_place(coder: Coder) -> None:
    article = coder("US-backed rebels overran the camp. Turkey warned that it would attack.")
    assert {where(article, item) for item in article.events} == {None}


def test_the_place_of_the_saying_is_not_that_of_what_is_said(coder: Coder) -> None:
    article = coder("At a ceremony near Palmyra on Friday, the general said that 300 soldiers had been killed.")
    item = figure(article, "300")
    assert (where(article, item), when(article, item)) == (None, None)


def test_a_joined_verb_does_not_get_the_first_ones_place_and_date(coder: Coder) -> None:
    article = coder("The army seized Homs in 2014 and threatened to attack again.")
    seized, threatened = event(article, "seized"), event(article, "threatened")
    assert where(article, seized) == "Homs" and "2014" in (when(article, seized) or "")
    assert (where(article, threatened), when(article, threatened)) == (None, None)


def test_a_place_is_not_carried_into_another_paragraph(coder: Coder) -> None:
    article = coder("Trucks with food reached Homs on Monday.\n\nFour soldiers were wounded by a mine.")
    assert where(article, event(article, "wounded")) is None


def test_clauses_of_the_same_happening_share_the_place(coder: Coder) -> None:
    article = coder("Jets bombed the city of Aleppo, killing four people.")
    assert where(article, figure(article, "four")) == "Aleppo"


def test_people_in_a_camp_are_not_where_the_sentence_before_was(coder: Coder) -> None:
    article = coder("Fighters fled Raqqa. The Ain Issa camp now holds more than 5,000 people.")
    assert where(article, figure(article, "more than 5,000")) != "Raqqa"


def test_a_noun_stands_for_the_one_place_that_it_was_used_of(coder: Coder) -> None:
    article = coder("The al-Hol camp in Syria is full. There are 500 soldiers in the camp.")
    assert where(article, figure(article, "500")) == "al-Hol"


def test_a_noun_used_of_two_places_stands_for_neither(coder: Coder) -> None:
    article = coder("Rebels took the city of Aleppo and the city of Homs. There are 500 soldiers in the city.")
    assert where(article, figure(article, "500")) is None


def test_a_noun_beside_another_place_stands_for_nothing(coder: Coder) -> None:
    article = coder("Rebels hold the city of Aleppo. Families fled Afrin; 500 people remain in the city.")
    assert where(article, figure(article, "500")) is None


def test_what_is_told_of_a_number_is_told_of_its_values(coder: Coder) -> None:
    article = coder(
        "The camp at al-Hol in Syria is full. The number of people in the camp has grown from about 9,000 in December"
        " to more than 73,000.",
        published="2019-03-28",
    )
    first, second = figure(article, "about 9,000"), figure(article, "more than 73,000")
    assert where(article, first) == where(article, second) == "al-Hol"
    assert first.date is not None and second.date is None


def test_a_number_is_of_the_place_of_the_one_that_it_is_set_against(coder: Coder) -> None:
    article = coder(
        "About 3,000 fighters surrendered in the village of Baghuz in Syria, a number far higher than the few hundred"
        " that had been expected."
    )
    assert where(article, figure(article, "few hundred")) == "Baghuz"
