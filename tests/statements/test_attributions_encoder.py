"""The finder on the encoder: what is done with its labels, and what rules add, on texts of our own."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from reportedly.data import Attribution, CodedArticle, Span
from reportedly.models.tagging import Logits, Tagged
from reportedly.statements import attributions_cutting as cutting
from reportedly.statements import attributions_headlines as headlines
from reportedly.statements import attributions_layout as layout
from reportedly.statements import attributions_quotes as quotes
from reportedly.statements import attributions_subjects as subjects
from reportedly.statements import attributions_tidy as tidy
from reportedly.statements.attributions_kinds import Quoted
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.encoder import MODEL_DIR
from tests.conftest import Coder

WITH_WEIGHTS = pytest.mark.skipif(not (MODEL_DIR / "model.onnx").exists(), reason="the weights are not there")


def at(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


def raw(text: str, source: str, cue: str, *content: str) -> RawAttribution:
    spans = ([at(text, part) for part in parts if part] for parts in ((source,), (cue,), content))
    said_by, by, said = spans
    return RawAttribution(source=said_by, cue=by, content=said)


def words(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def tidied(text: str, *raws: RawAttribution) -> list[list[str]]:
    return [words(text, one.content) for one in tidy.tidied(text, raws, Quoted(text))]


def test_a_quotation_is_taken_whole_with_its_marks() -> None:
    text = "“A bridge fell. Nobody was on it,” Huda said."
    assert tidied(text, raw(text, "Huda", "said", "A bridge fell. Nobody")) == [["“A bridge fell. Nobody was on it,”"]]


def test_a_quotation_that_goes_on_alone_is_the_same_speakers() -> None:
    text = "“A bridge fell,” said Huda.\n\n“Nobody was on it that day.”\n\nThe road was shut."
    assert tidied(text, raw(text, "Huda", "said", "“A bridge fell,”")) == [
        ["“A bridge fell,”", "“Nobody was on it that day.”"]
    ]


def test_a_quotation_behind_plain_words_is_not_theirs() -> None:
    text = "Huda said a bridge fell. “We ran when it came down,” a driver recalled."
    assert tidied(text, raw(text, "Huda", "said", "a bridge fell")) == [["a bridge fell"]]


def test_a_part_that_was_cut_off_comes_back_to_its_cue() -> None:
    text = "“A bridge fell. Nobody was on it,” Huda said."
    parts = raw(text, "Huda", "said", "Nobody was on it,”"), raw(text, "", "", "“A bridge fell.")
    assert tidied(text, *parts) == [["“A bridge fell. Nobody was on it,”"]]


def test_ends_are_trimmed_and_marks_alone_are_nothing() -> None:
    text = "Huda said: the road, however, was shut – “"
    assert tidied(text, raw(text, "Huda", "said", ": the road, however, was shut – ")) == [
        ["the road, however, was shut"]
    ]
    assert tidied(text, raw(text, "Huda", "said", "“")) == []


def test_contents_end_with_their_line() -> None:
    assert cutting.borders("One. Two.\n\nThree\nfour") == [11, 17]


def test_a_label_over_a_border_is_cut() -> None:
    text = "one two three four"
    starts, ends = np.array([0, 4, 8, 14]), np.array([3, 7, 13, 18])
    none = np.zeros((4, 7), dtype=np.float32)
    logits = Logits(none, none[:, :3], none, starts, ends, np.zeros(4, dtype=np.int64))
    parts = cutting.cut([Tagged("content", 0, 18, 0, 3), Tagged("cue", 0, 18, 0, 3)], logits, [8])
    assert [(text[p.start : p.end], p.first, p.last) for p in parts] == [
        ("one two", 0, 1),
        ("three four", 2, 3),
        ("one two three four", 0, 3),
    ]


def test_what_lies_beyond_a_border_on_the_same_side_is_not_said() -> None:
    text = "Huda said it fell. The road was shut."
    borders = [text.index("The road")]
    found = cutting.apart(text, borders, [0], raw(text, "Huda", "said", "it fell", "The road was shut"))
    assert words(text, found.content) == ["it fell"]
    both = cutting.apart(text, [], [0], raw(text, "", "it", "Huda said", "fell"))
    assert words(text, both.content) == ["Huda said", "fell"]


def test_what_stands_within_a_later_sentence_is_not_said() -> None:
    text = "“It fell,” said Huda. Last year Mr Lind was seen on the bridge."
    sentences = [0, text.index("Last")]
    found = cutting.apart(text, [], sentences, raw(text, "Huda", "said", "“It fell,”", "on the bridge"))
    assert words(text, found.content) == ["“It fell,”"]
    whole = raw(text, "Huda", "said", "“It fell,”", "Last year Mr Lind was seen on the bridge")
    assert words(text, cutting.apart(text, [], sentences, whole).content)[1:]


INTERVIEW = (
    "The interview was held in the capital.\n\nLIND: Did your planes bomb the clinic?\n\n"
    "HAKIM (through a translator): We bomb no clinics.\n\nThey lie.\n\nLIND: Who did it?\n\nThe broadcast ends here."
)


def test_the_turns_of_a_transcript() -> None:
    turns = layout.spoken(INTERVIEW)
    assert [(words(INTERVIEW, t.source), words(INTERVIEW, t.content)) for t in turns] == [
        (["LIND"], ["Did your planes bomb the clinic?"]),
        (["HAKIM (through a translator)"], ["We bomb no clinics.", "They lie."]),
        (["LIND"], ["Who did it?"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "HOMS: Dozens died.\nIt was dark.",
        "Photograph: Huda\nLocation: Homs",
        "He said: no.\nShe said: yes.",
        "a: b\nc: d",
    ],
)
def test_labels_and_datelines_are_no_transcript(text: str) -> None:
    assert layout.spoken(text) == []


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("“We ran when the shells came.” — Huda, a nurse", "Huda, a nurse"),
        ('"We ran when the shells came." -- Abu Omar', "Abu Omar"),
        ("“We ran when the shells came.” – but the army went on and took the town", None),
        ("She wrote “we ran when the shells came” – Huda", None),
    ],
)
def test_quotations_signed_with_a_dash(line: str, source: str | None) -> None:
    text = f"Voices from the camp\n\n{line}\n\nThe road was shut."
    found = list(layout.signed(text, Quoted(text).spans))
    assert [words(text, one.source) for one in found] == ([[source]] if source else [])


@pytest.mark.parametrize(("source", "whole"), [("The", "The northern army"), ("northern army", "northern army")])
def test_a_source_that_is_an_article_alone_is_its_phrase(nlp: Language, source: str, whole: str) -> None:
    text = "The northern army left the town on Sunday and declared that nobody was hurt."
    said = raw(text, source, "declared", "that nobody was hurt")
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser", "reportedly_attributes", "reportedly_lemmas"):
        doc = nlp.get_pipe(name)(doc)
    subjects.sourced(Parse(doc), text, [said])
    assert words(text, said.source) == [whole]


def test_long_texts_are_cut_outside_quotations() -> None:
    text = "It fell. “It is long. It is dark,” she said. “We ran.” The road was shut."
    starts = [text.index(part) for part in ("It fell", "“It is", "It is dark", "“We", "The road")]
    sentences = [(start, start + 1) for start in starts]
    assert [start for start, _ in quotes.apart(text, sentences)] == [starts[0], starts[4]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Army: rebels used gas in the town\n\nIt rained.", ["Army", ":", "rebels used gas in the town"]),
        ("Rebels used gas in the town – activists\n\nIt rained.", ["activists", "–", "Rebels used gas in the town"]),
        ("Isis ‘executed 40 prisoners’ in Raqqa\n\nIt rained.", ["‘executed 40 prisoners’"]),
        ("Syria war: a town is shelled\n\nIt rained.", []),
        ("The army ‘executed 40 prisoners’ there.\n\nIt rained.", []),
        ("Army: rebels used gas in the town", []),
    ],
)
def test_headlines_as_claims(nlp: Language, text: str, said: list[str]) -> None:
    doc = nlp(text)
    parse = Parse(doc)
    found = list(headlines.claims(doc, parse, Quoted(text).spans))
    assert [
        part for one in found for spans in (one.source, one.cue, one.content) for part in words(text, spans)
    ] == said


def saying(article: CodedArticle, phrase: str) -> Attribution:
    """The innermost attribution whose content holds a phrase."""
    found = [a for a in article.attributions if any(phrase in part for part in words(article.text, a.content))]
    assert found, f"nobody says {phrase!r}"
    return min(found, key=lambda a: sum(span.end - span.start for span in a.content))


@WITH_WEIGHTS
def test_a_transcript_has_speakers_and_its_events_are_claims(coder: Coder) -> None:
    article = coder(
        "The talk was held in Damascus.\n\nLIND: Who did it?\n\nHAKIM: We killed 40 rebels.\n\nLIND: Thank you."
    )
    found = saying(article, "killed 40 rebels")
    assert words(article.text, found.source) == ["HAKIM"]
    assert {event.certainty for event in article.events if event.text == "killed"} == {"reported"}


@WITH_WEIGHTS
def test_who_is_quoted_within_anothers_words_stands_within(coder: Coder) -> None:
    article = coder("Witnesses said the soldiers claimed the village had been cleared.")
    inner = saying(article, "the village had been cleared")
    assert words(article.text, inner.source) == ["the soldiers"]
    assert inner.within is not None
    assert words(article.text, article.attributions[inner.within].source) == ["Witnesses"]


@WITH_WEIGHTS
def test_the_encoder_is_the_finder_unless_another_is_named(coder: Coder) -> None:
    article = coder("US-led strike killed 40 civilians, monitor says\n\nThe strike hit a school.")
    found = saying(article, "killed 40 civilians")  # the parse of a headline is too poor for the finder `parse`
    assert words(article.text, found.source) == ["monitor"]
