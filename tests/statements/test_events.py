"""The events stage: types, roles, and what is not a new event. All sentences are our own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from reportedly.data import Article, Event
from reportedly.statements import events_lexicon, language

CODED = {
    "AGREE": "Iran has agreed to let international experts inspect a military base near Tehran.",
    "CONSULT": "A Libyan delegation met Egyptian officials in Cairo on Tuesday.",
    "SUPPORT": "The Zambian president congratulated his Namibian counterpart on the peaceful elections.",
    "CONCEDE": "The Haitian government lifted a nightly curfew that had been in force since the coup.",
    "COOPERATE": "Germany has extradited a suspected militia leader to Rwanda, officials said.",
    "AID": "Canada granted asylum to a Chinese dissident.",
    "RETREAT": "Libyan rebels freed four Turkish hostages.",
    "REQUEST": "Lebanon wants Israel to withdraw from the border villages.",
    "ACCUSE": "Pakistan lodged a strong protest with India over the shelling of a village.",
    "REJECT": "Ankara ruled out negotiations with Kurdish rebels.",
    "THREATEN": "Kenya warned of retaliation against Somalia.",
    "PROTEST": "Railway workers in Argentina went on strike over pay.",
    "SANCTION": "Mali severed diplomatic ties with Libya on Monday.",
    "MOBILIZE": "The Philippine army sent two battalions to Jolo island.",
    "COERCE": "Kenyan police arrested 40 opposition supporters.",
    "ASSAULT": "Israeli warplanes bombed Hezbollah positions in southern Lebanon.",
}

INTENDED = [
    ("Ghana will send medicine to Liberia, the health minister announced.", "AGREE"),
    ("The union said it would boycott the elections in Cameroon.", "THREATEN"),
    ("Malaysia will not allow foreign observers at its elections.", "REJECT"),
    ("The British minister said on Sunday that Serbia must stop its offensive.", "REQUEST"),
    ("Angolan rebels have refused to release the hostages.", "REJECT"),
    ("The militants threatened to kill the hostages.", "THREATEN"),
]

NO_NEWS = [
    ("Chadian troops did not attack the town.", "ASSAULT"),
    ("If Sudan expels the diplomats, Kenya will be sorry.", "SANCTION"),
    ("The town was quiet three years after Chadian troops shelled the market.", "ASSAULT"),
    ("France demanded an end to the bombing of Benghazi.", "ASSAULT"),
    ("The minister accused Eritrea of arresting 20 fishermen.", "COERCE"),
    ("The rebels could attack the airport.", "ASSAULT"),
    ("Zambia wants to deport the refugees.", "COERCE"),
    ("My brother helped me.", "AID"),
    ("The soldiers torture their prisoners every day.", "ASSAULT"),
]

ROLES = [
    ("The hostages were freed by Libyan rebels.", "RETREAT", ["Libyan rebels"], ["The hostages"]),
    ("Syria rejected Turkey's proposal.", "REJECT", ["Syria"], ["Turkey"]),
    ("Peru gave Bolivia a grant of 12 million dollars.", "AID", ["Peru"], ["Bolivia"]),
    ("Uganda condemned the raid and Kenya praised the African Union.", "SUPPORT", ["Kenya"], ["the African Union"]),
    ("Chad and Niger signed a treaty.", "SUPPORT", ["Chad", "Niger"], []),
    ("Iraq said it would release the Kuwaiti prisoners.", "AGREE", ["Iraq"], ["the Kuwaiti prisoners"]),
    ("Kenyan police, who arrested the activists, denied the reports.", "REJECT", ["Kenyan police"], []),
    ("The envoy launched a mediation effort between Chad and Sudan.", "CONSULT", ["The envoy"], ["Chad", "Sudan"]),
    ("Egypt urged Libya to free the sailors.", "REQUEST", ["Egypt"], ["Libya"]),
    ("The army has been pressing Togo to reopen the border.", "REQUEST", ["The army"], ["Togo"]),
]


def events(nlp: Language, text: str) -> list[Event]:
    """The events of a text that have a PLOVER type."""
    return [event for event in next(language.code(nlp, [Article(text=text)])).events if event.type]


@pytest.mark.parametrize("wanted", CODED)
def test_each_of_the_sixteen_types(nlp: Language, wanted: str) -> None:
    assert [event.type for event in events(nlp, CODED[wanted])] == [wanted]


@pytest.mark.parametrize(("text", "wanted"), INTENDED)
def test_statement_of_intention_is_coded_by_what_is_intended(nlp: Language, text: str, wanted: str) -> None:
    assert wanted in [event.type for event in events(nlp, text)]


@pytest.mark.parametrize(("text", "unwanted"), NO_NEWS)
def test_what_is_not_reported_as_having_happened_is_no_new_event(nlp: Language, text: str, unwanted: str) -> None:
    found = [event for event in events(nlp, text) if event.polarity == "positive" and event.certainty == "fact"]
    assert unwanted not in [event.type for event in found]


@pytest.mark.parametrize(("text", "wanted", "actors", "recipients"), ROLES)
def test_actor_and_recipient(nlp: Language, text: str, wanted: str, actors: list[str], recipients: list[str]) -> None:
    event = next(event for event in events(nlp, text) if event.type == wanted)
    assert [item.text for item in event.actor] == actors
    assert [item.text for item in event.recipient] == recipients


def test_offsets_slice_to_the_stated_text(nlp: Language) -> None:
    text = "“Kenya” — 🇰🇪 — called off the talks with Somalia; Ugandan troops rounded up 30 miners."
    found = events(nlp, text)
    assert found
    for event in found:
        for item in [event, *event.actor, *event.recipient]:
            assert text[item.start : item.end] == item.text


def test_same_event_told_twice_is_one(nlp: Language) -> None:
    text = "Kenya accused Somalia of piracy. Officials repeated it. On Monday Kenya accused Somalia of piracy."
    assert [event.type for event in events(nlp, text)].count("ACCUSE") == 1


def test_mode_and_particle(nlp: Language) -> None:
    event = events(nlp, "Kenyan police rounded up 40 opposition supporters.")[0]
    assert (event.type, event.mode, event.text) == ("COERCE", "arrest", "rounded up")


def test_whose_deed_a_threat_answers_is_threatened(nlp: Language) -> None:
    event = events(nlp, "Ethiopia threatened to retaliate if Eritrea moves its troops.")[0]
    assert (event.type, [item.text for item in event.recipient]) == ("THREATEN", ["Eritrea"])


def test_a_name_beside_a_noun_belongs_to_the_participant(nlp: Language) -> None:
    event = events(nlp, "Kenyan police arrested the opposition politician Amina Okello.")[0]
    assert [item.text for item in event.recipient] == ["the opposition politician Amina Okello"]


def test_up_to_a_number_is_no_particle(nlp: Language) -> None:
    event = events(nlp, "Police arrested up to 16 Chadian traders on Sunday.")[0]
    assert event.text == "arrested"
    assert "Chadian traders" in event.recipient[0].text


@pytest.mark.parametrize(
    "text", ["", " ", "🙂", "the the the", "agreed agreed agreed to to", "x" * 5000, "- - -\n\n\t"]
)
def test_any_text_is_survived(nlp: Language, text: str) -> None:
    assert events(nlp, text) == []


def test_endless_list_costs_no_more_than_prose(nlp: Language) -> None:
    assert events(nlp, "Kenyan troops attacked and shelled and killed, " * 200) == []


def test_asides_keep_what_is_background(nlp: Language) -> None:
    doc = nlp(language.document(nlp, Article(text="Aid arrived after Chadian troops shelled the market.")))
    assert ("ASSAULT", "background") in [(event.type, reason) for event, reason in doc._.asides]


def test_lexicon_files_use_known_types_keys_and_classes() -> None:
    lexicon = events_lexicon.load()
    keys = {"obj", "subj", "prep", "prt", "to", "comp", "that", "mod", "light", "oprd", "dep", "voice"}
    for listed in lexicon.senses.values():
        for sense in listed:
            kind = sense.type.removeprefix("INTEND").lstrip(":")
            assert not kind or kind in lexicon.types, sense
            assert {test.key.partition(":")[0] for test in sense.tests} <= keys, sense
            assert not any(word.startswith("@") for test in sense.tests for word in test.words), sense
            assert sense.scope in ("", "content"), sense


def test_tests_of_a_frame_are_read() -> None:
    classes = {"protest": frozenset({"march", "strike"})}
    first, second, third = events_lexicon.tests("prt=off obj=vigil,@protest !prep=-", classes)
    assert (first.key, first.words) == ("prt", {"off"})
    assert second.words == {"vigil", "march", "strike"}
    assert third.negated and third.words == frozenset()
