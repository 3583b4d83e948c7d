"""The event encoder with the weights that are shipped, on texts of our own."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from reportedly.data import Span
from reportedly.errors import ComponentError
from reportedly.events.encoder import DIM, TRIGGER, EventEncoder, Reading
from reportedly.events.encoder_windows import LEAD, ROOM, lead_of, stretches, view
from reportedly.models.windows import CLS, SEP, Pieces, pieces_of, sentence_starts

TAVRA = (
    "Rebels shelled the market of Tavra on Monday, killing nine people. "
    "The bombardment began at noon and lasted an hour, doctors at the town's hospital said. "
    "The wounded were taken to Merin. The government has not commented on the attack."
)
TAVRA_AGAIN = (
    "Nine civilians died when mortar rounds hit Tavra's crowded market, medics said on Tuesday. "
    "The attack was blamed on rebels who hold the hills above the town."
)
BANK = (
    "Two masked men robbed a bank in central Oslo on Friday and fled on a motorcycle, police said. "
    "A guard was hurt in the attack. The robbers have not been caught."
)


@pytest.fixture(scope="module")
def encoder() -> EventEncoder:
    return EventEncoder()


def sentences(text: str) -> list[Span]:
    starts = sentence_starts(text)
    return [Span(start, end) for start, end in pairwise([*starts, len(text)])]


def read(encoder: EventEncoder, text: str, *words: str, title: str | None = None) -> Reading:
    given = [Span(text.index(word), text.index(word) + len(word)) for word in words]
    return encoder.read(text, sentences(text), given, title)


def cosine(encoder: EventEncoder, first: tuple[str, str], second: tuple[str, str]) -> float:
    one, two = (read(encoder, text, word).vectors[-1] for text, word in (first, second))
    return float(one @ two)


def long_text() -> str:
    return " ".join(TAVRA.replace("Tavra", f"Tavra {n}").replace("nine", str(n)) for n in range(20))


def test_finds_the_words_that_name_events(encoder: EventEncoder) -> None:
    found = {TAVRA[m.start : m.end] for m in read(encoder, TAVRA).mentions}
    assert {"shelled", "killing", "bombardment", "attack"} <= found
    assert not found & {"market", "Monday", "people", "town", "government", "doctors"}


def test_mentions_are_whole_words_in_order_and_apart(encoder: EventEncoder) -> None:
    text = long_text()
    mentions = read(encoder, text).mentions
    assert len(mentions) > 100
    for before, after in pairwise(mentions):
        assert before.start < before.end <= after.start
    for m in mentions:
        assert 0.0 < m.score <= 1.0
        assert text[m.start : m.end].strip() == text[m.start : m.end]
        assert not text[m.start - 1 : m.start].isalnum()
        assert not text[m.end : m.end + 1].isalnum()


def test_vectors_come_first_for_mentions_then_for_given_spans(encoder: EventEncoder) -> None:
    plain = read(encoder, TAVRA)
    first = plain.mentions[0]
    given = encoder.read(TAVRA, sentences(TAVRA), [Span(first.start, first.end), Span(0, 6)])
    assert given.mentions == plain.mentions
    assert given.vectors.shape == (len(plain.mentions) + 2, DIM)
    assert given.vectors.dtype == np.float32
    assert np.array_equal(given.vectors[: len(plain.mentions)], plain.vectors)
    assert np.array_equal(given.vectors[len(plain.mentions)], plain.vectors[0])
    assert np.allclose(np.linalg.norm(given.vectors, axis=1), 1.0, atol=1e-5)


def test_one_event_in_two_articles_is_nearer_than_another_of_its_kind(encoder: EventEncoder) -> None:
    same = cosine(encoder, (TAVRA, "attack"), (TAVRA_AGAIN, "attack"))
    other = cosine(encoder, (TAVRA, "attack"), (BANK, "attack"))
    assert same > other + 0.15


def test_events_of_one_article_are_told_apart(encoder: EventEncoder) -> None:
    vectors = read(encoder, TAVRA, "shelled", "bombardment", "commented").vectors[-3:, :TRIGGER]
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert unit[0] @ unit[1] > unit[0] @ unit[2] + 0.15


def test_nothing_that_is_read_before_or_with_it_changes_an_article(encoder: EventEncoder) -> None:
    before = read(encoder, TAVRA_AGAIN, "died")
    read(encoder, long_text())
    again = read(encoder, TAVRA_AGAIN, "hit", "died")
    fresh = read(EventEncoder(), TAVRA_AGAIN, "died")
    assert before.mentions == again.mentions == fresh.mentions
    assert np.array_equal(before.vectors[-1], again.vectors[-1])
    assert np.array_equal(before.vectors, fresh.vectors)


def test_a_headline_that_the_text_repeats_is_read_once(encoder: EventEncoder) -> None:
    headline = TAVRA[: TAVRA.index(".") + 1]
    without, repeated = read(encoder, TAVRA), read(encoder, TAVRA, title=headline)
    apart = read(encoder, TAVRA, title="Market of Tavra shelled again")
    assert np.array_equal(without.vectors, repeated.vectors)
    assert not np.array_equal(without.vectors, apart.vectors[: len(without.vectors)])


@pytest.mark.parametrize("text", ["", " \n ", "\u0301", "…"])
def test_a_text_without_words_has_no_events(encoder: EventEncoder, text: str) -> None:
    reading = encoder.read(text, [], [Span(0, len(text))])
    assert reading.mentions == []
    assert reading.vectors.shape == (1, DIM)
    assert np.isfinite(reading.vectors).all()


def test_a_span_of_spaces_or_at_the_end_has_a_vector(encoder: EventEncoder) -> None:
    text = TAVRA + "   "
    reading = encoder.read(text, sentences(text), [Span(len(TAVRA), len(text)), Span(6, 7)])
    assert np.allclose(np.linalg.norm(reading.vectors[-2:], axis=1), 1.0, atol=1e-5)


def test_a_text_without_sentence_ends_is_read_whole(encoder: EventEncoder) -> None:
    text = "troops attacked the town and " * 120
    mentions = encoder.read(text, []).mentions
    assert mentions[-1].start > len(text) - 60


def test_windows_cover_the_text_once_and_end_with_sentences(encoder: EventEncoder) -> None:
    text = long_text()
    pieces, starts = pieces_of(text, encoder._tokenizer), sentence_starts(text)
    ranges = stretches(pieces, starts)
    assert ranges[0][0] == 0 and ranges[-1][1] == len(pieces.ids)
    assert all(one[1] == two[0] for one, two in pairwise(ranges))
    assert all(0 < end - start <= ROOM for start, end in ranges)
    assert all(int(pieces.starts[start]) in starts for start, _ in ranges)
    sizes = [end - start for start, end in ranges]
    assert min(sizes) > max(sizes) / 2


def test_every_window_begins_with_the_lead(encoder: EventEncoder) -> None:
    text = long_text()
    pieces = pieces_of(text, encoder._tokenizer)
    title = pieces_of("Tavra shelled", encoder._tokenizer)
    start, end = stretches(pieces, sentence_starts(text))[2]
    window = view(pieces, start, end)
    lead = lead_of(pieces).stop
    assert window.ids[0] == CLS and 0 < lead <= LEAD
    assert np.array_equal(window.ids[1 : lead + 1], pieces.ids[:lead])
    assert window.ids[lead + 1] == SEP
    assert np.array_equal(window.pieces[lead + 2 : -1], np.arange(start, end))
    headed = view(pieces, start, end, title)
    assert np.array_equal(headed.ids[1 : len(title.ids) + 1], title.ids)
    assert headed.ids[len(title.ids) + 1] == pieces.ids[0]
    assert (headed.pieces >= 0).sum() == end - start


def test_the_lead_ends_with_a_word() -> None:
    words = np.array([0, 1, 1, 1, 2])
    pieces = Pieces(words, words, words, words, words + 1)
    assert lead_of(pieces, 3).stop == 1
    assert lead_of(pieces, 4).stop == 4
    assert lead_of(pieces, 9).stop == 5


def test_missing_weights_are_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ComponentError, match="the weights are missing"):
        EventEncoder(tmp_path).read(TAVRA, [])
