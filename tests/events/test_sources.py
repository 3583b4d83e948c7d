"""Sources over many events: counts, and a reliability only where they allow one."""

from __future__ import annotations

import pytest

from reportedly.events import reconcile, sources
from reportedly.events.findings import SeriesPoint
from reportedly.events.reports import Said
from reportedly.events.sources import Entry
from tests.events.making import denial, figure, report, said

SDF = said("Syrian Democratic Forces", "SYR-SDF", party=True)
SOHR = said("Syrian Observatory for Human Rights", "SYR-SOHR", party=False)
COALITION = said("Global Coalition against Daesh", "INT-COALITION", party=True)
BALI = Said(name="Mustafa Bali", speaker="Mustafa Bali", organisation="Syrian Democratic Forces", actor="SYR-SDF")


def _entries(held: int, failed: int, events: int = 10, hedged: bool = False) -> list[Entry]:
    return [
        Entry(statement=f"s{i}", event=f"e{i % events}", corroborated=i < held, contradicted=i >= held, hedged=hedged)
        for i in range(held + failed)
    ]


def test_what_an_event_tells_of_its_sources() -> None:
    findings = reconcile.event(
        [
            report("a", by=[BALI], outlet="The Ridge Post"),
            report("b", by=[SOHR], outlet="Harbour Times"),
            report("c", outlet="Kestrel News", hedged=True, certainty="possible"),
            report("d", by=[said("a witness")], outlet="Kestrel News"),
        ]
    )
    found = sources.entries("e1", findings)
    assert set(found) == {
        ("Syrian Democratic Forces", "speaker"),
        ("Mustafa Bali", "speaker"),
        ("Syrian Observatory for Human Rights", "speaker"),
        ("Kestrel News", "outlet"),
    }
    assert found["Mustafa Bali", "speaker"] == found["Syrian Democratic Forces", "speaker"]
    (mine,) = found["Kestrel News", "outlet"]
    assert mine.hedged and mine.corroborated and not mine.contradicted and mine.event == "e1"


def test_a_claim_and_its_denial_contradict_each_other() -> None:
    claim = report("a", by=[SOHR], against=(denial("a", [COALITION]),))
    found = sources.entries("e1", reconcile.event([claim]))
    assert [entry.contradicted for entry in found["Syrian Observatory for Human Rights", "speaker"]] == [True]
    assert [entry.contradicted for entry in found["Global Coalition against Daesh", "speaker"]] == [True]
    assert not any(entry.corroborated for listed in found.values() for entry in listed)


def test_copies_corroborate_nothing() -> None:
    alone = sources.entries("e1", reconcile.event([report("a", by=[SDF]), report("b", by=[BALI])]))
    assert not any(entry.corroborated for listed in alone.values() for entry in listed)


def test_what_many_papers_quote_is_said_once() -> None:
    quoted = [report(f"a{i}", by=[BALI]) for i in range(5)]
    found = sources.entries("e1", reconcile.event([*quoted, report("b", by=[SOHR])]))
    (said_once,) = found["Syrian Democratic Forces", "speaker"]
    assert said_once.statement == "a0/event/0-5" and said_once.corroborated


def test_one_side_does_not_bear_itself_out() -> None:
    army, ministry = said("Russian armed forces", "RUS-MIL", party=True), said("Kremlin", "RUS-GOV", party=True)
    found = sources.entries("e1", reconcile.event([report("a", by=[army]), report("b", by=[ministry])]))
    assert len(found) == 2
    assert not any(entry.corroborated for listed in found.values() for entry in listed)


def test_revisions_come_from_the_series() -> None:
    counted = figure("a", 300, 300, by=[SDF])
    findings = reconcile.event([report("a", by=[SDF], figures=[counted])])
    later = SeriesPoint(
        statement="b/figure/1-2",
        measure="killed",
        unit=None,
        of=None,
        actor=None,
        place=None,
        days=None,
        low=400,
        high=400,
        approximate=False,
        counting=None,
        forecast=False,
        speakers=(),
        outlet=None,
        published=None,
        revises=counted.key,
    )
    listed = sources.entries("e1", findings, [later])["Syrian Democratic Forces", "speaker"]
    assert {entry.statement: entry.revised for entry in listed} == {counted.key: True, "a/event/0-5": False}
    assert sources.profile("Syrian Democratic Forces", "speaker", listed).revised == 1


def test_a_profile_counts_each_statement_once() -> None:
    entries = [Entry(statement="a", hedged=True), Entry(statement="a", hedged=True), Entry(statement="b", revised=True)]
    found = sources.profile("X", "outlet", entries)
    assert (found.statements, found.hedged, found.corroborated, found.contradicted, found.revised) == (2, 1, 0, 0, 1)
    assert found.reliability == "F"


@pytest.mark.parametrize(
    ("held", "failed", "letter"),
    [(40, 0, "B"), (36, 4, "C"), (90, 30, "C"), (20, 20, "F"), (16, 40, "D"), (1, 30, "E"), (19, 0, "F"), (0, 0, "F")],
)
def test_reliability_where_the_counts_allow_it(held: int, failed: int, letter: str) -> None:
    found = sources.profile("X", "speaker", _entries(held, failed))
    assert found.reliability == letter
    assert str(held + failed) in found.because


def test_one_event_is_no_record() -> None:
    found = sources.profile("X", "speaker", _entries(60, 0, events=4))
    assert found.reliability == "F"
    assert "4 events" in found.because


def test_a_hedged_statement_that_is_contradicted_was_no_error() -> None:
    assert sources.profile("X", "speaker", _entries(0, 60, hedged=True)).reliability == "F"
    both = [Entry(statement=str(i), event=str(i), corroborated=True, contradicted=True) for i in range(60)]
    assert sources.profile("X", "speaker", both).reliability == "F"


def test_nobody_is_called_completely_reliable() -> None:
    assert sources.profile("X", "speaker", _entries(5000, 0)).reliability == "B"
