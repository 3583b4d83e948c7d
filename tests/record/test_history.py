"""The history of an article, a statement, an event and a source: everything, in time order, nothing lost."""

from __future__ import annotations

import pytest

from reportedly import settings
from reportedly.errors import QueryError
from reportedly.record import decisions_making, history
from reportedly.record.adding import Adder
from reportedly.record.decisions_making import By
from reportedly.record.models import Event
from tests.record import war
from tests.record.factories import StemLinker

ADA = By("ada", "read the article")


def told(target: str) -> list[tuple[str, str]]:
    """The kinds and words of a history."""
    return [(entry.kind, entry.what) for entry in history.of(target)]


def test_an_articles_revisions_codings_and_decisions(war_record: str) -> None:
    decisions_making.reject("a7/event/7-15", ADA)
    draft = next(draft for draft in war.drafts() if draft.coded.id == "a7")
    draft.coded.coder.program = "2"  # type: ignore[union-attr]
    Adder(settings.load(), StemLinker(), recode=True).add(draft.article())  # type: ignore[arg-type]
    war.adding().add(draft.sentence("It was quiet again.").article())
    found = history.of("a7")
    assert [entry.when for entry in found] == sorted(entry.when for entry in found)
    assert told("a7") == [
        ("revision", "read: “Arrests on an island”, 36 characters"),
        ("coding", "revision 1 coded by Reportedly 1, language model m, lexicons l: 2 statements; superseded"),
        ("decision", "rejected"),
        ("coding", "revision 1 coded by Reportedly 2, language model m, lexicons l: 2 statements; superseded"),
        ("revision", "read again with another text (revision 2): “Arrests on an island”, 56 characters"),
        ("coding", "revision 2 coded by Reportedly 2, language model m, lexicons l: 2 statements"),
    ]
    assert not any(entry.lost for entry in found)


def test_a_statements_codings_link_and_decisions(war_record: str) -> None:
    event = Event.objects.get(disputed=True).public_id
    made = decisions_making.correct("a2/event/9-16", "certainty", "possible", ADA)
    decisions_making.undo(made.id, By("ben", "it says so plainly"))
    assert told("a2/event/9-16") == [
        ("coding", "coded as “shelled” by Reportedly 1, language model m, lexicons l"),
        ("link", f"linked to event {event}, with a1/event/9-16 at 0.90"),
        ("decision", "corrected: certainty is possible (was reported)"),
        ("decision", f"undid decision {made.id}"),
    ]
    undone, undoing = (entry.decision for entry in history.of("a2/event/9-16")[2:])
    assert undone is not None and undoing is not None
    assert (undone.stands, undone.undone_by, undoing.stands) == (False, undoing.id, True)


def test_an_events_reports_merges_and_splits(war_record: str) -> None:
    event = Event.objects.get(disputed=True).public_id
    other = Event.objects.get(label__contains="met").public_id
    (merge,) = decisions_making.merge(event, [other], ADA)
    split = decisions_making.split(event, ["a2/event/9-16"], ADA)
    decisions_making.correct("a1/event/9-16", "mode", "firearms", ADA)
    kinds = told(event)
    assert [kind for kind, _ in kinds].count("link") == 4 and ("event", "first known") in kinds
    decided = [what for kind, what in kinds if kind == "decision"]
    assert decided == [
        f"merged into {event}",
        f"split: 1 statements into {event}-s1",
        "corrected: mode is firearms (was heavy-weapons)",
    ]
    assert [entry.decision.id for entry in history.of(f"{event}-s1") if entry.decision] == [split.id]
    assert [entry.decision.id for entry in history.of(other) if entry.decision] == [merge.id]
    moved = next(what for kind, what in told("a2/event/9-16") if kind == "link")
    assert moved.endswith(f"by people (linking: {event})") and f"linked to event {event}-s1" in moved


def test_a_sources_grades_and_the_latest_decisions(war_record: str) -> None:
    first = decisions_making.grade("the monitor", "C", ADA)
    decisions_making.grade("the monitor", "B", ADA)
    assert [what for _, what in told("the monitor")] == [
        "first heard in the record",
        "graded: reliability C",
        "graded: reliability B (was C)",
    ]
    decisions_making.undo(first.id, ADA)
    assert [entry.what for entry in history.latest()] == [
        f"undid decision {first.id}",
        "graded: reliability B (was C)",
        "graded: reliability C",
    ]
    assert [entry.what for entry in history.latest(limit=1, offset=2)] == ["graded: reliability C"]
    stands = [entry.decision.stands for entry in history.latest() if entry.decision]
    assert stands == [True, True, False]


@pytest.mark.parametrize("target", ["e-none", "a1/event/0-1", "Nobody", "", "a99"])
def test_what_the_record_has_not_has_no_history(war_record: str, target: str) -> None:
    with pytest.raises(QueryError):
        history.of(target)
