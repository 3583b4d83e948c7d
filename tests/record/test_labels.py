"""What events, disputes and sources are called: in words that a reader understands, and nothing that no report says."""

from __future__ import annotations

from typing import Any

import pytest

from reportedly.events.findings import Position
from reportedly.pages.templatetags import reading
from reportedly.record.models import Event
from reportedly.record.queries import headings
from reportedly.record.queries.disputes import Dispute
from tests.record.exporting import ARMY, CIVILIANS, Stored
from tests.record.factories import ISIS, SDF, Draft

ABDALLAH = {"name": "Abdallah Hafi", "text": "Abdallah", "kind": "person"}


def called(sentence: str, trigger: str, **more: Any) -> str:
    """The label of an event that one sentence reports."""
    draft = Draft("a1").sentence(sentence)
    if "Hajin" in sentence:
        draft.place("Hajin", 34.69, 40.83)
    Stored().add(draft.event(trigger, **more))
    return Event.objects.get().label


@pytest.mark.parametrize(
    ("sentence", "trigger", "actor", "recipient", "label"),
    [
        (
            "The army shelled civilians in Hajin, rescuers said.",
            *("shelled", [ARMY], [CIVILIANS]),
            "Syrian Army: shelled civilians in Hajin",
        ),
        ("The army shelled Hajin.", "shelled", [ARMY], [], "Syrian Army: shelled Hajin"),
        (
            "The SDF drove Isis out of 1,500 houses, it said.",
            *("drove", [{**SDF, "text": "SDF"}], [{**ISIS, "text": "Isis"}]),
            "Syrian Democratic Forces: drove Isis out of 1,500 houses",
        ),
        (
            "Abdallah was killed in the night.",
            *("killed", [], [ABDALLAH]),
            "unknown actor against Abdallah Hafi: killed in the night",
        ),
        (
            "Somebody attacked Abdallah.",
            *("attacked", [], [ABDALLAH]),
            "unknown actor: attacked Abdallah",
        ),
        ("On Monday, crowds gathered near Hajin, he said.", "gathered", [], [], "crowds gathered near Hajin"),
    ],
)
def test_an_event_is_called_by_who_and_the_articles_own_words(
    sqlite_record: str, sentence: str, trigger: str, actor: list[Any], recipient: list[Any], label: str
) -> None:
    assert called(sentence, trigger, actor=actor, recipient=recipient) == label


@pytest.mark.parametrize(("kind", "word"), [("CONSULT", "with"), ("REQUEST", "to"), ("THREATEN", "against")])
def test_to_whom_goes_with_the_type(sqlite_record: str, kind: str, word: str) -> None:
    label = called(
        "Abdallah, the army said, had heard.", "heard", actor=[ARMY], recipient=[ABDALLAH], type=kind, mode=None
    )
    assert label == f"Syrian Army {word} Abdallah Hafi: heard"


@pytest.mark.parametrize(
    ("sentence", "trigger", "label"),
    [
        ("He left, and warned that the group was waiting.", "warned", "warned that the group was waiting"),
        ("He said 30 were held, and that 82 fighters were killed.", "killed", "82 fighters were killed"),
        ("But clashes went on along the river.", "clashes", "clashes went on along the river"),
        ("That attack was the last.", "attack", "That attack was the last"),
    ],
)
def test_a_name_does_not_begin_with_what_joins_it_to_another_clause(
    sqlite_record: str, sentence: str, trigger: str, label: str
) -> None:
    assert called(sentence, trigger) == label


