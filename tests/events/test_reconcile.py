"""Reports of one event put side by side: certainty, counts, and that the order of reports changes nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.events import reconcile
from reportedly.events.reports import EventReport
from tests.events.making import figure, report, said

ARMY = said("Army", actor="SYR-MIL", party=True)
MONITOR = said("Syrian Observatory for Human Rights", actor="SYR-SOHR", party=False)
REBELS = said("Free Syrian Army", actor="SYR-FSA", party=True)


def test_what_an_article_says_itself_is_a_fact() -> None:
    found = reconcile.event([report("a")])
    assert (found.certainty, found.articles, found.disputed) == ("fact", 1, False)


def test_one_source_through_two_outlets_is_one_origin_and_no_fact() -> None:
    found = reconcile.event([report("a", outlet="One", by=[MONITOR]), report("b", outlet="Two", by=[MONITOR])])
    assert (found.articles, found.outlets, len(found.origins), found.certainty) == (2, 2, 1, "reported")


def test_two_independent_sources_make_a_fact_unless_both_are_parties() -> None:
    assert reconcile.event([report("a", by=[MONITOR]), report("b", by=[ARMY])]).certainty == "fact"
    assert reconcile.event([report("a", by=[REBELS]), report("b", by=[ARMY])]).certainty == "reported"


@pytest.mark.parametrize(
    ("certainties", "expected"),
    [
        (["denied", "denied"], "denied"),
        (["denied", "reported"], "reported"),
        (["forecast", "denied"], "forecast"),
        (["forecast", "possible"], "possible"),
        (["possible", "possible"], "possible"),
        (["possible", "fact"], "fact"),
    ],
)
def test_certainty_over_all_reports(certainties: list[str], expected: str) -> None:
    reports = [
        report(name, certainty=value, by=[] if value == "fact" else [MONITOR])
        for name, value in zip("ab", certainties, strict=True)
    ]
    assert reconcile.event(reports).certainty == expected


def test_an_event_without_reports_is_an_error() -> None:
    with pytest.raises(ValueError, match="without reports"):
        reconcile.event([])


@st.composite
def several(draw: st.DrawFn) -> list[EventReport]:
    """Reports of one event by several articles, with and without sources, figures, places and days."""
    speakers = st.sampled_from([[], [ARMY], [MONITOR], [REBELS], [said("officials")]])
    made = []
    for number in range(draw(st.integers(1, 6))):
        low = draw(st.integers(1, 40))
        high = draw(st.one_of(st.none(), st.integers(low, 60)))
        published = draw(st.sampled_from([None, "2019-03-01", "2019-03-02", "2019-03-02T10:00:00Z"]))
        by = draw(speakers)
        article = f"a{number}"
        counted = figure(
            article, low, high, of=draw(st.sampled_from(["people", "civilians"])), published=published, by=by
        )
        made.append(
            report(
                article,
                published=published,
                by=by,
                certainty=draw(st.sampled_from(["fact", "reported", "denied", "forecast", "possible"])),
                days=draw(st.sampled_from([None, ("2019-03-01", "2019-03-01"), ("2019-02-20", "2019-03-05")])),
                figures=[counted],
            )
        )
    return made


@given(several(), st.randoms(use_true_random=False))
def test_the_order_of_the_reports_does_not_matter(reports: list[EventReport], shuffler: random.Random) -> None:
    expected = reconcile.event(reports)
    mixed = list(reports)
    shuffler.shuffle(mixed)
    assert reconcile.event(mixed) == expected


@given(several())
def test_every_report_supports_a_position_and_each_aspect_has_one_lead(reports: list[EventReport]) -> None:
    found = reconcile.event(reports)
    happened = [p for p in found.positions if p.aspect == "happened"]
    assert {s.statement for p in happened for s in p.supporters} == {r.key for r in reports}
    for aspect in {p.aspect for p in found.positions}:
        assert [p.stance for p in found.positions if p.aspect == aspect].count("lead") == 1
