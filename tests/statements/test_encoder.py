"""The encoder: windows of word pieces, decoding, linking, and whole readings with the shipped weights."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import ComponentError
from reportedly.models import linking, tagging
from reportedly.models.labels import ATTRIBUTION, ENTITY, SHAPES, SIDES
from reportedly.models.windows import LENGTH, Pieces, pack, sentence_starts, shape_of, window
from reportedly.statements.encoder import MODEL_DIR, Encoder

ENCODER = Encoder()
WITH_WEIGHTS = pytest.mark.skipif(not (MODEL_DIR / "model.onnx").exists(), reason="no weights in this checkout")

NEWS = (
    "The army took the town on Monday, Colonel Adnan Haddad said.\n\n"
    "“We lost 12 men,” he told Reuters, “and they lost forty.”\n\n"
    "Residents of Tel Rifaat denied that any soldier had been seen there."
)
ODD = {
    "empty": "",
    "blank": " \n\n\t ",
    "emoji": "😀😀 said 👨‍👩‍👧 “no” 🇸🇾",
    "combining": "Jose\u0301 said that São Paulo e\u0301tait calme. \u200b\ufeff",
    "control": "a\x00b\x01 said\r\n\r\nthat",
    "long word": "x" * 5000 + " said that " + "é" * 300,
    "one line": "He said that it was over. " * 200,
    "no spaces": "said" * 2000,
    "arabic": "قال المتحدث إن الجيش سيطر على المدينة.",
    "chinese": "发言人说军队控制了城市。" * 50,
}


def logits(words: list[str], roles: list[str], sides: list[str]) -> tagging.Logits:
    """Logits that leave no doubt, for words a space apart."""
    ends = np.cumsum([len(w) + 1 for w in words]) - 1
    starts = ends - np.array([len(w) for w in words])
    a = np.array([[9.0 if label == role else 0.0 for label in ATTRIBUTION] for role in roles], dtype=np.float32)
    s = np.array([[9.0 if name == side else 0.0 for name in SIDES] for side in sides], dtype=np.float32)
    e = np.zeros((len(words), len(ENTITY)), dtype=np.float32)
    return tagging.Logits(a, s, e, starts, ends, np.zeros(len(words), dtype=np.int64))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_every_piece_is_in_exactly_one_window(text: str) -> None:
    pieces, views = ENCODER.windows(text)
    read = [i for view in views for i in view.pieces.tolist() if i >= 0]
    assert read == list(range(len(pieces.ids)))
    assert all(len(view.ids) <= LENGTH for view in views)


def test_a_text_of_a_million_characters_is_packed() -> None:
    text = "The rebels, he said, had left. " * 32_300
    pieces, views = ENCODER.windows(text)
    assert len(text) > 1_000_000
    assert sum(len(view.ids) for view in views) >= len(pieces.ids)


def test_pieces_slice_the_text() -> None:
    text = "José’s aides told Al-Jazeera."
    pieces, _ = ENCODER.windows(text)
    words = {text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)}
    assert {"José", "told", "Al"} <= words


def test_paragraphs_stay_whole_where_they_fit() -> None:
    text = "\n\n".join(["one two three four five " * 20] * 4)
    pieces, views = ENCODER.windows(text)
    firsts = [text[: pieces.starts[v.pieces[1]]].count("\n\n") for v in views]
    assert firsts == [0, 2]


def test_a_long_paragraph_is_cut_where_the_caller_says_sentences_begin() -> None:
    text = "word " * 400
    starts = list(range(0, 2000, 500))
    pieces, views = ENCODER.windows(text, [(s, s + 499) for s in starts])
    assert [int(pieces.starts[v.pieces[1]]) for v in views] == [0, 1000]


def test_sentences_are_guessed_without_a_caller() -> None:
    assert sentence_starts("He left. “Why?” She stayed.") == [0, 9, 16]


@pytest.mark.parametrize(
    ("word", "shape"),
    [("army", "lower"), ("Assad", "capitalised"), ("SDF", "upper"), ("YPG’s", "mixed"), ("12", "digit"), (",", "none")],
)
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


def test_a_capital_after_a_full_stop_says_nothing() -> None:
    pieces, _ = ENCODER.windows("He met Smith. Smith left.")
    assert [SHAPES[s] for s in pieces.shapes if SHAPES[s] != "none"] == [
        "first", "lower", "capitalised", "first", "lower",
    ]  # fmt: skip


def test_no_text_has_no_windows() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert pack("", Pieces(none, none, none, none, none)) == []


def test_a_window_frames_its_paragraphs() -> None:
    pieces, views = ENCODER.windows("One.\n\nTwo.")
    assert views[0].ids.tolist()[0] == 101
    assert (views[0].ids == 102).sum() == 2
    assert window(pieces, [(0, 2)]).pieces.tolist() == [-1, 0, 1, -1]


def test_a_learned_move_decides_between_even_labels_and_padding_adds_nothing() -> None:
    o, b, i = 0, 5, 6
    scores = np.zeros((5, len(ATTRIBUTION)), dtype=np.float32)
    scores[[0, 3], b] = 5.0
    moves = np.zeros((7, 7), dtype=np.float32)
    moves[b, i], moves[:, o] = 1.0, 0.5
    chain = tagging.Chain(moves, np.zeros(7, dtype=np.float32))
    # The second window is shorter: what would follow its end must not weigh on its last word.
    assert tagging.viterbi(scores, np.array([0, 0, 0, 1, 1]), chain).tolist() == [b, i, o, b, i]
    assert tagging.viterbi(scores[3:], np.array([0, 0]), chain).tolist() == [b, i]


def test_viterbi_never_begins_inside() -> None:
    scores = np.zeros((4, len(ATTRIBUTION)), dtype=np.float32)
    scores[:, ATTRIBUTION.index("I-cue")] = 5.0
    labels = tagging.viterbi(scores, np.array([0, 0, 1, 1]))
    assert [ATTRIBUTION[i] for i in labels] == ["B-cue", "I-cue", "B-cue", "I-cue"]


def step_by_step(scores: np.ndarray, chain: tagging.Chain) -> list[int]:
    """The best legal labels of one window, one word after the other."""
    inside = np.arange(7) % 2 == 0
    inside[0] = False
    moves = chain.moves + np.where(inside & ~np.isin(np.arange(7)[:, None] - np.arange(7), (0, -1)), -1e4, 0)
    best, back = chain.first + scores[0] + np.where(inside, -1e4, 0), []
    for score in scores[1:]:
        paths = best[:, None] + moves + score
        back.append(paths.argmax(0))
        best = paths.max(0)
    labels = [int(best.argmax())]
    for pointers in reversed(back):
        labels.append(int(pointers[labels[-1]]))
    return labels[::-1]


@pytest.mark.parametrize("counts", [(1,), (11, 1), (12,), (13, 24), (40, 3, 60)])
def test_decoding_in_blocks_is_decoding_word_by_word(counts: tuple[int, ...]) -> None:
    rng = np.random.default_rng(sum(counts))
    scores = rng.normal(scale=3.0, size=(sum(counts), 7)).astype(np.float32)
    chain = tagging.Chain(rng.normal(size=(7, 7)).astype(np.float32), rng.normal(size=7).astype(np.float32))
    windows = np.repeat(np.arange(len(counts)), counts)
    expected = [label for n in range(len(counts)) for label in step_by_step(scores[windows == n], chain)]
    assert tagging.viterbi(scores, windows, chain).tolist() == expected


def test_greedy_labels_are_made_legal() -> None:
    person, place = ENTITY.index("I-PERSON"), ENTITY.index("I-GPE")
    labels = tagging.legal(np.array([person, person, place, 0, place]), np.zeros(5, dtype=np.int64))
    assert [ENTITY[i] for i in labels] == ["B-PERSON", "I-PERSON", "B-GPE", "O", "B-GPE"]


def test_content_on_both_sides_of_a_cue_is_one_attribution() -> None:
    words = ["Yes", "he", "said", "no"]
    found = logits(words, ["B-content", "B-source", "B-cue", "B-content"], ["right", "none", "left", "left"])
    assert linking.attributions(found, tagging.role_spans(found)) == [
        linking.Attribution(((4, 6),), ((7, 11),), ((0, 3), (12, 14)))
    ]


def test_a_cue_without_content_says_nothing() -> None:
    found = logits(["he", "said"], ["B-source", "B-cue"], ["none", "left"])
    assert linking.attributions(found, tagging.role_spans(found)) == []


def test_a_source_that_the_side_head_denies_is_left_out() -> None:
    found = logits(["Troops", "reportedly", "left"], ["B-source", "B-cue", "B-content"], ["none", "none", "left"])
    assert linking.attributions(found, tagging.role_spans(found))[0].source == ()


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ComponentError, match=r"tokenizer\.json: the weights are missing"):
        Encoder(tmp_path).read("Text.")


class Session:
    """Stands in for the network: every piece gets the labels that a table gives for its id."""

    def get_modelmeta(self) -> SimpleNamespace:
        return SimpleNamespace(custom_metadata_map={})

    def __init__(self, table: dict[str, tuple[str, str, str]]) -> None:
        vocabulary = ENCODER.windows(" ".join(table))[0].ids.tolist()
        self.table = dict(zip(vocabulary, table.values(), strict=True))

    def run(self, names: list[str], inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        assert inputs["ids"].shape == inputs["shapes"].shape
        labels = [self.table.get(i, ("O", "none", "O")) for i in inputs["ids"][0].tolist()]
        sets = zip((ATTRIBUTION, SIDES, ENTITY), zip(*labels, strict=True), strict=True)
        return [np.array([[[9.0 * (a == b) for b in names] for a in row]], dtype=np.float32) for names, row in sets]


STUB = {
    "yes": ("B-content", "right", "O"),
    "no": ("B-content", "left", "O"),
    "smith": ("B-source", "none", "B-PERSON"),
    "said": ("B-cue", "left", "O"),
}


def test_a_text_is_read_end_to_end_with_a_stand_in_for_the_network() -> None:
    encoder = Encoder()
    encoder.__dict__["_session"] = Session(STUB)
    text = "😀 “Yes,” Smith said. “No.”"
    reading = encoder.read(text)
    assert [text[a:b] for a, b, _ in reading.entities] == ["Smith"]
    [found] = reading.attributions
    assert [text[a:b] for a, b in (*found.source, *found.cue, *found.content)] == ["Smith", "said", "Yes", "No"]


def test_long_texts_are_read_window_by_window_with_a_stand_in_for_the_network() -> None:
    encoder = Encoder()
    encoder.__dict__["_session"] = Session(STUB)
    reading = encoder.read("Smith said no. " * 300)
    assert len(reading.attributions) == len(reading.entities) == 300


def slices(text: str, encoder: Encoder) -> None:
    """Every span of a reading must slice its text without white space at its ends."""
    reading = encoder.read(text)
    spans = [(a, b) for a, b, _ in reading.entities]
    spans += [s for x in reading.attributions for s in (*x.source, *x.cue, *x.content)]
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]


@WITH_WEIGHTS
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_are_read(text: str) -> None:
    slices(text, ENCODER)


@WITH_WEIGHTS
@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    slices(text, ENCODER)


@WITH_WEIGHTS
def test_a_report_is_read() -> None:
    reading = ENCODER.read(NEWS)
    said = {NEWS[a:b] for x in reading.attributions for a, b in x.cue}
    assert "said" in said
    assert any(len(x.content) == 2 and "lost 12 men" in NEWS[slice(*x.content[0])] for x in reading.attributions)
    assert (NEWS.index("Adnan"), NEWS.index(" said."), "PERSON") in reading.entities
    assert any(NEWS[a:b] == "Reuters" and kind == "ORG" for a, b, kind in reading.entities)


@WITH_WEIGHTS
def test_readings_are_the_same_again_and_from_a_new_session() -> None:
    first = ENCODER.read(NEWS)
    ENCODER.read("Something else, she said.")
    assert ENCODER.read(NEWS) == first == Encoder().read(NEWS)