@pytest.mark.parametrize(
    ("sentence", "words", "day", "label"),
    [
        ("Shells hit a road late on Friday and cut it.", "Friday", "2019-03-01", "Shells hit a road and cut it, 2019-03-01"),
        ("On Friday shells hit a road.", "Friday", "2019-03-01", "shells hit a road, 2019-03-01"),
        ("Shells hit a road yesterday.", "yesterday", "2019-03-09", "Shells hit a road, 2019-03-09"),
        # what the words need, or what does not mean the day of the event, stays
        ("Shells hit a road on Friday alone.", "Friday", "2019-03-01", "Shells hit a road on Friday alone, 2019-03-01"),
        ("Shells hit Friday’s market.", "Friday", "2019-03-01", "Shells hit Friday’s market, 2019-03-01"),
        ("Shells hit the Friday market.", "Friday", "2019-03-01", "Shells hit the Friday market, 2019-03-01"),
        ("Friday saw shells hit a road.", "Friday", "2019-03-01", "Friday saw shells hit a road, 2019-03-01"),
        ("Shells hit a road built in 2017 on Friday.", "Friday", "2019-03-01", "Shells hit a road built in 2017, 2019-03-01"),
        ("Shells hit a road on 2 May.", "2 May", None, "Shells hit a road on 2 May"),
    ],
)  # fmt: skip
def test_the_day_of_an_event_is_said_once(
    sqlite_record: str, sentence: str, words: str, day: str | None, label: str
) -> None:
    published = "2019-03-10" if words == "yesterday" else "2019-03-02"
    draft = Draft("a1", published=published).sentence(sentence).date(words, day)
    Stored().add(draft.event("hit"))
    assert Event.objects.get().label == label


def test_a_headline_has_no_arrow_that_leads_from_nobody() -> None:
    assert (
        reading.headline("→ Abdallah Hafi: killed, 2017-01-01 to 2017-12-31") == "Unknown actor → Abdallah Hafi: killed"
    )
    assert reading.headline("unknown actor: attacked Abdallah") == "Unknown actor: attacked Abdallah"


def dispute(kind: str, about: str, *labels: str) -> Dispute:
    """A dispute of these claims."""
    stances = ["lead", *["contradicts"] * len(labels)]
    positions = tuple(
        Position(aspect="statement", value={}, label=label, stance=stance, supporters=(), origins=1, because="")  # type: ignore[arg-type]
        for label, stance in zip(labels, stances, strict=False)
    )
    return Dispute(kind=kind, about=about, event=None, place=None, first=None, last=None, positions=positions, urls={})


def test_a_dispute_is_headed_by_what_it_is_about() -> None:
    article = dispute("article", "kids", "the authorities will bring these children home", "nobody will come")
    assert reading.matter(article) == "Kids: “the authorities will bring these children home”"
    named = dispute("article", "Tabqa", "she called Tabqa “a calm place” at first", "she was afraid")
    assert reading.matter(named) == "“she called Tabqa ‘a calm place’ at first”"
    first = dispute(
        "article", "she called Tabqa “a calm…", "she called Tabqa “a calm place” at first", "she was afraid"
    )
    assert reading.matter(first) == "“she called Tabqa ‘a calm place’ at first”"
    denied = dispute("article", "Hajin", "denied: anybody was hurt in Hajin", "twelve were killed")
    assert reading.matter(denied) == "Denied: “anybody was hurt in Hajin”"
    long = headings.dispute(dispute("article", "set", f"it is set to “last {'and last ' * 30}”", "it will not"))
    assert long.endswith("…”") and len(long) < 100 and "‘" not in long
    assert headings.dispute(dispute("figure", "killed, militants, Hajin")) == "how many: killed, militants, Hajin"
    assert headings.dispute(dispute("figure", "area, Hajin")) == "how large an area: area, Hajin"
    event = dispute("event", "strike, Hajin: whether it happened", "it happened")
    assert reading.matter(event) == "Strike, Hajin: whether it happened"


@pytest.mark.parametrize(
    ("name", "shown", "described"),
    [
        ("Neither side", "neither side", True),
        ("The two leaders", "the two leaders", True),
        ("aid agencies", "aid agencies", True),
        ("The Daily Telegraph", "The Daily Telegraph", False),
        ("A B Karim", "A B Karim", False),
        ("Northern Wire", "Northern Wire", False),
        ("Many", "many", True),
    ],
)
def test_a_source_that_is_only_described_does_not_read_like_a_name(name: str, shown: str, described: bool) -> None:
    assert (reading.voice(name), reading.unnamed(name)) == (shown, described)
