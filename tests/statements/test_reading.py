"""One reading of an article for all stages, and the names that come of it."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Article
from reportedly.errors import ComponentError
from reportedly.models.labels import ATTRIBUTION, ENTITY, SIDES
from reportedly.models.tagging import Logits, Tagged
from reportedly.settings import Settings
from reportedly.statements import language, reading
from reportedly.statements.encoder import Encoder, Span

NLP = spacy.blank("en")


def tagged(text: str, *names: tuple[str, str]) -> list[Tagged]:
    return [Tagged(kind, text.index(name), text.index(name) + len(name), 0, 0) for name, kind in names]


def named(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    doc = NLP(text)
    reading.name(doc, tagged(text, *names))
    return [(entity.text, entity.label_) for entity in doc.ents]


def test_a_name_within_a_token_is_the_whole_token() -> None:
    assert named("The U.S.-led raid on al-Hol.", ("U.S", "GPE"), ("al-Hol", "LOC")) == [
        ("U.S.-led", "GPE"), ("al-Hol", "LOC"),
    ]  # fmt: skip


def test_a_possessive_ending_is_no_part_of_a_name() -> None:
    assert named("Turkey's army", ("Turkey", "GPE")) == [("Turkey", "GPE")]


def test_of_two_names_in_one_token_the_longer_stays() -> None:
    text = "The Syria_Turkey border"
    assert named(text, ("Syria", "GPE"), ("Turkey border", "LOC")) == [("Syria_Turkey border", "LOC")]


def test_a_line_break_before_a_name_is_left_out() -> None:
    text = "They met\n\nAbu Omar there"
    doc = NLP(text)
    reading.name(doc, [Tagged("PERSON", text.index("\n"), text.index(" there"), 0, 0)])
    assert [entity.text for entity in doc.ents] == ["Abu Omar"]


def test_no_names_take_those_that_were_there() -> None:
    doc = NLP("Omar left")
    reading.name(doc, tagged(doc.text, ("Omar", "PERSON")))
    reading.name(doc, [])
    assert not doc.ents


class Standing(Encoder):
    """Stands in for the encoder: calls every capitalised word a person, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[list[Span] | None] = []

    def encode(self, text: str, sentences: object = None) -> Logits:
        self.asked.append(list(sentences) if isinstance(sentences, list) else None)
        words = NLP(text)
        entity = np.zeros((len(words), len(ENTITY)), dtype=np.float32)
        for word in words:
            entity[word.i, ENTITY.index("B-PERSON" if word.text.istitle() else "O")] = 5.0
        starts = np.array([word.idx for word in words], dtype=np.int64)
        ends = starts + np.array([len(word) for word in words], dtype=np.int64)
        roles, sides = (np.zeros((len(words), len(labels)), dtype=np.float32) for labels in (ATTRIBUTION, SIDES))
        return Logits(roles, sides, entity, starts, ends, np.zeros(len(words), dtype=np.int64))


@pytest.fixture
def standing(monkeypatch: pytest.MonkeyPatch) -> Standing:
    stands = Standing()
    monkeypatch.setattr(reading, "encoder", lambda: stands)
    return stands


def test_an_article_is_read_once_until_it_is_forgotten(standing: Standing) -> None:
    doc = reading.Reader(names=True)(NLP("they saw Omar"))
    assert [entity.text for entity in doc.ents] == ["Omar"]
    assert reading.of(doc) is doc._.reading and len(standing.asked) == 1
    reading.forget(doc)
    assert doc._.reading is None
    assert len(reading.of(doc).starts) == 3 and len(standing.asked) == 2


def test_the_parsers_sentences_say_where_a_long_paragraph_may_be_cut(standing: Standing) -> None:
    words = ["They", "left", ".", "Nobody", "stayed", "."]
    reading.of(Doc(NLP.vocab, words=words, sent_starts=[True, False, False, True, False, False]))
    reading.of(Doc(NLP.vocab, words=["They", "left"]))
    reading.of(NLP(""))
    assert standing.asked == [[(0, 11), (12, 27)], [(0, 9)], []]


def test_the_models_recogniser_can_keep_its_say(standing: Standing) -> None:
    doc = NLP("they saw Omar")
    doc.ents = [doc.char_span(0, 4, label="ORG")]
    reading.Reader(names=False)(doc)
    assert [entity.text for entity in doc.ents] == ["they"]
    assert len(standing.asked) == 1


def test_what_recognises_names_is_a_setting() -> None:
    ours, theirs = (language.parser(Settings(recogniser=name)) for name in ("encoder", "model"))
    assert "ner" not in ours.pipe_names and ours.get_pipe_meta("reportedly_reading").assigns[0] == "doc.ents"
    assert "ner" in theirs.pipe_names


def test_missing_weights_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(reading, "encoder", lambda: Encoder(tmp_path))
    with pytest.raises(ComponentError, match="the weights are missing"):
        reading.of(NLP("They left."))


def test_a_town_that_the_lexicons_know_is_a_place() -> None:
    assert named("Rebels hold Idlib.", ("Idlib", "ORG")) == [("Idlib", "GPE")]
    assert named("They left Deir al-Zour for Damascus.", ("Damascus", "GPE")) == [
        ("Deir al-Zour", "GPE"), ("Damascus", "GPE"),
    ]  # fmt: skip


def test_a_leader_that_is_taken_for_a_group_is_a_person() -> None:
    assert named("The Assad regime fell.", ("Assad", "ORG")) == [("Assad", "PERSON")]


def test_a_known_name_within_a_longer_one_is_left_to_it() -> None:
    assert named("Ahmad Manbij spoke.", ("Ahmad Manbij", "PERSON")) == [("Ahmad Manbij", "PERSON")]
    assert named("He met Ahmad Manbij there.") == []
    assert named("Anna spoke.", ("Anna", "PERSON")) == [("Anna", "PERSON")]


def test_the_logits_are_dropped_once_it_is_known_who_said_what(nlp: Language) -> None:
    doc = nlp(language.document(nlp, Article(text="The army took Hajin on Monday, a spokesman said.")))
    assert doc._.attributions and doc._.reading is None
