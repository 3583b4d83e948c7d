"""POLECAT's files: the 40 columns, and what is filled."""

from __future__ import annotations

import pytest

from reportedly import lexicons
from reportedly.record.exports import polecat, tables
from tests.record.exporting import Stored, clash, market
from tests.record.factories import Draft

#: The header of ngecEvents.DV.2024.txt (Harvard Dataverse, doi:10.7910/DVN/AJGVIT), written down from public readers
#: of the yearly files. The file of 2018 in its first version called the fifth column "Intensity".
PUBLISHED = [
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW"),
    *("Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw"),
    *("Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude"),
    *("GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People"),
    *("Story Organizations", "Story Locations", "Language", "Version"),
]


@pytest.fixture
def stored(sqlite_record: str) -> Stored:
    return Stored()


def test_the_columns_are_those_of_the_published_file(stored: Stored) -> None:
    assert len(PUBLISHED) == 40 and tables.columns("polecat") == PUBLISHED
    stored.add(market())
    header, row, end = stored.bytes("polecat").decode().split("\n")
    assert header.split("\t") == PUBLISHED and row.count("\t") == 39 and end == ""


def test_every_type_has_its_quad_code() -> None:
    quads = {row["type"]: row["quad"] for row in lexicons.rows("exports_polecat_types.tsv")}
    assert quads.keys() == lexicons.tree("events_types.json").keys()
    assert set(quads.values()) == {
        f"{how} {what}" for how in ("VERBAL", "MATERIAL") for what in ("COOPERATION", "CONFLICT")
    }


def test_shells_on_a_market(stored: Stored) -> None:
    stored.add(market(), market("a2", "Ridge Post", published="2019-03-05"))
    (row,) = stored.rows("polecat", "\t")
    assert row["Event ID"] == stored.event("hit").id
    assert (row["Event Type"], row["Event Mode"], row["Quad Code"]) == ("ASSAULT", "heavy-weapons", "MATERIAL CONFLICT")
    assert (row["Event Date"], row["Publication Date"]) == ("2019-03-01", "2019-03-02")
    assert (row["Actor Name"], row["Actor Country"], row["Actor COW"]) == ("Syrian Army", "SYR", "652")
    assert (row["Primary Actor Sector"], row["Primary Recipient Sector"]) == ("MIL", "CVL")
    assert (row["Country"], row["Latitude"], row["Longitude"]) == ("SYR", "34.69", "40.83")
    assert row["Source"] == "Harbour Times; Ridge Post" and row["Placename"] == "Hajin"
    assert row["Version"].startswith("reportedly ") and row["Version"].endswith("; machine coding, not verified")
    for column in ("Event Intensity", "Contexts", "Wikipedia Actor ID", "Story People", "Feature Type"):
        assert row[column] == ""


def test_an_area_is_named_and_has_no_coordinates(stored: Stored) -> None:
    stored.add(clash())
    (row,) = stored.rows("polecat", "\t")
    assert (row["Latitude"], row["Longitude"], row["Placename"]) == ("", "", "Baghuz (somewhere in this area)")
    assert row["Event Date"] == ""  # three days are no day


def test_an_event_of_no_type_is_left_out(stored: Stored) -> None:
    draft = Draft("n1").sentence("Something happened in Hajin.").place("Hajin", 34.69, 40.83)
    stored.add(draft.event("happened", type=None, mode=None))
    assert stored.rows("polecat", "\t") == []


def test_modes_go_out_by_polecats_names(stored: Stored) -> None:
    draft = Draft("k1").sentence("They killed the mayor of Hajin.").place("Hajin", 34.69, 40.83)
    stored.add(draft.event("killed", mode="targeted"))
    assert polecat.mode(stored.event("killed")) == "assassinate"
