"""Decisions over the machine's coding: what wins over what, and that they hold after an article is coded anew."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reportedly.data import Participant, Span
from reportedly.events.reports import ControlReport, EventReport, FigureReport, Reports, Said
from reportedly.record import decisions_anchors as anchors
from reportedly.record import decisions_fields as fields
from reportedly.record.decisions_constraints import constraints
from reportedly.record.decisions_overlay import Standing
from reportedly.record.decisions_standing import Decided

TEXT = "Shells hit the market. Rescuers said 12 people were killed. The army denied that it had fired."


def figure(start: int = 37, end: int = 39, **more: Any) -> FigureReport:
    given = {"text": "12", "quote": "Rescuers said 12 people were killed.", "sentence": Span(23, 59)} | more
    return FigureReport(
        key=f"a1/figure/{start}-{end}", article="a1", start=start, end=end, low=12, high=12, measure="injured", **given
    )


def event(*figures: FigureReport, start: int = 7, end: int = 10, **more: Any) -> EventReport:
    given = {"text": "hit", "quote": "Shells hit the market.", "sentence": Span(0, 22), "type": "ASSAULT"} | more
    return EventReport(key=f"a1/event/{start}-{end}", article="a1", start=start, end=end, figures=figures, **given)


def decided(number: int, kind: str, report: Any, field: str = "", value: Any = None) -> Decided:
    one = anchors.anchor(report)
    return Decided(
        id=number,
        kind=kind,
        target_kind="statement",
        target=report.key,
        article=report.article,
        context={"text": one.text, "quote": one.quote, "offset": one.offset},
        field=field,
        value=value,
        user="ada",
        made="2026-01-01T00:00:00+00:00",
        reason="checked",
    )


def test_a_correction_is_seen_in_the_statement_and_in_the_event_that_holds_it() -> None:
    found = figure()
    standing = Standing([decided(1, "correct", found, "measure", "killed"), decided(2, "correct", found, "high", 14)])
    (corrected,) = standing.overlay([found])
    assert (corrected.measure, corrected.low, corrected.high) == ("killed", 12, 14)
    (holding,) = standing.overlay([event(found)])
    assert holding.figures == (corrected,)
    assert found.measure == "injured"  # the machine's coding is as it was


def test_the_later_correction_of_a_field_wins() -> None:
    found = figure()
    standing = Standing([decided(1, "correct", found, "low", 10), decided(2, "correct", found, "low", 11)])
    assert standing.overlay([found])[0].low == 11
    assert standing.rulings([found])[found.key].decisions == [1, 2]


def test_a_rejected_statement_is_left_out_and_a_later_confirmation_brings_it_back() -> None:
    found, vouched = figure(), fields.coded(figure(), "figure")
    assert Standing([decided(1, "reject", found)]).overlay([found]) == ()
    assert Standing([decided(1, "reject", found)]).overlay([event(found)])[0].figures == ()
    both = Standing([decided(1, "reject", found), decided(2, "confirm", found, value=vouched)])
    assert both.overlay([found]) == (found,)
    assert both.judgements([found]) == {found.key: "confirmed"}
    assert Standing([decided(1, "reject", found)]).corrected([found]) == (found,)


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("date", {"first": "2019-03-01", "last": "2019-03-02"}, "days", ("2019-03-01", "2019-03-02")),
        ("place", {"name": "Hajin", "geonameid": 170017, "precision": "point"}, "place", ("Hajin", 170017)),
        ("place", None, "place", None),
        ("certainty", "possible", "hedged", True),
        ("source", [{"name": "the monitor"}], "chain", ("the monitor",)),
        ("source", None, "chain", ()),
    ],
)
def test_every_kind_of_field_goes_where_it_belongs(field: str, value: Any, attribute: str, expected: Any) -> None:
    found = figure(chain=(Said(name="Rescuers"),), certainty="reported")
    got = getattr(Standing([decided(1, "correct", found, field, value)]).overlay([found])[0], attribute)
    if field == "date":
        got = (got.first, got.last)
    elif field == "place" and got:
        got = (got.name, got.geonameid)
    elif field == "source":
        got = tuple(link.name for link in got)
    assert got == expected


def test_participants_of_an_event_and_the_holder_of_a_place() -> None:
    who = msgspec.to_builtins(Participant(start=7, end=7, text="SDF", name="Syrian Democratic Forces", id="SYR-SDF"))
    (got,) = Standing([decided(1, "correct", event(), "actor", [who])]).overlay([event()])
    assert got.actor[0].id == "SYR-SDF" and got.recipient == ()
    held = ControlReport(
        key="a1/control/0-5", article="a1", start=0, end=5, text="holds", quote="x", sentence=Span(0, 5), relation="holds",
        actor="army", place_name="Hajin",
    )  # fmt: skip
    changed = Standing(
        [
            decided(1, "correct", held, "actor", {"name": "Syrian Democratic Forces", "id": "SYR-SDF"}),
            decided(2, "correct", held, "place", {"name": "Baghuz"}),
        ]
    ).overlay([held])[0]
    assert (changed.actor, changed.actor_id, changed.place_name) == ("Syrian Democratic Forces", "SYR-SDF", "Baghuz")


def test_a_decision_follows_its_statement_to_a_newer_coding() -> None:
    made = decided(1, "correct", figure(), "measure", "killed")
    wider = figure(37, 46, text="12 people")
    other = figure(7, 10, text="hit", quote="Shells hit the market.", sentence=Span(0, 22))
    assert [one.measure for one in Standing([made]).overlay([other, wider])] == ["injured", "killed"]


def test_a_decision_follows_its_sentence_into_a_changed_text() -> None:
    made = decided(1, "reject", figure())
    moved = figure(137, 139, sentence=Span(123, 159))
    there = figure(37, 39, text="30", quote="Some 30 shells fell on the town in an hour.", sentence=Span(30, 73))
    assert Standing([made]).overlay([there, moved]) == (there,)


def test_a_decision_without_a_target_is_kept_and_listed() -> None:
    made = decided(1, "reject", figure())
    gone = figure(37, 39, text="seven", quote="Another sentence is here.", sentence=Span(30, 55))
    assert Standing([made]).overlay([gone]) == (gone,)
    assert Standing([made]).lost([gone]) == [made] and Standing([made]).lost([figure()]) == []
    elsewhere = event(start=37, end=39, quote="Rescuers said 12 people were killed.", text="12")
    assert Standing([made]).lost([elsewhere]) == [made]  # another layer is another statement


def test_what_was_confirmed_stays_when_a_newer_coder_reads_something_else() -> None:
    made = decided(1, "confirm", figure(), value=fields.coded(figure(), "figure"))
    recoded = msgspec.structs.replace(figure(), high=None, measure="missing")
    assert Standing([made]).overlay([recoded])[0] == figure()


def test_overlay_of_a_whole_article() -> None:
    found = figure()
    reports = Reports(events=(event(found),), figures=(found,))
    laid = Standing([decided(1, "reject", found)]).overlay_all(reports)
    assert laid.figures == () and laid.events[0].figures == () and len(reports.figures) == 1


# ---- merges and splits


def linking(number: int, kind: str, target: str, into: str, moved: str = "", kept: str = "", **more: Any) -> Decided:
    value = {
        "into": into,
        "statements": [{"key": k} for k in moved.split()],
        "kept": [{"key": k} for k in kept.split()],
    }
    return Decided(
        id=number, kind=kind, target_kind="event", target=target, value=value, user="ada", made="", reason="", **more
    )


def test_a_merge_holds_for_what_linking_adds_later_and_its_undoing_gives_back() -> None:
    merge = linking(1, "merge", "e2", "e1", moved="b/event/1-2", kept="a/event/1-2")
    made = constraints([merge])
    assert made.effective("b/event/1-2", "e2") == made.effective("new/event/5-9", "e2") == "e1"
    assert made.given("new/event/5-9", "e2") == "e2"  # linking goes on with its own event
    assert made.merged() == {"e2": "e1"}
    undone = constraints([msgspec.structs.replace(merge, stands=False)])
    assert undone.effective("new/event/5-9", "e2") == "e2" and undone.merged() == {}


def test_a_chain_of_merges_ends_at_one_event_even_in_a_circle() -> None:
    made = constraints([linking(1, "merge", "e3", "e2"), linking(2, "merge", "e2", "e1")])
    assert made.effective("x", "e3") == "e1" and made.merged() == {"e3": "e1", "e2": "e1"}
    circle = constraints([linking(1, "merge", "e2", "e1"), linking(2, "merge", "e1", "e2")])
    assert circle.effective("x", "e1") == circle.effective("x", "e2") == "e2"
    assert circle.merged() == {"e1": "e2"}


def test_a_split_holds_and_what_is_like_it_goes_with_it() -> None:
    split = linking(1, "split", "e1", "e1-s1", moved="b/event/1-2")
    made = constraints([split])
    assert made.given("b/event/1-2", "e1") == made.effective("b/event/1-2", "e1") == "e1-s1"
    assert made.effective("a/event/1-2", "e1") == "e1"
    assert made.effective("new", "e1-s1") == "e1-s1"
    undone = constraints([msgspec.structs.replace(split, stands=False)])
    assert undone.effective("new", "e1-s1") == undone.given("new", "e1-s1") == "e1"


def test_merges_and_splits_hold_after_an_article_is_coded_anew() -> None:
    old, new = event(), event(start=7, end=21, text="hit the market")
    one = msgspec.to_builtins(anchors.anchor(old))
    split = Decided(
        id=1, kind="split", target_kind="event", target="e1", value={"into": "e9", "statements": [one]}, user="", made="",
        reason="",
    )  # fmt: skip
    made = constraints([split])
    assert made.effective(new.key, "e1") == "e1"
    assert made.aligned([new]).effective(new.key, "e1") == "e9"
    assert made.aligned([event(start=90, end=95, text="fired", quote="q")]).effective("a1/event/90-95", "e1") == "e1"
