"""What is an entity, of which type and extent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.data import Entity
from reportedly.statements import entities, entities_features, entities_model, entities_patterns
from reportedly.statements.entities_candidates import Candidate

Finder = Callable[[str], list[Entity]]


@pytest.fixture(scope="module")
def find(nlp: Language) -> Finder:
    """The entities of a text, by the model and the stage `entities` alone."""

    def run(text: str) -> list[Entity]:
        doc: Doc = nlp.make_doc(text)
        for _, pipe in nlp.pipeline[: nlp.pipe_names.index("reportedly_entities")]:
            doc = pipe(doc)
        found: list[Entity] = entities.run(doc)._.entities
        return found

    return run


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("Soldiers entered the village on Tuesday.", "Soldiers", "Organisation"),
        ("Soldiers entered the village on Tuesday.", "the village", "Location"),
        ("Soldiers entered the village on Tuesday.", "Tuesday", "Temporal"),
        ("Maria Lopez told us that she had fled to Jordan.", "Maria Lopez", "Person"),
        ("Maria Lopez told us that she had fled to Jordan.", "Jordan", "Location"),
        ("Maria Lopez told us that she had fled to Jordan.", "she", "Person"),
        ("The Islamic State group claimed the attack.", "The Islamic State group", "Organisation"),
        ("The ministry paid $40 million for it.", "$40 million", "Money"),
        ("The convoy stopped 15 km from the border.", "15 km", "Quantity"),
        ("Write to press@example.org or see https://example.org/a.", "press@example.org", "CommsIdentifier"),
        ("Write to press@example.org or see https://example.org/a.", "https://example.org/a", "Url"),
        ("The station was at 33.5138, 36.2765 until May.", "33.5138, 36.2765", "Coordinate"),
        ("It sent on 12.245 MHz all night.", "12.245 MHz", "Frequency"),
        ("Rebels fired mortars at the troops.", "mortars", "Weapon"),
    ],
)
def test_types(find: Finder, text: str, phrase: str, kind: str) -> None:
    assert (phrase, kind) in [(entity.text, entity.type) for entity in find(text)]


def test_abstract_nouns_are_no_entities(find: Finder) -> None:
    texts = [entity.text for entity in find("There was hope of progress and a lack of patience about the process.")]
    assert not {"hope", "progress", "patience", "the process"} & set(texts)


def test_offsets_slice_to_the_text_and_are_in_order(find: Finder) -> None:
    text = "On 3 May 2017,\n  two  aid workers — from “Médecins Sans Frontières” —\twere hurt in al-Bab.\n\n"
    found = find(text)
    assert found
    assert all(text[entity.start : entity.end] == entity.text == entity.text.strip() for entity in found)
    assert [entity.start for entity in found] == sorted(entity.start for entity in found)


@pytest.mark.parametrize("text", ["", "\n", "🙂 🙂", "%%%% ////", "1" * 3000, "the " * 300, "\x00\x01", "A.B.C.D.E."])
def test_any_text(find: Finder, text: str) -> None:
    for entity in find(text):
        assert text[entity.start : entity.end] == entity.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday 4 March 2019", "Monday 4 March 2019"),
        ("over the past two weeks", "the past two weeks"),
        ("nearly three years ago", "nearly three years ago"),
        ("in early April", "early April"),
        ("they may march", None),
        ("at 11.30am on Friday", "11.30am on Friday"),
        ("by the end of the year", "the end of the year"),
        ("in the 1990s", "the 1990s"),
    ],
)
def test_patterns_of_time(text: str, expected: str | None) -> None:
    found = [text[start:end] for start, end, kind in entities_patterns.found(text) if kind == "Temporal"]
    assert found == ([expected] if expected else [])


def test_a_long_line_takes_no_long_time() -> None:
    assert len(list(entities_patterns.found("a-" * 10_000))) == 0
    assert len(list(entities_patterns.found("1 " * 10_000))) == 0


def choice(*spans: tuple[int, int, float, int]) -> list[tuple[int, int, str]]:
    types = ("Organisation", "Quantity", entities_model.NONE)
    candidates = [Candidate(start, end, end - 1, "base") for start, end, _, _ in spans]
    probabilities = np.array([[p if column == best else (1 - p) / 2 for column in range(3)] for _, _, p, best in spans])
    chosen = entities_model.choose(candidates, probabilities.astype(np.float32), types)
    return [(c.candidate.start, c.candidate.end, c.type) for c in chosen]


def test_of_overlapping_candidates_the_likeliest_stays() -> None:
    assert choice((0, 3, 0.9, 0), (1, 4, 0.8, 0)) == [(0, 3, "Organisation")]


def test_one_of_another_type_may_lie_inside() -> None:
    assert choice((0, 3, 0.9, 0), (0, 1, 0.8, 1)) == [(0, 1, "Quantity"), (0, 3, "Organisation")]
    assert choice((0, 3, 0.9, 0), (0, 1, 0.8, 0)) == [(0, 3, "Organisation")]


def test_the_weights_know_the_types_of_the_format() -> None:
    model = entities_model.load()
    assert {"Person", "Organisation", "Location", "Weapon", "Temporal", "none"} <= set(model.types)
    row = model.probabilities([[("in", "no such word")], [("in", "rifle"), ("hyphen", "")]])
    assert row.shape == (2, len(model.types))
    assert np.allclose(row.sum(axis=1), 1, atol=1e-4)


def test_a_group_of_features_is_spelled_once_and_then_known_by_its_facts() -> None:
    model = entities_model.load()
    key = ("class", "weapon", "sg", "base", "dobj")
    spelled = list(entities_features.spelled(key))
    assert spelled == ["c=weapon", "c=weapon/sg/base", "c=weapon/dobj/base"]
    weights = np.sum([model.weights[model.index[name]] for name in spelled if name in model.index], axis=0)
    assert weights.any()
    scores = np.exp(model.base + weights / np.float32(entities_model.SCALE))
    for _ in range(2):
        assert np.allclose(model.probabilities([[key], [key]]), scores / scores.sum(), atol=1e-5)


def test_head_nouns_have_known_classes() -> None:
    assert len({row["noun"] for row in lexicons.rows("entities_heads.tsv")}) > 1000
    assert all(row["noun"] == row["noun"].lower() and row["class"] for row in lexicons.rows("entities_heads.tsv"))
