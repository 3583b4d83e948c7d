"""UCDP's Georeferenced Event Dataset: its columns, and the values that its codebook asks for."""

from __future__ import annotations

import pytest

from reportedly.events.reports import Location
from reportedly.record.exports import dates, geography, tables, ucdp
from reportedly.record.exports.shapes import EventRecord
from tests.record.exporting import ARMY, CIVILIANS, Stored, clash, market
from tests.record.factories import ISIS, SDF, Draft

#: The header of GEDEvent_v25_1.csv (https://ucdp.uu.se/downloads/; described in the UCDP GED codebook), written down
#: from two public readers of that file that check it: the columns have been these since version 20.1.
PUBLISHED = """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources
source_article source_office source_date source_headline source_original where_prec where_coordinates
where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity
date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
""".split()  # noqa: SIM905


@pytest.fixture
def stored(sqlite_record: str) -> Stored:
    return Stored()


def test_the_columns_are_those_of_the_published_file(stored: Stored) -> None:
    assert len(PUBLISHED) == 49 and tables.columns("ucdp") == PUBLISHED
    stored.add(market())
    header, row, end = stored.bytes("ucdp").decode().split("\n")
    assert header.split(",") == PUBLISHED and row and end == ""


def test_an_attack_on_civilians(stored: Stored) -> None:
    stored.add(market(), market("a2", "Ridge Post", "15"))
    (row,) = stored.rows("ucdp")
    event = stored.event("hit")
    assert row["relid"] == event.id and row["id"] == str(ucdp.number(event.id)) and int(row["id"]) < 2**53
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "Government of Syria", "Civilians")
    assert (row["dyad_name"], row["gwnoa"], row["gwnob"]) == ("Government of Syria - Civilians", "652", "")
    assert (row["low"], row["high"], row["number_of_sources"]) == ("12", "15", "2")
    assert row["source_original"] == "the rescuers"
    assert row["source_office"] == "Harbour Times; Ridge Post" and row["source_date"] == "2019-03-02"
    assert '"Report a1", Harbour Times, 2019-03-02, https://news.example/a1' in row["source_article"]
    assert (row["date_start"], row["date_end"], row["date_prec"], row["year"]) == (
        "2019-03-01",
        "2019-03-01",
        "1",
        "2019",
    )
    assert (row["where_prec"], row["where_coordinates"], row["event_clarity"]) == ("1", "Hajin", "1")
    assert row["geom_wkt"] == "POINT (40.83 34.69)" and row["priogrid_gid"] == str(geography.priogrid(34.69, 40.83))
    assert (row["country"], row["country_id"], row["region"]) == ("Syria", "652", "Middle East")
    assert (
        "machine coding, not verified" in row["code_status"]
        and "people killed: 12 to 15, disputed" in row["code_status"]
    )
    assert (row["best"], row["deaths_civilians"], row["deaths_unknown"]) == ("12", "", "12")
    for column in ("active_year", "conflict_new_id", "conflict_name", "dyad_new_id", "side_a_new_id", "deaths_a"):
        assert row[column] == ""


def test_a_number_that_only_a_party_gives_stays_outside_and_is_told(stored: Stored) -> None:
    claim = market("a2", "State Wire", "70")
    claim.coded.attributions[0].party = True
    claim.coded.attributions[0].speaker = "the army"
    stored.add(market(), claim)
    (row,) = stored.rows("ucdp")
    assert (row["low"], row["best"], row["high"]) == ("12", "12", "12")
    assert "only a party to the conflict says 70 killed (the army)" in row["code_status"]


def test_where_only_parties_give_numbers_the_range_is_empty_and_never_nothing(stored: Stored) -> None:
    claim = market(killed="70")
    claim.coded.attributions[0].party = True
    stored.add(claim)
    (row,) = stored.rows("ucdp")
    assert [row[name] for name in ("low", "best", "high", "deaths_civilians", "deaths_unknown")] == [""] * 5
    assert "only a party to the conflict says 70 killed" in row["code_status"]


def test_what_no_ged_event_is_is_left_out_and_told_why(stored: Stored) -> None:
    foreseen = Draft("f1").sentence("The army may attack Hajin.").place("Hajin", 34.69, 40.83)
    foreseen.event("attack", certainty="forecast", actor=[ARMY])
    meeting = Draft("m1").sentence("Envoys met in Geneva.").event("met", type="CONSULT", mode="visit")
    stored.add(foreseen, meeting, clash())
    import io

    from reportedly.record.exports.source import Record

    written = ucdp.write(Record(), io.BytesIO())
    assert written.rows == 0
    assert dict(written.left_out) == {"only foreseen": 1, "no act of violence": 1, "no figure of people killed": 1}


