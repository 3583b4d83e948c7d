"""The gazetteer: keys, the index, look-ups over processes, and GeoNames' dump files."""

from __future__ import annotations

import multiprocessing
import sqlite3
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reportedly.errors import ComponentError, InputError
from reportedly.settings import Settings
from reportedly.statements import gazetteer, gazetteer_build, gazetteer_names, gazetteer_sources
from reportedly.statements.gazetteer_sources import Row

ROWS = [
    Row(id=1, names=["Syria", "Syrian Arab Republic"], kind="country", latitude=35, longitude=38, country="SY"),
    Row(
        id=2, names=["Dayr az Zawr", "Deir ez-Zor"], kind="city", latitude=35.3, longitude=40.1, country="SY", admin1=9
    ),
    Row(id=3, names=["Paris"], kind="capital", latitude=48.9, longitude=2.3, country="FR", population=2_000_000),
    Row(id=4, names=["Paris", "LON"], kind="city", latitude=33.7, longitude=-95.6, country="US", population=25_000),
    Row(id=9, names=["Dayr az Zawr"], kind="admin1", latitude=35, longitude=40, country="SY", code="SY.07"),
]
VILLAGE = ["77", "Tall Nashid", "Tall Nashid", "Tell Nachid,Tal Nasheed", "34.9", "40.2", "P", "PPL", "SY", "", "07"]


