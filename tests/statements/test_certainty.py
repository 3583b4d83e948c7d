"""How sure an article is of its events and figures."""

from __future__ import annotations

import pytest

from tests.conftest import Coder


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The army captured Aleppo.", "fact"),
        ("The ministry said the army captured Aleppo.", "reported"),
        ("The army reportedly captured Aleppo.", "reported"),
        ("The army may capture Aleppo.", "possible"),
        ("The army is believed to have captured Aleppo.", "possible"),
        ("The army will capture Aleppo.", "forecast"),
        ("The army is expected to capture Aleppo.", "forecast"),
        ("The army plans to capture Aleppo.", "forecast"),
    ],
)
def test_events(coder: Coder, text: str, certainty: str) -> None:
    found = {event.certainty for event in coder(text).events if "captur" in event.text}
    assert found == {certainty}


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("The bomb killed 40 people.", False),
        ("The ministry said 40 people died.", False),
        ("About 40 people died.", False),
        ("Up to 40 people died.", False),
        ("An estimated 40 people died.", True),
        ("At least 40 people are believed to have died.", True),
        ("Some 40 people reportedly died.", True),
        ("The blast could have killed 40 people.", True),
        ("The group claimed that 40 people had died.", True),
    ],
)
def test_hedged_figures(coder: Coder, text: str, hedged: bool) -> None:
    assert [figure.hedged for figure in coder(text).figures] == [hedged]


def test_a_held_place_is_taken_as_given(coder: Coder) -> None:
    article = coder("Planes may strike rebel-held Aleppo.")
    assert [e.certainty for e in article.events if e.control is not None] == ["fact"]


def test_a_hedge_does_not_reach_another_clause(coder: Coder) -> None:
    article = coder("The army captured Aleppo, while talks may resume.")
    assert [e.certainty for e in article.events if "captured" in e.text] == ["fact"]
