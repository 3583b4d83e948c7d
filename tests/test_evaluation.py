"""The measured figures do not fall: the quick gold sets, where the evaluation folder is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from reportedly.errors import InputError
from reportedly.evaluation import sets, table
from reportedly.evaluation.__main__ import write
from reportedly.statements import language

ROOT = Path(__file__).parents[1]
FOLDER = ROOT.parent / "shared" / "evaluation"
FLOORS = ROOT / "evaluation" / "floors.json"
QUICK = ("dates", "statements", "events")


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the evaluation folder is not beside this checkout")
@pytest.mark.parametrize("name", QUICK)
def test_no_figure_is_below_its_floor(name: str, nlp: Language, tmp_path: Path) -> None:
    (gold,) = [found for found in sets.found(FOLDER) if found.name == name]
    coded = tmp_path / "coded.jsonl"
    write(coded, list(language.code(nlp, sets.articles(gold.path(FOLDER)))))
    scored = sets.score(gold, FOLDER, coded)
    floors = {key.split(" ", 1)[1]: floor for key, floor in table.read_floors(FLOORS).items() if key.startswith(name)}
    assert floors
    assert {key: (scored[key], floor) for key, floor in floors.items() if scored[key] < floor - table.ROUNDING} == {}


def test_every_floor_is_of_a_figure_that_is_shown() -> None:
    shown = {f"{row['set']} {row['figure']}" for row in table.rows_of("reportedly.evaluation", "peers.tsv")}
    assert set(json.loads(FLOORS.read_text())) <= shown


def test_what_is_gold_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text('{"id": "a", "text": "One.", "published": null, "figures": [1], "templates": []}\n')
    (article,) = sets.articles(path)
    assert (article.id, article.text) == ("a", "One.")
    path.write_text("{}\n")
    with pytest.raises(InputError, match=r"dev\.jsonl:1"):
        list(sets.articles(path))


def test_floors_that_are_no_numbers_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text('{"dates f1": "high"}')
    with pytest.raises(InputError, match=r"floors\.json"):
        table.read_floors(path)


def test_a_figure_below_its_floor_has_fallen() -> None:
    row = table.Row("dates", "f1", 0.80, "0.85", "", 0.81)
    assert row.fell and not table.Row("dates", "f1", 0.81, "0.85", "", 0.81).fell
