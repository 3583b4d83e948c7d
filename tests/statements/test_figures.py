"""Figures: values, exclusions and measures by the conventions of docs/stages/figures.md."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Article, DateExpression, Figure, Participant
from reportedly.statements import dates, figures, layers
from reportedly.statements.figures_quantities import quantities


def read(nlp: Language, text: str) -> list[Figure]:
    """The figures of a text, by this stage and the one for dates alone."""
    with nlp.select_pipes(
        disable=[name for name in nlp.pipe_names if name.removeprefix("reportedly_") in layers.ORDER]
    ):
        doc = nlp(text)
    doc._.article = Article(text=text, published="2021-06-18")
    found: list[Figure] = figures.run(dates.run(doc))._.figures
    assert all(text[item.start : item.end] == item.text for item in found)
    return found


VALUES = [
    ("20,000 people", "20,000", 20000, 20000, False),
    ("as many as 15,000–20,000 people", "as many as 15,000–20,000", 15000, 20000, False),
    ("more than 40 nations", "more than 40", 40, None, False),
    ("up to $800 a head", "up to $800", None, 800, False),
    ("no fewer than nine men", "no fewer than nine", 9, None, False),
    ("fewer than 30 men", "fewer than 30", None, 30, False),
    ("about 15 trucks", "about 15", 15, 15, True),
    ("an estimated 500 or so men", "an estimated 500 or so", 500, 500, True),
    ("between 20,000 and 30,000 men", "between 20,000 and 30,000", 20000, 30000, False),
    ("three or four goats", "three or four", 3, 4, False),
    ("two to three thousand goats", "two to three thousand", 2000, 3000, False),
    ("$2-3bn of aid", "$2-3bn", 2e9, 3e9, False),
    ("£1.5bn of aid", "£1.5bn", 1.5e9, 1.5e9, False),
    ("two-and-a-half million goats", "two-and-a-half million", 2.5e6, 2.5e6, False),
    ("one hundred and twenty-five goats", "one hundred and twenty-five", 125, 125, False),
    ("half a million goats", "half a million", 5e5, 5e5, False),
    ("a quarter of a million goats", "a quarter of a million", 25e4, 25e4, False),
    ("dozens of goats", "dozens", 24, 99, True),
    ("hundreds and hundreds of goats", "hundreds and hundreds", 200, 999, True),
    ("scores of goats", "scores", 40, 99, True),
    ("hundreds of goats", "hundreds", 200, 999, True),
    ("tens of thousands of goats", "tens of thousands", 20000, 99999, True),
    ("hundreds of thousands of goats", "hundreds of thousands", 200000, 999999, True),
    ("several goats", "several", 3, 9, True),
    ("a handful of goats", "a handful", 3, 9, True),
    ("several hundred goats", "several hundred", 300, 900, True),
    ("a few hundred goats", "a few hundred", 200, 400, True),
    ("a dozen goats", "a dozen", 12, 12, False),
    ("more than half of the flock", "more than half", 50, None, False),
    ("two-thirds of the flock", "two-thirds", 66.6666, 66.6666, False),
    ("one in five goats", "one in five", 20, 20, False),
    ("90% of them", "90%", 90, 90, False),
    ("five to six-hour marches", "five to six-hour", 5, 6, False),
    ("a 2,000-strong army", "2,000-strong", 2000, 2000, False),
    ("an area smaller than one sq km", "smaller than one sq km", None, 1, False),
    ("six and a half years", "six and a half years", 6.5, 6.5, False),
    ("tolls that range from 1,000 to 1,300", "1,000 to 1,300", 1000, 1300, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "low", "high", "approximate"), VALUES)
def test_values(text: str, span: str, low: float | None, high: float | None, approximate: bool) -> None:
    found = [quantity for quantity, _ in quantities(text)]
    assert [(text[q.start : q.end], q.low, q.high, q.approximate) for q in found] == [(span, low, high, approximate)]


def test_a_change_gives_two_figures_and_a_bound_does_not_carry_over() -> None:
    changed = [(q.low, q.high) for q, _ in quantities("It rose from 200 to at least 500 with 45 hurt")]
    assert changed == [(200, 200), (500, None), (45, 45)]


MEASURES = [
    ("Three soldiers were killed and five wounded.", [(3, "killed"), (5, "injured")]),
    ("The blast tore through a market, killing six farmers and injuring 12.", [(6, "killed"), (12, "injured")]),
    ("The murder of six priests shocked the town.", [(6, "killed")]),
    ("The group has lost 1,500 men.", [(1500, "killed")]),
    ("The 2,000 troops are leaving the country.", [(2000, "fighters")]),
    ("They agreed to hand over about 11 prisoners.", [(11, "detained")]),
    ("The raid left 12 dead.", [(12, "killed")]),
    ("About 40 people are believed to have died in the fire.", [(40, "killed")]),
    ("Rescuers counted 30 deaths, including 11 children.", [(30, "killed"), (11, "killed")]),
    ("The death toll rose to 38.", [(38, "killed")]),
    ("At least 20 villagers went missing.", [(20, "missing")]),
    ("Gunmen kidnapped 14 teachers.", [(14, "abducted")]),
    ("The rebels are holding 25 hostages.", [(25, "abducted")]),
    ("Police arrested 60 protesters.", [(60, "detained")]),
    ("The army said 300 fighters had surrendered.", [(300, "surrendered")]),
    ("Some 8,000 villagers fled the shelling.", [(8000, "displaced")]),
    ("More than 39,000 people live in the camp.", [(39000, "displaced")]),
    ("The clashes displaced 5,000 families.", [(5000, "displaced")]),
    ("Some 300 people were evacuated from the valley.", [(300, "evacuated")]),
    ("Only 60 people have been repatriated.", [(60, "returned")]),
    ("Around 400 militants remain in the town.", [(400, "fighters")]),
    ("Some 900 civilians are trapped in the old city.", [(900, "civilians")]),
    ("About 5,000 families live there.", [(5000, "population")]),
    ("The planes carried out 70 airstrikes.", [(70, "attacks")]),
    ("They seized 24 rifles.", [(24, "weapons")]),
    ("It covers 88,000 sq km.", [(88000, "area")]),
    ("The camp is 200 miles away.", [(200, "distance")]),
    ("The fine is $150.", [(150, "money")]),
    ("They hold 60% of the land.", [(60, "share")]),
    ("The five-year war is over.", [(5, "duration")]),
    ("Seven hospitals were bombed.", [(7, "other")]),
    ("The flood took the lives of 90 farmers.", [(90, "killed")]),
    ("Some 300 wounded rebels were captured at dawn.", [(300, "detained")]),
    ("The town of 20,000 people was shelled.", [(20000, "population")]),
    ("It is a camp of 6,000 people.", [(6000, "displaced")]),
    ("About 9,000 people are now in Moria.", [(9000, "displaced")]),
    ("Some 700 of those who came were rebels.", [(700, "fighters")]),
    ("More than two million Syrians are refugees.", [(2e6, "displaced")]),
    ("The number of people in the camp has grown from 900 to 7,000.", [(900, "displaced"), (7000, "displaced")]),
    ("Hundreds gave themselves up.", [(200, "surrendered")]),
    ("It killed 250 people, and two dozen on Sunday alone.", [(250, "killed"), (24, "killed")]),
    ("Some 800 people were rescued. The mayor put the number at 600.", [(800, "evacuated"), (600, "evacuated")]),
    ("She was jailed for more than seven years after the raid.", [(7, "duration")]),
    ("The brothers, aged 11 and seven, left.", [(11, "age"), (7, "age")]),
    ("They stayed for eight long years.", [(8, "duration")]),
    ("Two friends left their homes.", [(2, "other")]),
    ("A 15-year-old boy ran away.", [(15, "age")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MEASURES)
def test_measures(nlp: Language, text: str, expected: list[tuple[float, str]]) -> None:
    assert [(item.low, item.measure) for item in read(nlp, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "One man said one of them had a B-52 and an F-16 at 10:30.",
        "He left four years ago, and in the past two days nobody came.",
        "Four days into the siege, and 24 hours later, they left within six to 12 months.",
        "Both men and a few others, many of them young, stayed for weeks.",
        "The two men shook hands.",
        "Channel 4 quoted resolution 2254 on 3 May 2011.",
        "A two-way street led to Group 7.",
        "They won the match 3-1.",
        "Call 0330 333 6846 now.",
        "The attack took place at 0815 and ended by 1330.",
        "In his 20s and in the 1990s he was poor.",
    ],
)
def test_no_figures(nlp: Language, text: str) -> None:
    assert [item.text for item in read(nlp, text) if item.measure != "age"] == []


def test_what_is_counted_and_its_unit(nlp: Language) -> None:
    found = read(nlp, "Around 20,000 women and children left in 15 empty trucks.")
    assert [(item.of, item.unit) for item in found] == [("women and children", "person"), ("empty trucks", "vehicle")]


def test_the_actor_is_that_of_the_counted_phrase(nlp: Language) -> None:
    text = "Some 300 Isis fighters fled."
    doc = nlp.make_doc(text)
    with nlp.select_pipes(
        disable=[name for name in nlp.pipe_names if name.removeprefix("reportedly_") in layers.ORDER]
    ):
        doc = nlp(doc)
    doc._.article = Article(text=text)
    doc._.mentions = {(9, 13): Participant(start=9, end=13, text="Isis", name="Islamic State", id="isis")}
    assert [item.actor for item in figures.run(doc)._.figures] == ["isis"]


def test_a_bare_number_counts_what_was_counted_before(nlp: Language) -> None:
    found = read(nlp, "The bomb killed 12 shoppers and wounded 50.")
    assert [(item.of, item.measure) for item in found] == [("shoppers", "killed"), ("shoppers", "injured")]


def test_numbers_inside_date_expressions_are_left_to_those(nlp: Language) -> None:
    doc = nlp.make_doc("It took 12 days")
    doc._.article = Article(text="It took 12 days")
    doc._.dates = [DateExpression(start=8, end=15, text="12 days")]
    assert figures.run(doc)._.figures == []


@pytest.mark.parametrize(
    "text", ["", "🕊" * 50, "7", "$", "half", "a", "1,2,3", "9" * 400, "- - 5 - - %", "one in", "between 3 and"]
)
def test_odd_text_does_not_fail(nlp: Language, text: str) -> None:
    for item in read(nlp, text):
        assert item.low is None or item.high is None or item.low <= item.high


def test_a_very_long_line_is_read() -> None:
    assert sum(1 for _ in quantities("12 goats and 3 " * 4_000)) == 8_000


def test_a_sentence_whose_root_is_a_preposition_is_read(nlp: Language) -> None:
    doc = Doc(
        nlp.vocab,
        words=["With", "12", "men"],
        heads=[0, 2, 0],
        deps=["ROOT", "nummod", "pobj"],
        pos=["ADP", "NUM", "NOUN"],
        tags=["IN", "CD", "NNS"],
        lemmas=["with", "12", "man"],
    )
    doc._.article = Article(text=doc.text)
    assert [item.low for item in figures.run(doc)._.figures] == [12]
