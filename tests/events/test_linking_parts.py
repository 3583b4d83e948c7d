"""The pieces of linking: words, stories, blocking keys, clustering, and the shipped model."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from reportedly.data import CodedArticle, Entity
from reportedly.events import clustering, linking_keys, linking_model, linking_story, linking_terms, mentions
from reportedly.events.clustering import Least
from reportedly.events.linking import Linker, Match
from reportedly.events.mentions import LinkMention, Where
from reportedly.settings import Settings


@pytest.mark.parametrize(
    ("trigger", "head"),
    [
        ("pulled out", "pulled"),
        ("fall of the city", "fall"),
        ("on suspicion", "suspicion"),
        ("Operation Nightfall", "Operation"),
        ("air strike", "strike"),
        ("out", "out"),
    ],
)
def test_the_head_word_of_a_trigger(trigger: str, head: str) -> None:
    assert mentions.head(trigger) == head


@pytest.mark.parametrize(("one", "other"), [("fell", "falls"), ("death", "died"), ("withdrawal", "withdrew")])
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert linking_terms.stem(one) == linking_terms.stem(other)


def test_words_of_one_family_meet_and_others_do_not() -> None:
    offensive, campaign, quake = (
        set(linking_terms.families(linking_terms.stem(word))) for word in ("offensive", "campaign", "earthquake")
    )
    assert offensive & campaign
    assert offensive.isdisjoint(quake)


def test_a_rare_word_is_rarer_than_a_common_one() -> None:
    assert linking_terms.rarity(linking_terms.stem("said")) < linking_terms.rarity(linking_terms.stem("mortar"))
    assert linking_terms.rarity(linking_terms.stem("mortar")) < linking_terms.rarity("qanbarabad")


def story(text: str, **names: str) -> linking_story.Profile:
    entities = [
        Entity(start=text.index(name), end=text.index(name) + len(name), text=name, type=kind)  # type: ignore[arg-type]
        for name, kind in names.items()
    ]
    return linking_story.unpacked(linking_story.profile(CodedArticle(text=text, entities=entities)))


def test_stories_are_told_apart_by_their_names() -> None:
    first = story("Police arrested Qanbar in Dornheim after 3 people were shot.", Qanbar="Person", Dornheim="Location")
    same = story("Qanbar is held in Dornheim over the shooting of 3 people.", Qanbar="Person", Dornheim="Location")
    other = story("Police arrested Lister in Eastgate after 5 people were shot.", Lister="Person", Eastgate="Location")
    likeness = linking_story.likeness([first], [same, other])
    assert likeness[0, 0] > 0.5 > likeness[0, 1]


def test_likeness_is_the_same_both_ways_and_known_for_an_empty_story() -> None:
    one, other, empty = story("Jets bombed Dornheim on 3 May."), story("Dornheim was bombed."), story("")
    assert np.allclose(linking_story.likeness([one], [other]), linking_story.likeness([other], [one]), atol=1e-3)
    assert 0 <= linking_story.likeness([one], [empty])[0, 0] < 0.5


def mention(**given: object) -> LinkMention:
    fields = {"key": "a/event/0-1", "article": "a", "start": 0, "end": 1, "text": "x", "stem": "x", "type": "ASSAULT"}
    return LinkMention(**{**fields, **given})  # type: ignore[arg-type]


def at(latitude: float, within: float = 5.0) -> Where:
    return Where(latitude=latitude, longitude=40.0, within=within)


@pytest.mark.parametrize("day", range(0, 28, 3))
def test_neighbouring_days_and_places_share_a_key(day: int) -> None:
    first = date(2031, 5, 1) + timedelta(days=day)
    second = first + timedelta(days=1)
    one = mention(first=first.isoformat(), last=first.isoformat(), place=at(35.0 + day / 30))
    other = mention(first=second.isoformat(), last=second.isoformat(), place=at(35.1 + day / 30))
    assert set(linking_keys.keys(one)) & set(linking_keys.keys(other))


def test_other_places_times_and_types_share_no_key() -> None:
    one = mention(first="2031-05-01", last="2031-05-01", place=at(35.0))
    for other in (
        mention(first="2031-05-01", last="2031-05-01", place=at(39.0)),
        mention(first="2032-05-01", last="2032-05-01", place=at(35.0)),
        mention(first="2031-05-01", last="2031-05-01", place=at(35.0), type="AID"),
        mention(first="2031-05-01", last="2031-05-01", place=at(35.0, within=600.0)),
        mention(place=at(35.0)),
    ):
        assert not set(linking_keys.keys(one)) & set(linking_keys.keys(other))


def test_the_day_of_the_report_is_not_that_of_the_event() -> None:
    first, last = linking_keys.days(mention(published="2031-05-10"))
    assert first is not None and last == date(2031, 5, 10).toordinal() and first < last
    assert linking_keys.days(mention(published="2031-05-10", first="2029-01-02", last="2029-01-02")) == (
        date(2029, 1, 2).toordinal(),
        date(2029, 1, 2).toordinal(),
    )


def test_groups_are_not_chained() -> None:
    odds = {("a", "b"): 3.0, ("b", "c"): 3.0, ("a", "c"): -8.0}
    assert clustering.groups(["a", "b", "c"], odds, Least(-1.0)) == [["a", "b"], ["c"]]


def test_a_pair_that_was_not_compared_speaks_against_joining() -> None:
    chain = {("a", "b"): 3.0, ("b", "c"): 2.9, ("c", "d"): 3.0}
    assert clustering.groups(["a", "b", "c", "d"], chain, Least(0.0)) == [["a", "b"], ["c", "d"]]


def test_the_order_of_the_mentions_changes_nothing() -> None:
    odds = {("a", "b"): 2.0, ("b", "c"): 1.0, ("a", "c"): 1.5, ("d", "e"): 0.5}
    turned = {(b, a): value for (a, b), value in odds.items()}
    assert clustering.groups(list("abcde"), odds, Least(0.0)) == clustering.groups(list("edcba"), turned, Least(0.0))


def test_new_mentions_join_the_event_that_they_match_on_average() -> None:
    events = {"old1": "e-1", "old2": "e-1", "old3": "e-2"}
    odds = {("new", "old1"): 2.0, ("new", "old2"): 1.0, ("new", "old3"): 1.2, ("other", "old3"): -2.0}
    found = clustering.assigned(["new", "other"], odds, events, Least(0.0))
    assert found["new"] == "e-1"
    assert found["other"] == clustering.event_id(["other"])


def test_the_shipped_model_can_be_read_back_from_its_weights() -> None:
    model = linking_model.load()
    for comparison in model["comparisons"]:
        levels = range(len(comparison["comparison_levels"]) - 1)
        weights = {round(linking_model.bits(comparison, level), linking_model.DIGITS) for level in levels}
        assert len(weights) == len(levels)
        assert linking_model.named(comparison, 0)["sql_condition"] == "ELSE"


def test_other_days_far_away_are_two_events() -> None:
    scorer = linking_model.Scorer()
    told = dict.fromkeys(scorer.comparisons, linking_model.UNKNOWN) | dict(scorer.apart)
    linker = Linker(Settings(), scorer)
    alike = Match(a="new", b="old", probability=0.99, levels=tuple(told.values()))
    near = Match(a="new", b="old", probability=0.99, levels=tuple(dict.fromkeys(told, linking_model.UNKNOWN).values()))
    new = [mention(key="new")]
    assert linker.assign(new, [near], {"old": "e-1"}) == {"new": "e-1"}
    assert linker.assign(new, [alike], {"old": "e-1"}) != {"new": "e-1"}


def test_the_record_can_ask_for_more_than_a_batch_does() -> None:
    """What is less likely than not one event, but not by far, is joined by a batch and not by a stricter linker."""
    old, new = (
        LinkMention(key=key, article=key, start=0, end=4, text="raid", stem="raid", aside="mention")
        for key in ("a", "b")
    )
    unknown = (-1,) * len(Linker(Settings()).scorer.comparisons)
    matches = [Match(a="b", b="a", probability=0.27, levels=unknown)]
    assert Linker(Settings()).assign([new], matches, {"a": "e-1"}, [old]) == {"b": "e-1"}
    strict = Linker(Settings(), joined=0.0, told=0.0).assign([new], matches, {"a": "e-1"}, [old])
    assert strict == {"b": clustering.event_id(["b"])}
