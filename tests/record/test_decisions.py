"""What people decide takes effect, survives later adds and newer coders, and can be taken back; nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reportedly import settings
from reportedly.errors import DecisionError
from reportedly.record import decisions, decisions_making, history, setup
from reportedly.record.adding import Adder
from reportedly.record.decisions_making import By
from reportedly.record.models import Decision, Event, Statement
from reportedly.record.queries import control, events, figures, filters, sources, statements
from reportedly.record.queries.events import EventLine
from tests.record import war
from tests.record.factories import Draft, StemLinker

ADA = By("ada", "read the article")


@pytest.fixture
def told(war_record: str) -> Adder:
    """The made-up war, which the test may add to."""
    return war.adding()


def event(word: str, **chosen: Any) -> EventLine:
    """The event whose label has a word."""
    return next(line for line in events.listed(filters.read(**chosen)) if word in line.label)


def report(day: str, article: str, killed: str, program: str = "1", trigger: str = "shelled") -> Draft:
    """One more report of the shelling of the market."""
    draft = Draft(article, f"Outlet {article}", day, program=program)
    draft.sentence(f"The army {trigger} the market in Hajin on Friday, killing {killed} people, witnesses said.")
    draft.place("Hajin", *war.HAJIN).date("Friday", "2019-03-01").said("witnesses", "said")
    return draft.figure(killed).event(trigger, (killed,), mode="heavy-weapons", actor=[war.ARMY])


def test_confirming_an_event_and_what_comes_after_it(told: Adder) -> None:
    line = event("shelled")
    made = decisions_making.confirm(line.id, ADA)
    assert (made.kind, made.user, made.reason, made.target) == ("confirm", "ada", "read the article", line.id)
    assert event("shelled").verified and not event("captured").verified
    assert events.page(line.id).since_confirmed == 0
    told.add(report("2019-03-04", "b1", "14").article())
    page = events.page(line.id)
    assert page.line.verified and page.since_confirmed == 1 and page.number == 4


def test_a_corrected_statement_changes_its_event_its_series_and_its_lists(told: Adder) -> None:
    line = event("shelled")
    key = Statement.objects.get(layer="figure", low=15).key
    decisions_making.correct(key, "high", "20", ADA)
    decisions_making.correct(key, "low", "18", By("ben", "the headline says so"))
    assert (event("shelled").killed_best, event("shelled").killed_high) == (18.0, 20.0)
    (series,) = figures.listed(filters.read(measure="killed"))
    assert (series.latest.low, series.latest.high) == (18.0, 20.0)
    report_ = statements.one(key)
    assert (report_.coded["low"], report_.decided) == (15.0, {"low": 18.0, "high": 20.0})
    assert [(one.user, one.was, one.value) for one in report_.decisions] == [("ada", 15.0, 20.0), ("ben", 15.0, 18.0)]
    decisions_making.correct(key, "measure", "injured", ADA)
    assert [one.latest.low for one in figures.listed(filters.read(measure="injured"))] == [18.0]
    assert {toll.measure: toll.best for toll in events.page(line.id).tolls} == {"killed": 12.0, "injured": 18.0}


def test_corrections_of_actor_place_date_and_source_move_a_statement(told: Adder) -> None:
    decisions_making.correct("a7/event/7-15", "actor", "SDF; Fiji Police", ADA)
    decisions_making.correct("a7/event/7-15", "place", "Hajin", ADA)
    decisions_making.correct("a7/event/7-15", "date", "2019-03-28..2019-03-30", ADA)
    decisions_making.correct("a7/event/7-15", "source", "a witness", ADA)
    line = event("arrested", place="Hajin")
    assert (str(line.first), str(line.last), line.says) == ("2019-03-28", "2019-03-30", ("a witness",))
    assert event("arrested", actor="SYR-SDF").id == line.id == event("arrested", source="a witness").id
    decisions_making.correct("a7/event/7-15", "place", "none", ADA)
    assert event("arrested").place is None
    decisions_making.correct("a4/control/25-33", "actor", "ISIS", ADA)
    assert {one.actor for one in control.listed(filters.read())} == {"Islamic State"}


def test_a_correction_of_an_event_stands_over_its_reports(told: Adder) -> None:
    line = event("met")
    decisions_making.correct(line.id, "type", "AID", ADA)
    decisions_making.correct(line.id, "place", "Baghuz/near", ADA)
    decisions_making.correct(line.id, "date", "2019-02", ADA)
    now = event("met", type="AID")
    assert (str(now.first), str(now.last)) == ("2019-02-01", "2019-02-28")
    assert now.place is not None and (now.place.name, now.place.precision) == ("Baghuz", "near")
    page = events.page(line.id)
    assert page.corrections["type"] == "AID" and page.reports[0].coded["type"] == "CONSULT"
    decisions_making.undo(page.decisions[0].id, ADA)
    assert event("met").type == "CONSULT" and event("met").place is not None


def test_a_rejected_statement_counts_no_more_and_comes_back(told: Adder) -> None:
    line = event("shelled")
    assert line.disputed
    made = decisions_making.reject("a2/event/105-112", ADA)
    now = events.page(line.id)
    assert not now.line.disputed and len(now.positions) < 10 and now.disputes == ()
    assert [one.evidence.judgement for one in now.reports] == ["", "", "rejected"]  # still to be seen
    decisions_making.undo(made.id, ADA)
    assert event("shelled").disputed


def test_a_rejected_event_is_left_out_of_lists_unless_it_is_asked_for(told: Adder) -> None:
    made = decisions_making.reject(event("met").id, ADA)
    assert not any("met" in line.label for line in events.listed(filters.read()))
    assert event("met", rejected=True).judgement == "rejected"
    decisions_making.undo(made.id, ADA)
    assert event("met").judgement == ""


def test_a_merge_holds_for_later_reports_and_is_taken_back(told: Adder) -> None:
    shelled, captured = event("shelled"), event("captured")
    (made,) = decisions_making.merge(shelled.id, [captured.id], ADA)
    page = events.page(shelled.id)
    assert page.number == 4 + 1 and page.merged == (captured.id,)  # the event and the control statement of the capture
    assert events.page(captured.id).merged_into == shelled.id and events.page(captured.id).number == 0
    assert not any(line.id == captured.id for line in events.listed(filters.read()))
    draft = Draft("b1", "Ridge Post", "2019-03-07")
    draft.sentence("Fighters captured Baghuz on Tuesday.").place("Baghuz", *war.BAGHUZ).date("Tuesday", "2019-03-05")
    told.add(draft.event("captured", actor=[]).article())
    assert events.page(shelled.id).number == 6
    with pytest.raises(DecisionError, match=f"was merged into {shelled.id}"):
        decisions_making.confirm(captured.id, ADA)
    decisions_making.undo(made.id, ADA)
    assert events.page(shelled.id).number == 3 and events.page(captured.id).number == 3
    assert events.page(captured.id).merged_into is None


def test_a_split_is_not_linked_again_and_is_taken_back(told: Adder) -> None:
    line = event("shelled")
    made = decisions_making.split(line.id, ["a2/event/9-16", "a2/event/105-112"], ADA)
    new = made.value["into"]
    assert events.page(line.id).number == 1 and events.page(new).number == 2
    assert (events.page(line.id).line.killed_best, events.page(new).line.killed_best) == (12.0, 15.0)
    told.add(report("2019-03-04", "b1", "14").article())
    assert events.page(line.id).number + events.page(new).number == 4
    assert {one.evidence.article for one in events.page(new).reports} >= {"a2"}
    assert "a2" not in {one.evidence.article for one in events.page(line.id).reports}
    decisions_making.undo(made.id, ADA)
    assert events.page(line.id).number == 4 and events.page(new).number == 0
    assert not any(one.id == new for one in events.listed(filters.read()))


def test_decisions_survive_a_newer_coder(told: Adder) -> None:
    line = event("shelled")
    key = Statement.objects.get(article__public_id="a1", layer="figure").key
    decisions_making.correct(key, "low", "11", ADA)
    decisions_making.reject("a2/event/105-112", ADA)
    decisions_making.split(line.id, ["a1/event/9-16"], ADA)
    # The newer coder finds "killing 12 people" where the older found "12", and takes another trigger.
    draft = Draft(
        "a1", "Harbour Times", "2019-03-02", title="Shells hit a market", url="https://harbour.example/a1", program="2"
    )
    draft.sentence("The army shelled the market in Hajin on Friday, killing 12 people, rescuers said.")
    draft.place("Hajin", *war.HAJIN).date("Friday", "2019-03-01").said("rescuers", "said")
    draft.figure("12 people", 12, 12).event("shelled the market", ("12 people",), actor=[war.ARMY])
    assert Adder(settings.load(), StemLinker(), recode=True).add(draft.article()) == "revised"  # type: ignore[arg-type]
    row = Statement.objects.get(article__public_id="a1", layer="figure", current=True)
    assert row.key != key and (row.low, row.high) == (11.0, 12.0)
    assert statements.one(row.key).decided == {"low": 11.0}
    split_off = Statement.objects.get(article__public_id="a1", layer="event", current=True).event
    assert split_off is not None and split_off.public_id == f"{line.id}-s1"
    assert not event("shelled", source="Ridge Post").disputed  # the rejected denial stays rejected


def test_a_decision_whose_statement_is_gone_is_kept_and_listed(told: Adder) -> None:
    made = decisions_making.correct("a7/event/7-15", "type", "AID", ADA)
    changed = Draft("a7", "Eastgate", "2019-04-02", title="Arrests on an island", url="https://eastgate.example/a7")
    changed.sentence("Nothing is known.").event("known", type="CONSULT", mode=None)
    told.add(changed.article())
    (entry,) = [entry for entry in history.of("a7") if entry.kind == "decision"]
    assert entry.lost and entry.decision is not None and entry.decision.id == made.id and entry.decision.stands
    assert [(one.about, one.lost) for one in history.latest()] == [("a7/event/7-15", True)]
    assert not any("a7/event" in one.about and one.lost for one in history.of("a7") if one.kind != "decision")
    back = next(draft for draft in war.drafts() if draft.coded.id == "a7")
    told.add(back.sentence("It was quiet again.").article())
    assert event("arrested", type="AID").type == "AID" and not any(one.lost for one in history.latest())


def test_grades_are_set_by_people_and_never_follow_from_each_other(told: Adder) -> None:
    line = event("shelled")
    decisions_making.grade("the monitor", "b", By("ada", "right in ten cases"))
    decisions_making.grade(line.id, "2", ADA)
    decisions_making.grade(line.id, "Fair", ADA)
    page = sources.page("the monitor")
    assert (page.line.reliability, page.line.proposed) == ("B", "F") and page.line.set_by is not None
    assert page.line.set_by.reason == "right in ten cases"
    now = event("shelled")
    assert (now.credibility, now.airwars) == (2, "fair") and now.judgement == ""
    proposed = events.page(line.id).grade
    assert proposed is not None and (proposed.credibility, proposed.airwars) != (2, "fair")
    made = decisions_making.grade("the monitor", "D", ADA)
    assert made.was == "B" and sources.page("the monitor").line.reliability == "D"
    decisions_making.undo(made.id, ADA)
    assert sources.page("the monitor").line.reliability == "B"
    assert event("shelled").credibility == 2  # untouched by the source's grade


def test_undoing_an_undoing_restores(told: Adder) -> None:
    made = decisions_making.correct(event("met").id, "type", "AID", ADA)
    undone = decisions_making.undo(made.id, ADA)
    assert event("met").type == "CONSULT"
    with pytest.raises(DecisionError, match=f"was undone by decision {undone.id}"):
        decisions_making.undo(made.id, ADA)
    restored = decisions_making.undo(undone.id, ADA)
    assert event("met").type == "AID"
    assert decisions_making.undo(made.id, ADA).undoes == restored.id
    assert event("met").type == "CONSULT"
    assert Decision.objects.count() == 4  # nothing was overwritten


def test_later_decisions_win_and_undoing_one_gives_way_to_the_earlier(told: Adder) -> None:
    key = Statement.objects.get(layer="figure", low=12).key
    decisions_making.correct(key, "low", "10", ADA)
    later = decisions_making.correct(key, "low", "11", ADA)
    assert later.was == 10.0 and statements.one(key).decided == {"low": 11.0}
    decisions_making.undo(later.id, ADA)
    assert statements.one(key).decided == {"low": 10.0}


def test_what_was_confirmed_stays_as_it_was_confirmed(told: Adder) -> None:
    key = Statement.objects.get(article__public_id="a1", layer="figure").key
    decisions_making.confirm(key, ADA)
    draft = report("2019-03-02", "a1", "12", program="2")
    draft.coded = msgspec.structs.replace(
        next(d for d in war.drafts() if d.coded.id == "a1").coded, coder=draft.coded.coder
    )
    draft.coded.figures[0].measure, draft.coded.figures[0].high = "injured", None
    Adder(settings.load(), StemLinker(), recode=True).add(draft.article())  # type: ignore[arg-type]
    row = Statement.objects.get(article__public_id="a1", layer="figure", current=True)
    assert (row.measure, row.high, row.judgement) == ("killed", 12.0, "confirmed")
    assert statements.one(row.key).coded["measure"] == "injured"  # what the machine says is there as well


@pytest.mark.parametrize(
    ("call", "told_"),
    [
        (("correct", "a1/event/9-16", "colour", "red"), "has the fields type, mode"),
        (("correct", "a1/event/9-16", "type", "WAR"), "is none of AGREE"),
        (("correct", "a1/event/9-16", "mode", "visit"), "ASSAULT has the modes"),
        (("correct", "a1/event/9-16", "date", "soon"), "is no day"),
        (("correct", "a1/event/9-16", "place", "Nowhereville"), "is not known; give its degrees"),
        (("correct", "a1/event/9-16", "place", "X@1"), "is not LAT,LON"),
        (("correct", "a1/event/9-16", "place", "Hajin/exactly"), "is none of point"),
        (("correct", "a1/event/9-16", "certainty", "sure"), "is none of fact"),
        (("correct", "a2/figure/54-56", "low", "many"), "is no number"),
        (("correct", "a2/figure/54-56", "low", "-3"), "is no number"),
        (("correct", "a2/figure/54-56", "low", "99"), "set the other end first"),
        (("correct", "a2/figure/54-56", "measure", "none"), "cannot be empty"),
        (("correct", "the monitor", "name", "x"), "is a source"),
        (("confirm", "a1/event/0-3"), "no such statement"),
        (("confirm", "e-none"), "no such statement, event or source"),
        (("grade", "a1/event/9-16", "A"), "is a statement"),
        (("grade", "the monitor", "1"), "is none of A, B"),
        (("split", "EVENT", ["a4/event/25-33"]), "is no statement of"),
        (("split", "EVENT", ["a1/event/9-16", "a2/event/9-16", "a2/event/105-112"]), "not all"),
        (("merge", "EVENT", ["EVENT"]), "at least one other"),
        (("merge", "EVENT", ["e-none"]), "no such event"),
        (("undo", 77), "no such decision"),
    ],
)
def test_what_cannot_be_decided_is_told_in_one_line(sqlite_war: str, call: tuple[Any, ...], told_: str) -> None:
    name, *given = [sqlite_war if part == "EVENT" else part for part in call]
    given = [
        [sqlite_war if one == "EVENT" else one for one in part] if isinstance(part, list) else part for part in given
    ]
    with pytest.raises(DecisionError) as raised:
        getattr(decisions_making, name)(*given, ADA)
    assert told_ in str(raised.value) and "\n" not in str(raised.value)
    assert Decision.objects.count() == 0


@pytest.fixture(scope="module")
def sqlite_war(war_on_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The war on SQLite, once, for what leaves it as it is; gives the id of the shelling."""
    path = tmp_path_factory.mktemp("war") / "record.db"
    shutil.copy(war_on_sqlite, path)
    setup.open_record(f"sqlite:///{path}")
    yield Event.objects.get(disputed=True).public_id
    setup.close()


def test_a_decision_has_a_user_and_a_reason() -> None:
    for user, reason in (("", "why"), ("ada", " ")):
        with pytest.raises(DecisionError):
            By(user, reason)


def test_decisions_are_looked_up_in_one_query_however_many_targets(told: Adder) -> None:
    for line in events.listed(filters.read()):
        decisions_making.confirm(line.id, ADA)
    ids = list(Event.objects.values_list("public_id", flat=True))
    with CaptureQueriesContext(connection) as captured:
        assert len(decisions.judgements(ids)) == 5
    assert len(captured) == 1
