"""ACLED's data file: its columns, its hierarchy, its rules for fatalities and dates, and what is flagged as imputed."""

from __future__ import annotations

import pytest

from reportedly import lexicons
from reportedly.data import Span
from reportedly.events.reports import FigureReport
from reportedly.record.exports import acled, acled_fatalities, acled_types, tables
from tests.record.exporting import ARMY, CIVILIANS, Stored, clash, market
from tests.record.factories import ISIS, SDF, Draft

#: The header of ACLED's export ("Guide to 2023 ACLED column changes"; the same list in the reference of acledR's
#: `acled_old_dummy`, written by ACLED's staff).
PUBLISHED = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2
assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude
geo_precision source source_scale notes fatalities tags timestamp
""".split()  # noqa: SIM905

#: The six event types and twenty-five sub-event types of ACLED's codebook (acledR, vignette "Event and Sub-Event Types").
HIERARCHY = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}


@pytest.fixture
def stored(sqlite_record: str) -> Stored:
    return Stored()


def test_the_columns_are_those_of_the_published_file(stored: Stored) -> None:
    assert len(PUBLISHED) == 31 and tables.columns("acled") == PUBLISHED
    stored.add(market())
    assert stored.bytes("acled").decode().split("\n", 1)[0].split(",") == PUBLISHED


def test_the_mapping_stays_inside_of_the_hierarchy() -> None:
    ours: dict[str, set[str]] = {}
    for row in lexicons.rows("exports_acled_hierarchy.tsv"):
        ours.setdefault(row["event_type"], set()).add(row["sub_event_type"])
    assert ours == HIERARCHY and sum(map(len, ours.values())) == 25
    types = lexicons.tree("events_types.json")
    for row in lexicons.rows("exports_acled_types.tsv"):
        assert row["type"] in types
        assert row["sub_event_type"] in HIERARCHY.get(row["event_type"], set()) | {""}


def test_shells_on_a_market(stored: Stored) -> None:
    stored.add(market(), market("a2", "Ridge Post", "15"))
    (row,) = stored.rows("acled")
    event = stored.event("hit")
    assert row["event_id_cnty"] == event.id
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2019-03-01", "2019", "1")
    assert (row["disorder_type"], row["event_type"]) == ("Political violence", "Explosions/Remote violence")
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == ("Syrian Army", "1", "civilians", "7")
    assert (row["interaction"], row["civilian_targeting"]) == ("17", "Civilian targeting")
    assert (row["iso"], row["country"], row["region"]) == ("760", "Syria", "Middle East")
    assert (row["location"], row["latitude"], row["longitude"], row["geo_precision"]) == (
        "Hajin",
        "34.69",
        "40.83",
        "1",
    )
    assert row["source"] == "Harbour Times; Ridge Post" and row["source_scale"] == "" and row["admin3"] == ""
    assert row["fatalities"] == "12" and row["tags"] == ""  # the most conservative figure, and a number
    assert row["notes"].startswith("machine coding, not verified; Harbour Times: “Shells hit the market")
    assert "people killed: 12 to 15, disputed" in row["notes"] and "https://news.example/a1" in row["notes"]
    assert int(row["timestamp"]) > 1_500_000_000


@pytest.mark.parametrize(
    ("words", "low", "high", "expected", "rule"),
    [
        ("dozens", 24, 99, "12", "“dozens”: 12"),
        ("hundreds", 200, 999, "100", "“hundreds”: 100"),
        ("several", 3, 9, "3", "an unspecified number: 3"),
        ("several hundred", 300, 900, "100", "“several hundred”: 100"),
        ("two dozen", 24, 24, "24", ""),
        ("40", 40, None, "40", ""),
    ],
)
def test_fatalities_in_words(
    stored: Stored, words: str, low: float, high: float | None, expected: str, rule: str
) -> None:
    stored.add(market(killed=words, low=low, high=high))
    (row,) = stored.rows("acled")
    assert row["fatalities"] == expected
    assert row["tags"] == ("fatalities imputed" if rule else "")
    assert (f"fatalities imputed: {rule}" in row["notes"]) == bool(rule)
    # the rules are ACLED's and stay in ACLED's format
    assert stored.rows("ucdp")[0]["low"] == tables.cell(low)


def test_deaths_without_a_number_are_three_and_flagged(stored: Stored) -> None:
    draft = Draft("d1").sentence("Gunmen killed civilians in Hajin.").place("Hajin", 34.69, 40.83)
    stored.add(draft.event("killed", mode="firearms", recipient=[CIVILIANS], actor=[{**ISIS, "text": "Gunmen"}]))
    (row,) = stored.rows("acled")
    assert (row["event_type"], row["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (row["fatalities"], row["tags"]) == ("3", "fatalities imputed")


def test_no_word_of_deaths_is_no_zero(stored: Stored) -> None:
    stored.add(clash())
    (row,) = stored.rows("acled")
    assert (row["fatalities"], row["tags"]) == ("", "")


def test_a_partys_claim_is_in_the_notes_alone(stored: Stored) -> None:
    claim = market(killed="70")
    claim.coded.attributions[0].party = True
    stored.add(claim)
    (row,) = stored.rows("acled")
    assert row["fatalities"] == "" and "only a party to the conflict says 70 killed (the rescuers)" in row["notes"]


def test_a_clash_over_days_in_an_area(stored: Stored) -> None:
    stored.add(clash())
    (row,) = stored.rows("acled")
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert (row["event_date"], row["time_precision"]) == ("2019-03-11", "2")
    assert "between 2019-03-10 and 2019-03-12, the middle by ACLED's rule" in row["notes"]
    assert row["geo_precision"] == "2" and "Baghuz (somewhere in this area)" in row["notes"]
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("2", "2", "22")


def test_a_country_is_no_place_of_acleds(stored: Stored) -> None:
    draft = Draft("c1").sentence("Jets bombed fighters in Syria.")
    draft.place("Syria", 35.0, 38.5, precision="country").event("bombed", mode="aerial")
    stored.add(draft)
    (row,) = stored.rows("acled")
    assert [row[name] for name in ("location", "latitude", "longitude", "geo_precision")] == [""] * 4
    assert row["country"] == "Syria" and row["event_date"] == ""


def test_whoever_was_attacked_decides_and_nobody_known_leaves_it_open(stored: Stored) -> None:
    draft = Draft("w1").sentence("The SDF attacked somebody in Hajin.").place("Hajin", 34.69, 40.83)
    stored.add(
        draft.event(
            "attacked", mode=None, actor=[{**SDF, "text": "SDF"}], recipient=[{"text": "somebody", "name": None}]
        )
    )
    (row,) = stored.rows("acled")
    assert (row["event_type"], row["sub_event_type"], row["disorder_type"], row["interaction"]) == ("", "", "", "")


@pytest.mark.parametrize(
    ("type_", "mode", "actor", "expected"),
    [
        ("COERCE", "arrest", ARMY, ("Strategic developments", "Arrests")),
        ("COERCE", "arrest", SDF, ("Violence against civilians", "Abduction/forced disappearance")),
        ("PROTEST", "riot", CIVILIANS, ("Riots", "Violent demonstration")),
        ("RETREAT", "withdraw", ISIS, ("Strategic developments", "Non-violent transfer of territory")),
    ],
)
def test_other_types(stored: Stored, type_: str, mode: str, actor: dict[str, str], expected: tuple[str, str]) -> None:
    draft = Draft("o1").sentence("They acted in Hajin.").place("Hajin", 34.69, 40.83)
    stored.add(draft.event("acted", type=type_, mode=mode, actor=[{**actor, "text": "They"}]))
    (row,) = stored.rows("acled")
    assert (row["event_type"], row["sub_event_type"]) == expected
    assert row["inter1"] == {"Riots": "5"}.get(expected[0], row["inter1"])


def test_talk_has_no_place_in_acled(stored: Stored) -> None:
    stored.add(Draft("t1").sentence("Envoys met in Geneva.").event("met", type="CONSULT", mode="visit"))
    assert stored.rows("acled") == []


def test_a_hand_grenade_is_not_a_launched_one() -> None:
    assert acled_types._hand_grenade("hand grenades") and not acled_types._hand_grenade("rocket-propelled grenade")


@pytest.mark.parametrize(
    ("inter1", "inter2", "two_sided", "expected"),
    [(7, 1, True, 17), (3, None, False, 30), (2, None, True, None), (None, 7, True, None), (2, 2, True, 22)],
)
def test_interaction(inter1: int | None, inter2: int | None, two_sided: bool, expected: int | None) -> None:
    assert acled.interaction(inter1, inter2, two_sided) == expected


def test_a_number_beside_a_vague_word_is_a_number() -> None:
    def figure(text: str) -> FigureReport:
        return FigureReport(key="k", article="a", start=0, end=1, text=text, quote="", sentence=Span(0, 1))

    assert acled_fatalities.in_words(figure("several of 40")) is None
    assert acled_fatalities.in_words(figure("tens of thousands")) == acled_fatalities.Fatalities(
        10000, "“tens of thousands”: 10000"
    )


@pytest.mark.parametrize(
    ("given", "where", "expected"),
    [
        (ARMY, "SYR", 1),
        (ARMY, "IRQ", 8),
        (ARMY, None, 1),
        ({"name": "the coalition", "id": "INT-CJTFOIR", "sector": "MIL"}, "SYR", 8),
        ({"name": "the army", "sector": "MIL"}, "SYR", None),
        (SDF, "IRQ", 2),
        ({"name": "the opposition", "sector": "OPP"}, "SYR", None),
    ],
)
def test_forces_outside_of_their_country(given: dict[str, str], where: str | None, expected: int | None) -> None:
    from reportedly.data import Participant
    from reportedly.record.exports import people

    assert people.acled_inter(Participant(start=0, end=1, **{"text": "x", **given}), where) == expected  # type: ignore[arg-type]
