"""Copies are found by their keys and decided on their texts; quoting the same speech is no copy."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly import settings
from reportedly.articles.reader import Reader
from reportedly.data import Article
from reportedly.events import copies, copies_credits
from reportedly.events.findings import Dependency

EXAMPLES = Path(__file__).parents[2] / "examples" / "baghuz"

SPEECH = (
    "“We did not come here to destroy this valley, we came to give it back to the people who plough it,” he said. "
    "“Every house that was burnt will be built again, every road will be opened, and nobody who lays down a rifle "
    "before the first snow will be asked where he carried it. I ask the elders to send their sons home, and I promise "
    "them before all of you that the gates of the town will stand open on the day they come.” "
)
ONE = (
    "The governor of the highland district offered an amnesty on Thursday to fighters who had held the upper valley "
    "since spring. He spoke in the square of the district capital, where several thousand people had waited since "
    "dawn behind a line of soldiers. {} The rebels' council did not answer at once. A shopkeeper near the square said "
    "that his two brothers were still in the mountains and that he would carry the message to them himself."
)
OTHER = (
    "Three weeks of shelling ended in silence when the district governor walked to a microphone and promised to spare "
    "any rebel who comes down from the hills by winter. {} Aid convoys are expected to reach the upper villages at "
    "the weekend, a relief coordinator told this paper, though engineers still have to clear the bridge at the mill. "
    "Prices of flour had trebled in the besieged hamlets, and eleven families were living in the school."
)


@pytest.fixture(scope="module")
def pages() -> list[Article]:
    read = [item for item in Reader(settings.load()).read(str(EXAMPLES)) if isinstance(item, Article)]
    assert len(read) == 9
    return read


def _sentences(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in re.split(r"(?<=[.?!”])\s+(?=[A-Z“])", line) if part]


def _cuts(text: str, share: float) -> Iterator[str]:
    """Syndicated versions of a text: another headline, an agency's line, and of the text its beginning, or any of
    its sentences, up to a share of the words."""
    said = _sentences(text)
    wanted = share * len(text.split())
    draw = random.Random(7)
    for order in (list(range(len(said))), draw.sample(range(len(said)), len(said))):
        kept: list[int] = []
        for index in order:
            if sum(len(said[i].split()) for i in kept) < wanted:
                kept.append(index)
        body = " ".join(said[i] for i in sorted(kept))
        yield f"Another headline by the desk of this paper\nSTAFF AND AGENCIES\n{body}\nWith material of our own."


def _found(text: str, other: str) -> bool:
    keys = set(copies.bands(copies.signature(text))) & set(copies.bands(copies.signature(other)))
    return bool(keys) and copies.dependency("a", text, "b", other) is not None


def test_the_cut_copy_among_the_examples_is_the_only_one(pages: list[Article]) -> None:
    found = [
        copies.dependency(
            a.publisher or "", a.text, b.publisher or "", b.text, published=a.published, other_published=b.published
        )
        for a, b in itertools.combinations(pages, 2)
    ]
    assert [(one.article, one.on, one.kind) for one in found if one] == [("Daily Meridian", "Northern Wire", "copy")]


@pytest.mark.parametrize("share", [0.8, 0.5, 0.33, 0.25])
def test_cut_copies_are_found_at_every_length(pages: list[Article], share: float) -> None:
    tried = [
        _found(cut, page.text) for page in pages if len(page.text.split()) > 150 for cut in _cuts(page.text, share)
    ]
    assert len(tried) >= 14
    assert sum(tried) / len(tried) >= 0.95


def test_minhash_alone_would_miss_what_is_cut_to_a_quarter(pages: list[Article]) -> None:
    cut = next(_cuts(pages[1].text, 0.25))
    both = set(copies.bands(copies.signature(cut))) & set(copies.bands(copies.signature(pages[1].text)))
    assert both and all(key.startswith("w:") for key in both)


def test_a_copy_with_a_changed_word_in_every_line_is_still_one(pages: list[Article]) -> None:
    changed = re.sub(r"\bsaid\b", "told reporters", pages[1].text).replace("around", "about").replace("Some", "Nearly")
    assert _found(changed, pages[1].text)


def test_a_long_speech_in_common_is_no_copy() -> None:
    one, other = ONE.format(SPEECH), OTHER.format(SPEECH)
    shared = len(SPEECH.split()) / len(other.split())
    assert shared > 0.45
    found = copies.likeness(one, other)
    assert found.containment < 0.05
    assert not found.quotations
    assert copies.dependency("a", one, "b", other) is None


def test_a_real_copy_with_the_speech_is_one() -> None:
    one = ONE.format(SPEECH)
    assert _found(one, "GOVERNOR OFFERS AMNESTY\n" + one.rsplit(". ", 1)[0])


def test_texts_of_nothing_but_a_speech_are_compared_with_it() -> None:
    one, other = f"He spoke. {SPEECH}", f"In full: {SPEECH}"
    assert copies.likeness(one, other).quotations
    assert copies.dependency("a", one, "b", other) is not None
    assert copies.dependency("a", one, "b", "In full: “Nothing of that sort was said by anybody at all today.”") is None


@pytest.mark.parametrize(
    ("published", "other", "copy"),
    [
        ("2019-03-02", "2019-03-01", "long"),
        ("2019-03-01T09:00:00Z", "2019-03-01T07:00:00Z", "short"),
        (None, "2019-03-01", "short"),
        (None, None, "short"),
    ],
)
def test_who_rests_on_whom(published: str | None, other: str | None, copy: str) -> None:
    """The later on the earlier; of one day, or without dates, the shorter on the longer; whoever is named first."""
    long, short = ONE.format(SPEECH), ONE.format("").rsplit(". ", 1)[0]
    one = copies.dependency("long", long, "short", short, published=published, other_published=other)
    two = copies.dependency("short", short, "long", long, published=other, other_published=published)
    assert one is not None and one == two
    assert one.article == copy
    assert one.similarity is not None and one.similarity > 0.9


def test_a_signature_is_the_same_everywhere() -> None:
    """The keys stand in stored records: whatever changes them must be meant to."""
    keys = copies.bands(
        copies.signature("The bridge at the mill was closed on Friday after the river had risen again.")
    )
    assert len(keys) == 33
    assert keys[0] == "m00:00c3c20f00f5d2fc02a8522f10b407a1"
    assert keys[-1] == "w:046e040fd27c981b"


def test_an_empty_text_has_no_keys_and_copies_nothing() -> None:
    assert copies.bands(copies.signature("")) == []
    assert copies.dependency("a", "", "b", "") is None
    assert copies.dependency("a", "One line.", "a", "One line.") is None
    with pytest.raises(ValueError, match="signature"):
        copies.bands(b"no signature")


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("BEIRUT (AP) — The road was opened on Friday.", ("Associated Press",)),
        ("Road opened\nReuters\nThe road was opened.", ("Reuters",)),
        ("Road opened\nReuters | 18 September 2013, 02:16\nThe road was opened.", ("Reuters",)),
        ("Road opened\nLina Haddad in Tyre and agencies\nThe road was opened.", ("news agencies",)),
        ("The road was opened.\n\nReuters contributed to this report.", ("Reuters",)),
        ("The road was opened.\n(Additional reporting by AFP and AP)", ("Agence France-Presse", "Associated Press")),
        ("The road was opened, an official said. (AFP)", ("Agence France-Presse",)),
        ("Reuters said the army had opened the road.", ()),
        ("The driver told Reuters that the road was open and by AP that it was not.", ()),
        ("AP 5 dead on the road", ()),
        ("The army (AA) opened the road, and the villagers came down to see it.", ()),
    ],
)
def test_credited_agencies(text: str, agencies: tuple[str, ...]) -> None:
    assert copies_credits.credited(text) == agencies


def test_an_agency_does_not_rest_on_itself() -> None:
    text = "BEIRUT (Reuters) - The road was opened on Friday."
    assert copies_credits.dependencies("a", text, "Reuters") == ()
    assert copies_credits.dependencies("a", text, "Daily Meridian") == (
        Dependency(article="a", on="Reuters", kind="outlet"),
    )
