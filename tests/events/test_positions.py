"""Positions: what leads, and what every other answer is towards it."""

from __future__ import annotations

from typing import Any

import pytest

from reportedly.events import (
    flatten,
    origins,
    positions,
    positions_alike,
    positions_days,
    positions_denials,
    positions_places,
)
from reportedly.events import positions_things as things
from reportedly.events.findings import Position
from reportedly.events.reports import EventReport
from tests.conftest import Coder
from tests.events.making import figure, place, report, said, side

ARMY = said("Syrian army", actor="SYR-MIL", party=True)
MONITOR = said("Syrian Observatory for Human Rights", actor="SYR-SOHR", party=False)
DOCTORS = said("Doctors Without Borders", party=False)
BAGHUZ = place("Baghuz", 34.45, 40.95)
PROVINCE = place("Deir ez-Zor", 35.29, 40.35, precision="region", geonameid=1)
SYRIA = place("Syria", 35.0, 38.0, precision="country", geonameid=2)
DOUMA, DUMAYR = place("Douma", 33.57, 36.40), place("Dumayr", 33.64, 36.69)
PALMYRA = place("Palmyra", 34.56, 38.27)


def of(reports: list[EventReport], aspect: str) -> list[tuple[str, str]]:
    """(label, stance) of an aspect's positions, the leading one first."""
    return [(p.label, p.stance) for p in found(reports, aspect)]


def found(reports: list[EventReport], aspect: str) -> list[Position]:
    known = origins.of_event(reports)
    return [p for p in positions.of_event(reports, known) if p.aspect == aspect]


def killed(article: str, low: float | None, high: float | None, **given: Any) -> EventReport:
    """A report with one figure of the killed."""
    shared = {key: given[key] for key in ("by", "published") if key in given}
    return report(article, **shared, figures=[figure(article, low, high, **given)])


def test_most_independent_origins_lead_and_not_most_articles() -> None:
    reports = [killed(name, 12, 12, by=[ARMY], text="12") for name in "abc"]
    reports += [killed("d", 30, 30, by=[MONITOR], text="30"), killed("e", 30, 30, by=[DOCTORS], text="30")]
    leading, other = found(reports, "number/killed")
    assert (leading.label, leading.origins, len(leading.supporters)) == ("30 people", 2, 2)
    assert (other.label, other.origins, len(other.supporters), other.stance) == ("12 people", 1, 3, "contradicts")


def test_of_equals_the_earliest_leads_and_then_one_that_not_only_a_party_gives() -> None:
    early, late = killed("b", 9, 9, by=[ARMY], published="2019-03-01"), killed("a", 5, 5, published="2019-03-02")
    assert found([late, early], "number/killed")[0].value == {"low": 9, "high": 9}
    party, other = killed("a", 5, 5, by=[ARMY], published="2019-03-01"), killed("b", 9, 9, published="2019-03-01")
    assert found([party, other], "number/killed")[0].value == {"low": 9, "high": 9}


@pytest.mark.parametrize(
    ("lead", "other", "stance"),
    [
        ((10, None), (15, 20), "more precise"),
        ((15, 20), (10, None), "less precise"),
        ((15, 20), (18, 25), "agrees"),
        ((12, 12), (30, 30), "contradicts"),
        ((None, 20), (30, None), "contradicts"),
        ((12, 12), (300, 300), "beside"),
    ],
)
def test_numbers(
    lead: tuple[float | None, float | None], other: tuple[float | None, float | None], stance: str
) -> None:
    reports = [
        killed("a", *lead, published="2019-03-01"),
        killed("b", *other, by=[MONITOR], published="2019-03-01T09:00"),
    ]
    assert [item.stance for item in found(reports, "number/killed")] == ["lead", stance]


def test_about_three_thousand_holds_3012() -> None:
    reports = [
        killed("a", 3000, 3000, approximate=True, published="2019-03-01"),
        killed("b", 3012, 3012, published="2019-03-01T09:00"),
        killed("c", 3700, 3700, published="2019-03-01T10:00"),
    ]
    assert [item.stance for item in found(reports, "number/killed")] == ["lead", "agrees", "contradicts"]


