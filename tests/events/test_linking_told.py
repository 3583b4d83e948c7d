"""Events that articles report by themselves join more strictly than passing mentions do."""

from __future__ import annotations

import pytest

from reportedly.events import clustering
from reportedly.events.clustering import Least
from reportedly.events.linking_model import UNKNOWN, Scorer, level_of
from reportedly.events.linking_told import CERTAIN, Weighing, log_odds, other_words, told
from reportedly.events.mentions import LinkMention


def mention(key: str, **given: object) -> LinkMention:
    fields = {"key": key, "article": key, "start": 0, "end": 1, "text": "x", "stem": "x", "type": "ASSAULT"}
    return LinkMention(**{**fields, **given})  # type: ignore[arg-type]


def test_reported_events_are_not_chained_by_a_passing_mention() -> None:
    odds = {("a", "m"): 3.0, ("b", "m"): 2.0, ("a", "b"): -3.0}
    assert clustering.groups(["a", "b", "m"], odds, Least(-2.5)) == [["a", "b", "m"]]
    assert clustering.groups(["a", "b", "m"], odds, Least(-2.5, -1.5, frozenset("ab"))) == [["a", "m"], ["b"]]


def test_a_new_report_joins_an_old_event_only_if_it_matches_the_reports_there() -> None:
    events = {"old": "e-1", "passing": "e-1"}
    odds = {("new", "old"): -3.0, ("new", "passing"): 3.0}
    assert clustering.assigned(["new"], odds, events, Least(-2.5))["new"] == "e-1"
    strict = Least(-2.5, -1.5, frozenset({"new", "old"}))
    assert clustering.assigned(["new"], odds, events, strict)["new"] != "e-1"


def test_what_is_told_is_what_an_article_reports_by_itself() -> None:
    listed = [mention("a"), mention("b", aside="background"), mention("c", type=None)]
    assert told(listed) == {"a"}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"type": "REJECT", "actors": ("x",)}, {"type": "REJECT", "actors": ("y",)}, True),
        ({"type": "REJECT", "actors": ("x",)}, {"type": "REJECT", "actors": ("x", "y")}, False),
        ({"type": "REJECT", "actors": ("x",)}, {"type": "REJECT"}, False),
        ({"type": "REJECT"}, {"type": "ASSAULT"}, True),
        ({"actors": ("x",)}, {"actors": ("y",)}, False),
    ],
)
def test_the_words_of_another_are_another_event(one: dict[str, object], other: dict[str, object], apart: bool) -> None:
    assert other_words(mention("a", **one), mention("b", **other)) is apart


def test_what_differs_counts_against_reported_events_and_not_against_mentions() -> None:
    scorer = Scorer()
    levels = dict.fromkeys(scorer.comparisons, UNKNOWN)
    levels["recipients"] = level_of(scorer.model, "recipients", "others")
    both = Weighing(scorer, [mention("a"), mention("b")]).odds("a", "b", 0.5, tuple(levels.values()))
    passing = Weighing(scorer, [mention("a"), mention("b", type=None)]).odds("a", "b", 0.5, tuple(levels.values()))
    assert both < passing == log_odds(0.5)
    speech = Weighing(scorer, [mention("a"), mention("b", type="REJECT")])
    assert speech.odds("a", "b", 0.99, tuple(levels.values())) == CERTAIN
