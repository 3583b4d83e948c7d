"""The encoder's head for the roles of incidents: words to mentions, mentions to entities, log-odds to features."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from reportedly.data import CodedArticle
from reportedly.models.tagging import Logits
from reportedly.statements import incidents_heads as heads
from reportedly.statements import reading
from reportedly.statements.incidents_candidates import Entity, Mention
from reportedly.statements.incidents_model import ROLES

Coder = Callable[..., CodedArticle]

NLP = spacy.blank("en")
#: One word of the encoder a letter run: "al-Hol" is three of its words and one token here.
TEXT = ["Gunmen", "shot", "the", "old", "mayor", "of", "al-Hol"]


def document() -> Doc:
    return Doc(NLP.vocab, words=TEXT, spaces=[True] * 6 + [False])


def entity(doc: Doc, *spans: tuple[int, int, int]) -> Entity:
    return Entity([Mention(doc[head], start, end, False, 0) for head, start, end in spans])


def logits(roles: list[list[float]]) -> Logits:
    words = ["Gunmen", "shot", "the", "old", "mayor", "of", "al", "-", "Hol"]
    text, starts, at = " ".join(TEXT), [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    none = np.zeros((len(words), 1), dtype=np.float32)
    table = np.array(roles, dtype=np.float32).reshape(len(words), -1)
    return Logits(
        none, none, none, np.array(starts), np.array(ends), np.zeros(len(words), dtype=np.int64), table
    )  # fmt: skip


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head of one hidden unit that only says "victim", and weights of the encoder that have such a head."""
    weights = np.array([[0.0, 0.0, 1.0, 0.0, 0.0]], dtype=np.float32)
    head = heads.Head(np.zeros(1, dtype=np.float32), weights, np.zeros(5, dtype=np.float32))
    monkeypatch.setattr(heads, "load", lambda: head)
    monkeypatch.setattr(reading, "encoder", lambda: SimpleNamespace(roles=2))


def test_a_mention_is_found_among_the_encoders_words() -> None:
    doc = document()
    listed = [entity(doc, (4, 2, 7)), entity(doc, (0, 0, 1), (6, 6, 7))]
    assert heads.places(doc, logits([[0.0]] * 9), listed).tolist() == [[4, 2, 9], [0, 0, 1], [6, 6, 9]]


@pytest.mark.usefixtures("plain")
def test_the_head_word_counts_and_the_mean_of_the_mentions_words() -> None:
    doc = document()
    own = [0.0, 0.0, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0]
    around = [0.0, 9.0, 4.0, 2.0, 6.0, 9.0, 9.0, 9.0, 9.0]
    doc._.reading = logits([list(pair) for pair in zip(own, around, strict=True)])
    found = heads.odds(doc, [entity(doc, (4, 2, 5)), entity(doc, (0, 0, 1))])
    assert found is not None
    inner = 3.0 + (4.0 + 2.0 + 6.0) / 3
    assert found[0, 2] == pytest.approx(inner / (1 + np.exp(-inner)))
    assert found[1].tolist() == [0.0] * 5


@pytest.mark.usefixtures("plain")
def test_no_encoder_words_and_no_entities_say_nothing() -> None:
    doc = document()
    doc._.reading = logits([[0.0, 0.0]] * 9)
    assert heads.odds(doc, []) is None


def test_weights_without_the_head_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "encoder", lambda: SimpleNamespace(roles=0))
    doc = document()
    assert heads.odds(doc, [entity(doc, (4, 2, 5))]) is None
    assert heads.marks(None, 2) == [set(), set()]


def test_one_clear_mention_outweighs_several_that_say_nothing() -> None:
    doc = document()
    clear, vague = [3.0] * 5, [-4.0] * 5
    table = np.array([clear, vague, vague, vague], dtype=np.float32)
    listed = [entity(doc, (0, 0, 1), (4, 2, 5)), entity(doc, (4, 2, 5), (6, 6, 7))]
    first, second = heads.pooled(table, listed)
    assert first[0] > 2.5 and second[0] < -3.0


def test_higher_odds_pass_more_steps() -> None:
    low, high = heads.marks(np.array([[-9.0] * 5, [-9.0, -9.0, 1.0, -9.0, -9.0]], dtype=np.float32), 2)
    assert not low
    assert high == {f"R2>{step}" for step in range(int((heads.STEPS < 1.0).sum()))}


def test_the_shipped_head_tells_the_victim_from_the_attackers(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, heads.Floats] = {}

    def listening(doc: Doc, entities: list[Entity]) -> object:
        table = odds(doc, entities)
        assert table is not None
        for item, row in zip(entities, table, strict=True):
            told[item.mentions[0].head.text] = row
        return table

    odds = heads.odds
    monkeypatch.setattr(heads, "odds", listening)
    coder(
        "San Salvador, 9 Oct 89 (Radio Venceremos) -- [Text]\n\n"
        "Unidentified gunmen murdered Judge Ernesto Villamar outside his home with machineguns this morning."
    )
    individual, victim, instrument = (ROLES.index(role) for role in ("individual", "victim", "instrument"))
    assert told["Villamar"][victim] > told["Villamar"][individual]
    assert told["gunmen"][individual] > told["gunmen"][victim]
    assert told["machineguns"].argmax() == instrument
