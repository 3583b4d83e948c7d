"""Who holds a place since when, by statements of control."""

from __future__ import annotations

import random
from typing import Any
from zlib import crc32

import pytest
from msgspec.structs import replace

from reportedly.data import Relation, Span
from reportedly.events import holding
from reportedly.events.findings import ControlInterval
from reportedly.events.holding_actors import holder, rivals
from reportedly.events.reports import ControlReport, Days, Location, Said, Statement

RAQQA = Location(name="Raqqa", geonameid=172955, precision="point", country="SY")
AGENCY = Said(name="Northern Wire", organisation="Northern Wire")
SDF = Said(name="Mustafa Bali", speaker="Mustafa Bali", actor="SYR-SDF", party=True)
ISIS = Said(name="Amaq", actor="INT-ISIS", party=True)


def told(quote: str, trigger: str, relation: Relation, actor: str, published: str, **given: Any) -> ControlReport:
    """A statement of control over Raqqa; `days` is a pair, `by` the innermost source."""
    days, by = given.pop("days", None), given.pop("by", None)
    article = given.pop("article", f"{published}-{crc32(quote.encode())}")
    start = quote.index(trigger)
    filled: dict[str, Any] = {
        "key": f"{article}/control/{start}-{start + len(trigger)}",
        "article": article,
        "start": start,
        "end": start + len(trigger),
        "text": trigger,
        "quote": quote,
        "sentence": Span(0, len(quote)),
        "outlet": "The Courier",
        "published": published,
        "chain": (by,) if by else (),
        "certainty": "reported" if by else "fact",
        "relation": relation,
        "actor": actor,
        "place_name": "Raqqa",
        "place": RAQQA,
        "days": Days(first=days[0], last=days[1]) if days else None,
    }
    return ControlReport(**(filled | given))


TAKEN_2014 = told(
    "Isis fighters captured Raqqa in January 2014.",
    "captured",
    "captures",
    "Isis fighters",
    "2016-05-01",
    days=("2014-01-01", "2014-01-31"),
)
HELD = told("Raqqa is still held by Isis.", "held", "holds", "Isis", "2017-08-01", by=AGENCY)
TAKEN = told(
    "The SDF took Raqqa on 17 October.", "took", "captures", "SDF", "2017-10-18", days=("2017-10-17", "2017-10-17")
)
FOUGHT = told("The SDF is fighting Isis in Raqqa.", "fighting", "contests", "SDF", "2017-09-01")


def rows(reports: list[ControlReport]) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.actor_id or one.actor, one.first, one.last) for one in holding.history(reports)]


def only(reports: list[ControlReport], actor: str) -> ControlInterval:
    (found,) = [one for one in holding.history(reports) if actor in (one.actor_id, one.actor)]
    return found


def test_a_taking_opens_an_interval_and_ends_the_rivals() -> None:
    assert rows([TAKEN_2014, HELD, TAKEN]) == [
        ("INT-ISIS", "2014-01-31", "2017-10-17"),
        ("SYR-SDF", "2017-10-17", None),
    ]


def test_the_evidence_of_an_interval_are_its_statements() -> None:
    interval = only([TAKEN_2014, HELD, TAKEN], "INT-ISIS")
    assert set(interval.evidence) == {TAKEN_2014.key, HELD.key, TAKEN.key}
    assert (interval.seen_first, interval.seen_last) == ("2014-01-31", "2017-08-01")
    assert interval.because == "taken between 2014-01-01 and 2014-01-31; lost on 2017-10-17"


def test_an_interval_bears_the_name_of_its_place() -> None:
    unknown = replace(
        HELD, place=None, place_name="Baghuz", quote=HELD.quote.replace("Raqqa", "Baghuz"), start=15, end=19
    )
    (interval,) = holding.history([unknown])
    assert (interval.place, interval.location) == ("Baghuz", None)
    assert (only([HELD], "INT-ISIS").place, only([HELD], "INT-ISIS").location) == ("Raqqa", RAQQA)


def test_holding_alone_does_not_say_since_when() -> None:
    assert rows([HELD]) == [("INT-ISIS", None, None)]
    assert only([HELD], "INT-ISIS").seen_first == "2017-08-01"


def test_a_taking_without_days_is_bounded_by_its_publication() -> None:
    report = told("The SDF has taken Raqqa.", "taken", "captures", "SDF", "2017-10-20")
    assert rows([report]) == [("SYR-SDF", "2017-10-20", None)]
    assert "by 2017-10-20 at the latest" in only([report], "SYR-SDF").because


def test_statements_of_one_taking_narrow_each_others_days() -> None:
    month = told(
        "The SDF took Raqqa in October.", "took", "captures", "SDF", "2017-12-01", days=("2017-10-01", "2017-10-31")
    )
    week = told(
        "The SDF took Raqqa last week.", "took", "captures", "SDF", "2017-10-25", days=("2017-10-16", "2017-10-22")
    )
    assert only([month, week], "SYR-SDF").because == "taken between 2017-10-16 and 2017-10-22"
    assert len(holding.history([month, week])) == 1


