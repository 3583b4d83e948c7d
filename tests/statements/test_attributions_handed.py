"""What reaches an article through others, and who that is, on war reports of our own."""

from __future__ import annotations

import numpy as np
import pytest

from reportedly.data import Attribution, CodedArticle, Span
from reportedly.models import tagging
from tests.conftest import Coder


def words(article: CodedArticle, spans: list[Span]) -> str:
    return " | ".join(article.text[span.start : span.end] for span in spans)


def said_by(article: CodedArticle, source: str, content: str) -> Attribution:
    """The attribution whose source and content hold these words; of several the shortest."""
    found = [
        one
        for one in article.attributions
        if content in words(article, one.content)
        and (source in words(article, one.source) if source else not one.source)
    ]
    assert found, [(words(article, a.source), words(article, a.content)) for a in article.attributions]
    return min(found, key=lambda one: len(words(article, one.content)))


def test_who_is_cited_says_the_same(coder: Coder) -> None:
    article = coder(
        "The Interfax agency, citing the Syrian army, said that rebels had shelled the quarter, killing six people."
    )
    army = said_by(article, "the Syrian army", "killing six people")
    assert army.within is not None
    assert words(article, article.attributions[army.within].source) == "The Interfax agency"
    assert army.channel == "Interfax"


def test_a_reason_that_is_cited_is_no_source(coder: Coder) -> None:
    article = coder("The agency, citing safety concerns, said that the road was shut.")
    assert [words(article, one.source) for one in article.attributions if "road" in words(article, one.content)] == [
        "The agency"
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The Courier quoted two officials saying that a drone had killed the commander.", "two officials", "a drone"),
        ("The monitor said activists in Douma believed that gas had been dropped.", "activists", "gas had been"),
        ("Iraqi officials said they had been told by the Americans that the base would shut.", "the Americans", "base"),
        ("Photographs verified by the team show a yellow cylinder on a bed.", "Photographs", "a yellow cylinder"),
        ("Video shared by activists appeared to show a tank burning on a bridge.", "Video shared by", "a tank burning"),
        ("A school was reportedly hit by shells.", "", "hit by shells"),
        ("Four cars were hit. The town is said to be surrounded.", "", "to be surrounded"),
    ],
)
def test_what_is_handed_on(coder: Coder, text: str, source: str, content: str) -> None:
    said_by(coder(text), source, content)


def test_a_clause_goes_on_behind_an_insertion(coder: Coder) -> None:
    article = coder("The White Helmets said one of its volunteers, Omar Hadid, died on Monday in a raid.")
    assert words(article, said_by(article, "The White Helmets", "volunteers").content).endswith("in a raid")


@pytest.mark.parametrize(
    ("text", "content", "organisation", "party"),
    [
        (
            "A Houthi military spokesman said drones had hit a depot. The Houthis shelled it.",
            "a depot",
            "Houthis",
            True,
        ),
        ("Rebels shelled the town. Jaish al-Nur said it had left.", "it had left", "Jaish al-Nur", True),
        (
            "Hezbollah ambushed a patrol. UNIFIL said it was looking into that.",
            "looking into",
            "United Nations Interim",
            False,
        ),
        ("Syrian rebels shelled the town. Sana said ten people had died.", "ten people", "Syrian Arab News", True),
        (
            "The Israel Defense Forces said it had struck a depot near Damascus.",
            "a depot",
            "Israel Defense Forces",
            True,
        ),
        (
            "Omar Lind, the Middle East director for Human Rights Watch, said it was a crime.",
            "a crime",
            "Human Rights",
            False,
        ),
    ],
)
def test_parties_of_war_reports(coder: Coder, text: str, content: str, organisation: str, party: bool) -> None:
    article = coder(text, published="2019-02-12")
    found = next(one for one in article.attributions if content in words(article, one.content) and one.source)
    assert organisation in (found.organisation or "")
    assert found.party is party


def test_a_name_of_a_people_that_is_a_groups_is_the_groups(coder: Coder) -> None:
    found = said_by(
        coder("Missiles hit the port. Houthi spokesman Yahya Noor said ten drones were fired."), "Yahya Noor", "ten"
    )
    assert (found.organisation, found.party) == ("Houthis", True)


def test_a_rank_alone_serves_no_state(coder: Coder) -> None:
    article = coder("Syrian towns were shelled in Syria. Brigadier General Igor Lind said three people were hurt.")
    found = said_by(article, "Igor Lind", "three people")
    assert (found.speaker, found.organisation) == ("Igor Lind", None)


def test_a_body_is_called_by_a_common_noun(coder: Coder) -> None:
    article = coder(
        "Human Rights Watch said bombs had been dropped. The New York-based rights group said eight people had died."
    )
    assert said_by(article, "rights group", "eight people").organisation == "Human Rights Watch"


def test_a_name_behind_an_office_without_a_second_comma(coder: Coder) -> None:
    article = coder(
        "The Turkish prime minister, Binali Aydin said the campaign would be short.", published="2018-02-12"
    )
    found = said_by(article, "Binali Aydin", "the campaign")
    assert (found.speaker, found.organisation) == ("Binali Aydin", "Turkish government")


def test_windows_of_any_length_are_decoded_as_each_alone() -> None:
    random = np.random.default_rng(3)
    lengths = [5, 1, 9, 3]
    windows = np.repeat(np.arange(4), lengths)
    scores = random.normal(size=(len(windows), 7)).astype(np.float32)
    alone = [tagging.viterbi(scores[windows == n], np.zeros(size, dtype=np.int64)) for n, size in enumerate(lengths)]
    assert tagging.viterbi(scores, windows).tolist() == np.concatenate(alone).tolist()
