"""Any text goes through the whole pipeline, and every offset slices to the stated text."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.data import CodedArticle
from tests.conftest import Coder

PIECES = [
    "Rebels said they had captured Aleppo on Sunday, killing at least 12 people.",
    "However, the army insisted that it still holds the town.",
    "“We will retake Homs,” the commander told Reuters.",
    "An estimated 3,000 to 4,000 civilians fled to rebel-held Idlib.",
    "It is unclear how many died.",
    "but", "said", "“", "”", "’s", "12%", "$5bn", "US-backed", "-held", "\n\n", " ", "😀", "é", "\u200b", "\x00", "(", ")",
    "Mr. X. of the U.N.", "not", "in", "Baghuz", "1/2", "–", "the last stronghold of", "under siege by",
]  # fmt: skip

texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=10).map("".join),
)


def check(article: CodedArticle) -> None:
    """Offsets lie in the text and slice to the text; indices point into their lists."""
    size = len(article.text)
    for layer in (article.entities, article.places, article.dates, article.figures, article.events):
        for item in layer:
            assert 0 <= item.start < item.end <= size
            assert article.text[item.start : item.end] == item.text
    spans = [s for a in article.attributions for s in (*a.source, *a.cue, *a.content)]
    spans += [s for d in article.disputes for s in (d.a, d.b)]
    spans += [s for e in article.events for s in e.instrument]
    assert all(0 <= span.start < span.end <= size for span in spans)
    for event in article.events:
        for party in (*event.actor, *event.recipient):
            assert article.text[party.start : party.end] == party.text
        assert all(0 <= number < len(article.figures) for number in event.figures)
    for bound in (*article.events, *article.figures):
        assert bound.attribution is None or 0 <= bound.attribution < len(article.attributions)
        assert bound.place is None or 0 <= bound.place < len(article.places)
        assert bound.date is None or 0 <= bound.date < len(article.dates)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_any_text_is_coded_with_true_offsets(coder: Coder, text: str) -> None:
    check(coder(text, published="2019-03-01"))


def test_odd_texts(coder: Coder) -> None:
    for text in ("", " ", "\n", "😀" * 50, "a" * 5000, "said " * 300, "“" * 200, "12 " * 300):
        check(coder(text))
