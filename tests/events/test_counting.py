"""New counts told from cumulative ones, by the sentence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportedly.data import Span
from reportedly.events import counting
from reportedly.events.reports import FigureReport


def figure(quote: str, text: str, measure: str = "killed", before: str = "") -> FigureReport:
    """A figure in a sentence; `before` is what stands in the article before it."""
    start = len(before) + quote.index(text)
    return FigureReport(
        key=f"a/figure/{start}-{start + len(text)}",
        article="a",
        start=start,
        end=start + len(text),
        text=text,
        quote=quote,
        sentence=Span(len(before), len(before) + len(quote)),
        measure=measure,  # type: ignore[arg-type]
        low=1,
        high=1,
    )


@pytest.mark.parametrize(
    ("quote", "text", "kind"),
    [
        ("20 more were killed on Friday, bringing the toll to 210.", "20", "new"),
        ("20 more were killed on Friday, bringing the toll to 210.", "210", "cumulative"),
        ("Another 3,000 left the town on Tuesday.", "3,000", "new"),
        ("A further seven bodies were found in the rubble.", "seven", "new"),
        ("The toll rose by 14 overnight.", "14", "new"),
        ("Shelling killed 31 people in the past 24 hours.", "31", "new"),
        ("Since December, more than 30,000 have crossed the river.", "more than 30,000", "cumulative"),
        ("More than 30,000 have crossed the river since the offensive began.", "More than 30,000", "cumulative"),
        ("So far 45 villagers have been found dead.", "45", "cumulative"),
        ("In total, 900 fighters are held in the prison.", "900", "cumulative"),
        ("A total of 900 fighters are held in the prison.", "900", "cumulative"),
        ("The death toll from the blast rose to 19.", "19", "cumulative"),
        ("Officials raised the toll from 12 to 19.", "12", "cumulative"),
        ("Officials raised the toll from 12 to 19.", "19", "cumulative"),
        ("The valley has lost 4,000 people in six years of war.", "4,000", "cumulative"),
        ("The camp now holds 55,000 people.", "55,000", "cumulative"),
    ],
)
def test_the_words_around_a_number_tell(quote: str, text: str, kind: str) -> None:
    assert counting.kind(figure(quote, text)) == kind


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Shells killed 12 people in the market.", "12"),
        ("More than 20 people were killed in the raid.", "20"),
        ("The convoy drove 12 villagers to safety.", "12"),
        ("They walked to 12 villages since nobody came for them.", "12"),
        ("In the suburb, where 80 died, there have been several raids since April.", "80"),
        ("It was the worst raid since 2016, and 80 people died.", "80"),
    ],
)
def test_what_is_not_told_stays_open(quote: str, text: str) -> None:
    assert counting.kind(figure(quote, text)) is None


def test_each_number_of_a_sentence_has_its_own_clause() -> None:
    quote = "He said 1,306 militants were killed in the campaign, and that 82 of their own had died."
    assert counting.kind(figure(quote, "1,306")) == "cumulative"
    assert counting.kind(figure(quote, "82")) is None


def test_a_number_that_stands_twice_is_found_by_its_place() -> None:
    quote = "At least 12 died on Monday and 12 more on Tuesday."
    second = quote.rindex("12")
    report = figure(quote, "12", before="Some words before. ")
    assert counting.kind(report) is None
    assert counting.kind(replace(report, start=report.sentence.start + second)) == "new"


def test_a_duration_is_no_count() -> None:
    assert counting.kind(figure("They waited for another 20 days.", "20", measure="duration")) is None


def test_a_quotation_without_the_number_tells_nothing() -> None:
    report = figure("20 more were killed.", "20")
    assert counting.kind(replace(report, quote="Others fled.")) is None
