"""Figures over time: which belong together, and which revises which."""

from __future__ import annotations

import random
from itertools import count
from typing import Any

import pytest
from msgspec.structs import replace

from reportedly.data import Span
from reportedly.events import series
from reportedly.events.findings import Dependency, SeriesPoint
from reportedly.events.reports import Days, FigureReport, Location, Said

CAMP = Location(name="al-Hol", precision="point", country="SY")
TOWN = Location(name="Raqqa", geonameid=172955, precision="point", country="SY")
UN = Said(name="United Nations", organisation="United Nations", actor="INT-UN")
ARMY = Said(name="Army spokesman", organisation="Syrian armed forces", actor="SYR-MIL", party=True)
MONITOR = Said(name="Syrian Observatory for Human Rights", actor="SYR-SOHR")

_numbers = count()


def figure(number: float | None, published: str, **given: Any) -> FigureReport:
    """A figure of killed people in Raqqa; `quote` must hold `text`, `days` is a pair, `by` the innermost source."""
    quote = given.pop("quote", "They said that 7 people were killed.")
    text = given.pop("text", "7")
    start, days, by = quote.index(text), given.pop("days", None), given.pop("by", None)
    article = given.pop("article", f"a{next(_numbers)}")
    filled: dict[str, Any] = {
        "key": f"{article}/figure/{start}-{start + len(text)}",
        "article": article,
        "start": start,
        "end": start + len(text),
        "text": text,
        "quote": quote,
        "sentence": Span(0, len(quote)),
        "outlet": "The Courier",
        "published": published,
        "chain": (by,) if by else (),
        "certainty": "reported" if by else "fact",
        "measure": "killed",
        "unit": "person",
        "of": "people",
        "place": TOWN,
        "low": number,
        "high": number,
        "days": Days(first=days[0], last=days[1]) if days else None,
    }
    return FigureReport(**(filled | given))


def revised(points: tuple[SeriesPoint, ...]) -> dict[float | None, tuple[float | None, str]]:
    """What revises what, by the numbers, with the first words of the reason."""
    numbers = {point.statement: point.low or point.high for point in points}
    return {
        point.low or point.high: (numbers[point.revises], point.because.split(":")[0])
        for point in points
        if point.revises
    }


TOTAL = {"quote": "So far 7 people have been killed.", "days": None}


def test_children_fighters_and_people_are_different_series() -> None:
    keys = [
        series.key(figure(7, "2019-03-01", of=of))
        for of in ("children", "babies", "fighters", "militants", "people", "victims", "civilians")
    ]
    groups = [key.group if key else None for key in keys]
    assert groups == ["children", "children", "fighters", "fighters", "people", "people", "civilians"]


def test_foreign_fighters_are_not_set_against_all_fighters() -> None:
    foreign = series.key(figure(7, "2019-03-01", of="foreign fighters", measure="detained"))
    fighters = series.key(figure(7, "2019-03-01", of="fighters", measure="detained"))
    assert foreign is not None and fighters is not None and foreign != fighters


@pytest.mark.parametrize("of", ["its fighters", "others", "those", "refugees a year", None])
def test_nobody_in_particular_is_not_comparable(of: str | None) -> None:
    assert series.key(figure(7, "2019-03-01", of=of)) is None


def test_whose_people_by_the_registry_or_by_the_words() -> None:
    coded = series.key(figure(7, "2019-03-01", of="fighters", actor="INT-ISIS"))
    named = series.key(figure(7, "2019-03-01", of="Isis fighters"))
    nobodys = series.key(figure(7, "2019-03-01", of="fighters"))
    assert coded is not None and coded == named
    assert nobodys is not None and nobodys.actor == ""


def test_a_place_is_not_merged_with_a_wider_one() -> None:
    country = Location(name="Syria", geonameid=163843, precision="country", country="SY")
    district = Location(name="Raqqa", geonameid=172955, precision="area", country="SY")
    keys = {series.key(figure(7, "2019-03-01", place=place)) for place in (TOWN, CAMP, country, district)}
    assert len(keys) == 4 and None not in keys


def test_a_part_of_a_country_may_be_any_part() -> None:
    north = Location(name="Syria", geonameid=163843, precision="region", country="SY")
    assert series.key(figure(7, "2019-03-01", place=north)) is None


def test_without_a_place_only_one_source_can_be_compared_with_itself() -> None:
    one = series.key(figure(7, "2019-03-01", place=None, by=UN))
    other = series.key(figure(7, "2019-03-01", place=None, by=MONITOR))
    assert one is not None and other is not None and one != other
    assert series.key(figure(7, "2019-03-01", place=None)) is None


