"""The account says what the coded article says, each line with its sentence, and nothing else."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from reportedly.account import page, terminal, view, words
from reportedly.data import (
    Attribution,
    CodedArticle,
    Control,
    DateExpression,
    Dispute,
    Entity,
    Event,
    Figure,
    Measure,
    Participant,
    Place,
    Span,
)

SENTENCES = [
    "The army took <b>Tal Amran</b> on Monday, a spokesman wrote on Twitter.",
    "Between 30 and 40 fighters were killed near the town, the monitor said.",
    "The rebels denied that the town had fallen.",
]
TEXT = " ".join(SENTENCES)


def at(words_: str) -> dict[str, int | str]:
    """Offsets and text of words in the text."""
    start = TEXT.index(words_)
    return {"start": start, "end": start + len(words_), "text": words_}


def span(words_: str) -> Span:
    start = TEXT.index(words_)
    return Span(start, start + len(words_))


@pytest.fixture
def article() -> CodedArticle:
    return CodedArticle(
        text=TEXT,
        title="Town <taken>",
        published="2019-03-19T10:00:00Z",
        publisher="The Ridge Post",
        url="javascript:alert(1)",
        sentences=[span(sentence) for sentence in SENTENCES],
        entities=[Entity(**at("army"), type="Organisation")],
        attributions=[
            Attribution(source=[span("a spokesman")], cue=[span("wrote")], content=[span(SENTENCES[0][:40])], speaker="Ali Haddad",
                        organisation="the army", channel="Twitter", party=True),
            Attribution(source=[span("the monitor")], cue=[span("said")], content=[span(SENTENCES[1][:55])]),
        ],
        places=[Place(**at("Tal Amran"), name="Tal Amran", precision="point"), Place(**at("the town"), name="Tal Amran", precision="near")],
        dates=[DateExpression(**at("Monday"), from_="2019-03-18", to="2019-03-18")],
        figures=[Figure(**at("Between 30 and 40"), low=30, high=40, measure="killed", unit="person", of="fighters", place=1, attribution=1, certainty="reported")],
        events=[
            Event(**at("took"), type="ASSAULT", actor=[Participant(**at("The army"), name="Army")], place=0, date=0, attribution=0,
                  certainty="reported", control=Control(relation="captures", actor="Army", place="Tal Amran")),
            Event(**at("killed"), type="ASSAULT", mode="firearms", recipient=[Participant(**at("fighters"))], figures=[0]),
            Event(**at("fallen"), control=Control(relation="loses", actor="rebels", place="the town"), certainty="denied"),
        ],
        disputes=[Dispute(a=span(SENTENCES[0]), b=span(SENTENCES[2]), about="control of Tal Amran")],
    )  # fmt: skip


def test_lines_say_what_is_coded(article: CodedArticle) -> None:
    sections = view.account(article).sections
    took, killed = sections["events"]
    assert took.parts == {
        "when": "18 March 2019", "where": "Tal Amran", "what": "assault: took", "who": "The army",
        "source": "Ali Haddad, the army [party to the conflict] (Twitter)", "certainty": "reported",
    }  # fmt: skip
    assert killed.parts["who"] == "? → fighters" and killed.parts["figures"] == "30–40 fighters"
    assert "when" not in killed.parts and "source" not in killed.parts
    assert sections["figures"][0].parts["where"] == "near Tal Amran"
    assert [line.parts["what"] for line in sections["control"]] == ["captures", "loses"]


def test_what_was_said_has_its_cue(article: CodedArticle) -> None:
    wrote, said = view.account(article).sections["attributions"]
    assert (wrote.parts["cue"], said.parts["cue"]) == ("wrote", "said")
    assert said.parts["source"] == "the monitor"


def test_every_line_leads_to_its_sentence(article: CodedArticle) -> None:
    for lines in view.account(article).sections.values():
        for line in lines:
            assert SENTENCES[line.sentence].find(TEXT[line.span.start : line.span.end][:10]) >= 0
    (dispute,) = view.account(article).sections["disputes"]
    assert dispute.sentences == [0, 2] and dispute.quotes == [SENTENCES[0], SENTENCES[2]]


def test_the_terminal_account(article: CodedArticle) -> None:
    console = Console(file=io.StringIO(), width=200, highlight=False)
    terminal.show(view.account(article), console)
    terminal.summary([article], console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    for expected in ("Town <taken>", "The Ridge Post · 19 March 2019", "EVENTS (2)", "30–40 fighters", words.UNVERIFIED,
                     "according to Ali Haddad, the army [party to the conflict] (Twitter)", "[3]", "IN DISPUTE (1)", "1 articles"):  # fmt: skip
        assert expected in printed


def test_the_page_is_self_contained_and_escaped(article: CodedArticle) -> None:
    html = page.render([view.account(article)])
    assert "<b>Tal" not in html and "&lt;b&gt;" in html and "Town &lt;taken&gt;" in html
    assert "javascript:" not in html and "<script" not in html
    assert not re.search(r"(?:src|href)=[\"'](?!#)", html) and "@import" not in html
    for target in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{target}"' in html
    assert 'id="a0-s3"' in html and words.UNVERIFIED in html


def test_the_page_shows_the_whole_text(article: CodedArticle) -> None:
    pieces = page.sentences(article)
    assert "".join(text for sentence in pieces for text, _ in sentence) == TEXT
    marked = {text: classes for sentence in pieces for text, classes in sentence}
    assert "places" in marked["Tal Amran"] and "content" in marked["Tal Amran"]


def test_an_article_without_anything() -> None:
    empty = view.account(CodedArticle(text=""))
    assert all(not lines for lines in empty.sections.values())
    assert "(no headline)" in page.render([empty])


@pytest.mark.parametrize(
    ("low", "high", "approximate", "expected"),
    [
        (30, 40, False, "30–40"), (600, 600, True, "about 600"), (20000, None, False, "at least 20,000"),
        (None, 300, False, "up to 300"), (2.5, 2.5, False, "2.5"), (24, 99, True, "24–99 (“dozens”)"), (None, None, False, "dozens"),
    ],
)  # fmt: skip
def test_amounts(low: float | None, high: float | None, approximate: bool, expected: str) -> None:
    assert words.amount(Figure(start=0, end=6, text="dozens", low=low, high=high, approximate=approximate)) == expected


@pytest.mark.parametrize(
    ("measure", "unit", "of", "expected"),
    [("killed", "person", "fighters", "fighters"), ("share", "percent", "them", "of them"), ("duration", "year", "war", "year (war)"),
     ("area", "sq km", None, "sq km"), ("other", "country", "countries", "countries"), ("killed", "person", None, None)],
)  # fmt: skip
def test_what_is_counted(measure: Measure, unit: str, of: str | None, expected: str | None) -> None:
    assert words.counted(Figure(start=0, end=1, text="5", measure=measure, unit=unit, of=of)) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2019-03-18", "2019-03-18", "18 March 2019"), ("2019-03-01", "2019-03-31", "1–31 March 2019"), ("2014-01-01", "2014-12-31", "2014"),
        ("2018-12-20", "2019-01-05", "20 December 2018 – 5 January 2019"), ("2019-03-18", None, "from 18 March 2019"), (None, None, None),
    ],
)  # fmt: skip
def test_intervals(start: str | None, end: str | None, expected: str | None) -> None:
    assert words.interval(start, end) == expected