def test_a_later_higher_count_overtakes_and_leads_but_a_lower_one_contradicts() -> None:
    first, second = killed("a", 12, 12, published="2019-03-01"), killed("b", 20, 20, published="2019-03-03")
    assert of([first, second], "number/killed") == [("20 to 20 people", "lead"), ("12 to 12 people", "out of date")]
    lower = killed("c", 6, 6, published="2019-03-04")
    assert of([second, lower], "number/killed") == [("20 to 20 people", "lead"), ("6 to 6 people", "contradicts")]


def test_a_later_count_of_a_party_does_not_overtake_that_of_others() -> None:
    reports = [killed("a", 12, 12, published="2019-03-01"), killed("b", 50, 50, by=[ARMY], published="2019-03-03")]
    assert [item.stance for item in found(reports, "number/killed")] == ["lead", "contradicts"]


def test_other_things_other_days_and_other_places_are_not_compared() -> None:
    civilians, fighters = killed("a", 12, 12, of="civilians"), killed("b", 40, 40, of="SDF fighters")
    aspects = {p.aspect for p in positions.of_event([civilians, fighters], ())}
    assert {"number/killed/civilians", "number/killed/fighters, Syrian Democratic Forces"} <= aspects
    monday = killed("a", 12, 12, days=("2019-03-04", "2019-03-04"), published="2019-03-06")
    tuesday = killed("b", 40, 40, days=("2019-03-05", "2019-03-05"), published="2019-03-06")
    assert [item.stance for item in found([monday, tuesday], "number/killed")] == ["lead", "beside"]
    here, there = killed("a", 12, 12, place=DOUMA), killed("b", 40, 40, place=PALMYRA)
    assert [item.stance for item in found([here, there], "number/killed")] == ["lead", "beside"]


def test_new_counts_stand_apart_from_cumulative_ones() -> None:
    quote = "Twenty more people were killed on Tuesday, bringing the toll to 210."
    more = figure("a", 20, 20, start=0, text="Twenty", quote=quote, published="2019-03-05")
    toll = figure("a", 210, 210, start=quote.index("210"), text="210", quote=quote, published="2019-03-05")
    by_aspect = {p.aspect: p for p in positions.of_event([report("a", figures=[more, toll])], ())}
    assert by_aspect["number/killed"].value["low"] == 210
    assert by_aspect["number/killed/new 2019-03-05"].value["low"] == 20


def test_a_hedge_is_seen_in_the_support_and_makes_no_other_position() -> None:
    (only,) = found([report("a"), report("b", certainty="possible", hedged=True, by=[MONITOR])], "happened")
    assert [support.hedged for support in only.supporters] == [False, True]


def test_a_denial_contradicts_with_whoever_denies_behind_it() -> None:
    denial = side("a", 200, "that it had attacked", by=[ARMY])
    (yes, no) = found([report("a", by=[MONITOR], against=(denial,))], "happened")
    assert (yes.value, no.value, no.stance) == ({"happened": "yes"}, {"happened": "no"}, "contradicts")
    assert [support.speakers for support in no.supporters] == [("Syrian army",)]
    assert no.supporters[0].party


def test_who_denies_contradicts_the_others_also_where_he_speaks_of_it_otherwise() -> None:
    blamed = report("a", by=[ARMY])
    denial = report("b", by=[ARMY], certainty="denied", quote="The army said that no army attacked the town.")
    alone = [blamed, denial]
    assert sorted(stance for _, stance in of(alone, "happened")) == ["beside", "lead"]
    reports = [*alone, report("c", by=[MONITOR]), report("d", by=[DOCTORS])]
    assert [stance for _, stance in of(reports, "happened")] == ["lead", "contradicts"]
    known = origins.of_event(reports)
    assert positions.disputed(positions.of_event(reports, known), known)