def test_losing_ends_without_anybody_else() -> None:
    lost = told(
        "Isis lost Raqqa on 17 October.", "lost", "loses", "Isis", "2017-10-18", days=("2017-10-17", "2017-10-17")
    )
    assert rows([HELD, lost]) == [("INT-ISIS", None, "2017-10-17")]


@pytest.mark.parametrize("certainty", ["forecast", "possible", "denied"])
def test_what_has_not_come_about_opens_nothing(certainty: str) -> None:
    assert rows([HELD, replace(TAKEN, certainty=certainty)]) == [("INT-ISIS", None, None)]


@pytest.mark.parametrize(
    "quote",
    [
        "The SDF wants to take Raqqa.",
        "The SDF has almost taken Raqqa.",
        "The SDF is expected to have taken Raqqa.",
        "The SDF would take Raqqa.",
    ],
)
def test_what_is_tried_or_almost_so_opens_nothing(quote: str) -> None:
    trigger = "taken" if "taken" in quote else "take"
    assert rows([told(quote, trigger, "captures", "SDF", "2017-10-01")]) == []


def test_what_the_sentence_does_not_name_builds_nothing() -> None:
    filled_in = told("The city fell after four months.", "fell", "loses", "Isis", "2017-10-18")
    assert rows([filled_in]) == []
    supported = only([HELD, filled_in], "INT-ISIS")
    assert filled_in.key in supported.evidence and supported.last is None


def test_a_former_stronghold_is_not_held_now() -> None:
    former = told("She came from the former Isis stronghold of Raqqa.", "stronghold", "holds", "Isis", "2018-02-01")
    assert rows([former]) == []
    named = told(
        "He was taken to the Isis stronghold of Raqqa.", "stronghold", "holds", "Isis", "2017-11-13", by=AGENCY
    )
    history = holding.history([HELD, TAKEN, named])
    assert [(one.actor_id, one.last, one.contested) for one in history] == [
        ("INT-ISIS", "2017-10-17", False),
        ("SYR-SDF", None, False),
    ]


def test_background_told_later_goes_to_its_time() -> None:
    assert rows([TAKEN, replace(TAKEN_2014, published="2019-01-01", key="late")]) == [
        ("INT-ISIS", "2014-01-31", "2017-10-17"),
        ("SYR-SDF", "2017-10-17", None),
    ]


def test_a_taking_told_of_without_days_long_after_does_not_end_the_present_holder() -> None:
    background = told("Isis captured Raqqa and made it its capital.", "captured", "captures", "Isis", "2018-06-01")
    history = rows([HELD, TAKEN, background])
    assert ("SYR-SDF", "2017-10-17", None) in history


def test_fighting_makes_it_contested() -> None:
    interval = only([HELD, FOUGHT, TAKEN], "INT-ISIS")
    assert interval.contested and FOUGHT.key in interval.evidence and "fought for" in interval.because
    assert not only([HELD, FOUGHT, TAKEN], "SYR-SDF").contested


def test_an_expected_assault_is_no_fight() -> None:
    assert not only([HELD, replace(FOUGHT, certainty="forecast")], "INT-ISIS").contested


def test_who_says_it_decides_how_certain_it_is() -> None:
    party = replace(TAKEN, chain=(SDF,), certainty="reported")
    agency = replace(TAKEN, chain=(AGENCY,), certainty="reported", key="agency")
    assert only([party], "SYR-SDF").certainty == "claimed"
    assert only([party, agency], "SYR-SDF").certainty == "reported"
    assert only([party, agency, replace(TAKEN, key="fact")], "SYR-SDF").certainty == "fact"
    assert only([party], "SYR-SDF").speakers == ("Mustafa Bali",)


def test_claims_that_contradict_each_other_stay_side_by_side() -> None:
    still = told("Isis still controls Raqqa, the agency said.", "controls", "holds", "Isis", "2017-10-21", by=ISIS)
    reports = [HELD, TAKEN, still]
    interval = only(reports, "SYR-SDF")
    assert interval.contested and interval.against == (still.key,)
    (found,) = holding.disagreements(reports)
    assert found.about == "who holds it"
    assert {frozenset(side) for side in found.sides} == {frozenset({TAKEN.key}), frozenset({still.key})}


def test_a_denial_is_a_disagreement() -> None:
    denial = Statement(
        key="x/side/40-80",
        article="x",
        start=40,
        end=80,
        text="denied",
        quote="The SDF denied it.",
        sentence=Span(40, 58),
    )
    claimed = replace(TAKEN, chain=(AGENCY,), certainty="reported", against=(denial,))
    (found,) = holding.disagreements([claimed])
    assert found.about == "whether it was taken"
    assert found.sides == ((claimed.key,), (denial.key,))
    assert only([claimed], "SYR-SDF").against == (denial.key,)


