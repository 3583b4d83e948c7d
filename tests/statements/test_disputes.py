"""Statements of one article that contradict or qualify each other."""

from __future__ import annotations

import pytest

from reportedly.data import CodedArticle
from tests.conftest import Coder


def sides(article: CodedArticle) -> list[tuple[str, str]]:
    """The two sides of each dispute as text."""
    return [(article.text[d.a.start : d.a.end], article.text[d.b.start : d.b.end]) for d in article.disputes]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The mayor said the bridge was safe. However, the engineers insisted that it would collapse.",
            "the bridge was safe",
            "collapse",
        ),
        (
            "A UN report said 4,000 fighters were in the valley, but several analysts believed the estimate was too high.",
            "4,000",
            "too high",
        ),
        (
            "Some see the offensive as a distraction from the talks. Others see it as a necessary step.",
            "distraction",
            "necessary",
        ),
        (
            "Up to 900 people were killed in the siege. The exact toll is difficult to verify.",
            "900",
            "difficult",
        ),
        (
            "Army commanders said their troops had taken the town of Palmyra but were still fighting militants there.",
            "had taken",
            "still fighting",
        ),
    ],
)
def test_opposed_statements_are_paired(coder: Coder, text: str, first: str, second: str) -> None:
    found = sides(coder(text))
    assert any(first in a and second in b for a, b in found), found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The road was closed. However, the shops stayed open.",
        "The town is small but pretty.",
        "The ministry said 40 people died. The ministry said shops would open on Friday.",
        "While they waited, it rained.",
    ],
)
def test_contrast_without_two_views_is_no_dispute(coder: Coder, text: str) -> None:
    assert sides(coder(text)) == []


def test_sides_do_not_overlap_and_come_in_text_order(coder: Coder) -> None:
    article = coder("The mayor said the bridge was safe. However, the engineers insisted that it would collapse.")
    assert all(dispute.a.end <= dispute.b.start for dispute in article.disputes)
    assert len(article.disputes) == 1


def test_a_label_is_built_from_what_is_shared(coder: Coder) -> None:
    article = coder("Up to 900 people were killed in the siege of Homs. The exact death toll is difficult to verify.")
    assert [dispute.about for dispute in article.disputes] == ["killed, Homs"]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The army said it had captured Homs. However, the rebels insisted that they were fighting.", "control of Homs"),
        ("The mayor said crowds danced in Paris. However, officers warned that the fall of Baghuz was not the end.", None),
        ("The mayor said the bridge in Homs was safe. However, the engineers insisted that it would collapse.", None),
    ],
)  # fmt: skip
def test_a_label_says_what_both_sides_are_about(coder: Coder, text: str, about: str | None) -> None:
    assert [dispute.about for dispute in coder(text).disputes] == [about]


def test_a_denial_may_point_back_with_one_word(coder: Coder) -> None:
    article = coder("A rebel commander said that the town had been shelled. The army denied this.")
    assert any("shelled" in one and "denied this" in other for one, other in sides(article))


def test_a_denial_of_ones_own_next_move_answers_nothing(coder: Coder) -> None:
    article = coder("The town is small. The army denied the request of the mayor for more water.")
    assert not article.disputes


def test_another_number_is_put_against_the_one_before(coder: Coder) -> None:
    article = coder("The ministry said that 40 civilians were killed. A monitoring group put the toll at 65.")
    assert any("40" in one and "65" in other for one, other in sides(article))


def test_a_duration_is_no_number_to_be_put_against(coder: Coder) -> None:
    article = coder("The ministry said that the siege lasted four weeks. A monitoring group put the toll at 65.")
    assert not article.disputes


def test_what_is_over_for_one_goes_on_for_another(coder: Coder) -> None:
    article = coder(
        "The president said that the war was won. The general said that his men were still fighting in the hills."
    )
    assert any("won" in one and "still" in other for one, other in sides(article))


def test_one_source_that_is_still_at_it_is_no_dispute(coder: Coder) -> None:
    article = coder("The general said that he expected the war to end soon. He said that his men were still fighting.")
    assert not article.disputes