def test_deaths_by_side(stored: Stored) -> None:
    draft = Draft("s1").sentence("The army fought IS in Hajin, killing 30 IS fighters and 5 civilians.")
    draft.place("Hajin", 34.69, 40.83)
    draft.figure("30", of="IS fighters", actor="INT-ISIS").figure("5", of="civilians")
    draft.event("fought", figures=("30", "5"), actor=[ARMY], recipient=[{**ISIS, "text": "IS"}], mode=None)
    stored.add(draft)
    (row,) = stored.rows("ucdp")
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("1", "Government of Syria", "Islamic State")
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == ("", "30", "5", "")
    assert (row["low"], row["high"]) == ("30", "")  # parts alone say no highest number
    assert "civilians killed: 5" in row["code_status"]


def test_the_state_is_side_a_whoever_attacked() -> None:
    from reportedly.data import Participant, Span
    from reportedly.events.reports import EventReport

    def who(given: dict[str, object]) -> Participant:
        return Participant(start=0, end=1, **{"text": "x", **given})  # type: ignore[arg-type]

    def record(actor: dict[str, object], recipient: dict[str, object]) -> EventRecord:
        report = EventReport(
            key="k", article="a", start=0, end=1, text="x", quote="x", sentence=Span(0, 1),
            actor=(who(actor),), recipient=(who(recipient),),
        )  # fmt: skip
        return EventRecord(id="e-1", reports=(report,))

    kind, side_a, side_b = ucdp.sides(record(ISIS, ARMY))
    assert kind == 1 and side_a and side_b and (side_a.id, side_b.id) == ("SYR-MIL", "INT-ISIS")
    assert ucdp.sides(record(SDF, ISIS))[0] == 2
    assert ucdp.sides(record(ISIS, CIVILIANS))[0] == 3
    assert ucdp.sides(record(ISIS, {"name": "somebody"}))[0] is None


@pytest.mark.parametrize(
    ("precision", "geonameid", "country", "expected"),
    [
        ("point", 173025, "SY", 1),
        ("near", None, "SY", 2),
        ("area", None, "SY", 5),
        ("region", 173813, "SY", None),
        ("country", 163843, "SY", 6),
        (None, None, None, None),
    ],
)
def test_precision_of_a_place(precision: str | None, geonameid: int | None, country: str, expected: int | None) -> None:
    place = Location(name="x", precision=precision, geonameid=geonameid, country=country)  # type: ignore[arg-type]
    found = geography.ucdp_precision(place)
    assert found == expected if expected else found in (None, 4, 5)
    assert geography.ucdp_precision(None) is None


def test_a_governorate_is_a_first_order_area_and_a_sea_is_nobodys() -> None:
    province = _of_kind("admin1", "SY")
    assert geography.ucdp_precision(province) == 4 and geography.areas(province).first == province.name
    assert geography.ucdp_precision(_of_kind("admin2", None)) == 3


def _of_kind(kind: str, country: str | None) -> Location:
    """Some area of the gazetteer."""
    from reportedly.statements import gazetteer

    known = gazetteer.default()
    (connection, *_) = known._connections()
    query = "SELECT id FROM place WHERE kind = ? AND id > 0" + (" AND country = ?" if country else "")
    (identifier,) = connection.execute(query, (kind, country) if country else (kind,)).fetchone()
    record = known.get(identifier)
    assert record is not None
    return Location(name=record.name, geonameid=identifier, country=record.country, precision=record.precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90, -180, 1), (-89.75, 179.75, 720), (-89.4, -179.9, 721), (89.9, 179.9, 259200), (90, 180, 259200), (31.546397, 34.495142, 175389)],
)  # fmt: skip
def test_cells_of_priogrid(latitude: float, longitude: float, cell: int) -> None:
    assert geography.priogrid(latitude, longitude) == cell


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2019-03-01", "2019-03-01", 1),
        ("2019-03-01", "2019-03-02", 2),
        ("2019-03-01", "2019-03-06", 2),
        ("2019-03-04", "2019-03-10", 3),
        ("2019-03-01", "2019-03-31", 4),
        ("2019-01-01", "2019-03-31", 5),
        ("2019-03-01", None, None),
        (None, None, None),
    ],
)
def test_precision_of_days(first: str | None, last: str | None, expected: int | None) -> None:
    assert dates.ucdp_precision(EventRecord(id="e", first=first, last=last)) == expected


def test_a_region_has_no_cell_of_the_grid(stored: Stored) -> None:
    draft = Draft("r1").sentence("A raid in Deir ez-Zor killed 4 civilians.")
    draft.place("Deir ez-Zor", 35.0, 40.5, precision="region", geonameid=None).figure("4", of="civilians")
    stored.add(draft.event("raid", figures=("4",), mode=None, recipient=[CIVILIANS]))
    (row,) = stored.rows("ucdp")
    assert row["priogrid_gid"] == "" and row["where_prec"] == "5" and row["type_of_violence"] == ""
    assert row["where_description"] == "Deir ez-Zor (somewhere in this region)"
    assert row["date_start"] == "" and row["year"] == ""  # the day of the report is not that of the event