@pytest.mark.parametrize(
    "given",
    [
        {"measure": "duration", "unit": "day"},
        {"low": None, "high": None},
        {"certainty": "denied"},
        {"published": None},
    ],
)
def test_what_cannot_be_compared_is_no_series(given: dict[str, Any]) -> None:
    report = figure(7, "2019-03-01")
    assert series.key(report) is not None
    assert series.key(replace(report, **given)) is None


def test_square_miles_and_kilometres_are_one_series() -> None:
    miles = figure(2, "2019-03-01", measure="area", unit="sq mile", of=None)
    kilometres = figure(4, "2019-02-01", measure="area", unit="sq km", of=None)
    assert series.key(miles) == series.key(kilometres) is not None
    assert revised(series.build([miles, kilometres])) == {2: (4, "overtakes another source's figure")}


def test_points_stand_by_the_day_that_they_hold_for() -> None:
    points = series.build(
        [
            figure(3, "2019-03-05", days=("2019-02-01", "2019-02-01")),
            figure(1, "2019-01-05"),
            figure(2, "2019-03-04", days=("2019-01-01", "2019-01-31")),
        ]
    )
    assert [point.low for point in points] == [1, 2, 3]


def test_a_source_that_gives_another_number_for_the_same_days_corrects_itself() -> None:
    days = ("2019-03-01", "2019-03-01")
    points = series.build([figure(12, "2019-03-02", by=ARMY, days=days), figure(19, "2019-03-04", by=ARMY, days=days)])
    assert revised(points) == {19: (12, "corrects itself")}


def test_two_sources_that_differ_about_the_same_days_revise_nothing() -> None:
    days = ("2019-03-01", "2019-03-01")
    points = series.build(
        [figure(12, "2019-03-02", by=ARMY, days=days), figure(19, "2019-03-04", by=MONITOR, days=days)]
    )
    assert revised(points) == {}


def test_incidents_of_different_days_are_no_revisions_of_each_other() -> None:
    points = series.build(
        [
            figure(12, "2019-03-02", by=ARMY, days=("2019-03-01", "2019-03-01")),
            figure(19, "2019-03-09", by=ARMY, days=("2019-03-08", "2019-03-08")),
        ]
    )
    assert revised(points) == {}


def test_a_later_total_overtakes_an_earlier_one() -> None:
    first = figure(100, "2019-03-01", by=UN, **TOTAL)
    own = figure(140, "2019-03-08", by=UN, **TOTAL)
    others = figure(200, "2019-03-20", by=MONITOR, **TOTAL)
    assert revised(series.build([first, own, others])) == {
        140: (100, "overtakes its own figure"),
        200: (140, "overtakes another source's figure"),
    }


def test_an_additional_count_is_no_total() -> None:
    first = figure(100, "2019-03-01", by=UN, **TOTAL)
    more = figure(140, "2019-03-08", by=UN, quote="Another 7 people were killed.")
    assert revised(series.build([first, more])) == {}


def test_totals_that_begin_at_other_times_are_not_compared() -> None:
    quote = "Since December 7 people have been killed."
    first = figure(100, "2019-03-01", by=UN, quote=quote, days=("2018-12-01", "2019-03-01"))
    war = figure(9000, "2019-03-08", by=UN, quote=quote, days=("2011-03-01", "2019-03-08"))
    assert revised(series.build([first, war])) == {}


def test_a_forecast_is_flagged_and_overtaken_by_what_came_about() -> None:
    forecast = figure(None, "2019-02-20", by=ARMY, low=200, high=400, certainty="forecast", measure="surrendered")
    came = figure(3000, "2019-03-06", by=ARMY, measure="surrendered")
    points = series.build([came, forecast])
    assert [point.forecast for point in points] == [True, False]
    assert points[1].revises == forecast.key
    assert points[1].because == "forecast, came out otherwise: 200–400 → 3000"


def test_a_forecast_that_came_true_is_not_revised() -> None:
    forecast = figure(None, "2019-02-20", by=ARMY, low=200, high=400, certainty="forecast", measure="surrendered")
    assert revised(series.build([figure(350, "2019-03-06", by=ARMY, measure="surrendered"), forecast])) == {}


def test_one_number_told_more_roughly_is_no_revision() -> None:
    exact = figure(513, "2019-03-01", by=UN, **TOTAL)
    rough = figure(500, "2019-03-08", by=UN, approximate=True, **TOTAL)
    assert revised(series.build([exact, rough])) == {}