def dump_line(**changed: str) -> str:
    cells = [*VILLAGE, "", "", "", "310", "", "200", "Asia/Damascus", "2019-01-01"]
    names = ["id", "name", "plain", "alternates", "latitude", "longitude", "class_", "code", "country"]
    for key, value in changed.items():
        cells[names.index(key)] = value
    return "\t".join(cells)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A data folder with a small index in it."""
    monkeypatch.setattr(gazetteer_sources, "rows", lambda: list(ROWS))
    monkeypatch.setattr(gazetteer_build, "supplement", lambda: [])
    return Settings(data_folder=str(tmp_path / "data"))


@pytest.fixture
def index(settings: Settings) -> gazetteer.Gazetteer:
    return gazetteer.opened(Path(settings.data_folder))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Louis", "Saint Louis"),
        ("Düsseldorf", "Dusseldorf"),
        ("Ḩalab", "halab"),
        ("U.S.", "US"),
        ("Deir ez-Zor", "Deir ez Zor"),
        ("Maarat al-Nu'man", "Maarat al-Nuʿman"),
        ("the Gambia", "Gambia"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert gazetteer_names.key(one) == gazetteer_names.key(other)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Deir ez-Zor", "Deir al-Zour", "Dayr az Zawr", "Deir el-Zor"),
        ("Baghouz", "al-Baghuz", "Bāghūz"),
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("Qamishli", "Kamishly", "al-Qamishli"),
        ("Mayadin", "al-Mayadeen", "Al Mayādīn"),
    ],
)
def test_romanisations_share_a_folding_key(spellings: tuple[str, ...]) -> None:
    assert len({gazetteer_names.fold(name) for name in spellings}) == 1
    assert gazetteer_names.fold(spellings[0]) is not None


def test_names_with_too_few_consonants_are_not_folded() -> None:
    assert gazetteer_names.fold("al-Bab") is None
    assert gazetteer_names.fold("") is None


def test_find_gives_the_most_populous_first(index: gazetteer.Gazetteer) -> None:
    found = index.find(["Paris", "deir ez zor", "Nowhere"])
    assert [record.country for record in found["Paris"]] == ["FR", "US"]
    assert found["deir ez zor"][0].geonameid == 2
    assert "Nowhere" not in found


def test_codes_are_no_names(index: gazetteer.Gazetteer) -> None:
    assert index.find(["LON"]) == {}


def test_fold_is_asked_apart(index: gazetteer.Gazetteer) -> None:
    key = gazetteer_names.fold("Dair as-Saur") or ""
    assert index.by_fold(["dr zr"])["dr zr"][0].country == "SY"
    assert not index.by_fold([key]).get(key)


def test_index_is_built_once_and_left_alone(settings: Settings) -> None:
    folder = Path(settings.data_folder)
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(lambda _: gazetteer_build.build(folder), range(4)))
    assert len(paths) == 1
    assert not list(folder.glob("*.part"))
    assert sqlite3.connect(paths.pop()).execute("SELECT count(*) FROM place").fetchone() == (len(ROWS),)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ComponentError, match="cannot build"):
        gazetteer_build.build(tmp_path / "file")


def test_a_forked_process_opens_its_own_connection(index: gazetteer.Gazetteer) -> None:
    index.find(["Syria"])
    with multiprocessing.get_context("fork").Pool(2) as pool:
        found = pool.map(index.find, [["Paris"], ["Dayr az Zawr"]])
    assert found[0]["Paris"][0].id == 3
    assert {record.id for record in found[1]["Dayr az Zawr"]} == {2, 9}


def test_add_takes_a_dump_and_may_be_repeated(settings: Settings, index: gazetteer.Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(dump_line() + "\n" + dump_line(id="78", name="Well", class_="S", code="WLL") + "\n")
    assert index.find(["Tall Nashid"]) == {}
    assert gazetteer.add(path, settings) == 1
    assert gazetteer.add(path, settings) == 1
    (village,) = index.find(["Tell Nachid"])["Tell Nachid"]
    assert (village.id, village.kind, village.admin1, village.population) == (77, "city", 9, 310)


def test_add_replaces_what_has_the_same_id(settings: Settings, index: gazetteer.Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(dump_line(latitude="34.1"))
    gazetteer.add(path, settings)
    path.write_text(dump_line(latitude="34.2"))
    gazetteer.add(path, settings)
    assert [record.latitude for record in index.find(["Tall Nashid"])["Tall Nashid"]] == [34.2]


def test_add_takes_zipped_dumps_and_alternate_names(
    settings: Settings, index: gazetteer.Gazetteer, tmp_path: Path
) -> None:
    path = tmp_path / "alternateNames.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("alternateNames.txt", "5\t3\ten\tCity of Light\t\t\t\t\n6\t999\ten\tUnknown\t\t\t\t\n")
    assert gazetteer.add(path, settings) == 1
    assert index.find(["City of Light"])["City of Light"][0].id == 3
    assert [r.id for r in index.find(["Paris"])["Paris"]] == [3, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (dump_line() + "\n" + dump_line(latitude="north"), r"SY\.txt:2: latitude is not a number: 'north'"),
        (dump_line(longitude="190"), r"SY\.txt:1: longitude is out of range: 190"),
        (dump_line(id="x7"), r"SY\.txt:1: geonameid is not a number: 'x7'"),
        ("one\ttwo", r"SY\.txt:1: has 2 columns"),
        ("", r"SY\.txt: holds no lines"),
    ],
)
def test_malformed_dumps_name_file_and_line(
    settings: Settings, index: gazetteer.Gazetteer, tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        gazetteer.add(path, settings)
    assert index.find(["Tall Nashid"]) == {}


def test_binary_and_missing_dumps_are_errors(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputError, match=r"SY\.txt:1: is not UTF-8"):
        gazetteer.add(path, settings)
    with pytest.raises(InputError, match="missing"):
        gazetteer.add(tmp_path / "missing.txt", settings)


def test_supplement_is_well_formed() -> None:
    rows = gazetteer_build.supplement()
    assert len(rows) > 900
    for row in rows:
        assert -90 <= (row.latitude or 0) <= 90 and -180 <= (row.longitude or 0) <= 180, row.names[0]
        assert row.precision in {"point", "area", "region", "country"}, row.names[0]
        assert row.country is None or len(row.country) == 2, row.names[0]