def test_a_denial_in_another_article_is_a_disagreement_if_it_is_near_in_time() -> None:
    near = replace(TAKEN, key="near", certainty="denied", published="2017-10-19")
    far = replace(near, key="far", published="2019-01-01")
    assert [one.sides for one in holding.disagreements([TAKEN, near, far])] == [((TAKEN.key,), ("near",))]


def test_allies_do_not_contradict_each_other() -> None:
    kurds = told(
        "Kurdish forces took Raqqa on 17 October.",
        "took",
        "captures",
        "Kurdish forces",
        "2017-10-18",
        days=("2017-10-17", "2017-10-17"),
    )
    history = holding.history([TAKEN, kurds])
    assert {one.actor for one in history} == {"Syrian Democratic Forces", "Kurdish forces"}
    assert all(one.last is None and not one.contested for one in history)
    assert not list(holding.disagreements([TAKEN, kurds]))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Isis fighters", "INT-ISIS"),
        ("the remaining [Isis] fighters", "INT-ISIS"),
        ("US-backed Kurdish-led Syrian Democratic Forces", "SYR-SDF"),
        ("Syrian army", "SYR"),
        ("the regime", "SYR"),
        ("Assad regime", "SYR"),
        ("Turkish troops", "TUR"),
        ("Kurds", "kurdish"),
        ("Kurdish militias", "kurdish"),
        ("rebel groups", "rebel"),
        ("US-backed forces", "us backed"),
        ("the country's military", ""),
        ("its troops", ""),
        ("armed groups", ""),
    ],
)
def test_names_of_holders_are_brought_to_one_identity(name: str, key: str) -> None:
    assert holder(name, None, "SY").key == key


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Isis", "SDF", True),
        ("regime", "rebels", True),
        ("Syrian opposition", "regime", True),
        ("Isis", "rebels", True),
        ("Turkish-backed rebels", "YPG", True),
        ("Kurds", "SDF", False),
        ("YPG", "SDF", False),
        ("US-backed forces", "SDF", False),
        ("Turkey", "rebels", False),
        ("HTS", "rebels", False),
        ("a front group", "regime", False),
    ],
)
def test_rivals_are_those_whom_nothing_ties(one: str, other: str, expected: bool) -> None:
    first, second = holder(one, None, "SY"), holder(other, None, "SY")
    assert rivals(first, second, "SY") is expected
    assert rivals(second, first, "SY") is expected


@pytest.mark.parametrize(
    ("name", "place", "key"),
    [
        ("Raqqa", RAQQA, "geonames:172955/point"),
        ("Baghuz", Location(name="Baghuz", precision="point", country="SY"), "name:baghuz"),
        ("Baghuz", None, "name:baghuz"),
        ("east Aleppo", None, "name:east aleppo"),
        ("Afrin province", None, "name:afrin province"),
        ("camp", None, None),
        ("last stronghold", None, None),
        ("much of Iraq", None, None),
        ("Syrian airspace", None, None),
        ("stronghold in Syria", None, None),
        ("Syria", Location(name="Syria", geonameid=163843, precision="country", country="SY"), None),
        ("Raqqa", Location(name="Raqqa", geonameid=172955, precision="near", country="SY"), None),
    ],
)
def test_a_place_is_known_by_its_name_or_not_at_all(name: str, place: Location | None, key: str | None) -> None:
    assert holding.place_key(replace(HELD, place_name=name, place=place)) == key


def test_any_order_of_the_statements_gives_the_same_history() -> None:
    still = told("Isis still controls Raqqa, the agency said.", "controls", "holds", "Isis", "2017-10-21", by=ISIS)
    kurds = told("Kurdish militias liberated Raqqa.", "liberated", "captures", "Kurdish militias", "2018-03-22")
    rebels = told(
        "Rebels held Raqqa in 2013.", "held", "holds", "Rebels", "2014-01-05", days=("2013-01-01", "2013-12-31")
    )
    reports = [
        TAKEN_2014,
        HELD,
        TAKEN,
        FOUGHT,
        still,
        kurds,
        rebels,
        replace(HELD, key="again", published="2016-02-02"),
    ]
    expected = holding.history(reports)
    disputes = list(holding.disagreements(reports))
    assert len(expected) == 4 and disputes
    for seed in range(30):
        shuffled = random.Random(seed).sample(reports, len(reports))
        assert holding.history(shuffled) == expected
        assert list(holding.disagreements(shuffled)) == disputes


def test_a_statement_given_twice_counts_once() -> None:
    assert holding.history([TAKEN, TAKEN]) == holding.history([TAKEN])