@pytest.mark.parametrize(
    ("quote", "denied"),
    [
        ("The army said that its aircraft had not attacked the town.", True),
        ("Moscow said that no army attacked the town.", True),
        ("The army denied that it attacked the town.", True),
        ("The army denied the claim that somebody had filmed it as it attacked the town.", False),
        ("The army said that it will not have attacked the town.", False),
        ("Police said that officers had foiled plans before gunmen attacked the town.", False),
    ],
)
def test_only_who_says_that_it_did_not_happen_denies_it(quote: str, denied: bool) -> None:
    said_so = report("a", by=[ARMY], certainty="denied", quote=quote)
    assert positions_denials.denies(said_so) is denied
    assert not positions_denials.denies(report("a", certainty="denied", quote=quote))


def test_a_negation_that_denies_nothing_stands_beside() -> None:
    foiled = report("b", certainty="denied", quote="The attack was foiled.")
    assert of([report("a"), foiled], "happened") == [
        ("it happened", "lead"),
        ("it failed, or is not to happen", "beside"),
    ]


def test_what_was_expected_is_out_of_date_once_it_is_reported() -> None:
    before = [report(name, certainty="forecast", published="2019-03-01") for name in "abc"]
    assert of([*before, report("d", published="2019-03-05")], "happened") == [
        ("it happened", "lead"),
        ("it is expected", "out of date"),
    ]


def test_a_bare_mention_says_nothing() -> None:
    assert positions.of_event([report("c", aside="mention", certainty=None)], ()) == ()


def test_a_village_in_a_province_in_a_country_is_more_precise() -> None:
    reports = [
        report("a", place=PROVINCE),
        report("b", place=PROVINCE),
        report("c", place=BAGHUZ),
        report("d", place=SYRIA),
    ]
    assert of(reports, "place") == [
        ("Deir ez-Zor", "lead"),
        ("Baghuz", "more precise"),
        ("Syria", "less precise"),
    ]


def test_places_contradict_beyond_what_they_leave_open_and_only_of_one_deed() -> None:
    assert positions_places.relate(DOUMA, DUMAYR)[0] == "beside"
    assert positions_places.relate(DOUMA, PALMYRA)[0] == "contradicts"
    assert positions_places.distance(DOUMA, PALMYRA) == pytest.approx(205, abs=5)
    day = ("2019-03-04", "2019-03-04")
    same = [report(a, place=p, days=day, actor=["SYR-MIL"]) for a, p in (("a", DOUMA), ("b", PALMYRA))]
    assert [stance for _, stance in of(same, "place")] == ["lead", "contradicts"]
    assert [stance for _, stance in of([report("a", place=DOUMA), report("b", place=PALMYRA)], "place")] == [
        "lead",
        "beside",
    ]


@pytest.mark.parametrize(
    ("one", "two", "stance"),
    [
        (("2019-03-04", "2019-03-10"), ("2019-03-05", "2019-03-05"), "more precise"),
        (("2019-03-05", "2019-03-05"), ("2019-03-01", "2019-03-31"), "less precise"),
        (("2019-03-01", "2019-03-05"), ("2019-03-04", "2019-03-08"), "agrees"),
        (("2019-03-05", "2019-03-05"), ("2019-03-06", "2019-03-06"), "agrees"),
        (("2019-03-05", "2019-03-05"), ("2019-03-09", "2019-03-09"), "contradicts"),
        (("2019-03-05", "2019-03-05"), ("2018-03-05", "2018-03-05"), "beside"),
        (("2019-03-05", ""), ("2019-03-09", "2019-03-09"), "more precise"),
    ],
)
def test_days(one: tuple[str, str], two: tuple[str, str], stance: str) -> None:
    assert positions_days.relate(one, two)[0] == stance


def test_the_day_of_the_report_contradicts_nothing() -> None:
    told = report("a", days=("2019-03-05", "2019-03-05"), place=BAGHUZ, actor=["SYR-SDF"], published="2019-03-08")
    dated = report("b", days=("2019-03-09", "2019-03-09"), place=BAGHUZ, actor=["SYR-SDF"], published="2019-03-09")
    assert [stance for _, stance in of([told, dated], "time")] == ["lead", "beside"]
    later = report("b", days=("2019-03-09", "2019-03-09"), place=BAGHUZ, actor=["SYR-SDF"], published="2019-03-12")
    assert [stance for _, stance in of([told, later], "time")] == ["lead", "contradicts"]


