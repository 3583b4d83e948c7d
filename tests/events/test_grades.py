"""Grades say what independent origins allow to say, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from reportedly.data import Participant
from reportedly.events import reconcile
from reportedly.events.findings import Dependency, Grade
from reportedly.events.reports import EventReport, FigureReport, Said
from tests.events.making import denial, figure, report, said

SDF = said("Syrian Democratic Forces", "SYR-SDF", party=True)
ISIS = said("Islamic State", "INT-ISIS", party=True)
COALITION = said("Global Coalition against Daesh", "INT-COALITION", party=True)
SOHR = said("Syrian Observatory for Human Rights", "SYR-SOHR", party=False)
DAY = ("2019-03-01", "2019-03-01")
UN = said("United Nations", "INT-UN", party=False)


def _grade(reports: Sequence[EventReport], copies: Sequence[Dependency] = ()) -> Grade:
    return reconcile.event(reports, copies).grade


def _killed(article: str, by: Sequence[Said], of: str = "people", **given: Any) -> EventReport:
    """A report that tells of twelve killed, by the same source."""
    counted: FigureReport = figure(article, 12, 12, by=by, of=of, actor=given.pop("side", None), text="12")
    return report(article, by=by, figures=[counted], **given)


def test_two_independent_origins_confirm() -> None:
    found = _grade([report("a", by=[SDF]), report("b", by=[SOHR])])
    assert found.credibility == 1
    assert "Syrian Democratic Forces (a party)" in found.credibility_because
    assert "Syrian Observatory for Human Rights" in found.credibility_because


def test_a_side_that_speaks_twice_has_spoken_once() -> None:
    army, ministry = said("Russian armed forces", "RUS-MIL", party=True), said("Kremlin", "RUS-GOV", party=True)
    assert _grade([report("a", by=[army]), report("b", by=[ministry])]).credibility == 3
    state_agency = report("c", by=[], outlet="TASS", actor=["RUS-MIL"])
    assert _grade([report("a", by=[army], actor=["RUS-MIL"]), state_agency]).credibility == 3


def test_copies_confirm_nothing() -> None:
    copied = [Dependency(article="b", on="a", kind="copy", similarity=1.0)]
    assert _grade([report("a"), report("b")], copied).credibility == 3
    assert _grade([report("a"), report("b")]).credibility == 1


def test_where_independence_cannot_be_told_it_is_probable() -> None:
    unnamed = _grade([report("a", by=[said("a witness")]), report("b", by=[SOHR])])
    assert unnamed.credibility == 2
    assert "cannot be told" in unnamed.credibility_because
    assert _grade([report("a", outlet=None), report("b", outlet=None)]).credibility == 2


def test_one_article_that_quotes_its_source_is_one_origin_for_grading() -> None:
    found = _grade([report("a", outlet="The Ridge Post"), report("a", 50, by=[SDF], outlet="The Ridge Post")])
    assert found.credibility == 3


def test_what_is_hedged_only_expected_or_only_denied_cannot_be_judged() -> None:
    hedged = _grade([report("a", hedged=True, certainty="possible")])
    assert (hedged.credibility, hedged.credibility_because) == (6, "said only by Outlet of a, hedged or not named")
    expected = _grade([report("a", hedged=True, certainty="forecast")])
    assert (expected.credibility, expected.credibility_because) == (6, "it is only expected")
    denied = _grade([report("a", certainty="forecast", hedged=True, against=(denial("a", [SDF]),))])
    assert denied.credibility == 6
    assert "denied by Syrian Democratic Forces" in denied.credibility_because
    negated = _grade([report("a", by=[SDF], certainty="denied", polarity="negative")])
    assert (negated.credibility, negated.credibility_because) == (6, "no report says that it happened")


@pytest.mark.parametrize(
    ("saying", "denying", "credibility"),
    [([SOHR, UN], [SDF], 3), ([SOHR], [COALITION], 4), ([ISIS], [SDF, SOHR], 5), ([SDF, SOHR], [ISIS, UN], 4)],
)
def test_denials(saying: list[Said], denying: list[Said], credibility: int) -> None:
    told = [report(f"y{i}", by=[one]) for i, one in enumerate(saying)]
    against = tuple(denial("y0", [one], start=200 + 10 * i) for i, one in enumerate(denying))
    found = _grade([report("y0", by=[saying[0]], against=against), *told[1:]])
    assert found.credibility == credibility
    assert "denied by" in found.credibility_because


def test_whoever_says_both_does_not_deny_itself() -> None:
    assert _grade([report("a", by=[SDF]), report("b", by=[SDF], certainty="denied")]).credibility == 3


def test_credibility_does_not_look_at_who_it_is() -> None:
    """A party's claim and a monitor's are as credible by themselves: reliability is another judgement."""
    assert _grade([report("a", by=[ISIS])]).credibility == _grade([report("a", by=[UN])]).credibility == 3


def test_no_casualties_no_grade_of_airwars() -> None:
    found = _grade([report("a")])
    assert (found.airwars, found.airwars_because) == (None, "no report gives a number of people killed or injured")
    nobody = _grade([report("a", figures=[figure("a", 0, 0)])])
    assert nobody.airwars is None


def test_fair_is_two_independent_sources_that_are_no_party() -> None:
    found = _grade([_killed("a", [SOHR]), _killed("b", [UN])])
    assert found.airwars == "fair"
    assert "killed 12: 2 independent sources that are no party" in found.airwars_because
    assert "Syrian Observatory" in found.airwars_because and "United Nations" in found.airwars_because


def test_weak_is_one_source_or_a_party_alone() -> None:
    single = _grade([_killed("a", [SOHR])])
    assert single.airwars == "weak"
    assert "fewer than 2 independent sources" in single.airwars_because
    party = _grade([_killed("a", [ISIS]), _killed("b", [ISIS])])
    assert party.airwars == "weak"
    assert "only a party to the conflict" in party.airwars_because
    assert _grade([_killed("a", [SOHR]), _killed("b", [ISIS])]).airwars == "weak"


def test_contested_is_two_accused() -> None:
    found = _grade(
        [_killed("a", [SOHR], actor=["SYR-MIL"], days=DAY), _killed("b", [UN], actor=["INT-ISIS"], days=DAY)]
    )
    assert found.airwars == "contested"
    assert "SYR-MIL" in found.airwars_because and "INT-ISIS" in found.airwars_because


def test_confirmed_is_the_accused_saying_so_of_civilians() -> None:
    accepts = _killed("a", [COALITION], of="civilians", actor=["INT-COALITION"])
    found = _grade([accepts])
    assert found.airwars == "confirmed"
    assert "Global Coalition against Daesh" in found.airwars_because
    hedged = _killed("a", [COALITION], of="civilians", actor=["INT-COALITION"], certainty="possible", hedged=True)
    assert _grade([hedged]).airwars == "weak"


@pytest.mark.parametrize(("of", "side"), [("militants", None), ("IS fighters", None), ("people", "INT-ISIS")])
def test_discounted_is_where_all_were_combatants(of: str, side: str | None) -> None:
    boast = _killed("a", [SDF], of=of, side=side, actor=["SYR-SDF"])
    assert _grade([boast]).airwars == "discounted"
    children = figure("a", 3, 3, start=300, of="children", by=[SDF])
    both = report("a", by=[SDF], figures=[*boast.figures, children], recipient=(Participant(start=0, end=1, text="x"),))
    assert _grade([both]).airwars == "weak"