def test_the_text_itself_sets_one_number_against_another() -> None:
    quote = "The toll rose to 19, up from 12."
    article = {"article": "x", "quote": quote}
    points = series.build(
        [figure(19, "2019-03-04", text="19", **article), figure(12, "2019-03-04", text="12", **article)]
    )
    assert revised(points) == {19: (12, "set against it in the text")}


def test_what_had_been_expected_is_a_forecast_even_in_the_sentence_that_tells_the_outcome() -> None:
    quote = "About 3,000 gave up, far more than the few hundred that had been expected."
    given = {"article": "x", "quote": quote, "measure": "surrendered", "of": "fighters"}
    points = series.build(
        [
            figure(3000, "2019-03-06", text="3,000", **given),
            figure(None, "2019-03-06", text="few hundred", low=200, high=400, **given),
        ]
    )
    assert [(point.low, point.forecast) for point in points] == [(200, True), (3000, False)]
    assert points[1].revises == points[0].statement
    assert points[1].because == "forecast, came out otherwise: 200–400 → 3000"


def test_the_number_of_people_in_the_camp_counts_people() -> None:
    quote = "The number of people in the camp has grown from 9,000 in December to 73,000."
    given = {"article": "x", "quote": quote, "measure": "displaced", "of": None, "place": CAMP, "by": UN}
    old = figure(9000, "2019-03-28", text="9,000", days=("2018-12-01", "2018-12-31"), **given)
    new = figure(73000, "2019-03-28", text="73,000", **given)
    assert series.key(old) == series.key(new) is not None
    assert revised(series.build([new, old])) == {73000: (9000, "set against it in the text")}


def test_what_a_source_said_before_is_told_in_the_next_sentence() -> None:
    new, old = "At least 140 people have died, the agency said.", "Last week it had put the toll at 123."
    later = figure(None, "2019-03-28", by=UN, article="x", quote=new, text="140", low=140)
    earlier = figure(
        123, "2019-03-28", by=UN, article="x", quote=old, text="123", sentence=Span(48, 85), start=77, end=80
    )
    first = figure(None, "2019-03-23", by=UN, quote="At least 123 people have died.", text="123", low=123)
    points = series.build([later, earlier, first])
    assert points[-1].low == 140
    assert revised(points) == {140: (123, "set against it in the text")}
    assert points[-1].revises == earlier.key


def test_a_copy_is_a_point_but_no_revision() -> None:
    first = figure(100, "2019-03-01", by=UN, **TOTAL)
    new = figure(140, "2019-03-08", by=UN, **TOTAL)
    again = figure(100, "2019-03-20", by=UN, article="copy", **TOTAL)
    edited = figure(150, "2019-03-21", by=UN, article="copy2", **TOTAL)
    copies = [Dependency(article="copy2", on="original", kind="copy", similarity=0.9)]
    points = series.build([first, new, again, edited], copies)
    assert len(points) == 4
    assert revised(points) == {140: (100, "overtakes its own figure")}


def test_strengths_of_unnamed_armies_do_not_overtake_each_other() -> None:
    given = {"measure": "fighters", "of": "troops"}
    one, other = figure(2000, "2019-01-03", by=UN, **given), figure(400, "2019-02-17", by=MONITOR, **given)
    assert revised(series.build([one, other])) == {}


def test_any_order_of_the_figures_gives_the_same_series() -> None:
    figures = [
        figure(number, f"2019-03-{day:02}", by=by, article=f"s{number}-{by.name}", **TOTAL)
        for number, day, by in (
            (100, 1, UN),
            (90, 3, MONITOR),
            (120, 9, ARMY),
            (140, 12, UN),
            (140, 12, ARMY),
            (200, 25, UN),
        )
    ]
    expected = series.build(figures)
    assert any(point.revises for point in expected)
    for seed in range(20):
        shuffled = random.Random(seed).sample(figures, len(figures))
        assert series.build(shuffled) == expected
        assert series.build_all(shuffled) == {series.key(figures[0]): expected}


def test_the_same_figure_twice_is_one_point() -> None:
    one = figure(100, "2019-03-01", by=UN)
    assert len(series.build([one, one])) == 1


def test_a_point_keeps_its_chain_and_range() -> None:
    quoted = figure(None, "2019-03-01", low=5, high=9, chain=(ARMY, MONITOR))
    (point,) = series.build([quoted])
    assert point.speakers == ("Army spokesman", "Syrian Observatory for Human Rights")
    assert (point.low, point.high, point.outlet, point.statement) == (5, 9, "The Courier", quoted.key)
