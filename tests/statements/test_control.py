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


@pytest.mark.parametrize(
    ("text", "relation", "actor", "place"),
    [
        ("The army raised its flag over Homs on Sunday.", "captures", "army", "Homs"),
        ("The army is in control of Homs.", "holds", "army", "Homs"),
        ("Civilians left Islamic State's last enclave in eastern Syria.", "holds", "Islamic State", None),
        ("Islamic State has lost the last ground that it ruled in Syria.", "loses", "Islamic State", "Syria"),
    ],
)
def test_flags_control_and_last_ground(coder: Coder, text: str, relation: str, actor: str, place: str | None) -> None:
    found = control(coder(text))
    assert any(r == relation and a == actor and (place is None or p == place) for r, a, p in found), found


def test_a_group_is_no_place(coder: Coder) -> None:
    article = coder("The fight against Daesh goes on. The army said that the village had been liberated.")
    assert all("Daesh" not in (place or "") for _, _, place in control(article))


def test_the_headline_tells_which_village(coder: Coder) -> None:
    text = "Rebels advanced at night. A general said that the village had been fully liberated by the army."
    assert ("captures", "army", "Harim") in control(coder(text, title="Army says fighting over in Harim"))


def test_a_month_is_no_place(coder: Coder) -> None:
    assert control(coder("The Democrats take control in January.")) == set()


def test_the_loser_of_a_fallen_town_is_who_lost_other_ground(coder: Coder) -> None:
    article = coder("Islamic State lost Raqqa in the autumn. The fall of Hajin came later. The Syrian army holds Homs.")
    assert ("loses", "Islamic State", "Hajin") in control(article)


def test_an_event_of_control_has_the_place_that_it_is_of(coder: Coder) -> None:
    article = coder("Rebels hold Aleppo. On Monday the army stormed the city.")
    stormed = next(event for event in article.events if event.control and event.control.relation == "contests")
    assert stormed.place is not None and article.places[stormed.place].text == "Aleppo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey said it had launched an assault on the town of Manbij.", ("contests", "Turkey", "Manbij")),
        ("A spokesman for the rebels said they had captured Aleppo.", ("captures", "rebels", "Aleppo")),
        ("Bashar al-Assad said his troops had retaken Homs.", ("captures", "Bashar al-Assad’s troops", "Homs")),
    ],
)
def test_a_pronoun_in_what_is_said_is_the_speaker(coder: Coder, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in control(coder(text))


def test_a_bare_siege_is_of_the_place_that_is_fought_over(coder: Coder) -> None:
    article = coder("The army surrounded Homs in May. Doctors from Damascus say that the siege has cost many lives.")
    assert {place for relation, place in relations(article) if relation == "besieges"} == {"Homs"}
    assert len([event for event in article.events if event.control and event.control.relation == "besieges"]) == 2


def test_its_fall_is_of_the_place_spoken_of(coder: Coder) -> None:
    article = coder("Rebels held Aleppo for four years. Its fall in December was a turning point.")
    assert ("loses", "Rebels", "Aleppo") in control(article)


def test_who_takes_a_place_is_not_who_lost_it(coder: Coder) -> None:
    article = coder("The army captured Homs in May. The fall of Homs was a surprise.")
    assert ("loses", "army") not in {(relation, actor) for relation, actor, _ in control(article)}


def test_a_description_of_who_holds_a_town_is_kept(coder: Coder) -> None:
    article = coder("Families fled the last Isis-held town in the valley.")
    assert [relation for relation, actor, _ in control(article) if actor == "Isis"] == ["holds"]


def test_a_clause_is_no_part_of_the_words_for_a_place(coder: Coder) -> None:
    article = coder("Troops stormed the last enclave of the rebels, where thousands of people are trapped.")
    assert {place for relation, place in relations(article) if relation == "contests"} == {"last enclave of the rebels"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "The army ended the siege of the towns of Fua and Kefraya. Rebels had blockaded the towns.",
            {"Fua", "Kefraya"},
        ),
        ("Soldiers stormed the Kurdish enclave known as Afrin.", {"Afrin"}),
        ("Rebels captured most of Idlib along with the town of Jarablus.", {"most of Idlib", "Jarablus"}),
    ],
)
def test_places_that_other_words_lead_to(coder: Coder, text: str, places: set[str]) -> None:
    assert places <= {place for _, place in relations(coder(text))}


def test_actors_apart_are_a_statement_each(coder: Coder) -> None:
    article = coder("Aleppo is besieged by the army in the south and by Shia militias in the north.")
    assert {actor for relation, actor, _ in control(article) if relation == "besieges"} == {"army", "Shia militias"}


def test_a_part_of_a_country_is_not_the_country(coder: Coder) -> None:
    article = coder("The militants still hold a small area of Syria.")
    assert relations(article) == {("holds", "small area of Syria")}


def test_a_foothold_in_a_country_is_no_hold_of_it(coder: Coder) -> None:
    assert control(coder("The camp was the last foothold of Islamic State in eastern Syria.")) == set()
    assert relations(coder("The camp was the last foothold of Islamic State in Baghuz.")) == {("holds", "Baghuz")}


def test_a_town_is_one_whatever_kind_its_name_is_taken_for(coder: Coder) -> None:
    article = coder("Rebels captured Kefraya. The army withdrew from Zabadani.")
    assert relations(article) == {("captures", "Kefraya"), ("loses", "Zabadani")}


def test_the_fall_of_a_leader_is_no_lost_place(coder: Coder) -> None:
    article = coder("Rebels hold Idlib. They hope for the fall of Assad.")
    assert all(relation != "loses" for relation, _ in relations(article))


def test_control_is_put_on_the_event_that_a_light_verb_tells(coder: Coder) -> None:
    article = coder("Ethiopian troops completed their withdrawal from the town of Baidoa.")
    told = [event for event in article.events if event.control is not None]
    assert [(event.type, event.control.relation) for event in told if event.control] == [("RETREAT", "loses")]


def test_a_town_takes_nothing(coder: Coder) -> None:
    article = coder("Manbij is the key to controlling Aleppo. Rebels hold Idlib.")
    assert all(actor != "Manbij" for _, actor, _ in control(article))
    assert ("holds", "Rebels", "Idlib") in control(article)
