"""The registry's lexicon files fit together, and its names are found in text with the right case."""

from __future__ import annotations

import re

import pycountry
import pytest

from reportedly import lexicons
from reportedly.statements import actors_names
from reportedly.statements import actors_registry as registry

SECTORS = frozenset(
    [
        "GOV",
        "MIL",
        "REB",
        "OPP",
        "PTY",
        "COP",
        "JUD",
        "SPY",
        "MED",
        "EDU",
        "BUS",
        "CRM",
        "CVL",
        "LAB",
        "AGR",
        "IGO",
        "NGO",
        "UAF",
        "REF",
        "ELI",
        "RAD",
        "INT",
        "LEG",
        "JRN",
        "REL",
    ]
)
COUNTRIES = {country.alpha_3 for country in pycountry.countries} | {"XKX"}


def test_ids_are_unique_and_stable_slugs() -> None:
    ids = [row["id"] for row in lexicons.rows("actors_groups.tsv")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Z]{3}-[A-Z0-9]+", identifier) for identifier in ids)


def test_there_are_more_than_three_hundred_groups_of_every_continent() -> None:
    groups = [actor for actor in registry.groups().values() if actor.sector not in ("JRN", "GOV", "LEG")]
    assert len(groups) >= 400
    assert sum(actor.sector == "REB" for actor in groups) >= 300
    for country in ("SYR", "IRQ", "COL", "SLV", "PER", "MMR", "PHL", "NGA", "COD", "UKR", "GBR", "YEM", "SOM"):
        assert any(actor.country == country for actor in groups), country


def test_countries_sectors_and_years_are_valid() -> None:
    for actor in registry.groups().values():
        assert actor.country is None or actor.country in COUNTRIES, actor
        assert actor.sector in SECTORS, actor
        for year in (actor.since, actor.until):
            assert year is None or 1200 < year < 2030, actor
        assert actor.since is None or actor.until is None or actor.since <= actor.until, actor
        assert actor.until is None or actor.until >= 1970, actor


def test_parents_exist_and_do_not_go_in_circles() -> None:
    for actor in registry.groups().values():
        seen = {actor.id}
        while actor.parent:
            above = registry.find(actor.parent)
            assert above is not None, actor
            assert above.id not in seen, actor
            seen.add(above.id)
            actor = above


def test_every_state_of_the_lexicon_is_a_country_and_the_large_ones_are_there() -> None:
    assert set(registry.states()) <= COUNTRIES
    assert len(registry.states()) >= 193
    assert registry.body("TUR", "MIL").name == "Turkish armed forces"
    assert registry.find("TUR-AIR") == registry.body("TUR", "AIR")
    assert registry.find("TUR-XYZ") is None


def test_roles_have_sectors_and_kinds() -> None:
    for row in lexicons.rows("actors_roles.tsv"):
        assert row["kind"] in ("person", "organisation", "object"), row
        assert not row["sector"] or row["sector"] in SECTORS, row
        assert not row["force"] or row["force"] in registry.BODIES, row


def named(text: str) -> list[tuple[str, str | None]]:
    return [(text[o.start : o.end], o.alias.actor) for o in actors_names.occurrences(text) if o.alias.naming == "name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is us who left.", []),
        ("IS fighters left.", [("IS", "INT-ISIS")]),
        ("Da’esh and ISIL", [("Da’esh", "INT-ISIS"), ("ISIL", "INT-ISIS")]),
        ("The U.S. sent the F.B.I.", [("U.S.", "USA"), ("F.B.I.", "USA-FBI")]),
        ("Jabhat al Nusra", [("Jabhat al Nusra", "SYR-NUSRA")]),
        ("Who is who?", []),
        ("THIS IS WAR", []),
        ("The People’s Protection Units", [("People’s Protection Units", "SYR-YPG")]),
    ],
)
def test_case_apostrophes_and_hyphens(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_a_name_of_several_groups_needs_the_context() -> None:
    assert named("The NLA attacked.") == []
    assert ("NLA", "MKD-NLA") in named("The NLA attacked in the north of Macedonia.")
    assert ("SLA", "LBN-SLA") in named("The SLA withdrew in Lebanon.")
    assert ("SLA", "SDN-SLA") in named("The SLA withdrew in Sudan.")


def test_a_bound_name_is_marked() -> None:
    text = "US-backed rebels and pro-Iranian Hezbollah"
    found = {text[o.start : o.end]: o.bound for o in actors_names.occurrences(text)}
    assert found == {"US": True, "Iranian": True, "Hezbollah": False}