def test_a_part_of_an_actor_is_more_precise_and_an_ally_stands_beside() -> None:
    reports = [report("a", actor=["SYR-SDF"]), report("b", actor=["SYR-SDF"]), report("c", actor=["SYR-YPG"])]
    assert [stance for _, stance in of(reports, "actor")] == ["lead", "more precise"]
    ally = [report("a", actor=["SYR-SDF"]), report("b", actor=["INT-COALITION"], by=[MONITOR], place=BAGHUZ)]
    assert [stance for _, stance in of(ally, "actor")] == ["lead", "beside"]


def test_a_rival_accused_of_the_same_deed_contradicts() -> None:
    reports = [
        report("a", actor=["SYR-MIL"], place=DOUMA, by=[MONITOR]),
        report("b", actor=["SYR-SDF"], place=DOUMA, by=[ARMY]),
    ]
    assert sorted(stance for _, stance in of(reports, "actor")) == ["contradicts", "lead"]
    elsewhere = [reports[0], report("b", actor=["SYR-SDF"], place=PALMYRA, by=[ARMY])]
    assert sorted(stance for _, stance in of(elsewhere, "actor")) == ["beside", "lead"]


def test_one_source_contradicts_nobody() -> None:
    reports = [killed("a", 12, 12, by=[MONITOR]), killed("b", 30, 30, by=[MONITOR])]
    assert [item.stance for item in found(reports, "number/killed")] == ["lead", "beside"]
    known = origins.of_event(reports)
    assert not positions.disputed(positions.of_event(reports, known), known)


def test_disputed_where_an_independent_origin_contradicts() -> None:
    reports = [killed("a", 12, 12, by=[MONITOR]), killed("b", 30, 30, by=[ARMY])]
    known = origins.of_event(reports)
    assert positions.disputed(positions.of_event(reports, known), known)


def test_what_rivals_ask_for_and_others_hit_are_apart() -> None:
    asked = [report(name, type="REQUEST", actor=[who]) for name, who in (("a", "INT-ISIS"), ("b", "SYR-SDF"))]
    assert positions_alike.apart(*asked)
    assert not positions_alike.apart(asked[0], report("c", type="REQUEST"))
    assert not positions_alike.apart(*(report(r.article, actor=[r.actor[0].id]) for r in asked))
    assert positions_alike.apart(killed("a", 12, 12), killed("b", 11_000, None))
    assert not positions_alike.apart(killed("a", 12, 12), killed("b", 40, 40))


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("SDF fighters", things.Thing("fighters", "SYR-SDF")),
        ("fighters of the SDF and", things.Thing("fighters", "SYR-SDF")),
        ("its fighters", things.Thing("fighters")),
        ("foreign fighters", things.Thing("fighters", "", ("foreign",))),
        ("women and children", things.Thing("women and children")),
        ("deaths there", things.Thing("people")),
        (None, things.Thing("people")),
        ("two other people", things.Thing("people", "", ("two", "other"))),
        ("aid workers", things.Thing("worker", "", ("aid",))),
    ],
)
def test_what_is_counted(words: str | None, thing: things.Thing) -> None:
    assert things.of(figure("a", 1, 1, of=words or "")) == thing


def test_denials_of_an_article_reach_the_event_but_not_the_saying_of_it(coder: Coder) -> None:
    article = coder(
        "Residents said that government aircraft bombed the market in Douma on Monday. The army denied this.",
        id="x",
        published="2018-04-03",
    )
    flat = flatten.reports(article)
    bombed = next(event for event in flat.events if event.text == "bombed")
    assert [[link.name for link in denial.chain] for denial in bombed.against] == [["The army"]]
    assert all(not event.against for event in flat.events if event is not bombed)
