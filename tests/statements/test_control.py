"""Who holds, takes, loses, besieges or contests a place."""

from __future__ import annotations

import pytest

from reportedly.data import CodedArticle
from tests.conftest import Coder


def control(article: CodedArticle) -> set[tuple[str, str | None, str | None]]:
    """The statements of control of an article as (relation, actor, place)."""
    found = (event.control for event in article.events if event.control is not None)
    return {(item.relation, item.actor, item.place) for item in found}


def relations(article: CodedArticle) -> set[tuple[str, str | None]]:
    """The same without the actor."""
    return {(relation, place) for relation, _, place in control(article)}


@pytest.mark.parametrize(
    ("text", "relation", "actor", "place"),
    [
        ("Government troops captured Aleppo on Sunday.", "captures", "Government troops", "Aleppo"),
        ("Aleppo was captured by government troops.", "captures", "government troops", "Aleppo"),
        ("The town of Manbij fell to the rebels.", "captures", "rebels", "Manbij"),
        ("The rebels seized control of Idlib last week.", "captures", "rebels", "Idlib"),
        ("Rebels withdrew from Homs before dawn.", "loses", "Rebels", "Homs"),
        ("The militants were driven out of Palmyra.", "loses", "militants", "Palmyra"),
        ("The militants no longer control Mosul.", "loses", "militants", "Mosul"),
        ("The army has besieged Homs for two years.", "besieges", "army", "Homs"),
        ("The army's siege of Homs continues.", "besieges", "army", "Homs"),
        ("Rebels launched an assault on Aleppo.", "contests", "Rebels", "Aleppo"),
        ("The army is fighting to retake Mosul.", "contests", "army", "Mosul"),
        ("Rebels still hold Idlib.", "holds", "Rebels", "Idlib"),
        ("Families live in rebel-held Aleppo.", "holds", "rebel", "Aleppo"),
        ("Idlib is under rebel control.", "holds", "rebel", "Idlib"),
        ("Idlib is in the hands of the rebels.", "holds", "rebels", "Idlib"),
        ("Idlib is the last stronghold of the rebels.", "holds", "rebels", "Idlib"),
    ],
)
def test_relations(coder: Coder, text: str, relation: str, actor: str, place: str) -> None:
    assert (relation, actor, place) in control(coder(text))


def test_each_place_of_a_list_is_a_statement(coder: Coder) -> None:
    article = coder("Iraqi forces recaptured the cities of Mosul, Ramadi and Fallujah.")
    assert {place for relation, place in relations(article) if relation == "captures"} == {
        "Mosul",
        "Ramadi",
        "Fallujah",
    }


def test_a_description_stands_for_the_name_before_it(coder: Coder) -> None:
    article = coder("Shelling of Manbij went on for days. The rebels captured the town on Friday.")
    assert ("captures", "Manbij") in relations(article)


def test_a_part_of_a_place_keeps_its_words(coder: Coder) -> None:
    article = coder("The rebels hold most of Aleppo.")
    assert ("holds", "most of Aleppo") in relations(article)


def test_a_missing_actor_is_known_from_the_article(coder: Coder) -> None:
    article = coder("Rebels hold Aleppo. Diplomats expect the fall of Aleppo within days.")
    assert ("loses", "Rebels", "Aleppo") in control(article)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels have not captured Aleppo.",
        "Police captured the suspect on Sunday.",
        "Warplanes launched air attacks on Aleppo.",
        "He took control of the company.",
        "Prices fell to a new low in Aleppo.",
        "Many people live in areas under their control.",
        "",
    ],
)
def test_nothing_where_nobody_holds_a_place(coder: Coder, text: str) -> None:
    assert control(coder(text)) == set()


def test_the_seat_inside_another_statement_is_not_told_twice(coder: Coder) -> None:
    article = coder("Soldiers recaptured the last rebel stronghold on Monday.")
    assert {relation for relation, _ in relations(article)} == {"captures"}


def test_plans_are_forecast(coder: Coder) -> None:
    article = coder("The army plans to capture Aleppo.")
    certainty = {event.certainty for event in article.events if event.control is not None}
    assert certainty == {"forecast"}
