"""Date expressions: every row of the conventions of docs/stages/dates.md, read against a Friday."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from reportedly.data import Article
from reportedly.statements import dates, layers
from reportedly.statements import dates_calendar as calendar
from reportedly.statements.dates_grammar import expressions

FRIDAY = "2021-06-18"


def read(nlp: Language, text: str, published: str | None = FRIDAY) -> list[tuple[str, str | None, str | None]]:
    """The expressions of a text with their days, by this stage alone."""
    with nlp.select_pipes(
        disable=[name for name in nlp.pipe_names if name.removeprefix("reportedly_") in layers.ORDER]
    ):
        doc = nlp(text)
    doc._.article = Article(text=text, published=published)
    found = dates.run(doc)._.dates
    assert all(text[item.start : item.end] == item.text for item in found)
    return [(item.text, item.from_, item.to) for item in found]


CONVENTIONS = [
    ("The convoy left on Tuesday morning.", "Tuesday morning", "2021-06-15", "2021-06-15"),
    ("The convoy left on Friday.", "Friday", "2021-06-18", "2021-06-18"),
    ("The two sides are due to meet on Tuesday.", "Tuesday", "2021-06-22", "2021-06-22"),
    ("The envoy will arrive on Monday.", "Monday", "2021-06-21", "2021-06-21"),
    ("Talks begin on Monday in Geneva.", "Monday", "2021-06-21", "2021-06-21"),
    ("The attack on Tuesday cannot go unpunished.", "Tuesday", "2021-06-15", "2021-06-15"),
    ("He promised an answer by Tuesday.", "by Tuesday", None, "2021-06-22"),
    ("He was speaking ahead of Tuesday’s vote.", "Tuesday", "2021-06-22", "2021-06-22"),
    ("They met last Friday.", "last Friday", "2021-06-11", "2021-06-11"),
    ("They will meet next Friday.", "next Friday", "2021-06-25", "2021-06-25"),
    ("The army said today that it had won.", "today", "2021-06-18", "2021-06-18"),
    ("Shells fell yesterday.", "yesterday", "2021-06-17", "2021-06-17"),
    ("The road opens tomorrow.", "tomorrow", "2021-06-19", "2021-06-19"),
    ("Last night they shelled the hospital.", "Last night", "2021-06-17", "2021-06-17"),
    ("The village fell in January.", "January", "2021-01-01", "2021-01-31"),
    ("The village fell in August.", "August", "2020-08-01", "2020-08-31"),
    ("The vote is expected in August.", "August", "2021-08-01", "2021-08-31"),
    ("The village fell on 10 January.", "10 January", "2021-01-10", "2021-01-10"),
    ("The village fell on January 10th.", "January 10th", "2021-01-10", "2021-01-10"),
    ("The village fell on Sunday, 10 January 2021.", "Sunday, 10 January 2021", "2021-01-10", "2021-01-10"),
    ("It happened on October 3, 2016 near the dam.", "October 3, 2016", "2016-10-03", "2016-10-03"),
    ("The cable is dated 3 Jan 90.", "3 Jan 90", "1990-01-03", "1990-01-03"),
    ("The log entry reads 2019-01-10.", "2019-01-10", "2019-01-10", "2019-01-10"),
    ("The log entry reads 10/01/2019.", "10/01/2019", "2019-01-10", "2019-01-10"),
    ("The log entry reads 01/25/2019.", "01/25/2019", "2019-01-25", "2019-01-25"),
    ("They fought from 10-12 January.", "10-12 January", "2021-01-10", "2021-01-12"),
    ("They fought last May.", "last May", "2021-05-01", "2021-05-31"),
    ("They fought last June.", "last June", "2020-06-01", "2020-06-30"),
    ("They fought in May last year.", "May last year", "2020-05-01", "2020-05-31"),
    ("They fought last autumn.", "last autumn", "2020-09-01", "2020-11-30"),
    ("He wrote to us (Letters, 4 August).", "4 August", "2020-08-04", "2020-08-04"),
    ("They hope to win the town lost in August, when it fell.", "August", "2020-08-01", "2020-08-31"),
    ("The mayor has vowed to stay since taking office in August.", "August", "2020-08-01", "2020-08-31"),
    ("It ran from 1 May 2015 until the end of June 2016.", "1 May 2015 until the end of June 2016", "2015-05-01", "2016-06-30"),
    ("The mill closed in the early 70s.", "the early 70s", "1970-01-01", "1973-12-31"),
    ("Fighting grew this week.", "this week", "2021-06-14", "2021-06-20"),
    ("Fighting grew this month.", "this month", "2021-06-01", "2021-06-30"),
    ("Fighting grew last week.", "last week", "2021-06-07", "2021-06-13"),
    ("Elections will follow next year.", "next year", "2022-01-01", "2022-12-31"),
    ("Earlier this week a dam burst.", "Earlier this week", "2021-06-14", "2021-06-18"),
    ("Earlier in the year a dam burst.", "Earlier in the year", "2021-01-01", "2021-06-18"),
    ("They will meet later this month.", "later this month", "2021-06-18", "2021-06-30"),
    ("Shelling resumed this weekend.", "this weekend", "2021-06-19", "2021-06-20"),
    ("Shelling resumed last weekend.", "last weekend", "2021-06-12", "2021-06-13"),
    ("Shelling resumed over the weekend.", "the weekend", "2021-06-12", "2021-06-13"),
    ("Over the past two weeks many fled.", "the past two weeks", "2021-06-04", "2021-06-18"),
    ("Nine died in the last 48 hours.", "the last 48 hours", "2021-06-16", "2021-06-18"),
    ("Over the past year many fled.", "the past year", "2020-06-18", "2021-06-18"),
    ("In the last week many fled.", "the last week", "2021-06-11", "2021-06-18"),
    ("Rain will fall in the next 24 hours.", "the next 24 hours", "2021-06-18", "2021-06-19"),
    ("They will leave within the next two months.", "the next two months", "2021-06-18", "2021-08-18"),
    ("The coming weeks will be decisive.", "The coming weeks", "2021-06-18", None),
    ("It will fall in the next few days.", "the next few days", "2021-06-18", None),
    ("Over the last few days many fled.", "the last few days", None, "2021-06-18"),
    ("He was shot a few weeks ago.", "a few weeks ago", None, "2021-06-18"),
    ("He was shot three days ago.", "three days ago", "2021-06-15", "2021-06-15"),
    ("He was shot six weeks ago.", "six weeks ago", "2021-05-03", "2021-05-09"),
    ("He was shot nearly 18 months ago.", "18 months ago", "2019-12-01", "2019-12-31"),
    ("He was shot two years ago.", "two years ago", "2019-01-01", "2019-12-31"),
    ("He was shot two and a half years ago.", "two and a half years ago", "2018-12-01", "2018-12-31"),
    ("He was shot a fortnight ago.", "a fortnight ago", "2021-05-31", "2021-06-06"),
    ("The treaty was signed a decade ago.", "a decade ago", "2011-01-01", "2011-12-31"),
    ("They came in early March.", "early March", "2021-03-01", "2021-03-10"),
    ("They came in mid-March.", "mid-March", "2021-03-11", "2021-03-20"),
    ("They came at the end of March.", "the end of March", "2021-03-21", "2021-03-31"),
    ("They came in late August.", "late August", "2020-08-21", "2020-08-31"),
    ("They came in early 2015.", "early 2015", "2015-01-01", "2015-04-30"),
    ("They came in mid-2015.", "mid-2015", "2015-05-01", "2015-08-31"),
    ("They came late last year.", "late last year", "2020-09-01", "2020-12-31"),
    ("They came in the mid-to-late 1990s.", "the mid-to-late 1990s", "1994-01-01", "1999-12-31"),
    ("Output fell in the first half of 2019.", "the first half of 2019", "2019-01-01", "2019-06-30"),
    ("Output fell in the third quarter of 2019.", "the third quarter of 2019", "2019-07-01", "2019-09-30"),
    ("Rain fell in the first week of August.", "the first week of August", "2020-08-01", "2020-08-07"),
    ("Rain fell in the first seven months of 2017.", "the first seven months of 2017", "2017-01-01", "2017-07-31"),
    ("They left in the summer of 2016.", "the summer of 2016", "2016-06-01", "2016-08-31"),
    ("They left in the winter of 2016.", "the winter of 2016", "2016-12-01", "2017-02-28"),
    ("They left in 2014-16.", "2014-16", "2014-01-01", "2016-12-31"),
    ("They left between 2013 and 2015.", "2013 and 2015", "2013-01-01", "2015-12-31"),
    ("It rained in June and July.", "June and July", "2020-06-01", "2020-07-31"),
    ("They will vote on Thursday and Friday next week.", "Thursday and Friday next week", "2021-06-24", "2021-06-25"),
    ("It was cold from December to February.", "December to February", "2020-12-01", "2021-02-28"),
    ("Many have fled since May.", "since May", "2021-05-01", "2021-06-18"),
    ("Many have fled since at least 2014.", "since at least 2014", "2014-01-01", "2021-06-18"),
    ("It was over by mid-2015.", "by mid-2015", None, "2015-08-31"),
    ("The truce held until Tuesday.", "until Tuesday", None, "2021-06-15"),
    ("They must leave by the end of the year.", "by the end of the year", None, "2021-12-31"),
    ("The group grew in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31"),
    ("He was freed on Christmas Eve.", "Christmas Eve", "2020-12-24", "2020-12-24"),
    ("The crackdown after last year’s protests went on.", "last year", "2020-01-01", "2020-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "start", "end"), CONVENTIONS)
def test_each_convention(nlp: Language, text: str, span: str, start: str | None, end: str | None) -> None:
    assert read(nlp, text) == [(span, start, end)]


@pytest.mark.parametrize(
    "text",
    [
        "A 10-day truce held for years after a month of fighting.",
        "Two days later they left, five years after the war began.",
        "In recent weeks they have now lost ground.",
        "He spoke on the Today programme about a long march.",
        "Resolution 1973 was passed by 10 votes.",
        "More than 2000 troops crossed the river.",
        "Theresa May said the march may continue.",
        "A letter to May demanded action.",
        "They met again in March that year.",
        "Every Friday they gather in the square.",
        "Over the next year he lost everything.",
        "He is 24 and his sister 19.",
        "The last days of the siege were the worst.",
        "In his 20s he sold 1,990 sheep.",
    ],
)
def test_what_is_no_calendar_date(nlp: Language, text: str) -> None:
    assert read(nlp, text) == []


def test_without_publication_relative_dates_stay_open_and_absolute_ones_are_read(nlp: Language) -> None:
    found = read(nlp, "On Tuesday he recalled 3 May 2011 and the years since 2012.", None)
    assert found == [
        ("Tuesday", None, None),
        ("3 May 2011", "2011-05-03", "2011-05-03"),
        ("since 2012", "2012-01-01", None),
    ]


@pytest.mark.parametrize("published", ["not a date", "2021-13-45", ""])
def test_a_broken_publication_date_counts_as_none(nlp: Language, published: str) -> None:
    assert read(nlp, "They left yesterday.", published) == [("yesterday", None, None)]


def test_a_date_time_is_read_by_its_day(nlp: Language) -> None:
    assert read(nlp, "They left yesterday.", "2021-06-18T23:30:00+02:00") == [("yesterday", "2021-06-17", "2021-06-17")]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "31 February 2019", "9999 years ago", "0000-00-00 and 31/31/2019", "the 's end 🕊 of"]
)
def test_odd_text_does_not_fail(nlp: Language, text: str) -> None:
    for _, start, end in read(nlp, text):
        assert start is None or end is None or start <= end


def test_a_very_long_line_is_read() -> None:
    assert sum(1 for _ in expressions("in 2014 and " * 4_000)) > 1000


def test_an_expression_never_spans_a_paragraph_break() -> None:
    assert next(e.end for e in expressions("They left in June\n\n2014 was worse")) == len("They left in June")


def test_calendar_arithmetic() -> None:
    assert calendar.back(date(2021, 3, 31), "month", 1) == date(2021, 2, 28)
    assert calendar.back(date(2020, 2, 29), "year", 1) == date(2019, 2, 28)
    assert calendar.easter(2019) == date(2019, 4, 21)
    assert abs((calendar.islamic(1440, 9, 1) - date(2019, 5, 6)).days) <= 1
    assert calendar.holiday("Eid al-Fitr", 2021).start in {date(2021, 5, 12), date(2021, 5, 13), date(2021, 5, 14)}
