"""Awkward reports of war, on texts of our own: layouts, chains, claims of responsibility, monitors, media of a side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from reportedly.data import Attribution, CodedArticle, Span

Coder = Callable[..., CodedArticle]


@dataclass(frozen=True)
class Said:
    """What is expected of the attribution whose content holds `content` and whose source holds `source` ("": none)."""

    content: str
    source: str
    speaker: str | None = None
    organisation: str | None = None
    channel: str | None = None
    party: bool | None = None
    within: str | None = None


TRANSCRIPT = (
    "ANNA LIND: Did your men shell the hospital?\n\n"
    "FAWZI HADDAD: We shelled no hospital. The militants hid their guns there.\n\n"
    "ANNA LIND: The doctors tell another story.\n"
)
SIGNED = "“The shells came at dawn and we ran to the cellar with the children.”\n— Huda Salim, a nurse in Idlib\n"
HEADLINE = (
    "US-led coalition: last militants have left the valley\n\n"
    "Buses carried the fighters east on Friday. Shelling stopped in the evening.\n"
)
ANONYMOUS = (
    "According to two officials, the convoy was hit twice on Sunday. Four drivers were reportedly killed. "
    "Activists said a fifth had died of his wounds."
)
DOCUMENTS = (
    "Satellite images published by the coalition show that the bridge was destroyed in the raid. Documents seen by the "
    "Guardian suggest that the militants had planned the attack for months. In an audio recording released on "
    "Telegram, a man urged the fighters not to surrender."
)
PARAGRAPHS = (
    "“The first shells fell on the school at noon,” said Rami Hadid, a teacher. “Nobody was inside.\n\n"
    "“Then they hit the clinic. We carried out the wounded until night.\n\n"
    "“The army says it was us. That is a lie.”\n\n"
    "The governor gave no comment on the raid.\n"
)
CHAIN = (
    "Turkish jets bombed the airport on Sunday. The BBC quoted a spokesman for the Syrian army as saying that eight "
    "soldiers had been killed. The Turkish defence ministry said that its aircraft had struck only militants."
)
CLAIM = (
    "A suicide bomber killed 12 people at a checkpoint near Hasakah on Monday. Islamic State claimed responsibility for "
    "the attack through its Amaq news agency. Amaq said the bomber had targeted a patrol of the Syrian Democratic "
    "Forces."
)
MONITOR = (
    "Raids by the Syrian army on Idlib killed 19 civilians, the Syrian Observatory for Human Rights said on Friday. "
    "The monitor said Russian jets had taken part. Syria’s state news agency Sana said that only terrorists had been "
    "hit. Rami Hadid of the White Helmets told al-Jazeera that a clinic was among the targets."
)
COALITION = (
    "Coalition jets carried out 14 strikes near Hajin last week, the US-led coalition said in a press release. Col Tom "
    "Reed, a spokesman for the coalition, told reporters in Baghdad that the strikes had destroyed two bridges. He said "
    "the militants had lost 40 men."
)

EXPECTED = [
    (TRANSCRIPT, Said("We shelled no hospital", "FAWZI HADDAD", "FAWZI HADDAD")),
    (SIGNED, Said("ran to the cellar", "Huda Salim", "Huda Salim")),
    (HEADLINE, Said("have left the valley", "coalition", organisation="Global Coalition")),
    (ANONYMOUS, Said("the convoy was hit", "two officials")),
    (ANONYMOUS, Said("a fifth had died", "Activists")),
    (DOCUMENTS, Said("the bridge was destroyed", "Satellite images", channel="images")),
    (DOCUMENTS, Said("planned the attack", "Documents", channel="document")),
    (DOCUMENTS, Said("not to surrender", "a man", channel="audio recording on Telegram")),
    (PARAGRAPHS, Said("Nobody was inside", "Rami Hadid", "Rami Hadid")),
    (PARAGRAPHS, Said("Then they hit the clinic", "Rami Hadid", "Rami Hadid")),
    (
        CHAIN,
        Said(
            "eight soldiers had been killed",
            "a spokesman for the Syrian army",
            organisation="Syrian armed forces",
            channel="BBC",
            party=True,
            within="a spokesman for the Syrian army",
        ),
    ),
    (CHAIN, Said("only militants", "The Turkish defence ministry", organisation="Turkish", party=True)),
    (
        CLAIM,
        Said("responsibility", "Islamic State", "Islamic State", "Islamic State", channel="Amaq", party=True),
    ),
    (CLAIM, Said("targeted a patrol", "Amaq", "Amaq News Agency", "Amaq News Agency", channel="Amaq", party=True)),
    (
        MONITOR,
        Said(
            "killed 19 civilians",
            "the Syrian Observatory for Human Rights",
            organisation="Syrian Observatory for Human Rights",
            party=False,
        ),
    ),
    (
        MONITOR,
        Said("taken part", "The monitor", organisation="Syrian Observatory for Human Rights", party=False),
    ),
    (MONITOR, Said("only terrorists", "Sana", organisation="Syrian Arab News Agency", channel="Sana", party=True)),
    (
        MONITOR,
        Said(
            "a clinic was among",
            "Rami Hadid",
            "Rami Hadid",
            "Syria Civil Defence",
            channel="Al Jazeera",
            party=False,
        ),
    ),
    (COALITION, Said("14 strikes", "coalition", organisation="Global Coalition", channel="press release", party=True)),
    (
        COALITION,
        Said("two bridges", "Tom Reed", "Tom Reed", "Global Coalition", channel="remarks to reporters", party=True),
    ),
    (COALITION, Said("lost 40 men", "He", "Tom Reed", "Global Coalition", party=True)),
]


def words(article: CodedArticle, spans: list[Span]) -> str:
    return " | ".join(article.text[span.start : span.end] for span in spans)


def saying(article: CodedArticle, content: str, source: str | None = None) -> Attribution:
    """The attribution with these words in its content (and in its source), the one with the shortest content."""
    found = [
        one
        for one in article.attributions
        if content in words(article, one.content)
        and (source is None or (source in words(article, one.source) if source else not one.source))
    ]
    assert found, (
        f"nobody like {source!r} says {content!r}: {[words(article, a.content) for a in article.attributions]}"
    )
    return min(found, key=lambda one: len(words(article, one.content)))


@pytest.fixture(scope="module")
def coded(coder: Coder) -> Callable[[str], CodedArticle]:
    known: dict[str, CodedArticle] = {}

    def code(text: str) -> CodedArticle:
        return known.setdefault(text, coder(text, published="2019-02-12"))

    return code


@pytest.mark.parametrize(("text", "said"), EXPECTED, ids=[said.content for _, said in EXPECTED])
def test_awkward(coded: Callable[[str], CodedArticle], text: str, said: Said) -> None:
    article = coded(text)
    found = saying(article, said.content, said.source)
    assert found.speaker == said.speaker or said.speaker is None
    assert said.organisation is None or said.organisation in (found.organisation or "")
    assert found.channel == said.channel
    assert said.party is None or found.party is said.party
    holder = None if found.within is None else words(article, article.attributions[found.within].content)
    assert (said.within or "") in (holder or "")


def test_anonymous_groups_have_no_name(coded: Callable[[str], CodedArticle]) -> None:
    article = coded(ANONYMOUS)
    assert {(one.speaker, one.organisation) for one in article.attributions} == {(None, None)}


def test_what_is_told_of_nobody_is_no_fact(coded: Callable[[str], CodedArticle]) -> None:
    article = coded(ANONYMOUS)
    assert [e.certainty for e in article.events if article.text[e.start : e.end] == "killed"] == ["reported"]


def test_a_quotation_over_paragraphs_is_one(coded: Callable[[str], CodedArticle]) -> None:
    article = coded(PARAGRAPHS)
    assert "That is a lie" in words(article, saying(article, "first shells").content)


@pytest.mark.parametrize(
    ("text", "speaker", "organisation"),
    [
        ("Tom Reed, the US Syria envoy, said the talks had stalled.", "Tom Reed", "American government"),
        ("The Syria envoy, Tom Reed, said the talks had stalled.", "Tom Reed", None),
        ("Lina Azm, Syria’s ambassador to the UN, said the talks had stalled.", "Lina Azm", "Syrian government"),
        (
            "The Action Group for Syria’s president, Lina Azm, said it would not go.",
            "Lina Azm",
            "Action Group for Syria",
        ),
        ("The leader of the Syrian Kurds said the talks had stalled.", None, "Syrian Kurds"),
        ("A defected army officer in Syria said the talks had stalled.", None, None),
        (
            "The Turkish president, Kemal Aydin, flew to Moscow. Shells fell. Turkey’s president said he was content.",
            "Kemal Aydin",
            "Turkish government",
        ),
        ("Trump said the troops would leave Syria.", "Donald Trump", "American government"),
        ("Obama said the troops should not leave Syria.", "Barack Obama", None),
        ("“We left,” said Rami Hadid of the Nile Relief Committee.", "Rami Hadid", "Nile Relief Committee"),
        ("The Islamic State expert Tom Reed said the group was weak.", "Tom Reed", None),
        ("Lina Azm and Tom Reed said the talks had stalled.", None, None),
        ("Many Kurds said the talks had stalled.", None, None),
        ("His mother, Lina Azm, said he was brave. His mother said he was kind.", "Lina Azm", None),
        (
            "Trump tweeted on 19 December: “We have defeated them, my only reason for it.”",
            "Donald Trump",
            "American government",
        ),
    ],
)
def test_for_whom_somebody_speaks(coder: Coder, text: str, speaker: str | None, organisation: str | None) -> None:
    found = coder(text, published="2019-02-12").attributions[-1]
    assert found.speaker == speaker
    assert (found.organisation or "").removeprefix("the ").removeprefix("The ") == (organisation or "")


def test_he_is_who_spoke_not_who_was_spoken_of(coder: Coder) -> None:
    text = "Mr Aydin said that the rebel leader, Samir Qasim, had fled. He said the war was over."
    assert "Aydin" in (saying(coder(text), "the war was over").speaker or "")


@pytest.mark.parametrize(
    ("text", "content", "organisation", "channel", "party"),
    [
        (
            "A car bomb killed nine soldiers. The attack was claimed by Islamic State in a statement posted on Telegram.",
            "The attack",
            "Islamic State",
            "statement on Telegram",
            True,
        ),
        (
            "In a statement carried by the Isis-linked Amaq news agency, the group said its fighters had killed 11 soldiers.",
            "11 soldiers",
            "Islamic State",
            "Amaq",
            True,
        ),
        (
            "The militants’ Amaq agency claimed that a fighter had attacked a checkpoint.",
            "a checkpoint",
            "Amaq News Agency",
            "Amaq",
            True,
        ),
        (
            "The Russian defence ministry said in a statement that its jets had struck a depot in Idlib.",
            "a depot",
            "Ministry of Defence of the Russian Federation",
            "statement",
            True,
        ),
        (
            "Al-Manar, a television channel run by Hezbollah, said Hezbollah fighters had taken the hill.",
            "the hill",
            "Al-Manar",
            "Al Manar",
            True,
        ),
        (
            "The White Helmets, a rescue group in the north, said two men were killed. The group said jets had hit its cars.",
            "its cars",
            "Syria Civil Defence",
            None,
            False,
        ),
    ],
)
def test_claims_media_and_their_sides(
    coder: Coder, text: str, content: str, organisation: str, channel: str | None, party: bool
) -> None:
    found = saying(coder(text, published="2019-02-12"), content)
    assert (found.organisation, found.channel, found.party) == (organisation, channel, party)


def test_what_was_said_elsewhere_is_no_channel(coder: Coder) -> None:
    found = saying(coder("When the two spoke by telephone, officials said that they expected a truce."), "a truce")
    assert found.channel is None


def test_a_quotation_goes_on_where_a_text_has_lost_its_paragraphs(coder: Coder) -> None:
    article = coder(
        "Rami Hadid, a teacher, said: “The shells fell at noon and nobody was inside. “Then they hit the clinic, and we "
        "carried out the wounded until night.” Huda Salim, a nurse, said: “We had no light in the cellar.”"
    )
    assert "Rami Hadid" in words(article, saying(article, "Then they hit the clinic").source)
