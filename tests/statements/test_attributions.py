"""Who said what, where, and for whom: on sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Attribution, CodedArticle, Span
from reportedly.errors import ComponentError
from reportedly.statements import attributions, attributions_channels, attributions_kinds, layers
from reportedly.statements.attributions_candidates import contents, sources
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_quotes import quotations
from reportedly.statements.attributions_raw import RawAttribution

Coder = Callable[..., CodedArticle]

REPORT = (
    "SDF spokesman Mustafa Bali said on Twitter that the last tunnels were cleared on Friday. "
    '"The battle is over," he told the BBC. "Baghuz is free."\n\n'
    "According to the Turkish defence ministry, three soldiers were wounded when militants attacked a convoy near "
    "Afrin. Turkish forces shelled Tell Rifaat in response, activists said.\n\n"
    'The governor denied the claims, saying in a statement: "We never attacked civilians." '
    "A spokesman for the US-led coalition said its jets had bombed a weapons store."
)


def words(article: CodedArticle, spans: list[Span]) -> list[str]:
    return [article.text[span.start : span.end] for span in spans]


def saying(article: CodedArticle, phrase: str) -> Attribution:
    """The attribution whose content holds a phrase."""
    found = [a for a in article.attributions if any(phrase in part for part in words(article, a.content))]
    assert found, f"nobody says {phrase!r}"
    return min(found, key=lambda a: sum(span.end - span.start for span in a.content))


@pytest.fixture(scope="module")
def report(coder: Coder) -> CodedArticle:
    return coder(REPORT, published="2019-03-24")


def test_indirect_speech_has_source_cue_and_clause(report: CodedArticle) -> None:
    found = saying(report, "tunnels were cleared")
    assert words(report, found.source) == ["SDF spokesman Mustafa Bali"]
    assert words(report, found.cue)[0].startswith("said")
    assert found.kind == "indirect"


def test_office_names_speaker_and_organisation(report: CodedArticle) -> None:
    found = saying(report, "tunnels were cleared")
    assert found.speaker == "Mustafa Bali"
    assert found.organisation == "Syrian Democratic Forces"
    assert found.actor == "SYR-SDF"


def test_channel_is_read_beside_the_cue(report: CodedArticle) -> None:
    assert saying(report, "tunnels were cleared").channel == "tweet"
    assert saying(report, "The battle is over").channel == "BBC"
    assert saying(report, "never attacked").channel == "statement"


def test_quotation_goes_on_after_its_cue(report: CodedArticle) -> None:
    found = saying(report, "The battle is over")
    assert words(report, found.content) == ['"The battle is over,"', '"Baghuz is free."']
    assert found.kind == "direct"


def test_pronoun_is_the_speaker_before_it(report: CodedArticle) -> None:
    assert saying(report, "The battle is over").speaker == "Mustafa Bali"


def test_according_to(report: CodedArticle) -> None:
    found = saying(report, "three soldiers were wounded")
    assert words(report, found.source) == ["the Turkish defence ministry"]
    assert "according" in words(report, found.cue)[0].lower()


def test_cue_after_its_clause(report: CodedArticle) -> None:
    found = saying(report, "shelled Tell Rifaat")
    assert words(report, found.source) == ["activists"]


def test_parties_are_those_who_fight(report: CodedArticle) -> None:
    assert saying(report, "three soldiers were wounded").party is True
    assert saying(report, "bombed a weapons store").party is True
    assert saying(report, "shelled Tell Rifaat").party is not True


def test_anonymous_spokesman_has_a_body_and_no_name(report: CodedArticle) -> None:
    found = saying(report, "bombed a weapons store")
    assert found.speaker is None
    assert found.organisation is not None and "oalition" in found.organisation


def test_reportedly_has_no_source(coder: Coder) -> None:
    article = coder("The mayor reportedly fled the town on Sunday.")
    assert [a.source for a in article.attributions] == [[]]
    assert words(article, article.attributions[0].cue) == ["reportedly"]


def test_plain_report_attributes_nothing(coder: Coder) -> None:
    assert coder("Shells fell on the market. The road was closed until noon.").attributions == []


def test_spans_slice_the_text_and_stay_apart(report: CodedArticle) -> None:
    for found in report.attributions:
        for span in [*found.source, *found.cue, *found.content]:
            assert 0 <= span.start < span.end <= len(report.text)
        assert not any(c.overlaps(s) for c in found.cue for s in found.content)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🙂", '"', "“", ":", "said", "“ “ “ \n ” said", "He said " * 400])
def test_any_text_passes(coder: Coder, text: str) -> None:
    for found in coder(text).attributions:
        assert all(0 <= span.start < span.end <= len(text) for span in [*found.cue, *found.content])


def test_unknown_finder_is_an_error(nlp: Language) -> None:
    with pytest.raises(ComponentError, match="no finder crystal"):
        attributions.run(nlp, "reportedly_attributions", "crystal")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “we won” and left.", ["“we won”"]),
        ('"One." And "two."', ['"One."', '"two."']),
        ("“First paragraph.\n“Second paragraph,” she said.", ["“First paragraph.", "“Second paragraph,”"]),
        ("They called it ‘a farce’ today.", ["‘a farce’"]),
        ("The rebels’ camp and Assad’s men.", []),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[span.start : span.end] for span, _ in quotations(text)] == quoted


def raw(text: str, source: str, cue: str, *content: str) -> RawAttribution:
    def at(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    return RawAttribution(source=[at(source)] if source else [], cue=[at(cue)], content=[at(c) for c in content])


def test_kind_by_how_much_is_quoted() -> None:
    text = "The army said the raid was “a success” and “Nothing else,” it insisted. It denied losses."
    quoted = attributions_kinds.Quoted(text)
    assert quoted.kind(raw(text, "The army", "said", "the raid was “a success”")) == "mixed"
    assert quoted.kind(raw(text, "it", "insisted", "“Nothing else,”")) == "direct"
    assert quoted.kind(raw(text, "It", "denied", "losses")) == "indirect"


def test_marks_round_the_cue_too_are_somebody_elses() -> None:
    text = "“They said the bridge was down,” a driver recalled."
    assert attributions_kinds.Quoted(text).kind(raw(text, "They", "said", "the bridge was down")) == "indirect"


def test_nesting_points_to_the_smallest_holder() -> None:
    text = "The agency quoted a spokesman as saying the enemy claims it holds the hill."
    listed = [
        raw(text, "The agency", "quoted", "a spokesman as saying the enemy claims it holds the hill"),
        raw(text, "a spokesman", "saying", "the enemy claims it holds the hill"),
        raw(text, "the enemy", "claims", "it holds the hill"),
    ]
    assert attributions_kinds.nesting(listed) == [None, 0, 1]


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        ("The BBC", "BBC"),
        ("the Sana news agency", "Sana"),
        ("A BBC correspondent", None),
        ("Times Square police", None),
    ],
)
def test_outlets_as_sources(source: str, outlet: str | None) -> None:
    found = attributions_channels.outlet(source)
    assert (found[0] if found else None) == outlet


def test_candidates_hold_the_clause_and_the_subject(nlp: Language) -> None:
    with nlp.select_pipes(
        disable=[name for name in nlp.pipe_names if name.removeprefix("reportedly_") in layers.ORDER]
    ):
        doc: Doc = nlp("Two doctors said that the clinic was hit.")
    parse = Parse(doc)
    cue = parse.word.index("said")
    assert "that the clinic was hit" in {parse.doc[c.ranges[0][0] : c.ranges[-1][1]].text for c in contents(parse, cue)}
    assert "Two doctors" in {parse.doc[c.ranges[0][0] : c.ranges[-1][1]].text for c in sources(parse, cue) if c.ranges}


def test_what_is_quoted_as_said_stands_within_and_keeps_the_outlet(coder: Coder) -> None:
    article = coder("Reuters quoted a rescue worker as saying the bridge had collapsed.")
    outer, inner = article.attributions
    assert (words(article, outer.source), words(article, inner.source)) == (["Reuters"], ["a rescue worker"])
    assert inner.within == 0
    assert inner.channel == "Reuters"


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("Anna Lind, the UN envoy for Syria, said the talks had stalled.", "United Nations"),
        ("Mustafa Bali, head of media for the SDF, said the road was open.", "Syrian Democratic Forces"),
        ("Turkey's defence minister, Hulusi Akar, said the troops would stay.", "Turkish government"),
        ("A western diplomat said the truce would not last.", None),
        ("A Kurdish official said the truce would not last.", None),
        ("Fighting went on in Syria. A Kurdish commander, Jiya Furat, said three men died.", None),
    ],
)
def test_offices_and_their_bodies(coder: Coder, text: str, organisation: str | None) -> None:
    assert coder(text).attributions[0].organisation == organisation


def test_a_bare_name_is_the_holder_of_its_office(coder: Coder) -> None:
    article = coder("SDF spokesman Mustafa Bali visited the town. Residents cheered. Bali said the war was over.")
    found = saying(article, "the war was over")
    assert (found.speaker, found.organisation) == ("Mustafa Bali", "Syrian Democratic Forces")


def test_deeds_of_war_are_no_speech(coder: Coder) -> None:
    assert coder("Militants attacked a convoy near the town and shelled two villages.").attributions == []


def test_state_news_agency_is_a_party_where_its_state_fights(coder: Coder) -> None:
    article = coder("The Syrian army shelled two villages. The Sana news agency said only militants were hit.")
    found = saying(article, "only militants were hit")
    assert found.channel == "Sana"
    assert found.party is True


def test_monitor_is_no_party(coder: Coder) -> None:
    article = coder("Turkish jets bombed the town. The Syrian Observatory for Human Rights said 12 people were killed.")
    found = saying(article, "12 people were killed")
    assert found.organisation == "Syrian Observatory for Human Rights"
    assert found.party is False


@pytest.mark.parametrize(
    ("text", "content", "speaker", "organisation"),
    [
        (
            "Islamic State gave no comment. In a recording its spokesman, Omar al-Tamimi, said the war in Syria would go on.",
            "would go on",
            "Omar al-Tamimi",
            "Islamic State",
        ),
        ("US-backed forces entered a town in Syria, their spokesman said on Friday.", "entered", None, None),
        ("The US said that it would withdraw.", "would withdraw", "United States", "United States"),
        (
            "A spokesman for the Syrian Democratic Forces, Salim Darwish, said on Monday that fighting went on.",
            "fighting went on",
            "Salim Darwish",
            "Syrian Democratic Forces",
        ),
        (
            "The SDF said the road was open. A commander said the bridge was shut. He said the river was high.",
            "the river was high",
            None,
            None,
        ),
    ],
)
def test_whose_spokesman_it_is(
    coder: Coder, text: str, content: str, speaker: str | None, organisation: str | None
) -> None:
    found = saying(coder(text), content)
    assert (found.speaker, found.organisation) == (speaker, organisation)


@pytest.mark.parametrize(
    "text",
    [
        "The army raised its flag over the citadel and imposed a curfew.",
        "The militia established a checkpoint near the bridge.",
        "The town has seen heavy shelling.",
        "The victory was hailed in Paris.",
        "The bridge was described as a lifeline.",
        "An incident in October confirmed the danger of these drones.",
        "The army continued its push for a fifth day.",
    ],
)
def test_events_are_nobodys_words(coder: Coder, text: str) -> None:
    assert coder(text).attributions == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The minister raised concerns about the raid.", "The minister", "the raid"),
        ("Rebels put the toll at 34.", "Rebels", "the toll at 34"),
        (
            "The ministry put the number of dead at 12 on Monday.",
            "The ministry",
            "the number of dead at 12",
        ),
        ("The militia claimed responsibility for the blast.", "The militia", "responsibility for the blast"),
        ("The governor called the truce a lie.", "The governor", "the truce a lie"),
        ("Ankara accused the militia of shelling the town.", "Ankara", "the militia of shelling the town"),
        ("An official cautioned that the siege was not over.", "An official", "that the siege was not over"),
        ("Residents reported heavy shelling.", "Residents", "heavy shelling"),
        (
            "Airwars, a group in London that counts the dead, estimates that 40 people were killed.",
            "Airwars, a group in London that counts the dead",
            "that 40 people were killed",
        ),
    ],
)
def test_words_of_war_reports(coder: Coder, text: str, source: str, content: str) -> None:
    article = coder(text)
    found = article.attributions[0]
    assert words(article, found.source) == [source]
    assert content in " ".join(words(article, found.content))


def test_a_town_in_the_speakers_phrase_does_not_speak(coder: Coder) -> None:
    article = coder(
        "In an audio recording released on Telegram, a man who said he was a fighter in Raqqa vowed that the group "
        "would not leave the town."
    )
    found = saying(article, "would not leave")
    assert words(article, found.source) == ["a man who said he was a fighter in Raqqa"]
    assert found.channel == "audio recording on Telegram"


def test_what_is_joined_on_is_content_of_its_own(coder: Coder) -> None:
    article = coder("The siege is not over, their spokesman said, but he cautioned that clashes went on.")
    said, cautioned = article.attributions
    assert words(article, said.content) == ["The siege is not over"]
    assert words(article, cautioned.content) == ["that clashes went on"]


def test_whoever_expects_is_not_what_is_expected(coder: Coder) -> None:
    article = coder("It was far from the few hundred that the alliance had expected to find there.")
    assert not [a for a in article.attributions if "alliance" in " ".join(words(article, a.content))]


def test_a_headline_is_no_content_of_the_first_sentence(coder: Coder) -> None:
    article = coder("Dozens of trucks leave the last village\n\nAt least 40 trucks left on Friday, two officials said.")
    (found,) = article.attributions
    assert words(article, found.content) == ["At least 40 trucks left on Friday"]


def test_an_outlet_that_was_told_is_the_channel(coder: Coder) -> None:
    told = "The general told the {} that the road was cut."
    assert coder(told.format("Eastgate Gazette")).attributions[0].channel == "Eastgate Gazette"
    assert coder(told.format("Lantern")).attributions[0].channel is None
    assert coder(told.format("Lantern"), publisher="The Morning Lantern").attributions[0].channel == "Morning Lantern"


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("The ministry announced the capture of the airport on Facebook.", "Facebook"),
        ("The mayor said that he had seen the shelling on Facebook.", None),
    ],
)
def test_channel_at_the_end_of_an_object(coder: Coder, text: str, channel: str | None) -> None:
    assert [a.channel for a in coder(text).attributions] == [channel]
