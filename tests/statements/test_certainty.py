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


@pytest.mark.parametrize(
    ("text", "number", "certainty"),
    [
        ("The monitors said that no more than 1,200 of them were fighters.", "1,200", "reported"),
        ("Not fewer than 300 soldiers were killed.", "300", "fact"),
        ("Five women tried to break out of the camp.", "Five", "fact"),
        ("About 300 fighters are believed to be in the village.", "300", "possible"),
        ("France has taken back five orphans; most governments have refused to help.", "five", "fact"),
        ("No soldiers were killed, but 12 civilians died.", "12", "fact"),
    ],
)
def test_what_a_not_or_a_verb_is_about(coder: Coder, text: str, number: str, certainty: str) -> None:
    found = {figure.certainty for figure in coder(text).figures if number in figure.text}
    assert found == {certainty}


def test_what_a_thing_is_not_does_not_deny_the_thing(coder: Coder) -> None:
    article = coder("The rebels hold Homs. The fall of Homs is not the end of the war.")
    assert {event.certainty for event in article.events if event.text == "fall"} == {"fact"}


def test_a_rejected_call_does_not_deny_who_holds_the_place(coder: Coder) -> None:
    article = coder("The president rejected calls for a truce in Idlib, the last rebel stronghold.")
    held = [event.certainty for event in article.events if event.control is not None]
    assert "denied" not in held


@pytest.mark.parametrize(
    ("text", "number", "certainty", "hedged"),
    [
        ("The coalition could not confirm that the strike killed 40 civilians.", "40", "possible", True),
        ("The ministry denied claims by the rebels that 40 soldiers had been killed.", "40", "denied", False),
        ("The Observatory said activists believe the army killed 12 people.", "12", "possible", True),
        ("The Observatory said Isis claimed it had killed 40 soldiers.", "40", "reported", True),
        ("The Observatory said 40 soldiers had been killed.", "40", "reported", False),
    ],
)
def test_certainty_follows_from_the_whole_chain(
    coder: Coder, text: str, number: str, certainty: str, hedged: bool
) -> None:
    found = {(figure.certainty, figure.hedged) for figure in coder(text).figures if number in figure.text}
    assert found == {(certainty, hedged)}


def test_what_is_said_in_a_partys_recording_is_a_partys_claim(coder: Coder) -> None:
    article = coder("In an Islamic State recording, a man said the group had captured Aleppo.")
    (event,) = [event for event in article.events if event.text == "captured"]
    assert event.certainty == "reported"
    assert event.attribution is not None
    said = article.attributions[event.attribution]
    assert (said.actor, said.party, said.channel) == ("INT-ISIS", True, "recording")


def test_what_is_believed_without_a_source_is_said_by_nobody(coder: Coder) -> None:
    (figure,) = [f for f in coder("About 300 fighters are believed to be in the village.").figures if "300" in f.text]
    assert (figure.attribution, figure.certainty, figure.hedged) == (None, "possible", True)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("The ELN said the ELN bombed the pipeline.", "claimed"),
        ("The ELN may have bombed the pipeline.", "suspected"),
        ("The ELN bombed the pipeline.", None),
    ],
)
def test_how_sure_it_is_who_did_it(coder: Coder, text: str, confidence: str | None) -> None:
    actors = [actor.confidence for event in coder(text).events if event.text == "bombed" for actor in event.actor]
    assert actors == [confidence]
