"""Who the phrases of an article stand for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Participant
from reportedly.statements import actors, actors_acronyms, entities

Reader = Callable[[str], Doc]


@pytest.fixture(scope="module")
def read(nlp: Language) -> Reader:
    """Parse a text and run the stages `entities` and `actors` alone."""

    def run(text: str) -> Doc:
        doc = nlp.make_doc(text)
        for _, pipe in nlp.pipeline[: nlp.pipe_names.index("reportedly_entities")]:
            doc = pipe(doc)
        return actors.run(entities.run(doc))

    return run


def who(doc: Doc, phrase: str, occurrence: int = 0) -> Participant:
    """The participant of a phrase of the text."""
    start = -1
    for _ in range(occurrence + 1):
        start = doc.text.index(phrase, start + 1)
    span = doc.char_span(start, start + len(phrase))
    assert span is not None
    return actors.participant(doc, span)


@pytest.mark.parametrize(
    ("text", "phrase", "identifier", "country", "sector"),
    [
        ("The Turkish army shelled the hills.", "The Turkish army", "TUR-MIL", "TUR", "MIL"),
        ("Turkish soldiers crossed the river.", "Turkish soldiers", None, "TUR", "MIL"),
        ("A Somali militia crossed the river.", "A Somali militia", None, "SOM", "REB"),
        ("SDF fighters crossed the river.", "SDF fighters", "SYR-SDF", "SYR", "REB"),
        ("Police in Nairobi arrested two men.", "Police in Nairobi", "KEN-COP", "KEN", "COP"),
        ("Colombian farmers blocked the road.", "Colombian farmers", None, "COL", "AGR"),
        ("US-backed Syrian rebels blocked the road.", "US-backed Syrian rebels", None, "SYR", "REB"),
        ("The government of Sudan rejected the plan.", "The government of Sudan", "SDN-GOV", "SDN", "GOV"),
        ("Local police in France arrested two men.", "Local police in France", None, "FRA", "COP"),
        ("Three Turkish warplanes hit the town.", "Three Turkish warplanes", None, "TUR", "MIL"),
        ("The FMLN attacked the barracks.", "The FMLN", "SLV-FMLN", "SLV", "REB"),
        ("Moscow said that it would withdraw.", "Moscow", "RUS-GOV", "RUS", "GOV"),
        ("They met in Moscow.", "Moscow", None, "RUS", None),
    ],
)
def test_the_words_of_a_phrase(
    read: Reader, text: str, phrase: str, identifier: str, country: str, sector: str
) -> None:
    found = who(read(text), phrase)
    assert (found.id, found.country, found.sector) == (identifier, country, sector)


def test_civilians_among_a_group_are_not_the_group(read: Reader) -> None:
    assert who(read("ISIS families left the camp."), "ISIS families").id is None


def test_a_person_by_office_and_later_by_surname(read: Reader) -> None:
    doc = read(
        "French president Emmanuel Macron met the envoys on Monday. Macron thanked them. He said talks would go on."
    )
    first, later, pronoun = who(doc, "French president Emmanuel Macron"), who(doc, "Macron", 1), who(doc, "He")
    for found in (first, later, pronoun):
        assert (found.name, found.country, found.sector, found.kind) == ("Emmanuel Macron", "FRA", "GOV", "person")
    assert first.id is None


def test_a_spokesman_speaks_for_a_group(read: Reader) -> None:
    doc = read("Karim Haddad, a spokesman for the SDF, said the town was quiet. Haddad said the alliance would wait.")
    found = who(doc, "Haddad", 1)
    assert (found.name, found.country, found.sector) == ("Karim Haddad", "SYR", "REB")
    assert found.id is None
    span = doc.char_span(doc.text.index("Haddad said"), doc.text.index("Haddad said") + len("Haddad"))
    group = actors.affiliation(doc, span)
    assert group is not None and group.id == "SYR-SDF"
    assert who(doc, "the alliance").id == "SYR-SDF"


def test_an_acronym_that_the_article_introduces(read: Reader) -> None:
    doc = read("The Northern Storm Brigade (NSB) took the hill. NSB fighters then left.")
    assert who(doc, "NSB fighters").name == "Northern Storm Brigade"


def test_an_acronym_of_the_article_wins_over_the_registry(read: Reader) -> None:
    doc = read("The Plateau Karting Klub (PKK) raced on Sunday. The PKK won.")
    assert who(doc, "The PKK").id is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Observatory of River Traffic (ORT)", ["ORT"]),
        ("the weather (it rained) and hail (AB)", []),
        ("Al-Bab Military Council (BMC)", ["BMC"]),
        ("", []),
    ],
)
def test_which_brackets_introduce_an_acronym(text: str, expected: list[str]) -> None:
    assert [short for short, _, _ in actors_acronyms.introduced(text)] == expected


def test_definite_phrases_stand_for_the_group_named_before(read: Reader) -> None:
    doc = read(
        "The Syrian Observatory for Human Rights said on Friday that Islamic State had lost the village. "
        "The monitor said that the militants had fled. The group did not comment."
    )
    assert who(doc, "The monitor").id == "SYR-SOHR"
    assert who(doc, "the militants").id == "INT-ISIS"
    assert who(doc, "The group").id == "INT-ISIS"


def test_what_is_told_apart_is_not_the_group_named_before(read: Reader) -> None:
    doc = read("Hayat Tahrir al-Sham clashed with the Turkish-backed rebels near the border.")
    assert who(doc, "the Turkish-backed rebels").id is None


def test_two_men_in_one_sentence_leave_he_open(read: Reader) -> None:
    doc = read("A photo of John Baker and Peter Mason was shown. He smiled.")
    assert who(doc, "He").name is None


def test_entities_carry_names_and_actors(read: Reader) -> None:
    doc = read("Fighters of the YPG met Angela Merkel, the German chancellor. She praised the YPG.")
    named = {(entity.text, entity.name, entity.actor) for entity in doc._.entities}
    assert ("Angela Merkel", "Angela Merkel", None) in named
    assert any(actor == "SYR-YPG" for _, _, actor in named)
    assert all(doc.text[start:end] == record.text for (start, end), record in doc._.mentions.items())


def body(doc: Doc, phrase: str, occurrence: int = 0) -> str | None:
    """The id of the body that a phrase of the text is or speaks for."""
    start = -1
    for _ in range(occurrence + 1):
        start = doc.text.index(phrase, start + 1)
    span = doc.char_span(start, start + len(phrase))
    assert span is not None
    found = actors.affiliation(doc, span)
    return found.id if found else None


def test_its_spokesman_is_that_of_the_subject_of_the_sentence_before(read: Reader) -> None:
    doc = read(
        "Syria has been at war for years. Islamic State gave no comment. In a recording issued on Sunday its spokesman, "
        "Omar al-Tamimi, threatened new attacks."
    )
    assert body(doc, "its spokesman") == "INT-ISIS"
    assert body(doc, "Omar al-Tamimi") == "INT-ISIS"
    assert who(doc, "Omar al-Tamimi").country is None


def test_their_spokesman_is_no_officer_of_the_country_that_is_mentioned(read: Reader) -> None:
    doc = read("US-backed forces entered a market town in Syria on Friday, their spokesman said. Syria is at war.")
    assert body(doc, "their spokesman") is None
    assert who(doc, "their spokesman").country is None


def test_its_commander_is_open_after_an_unknown_body(read: Reader) -> None:
    doc = read("The SDF waited. A new brigade in Syria came from the north, and its commander said it would stay.")
    assert body(doc, "its commander") is None


def test_their_forces_are_those_of_the_people_that_is_the_subject(read: Reader) -> None:
    doc = read("Bosnian Serbs said on Monday their forces had left the valley.")
    assert who(doc, "their forces").country == "BIH"


def test_an_official_after_a_group_is_not_of_the_country(read: Reader) -> None:
    doc = read("Syria is at war and Syria is poor. The SDF took the bridge. Commanders said that the road was open.")
    assert who(doc, "Commanders").country is None
    assert who(read("Syria is at war and Syria is poor. The army took the bridge."), "The army").id == "SYR-MIL"


def test_a_group_is_no_person_and_jihadists_are_no_alliance(read: Reader) -> None:
    doc = read(
        "An SDF spokesman, Salim Darwish, spoke on the radio. An Islamic State fighter said that the group would stay. "
        "The SDF said the jihadists were tired. The SDF waited. The militants were hungry."
    )
    for phrase in ("the group", "the jihadists", "The militants"):
        assert who(doc, phrase).id == "INT-ISIS"


def test_the_jihadists_are_open_where_no_such_group_is_named(read: Reader) -> None:
    assert who(read("The SDF advanced at dawn. The jihadists fled."), "The jihadists").id is None


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        (
            "The US-led coalition struck a depot in Syria. The coalition said it hit its target.",
            "The coalition",
            "INT-COALITION",
        ),
        ("Islamic State lost a town in Syria. The coalition welcomed the news.", "The coalition", "INT-COALITION"),
        ("The Houthis fired on a port in Yemen. Coalition jets flew over.", "Coalition jets", None),
        ("Islamic State lost a town in Syria. The opposition coalition welcomed it.", "The opposition coalition", None),
        ("The prime minister of Denmark leads a coalition. The coalition is weak.", "The coalition", None),
    ],
)
def test_which_coalition(read: Reader, text: str, phrase: str, expected: str | None) -> None:
    assert who(read(text), phrase, text.count(phrase) - 1).id == expected


def test_a_commander_of_the_coalition_is_a_person_of_it(read: Reader) -> None:
    doc = read("Islamic State lost a town in Syria. A coalition commander welcomed the news.")
    found = who(doc, "A coalition commander")
    assert (found.name, found.id, found.kind) == (None, None, "person")
    assert body(doc, "A coalition commander") == "INT-COALITION"


def test_he_is_not_somebody_named_before_a_nameless_subject(read: Reader) -> None:
    doc = read("Salim Darwish spoke on radio. A soldier said that he had seen nothing. He was tired.")
    assert who(doc, "he").name is None
    assert who(doc, "He").name is None


def test_a_body_that_is_named_after_its_head_is_no_person(read: Reader) -> None:
    doc = read("James Mattis spoke on Monday. The Assad regime, he said, had broken its word. Trump's army was ready.")
    assert who(doc, "The Assad regime").id == "SYR-GOV"
    assert who(doc, "he said").name != "Bashar al-Assad"


def test_forces_told_apart_are_not_those_of_the_state(read: Reader) -> None:
    assert who(read("The secular forces in Syria waited."), "The secular forces in Syria").id is None
    assert who(read("Government forces in Syria waited."), "Government forces in Syria").id == "SYR-MIL"


def test_capitals_that_say_where(read: Reader) -> None:
    doc = read("WASHINGTON - The news was welcomed in London and Paris. Paris said it would help.")
    assert [who(doc, name).id for name in ("WASHINGTON", "London", "Paris")] == [None, None, None]
    assert who(doc, "Paris", 1).id == "FRA-GOV"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🙂🙂", "(((", "a" * 5000, "The the the.", '"He', "(AB) (CD)"])
def test_any_text(read: Reader, text: str) -> None:
    doc = read(text)
    for entity in doc._.entities:
        assert doc.text[entity.start : entity.end] == entity.text
