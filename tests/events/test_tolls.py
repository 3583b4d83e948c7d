"""Tolls: low, best and high by UCDP's rule, figures of parties outside."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.events import origins, tolls
from reportedly.events.findings import Toll
from reportedly.events.reports import FigureReport
from tests.events.making import figure, report, said

ARMY = said("Syrian army", actor="SYR-MIL", party=True)
MONITOR = said("Syrian Observatory for Human Rights", actor="SYR-SOHR", party=False)
DOCTORS = said("Doctors Without Borders", party=False)
DAY = "2019-03-05"


def of(*figures: FigureReport) -> list[Toll]:
    """The tolls of an event that is told with these figures, one article a figure."""
    reports = [report(f.article, by=f.chain, published=f.published, figures=[f]) for f in figures]
    return list(tolls.of_event(reports, origins.of_event(reports)))


def killed(article: str, low: float | None, high: float | None, **given: Any) -> FigureReport:
    """A figure of the killed, published on one day if nothing else is said."""
    return figure(article, low, high, **({"published": DAY} | given))


def range_of(toll: Toll) -> tuple[float | None, float | None, float | None]:
    return toll.low, toll.best, toll.high


def test_best_has_most_independent_origins_and_low_and_high_are_the_ends() -> None:
    (toll,) = of(killed("a", 12, 12, by=[MONITOR]), killed("b", 20, 20, by=[DOCTORS]), killed("c", 20, 20))
    assert range_of(toll) == (12, 20, 20)
    assert "most independent origins" in toll.rule


def test_of_equally_supported_figures_the_lower_is_best() -> None:
    (toll,) = of(killed("a", 12, 12, by=[MONITOR]), killed("b", 20, 20, by=[DOCTORS]))
    assert range_of(toll) == (12, 12, 20)
    assert "the lower" in toll.rule


def test_what_only_parties_give_stays_outside_and_is_seen() -> None:
    army = killed("b", 80, 80, by=[ARMY])
    (toll,) = of(killed("a", 12, 12, by=[MONITOR]), army)
    assert (range_of(toll), toll.outside) == ((12, 12, 12), (army.key,))
    assert "outside" in toll.rule


def test_a_figure_of_a_party_that_others_give_too_is_inside() -> None:
    (toll,) = of(killed("a", 12, 12, by=[MONITOR]), killed("b", 12, 12, by=[ARMY]))
    assert (len(toll.statements), toll.outside) == (2, ())


def test_if_only_parties_give_figures_the_range_is_empty() -> None:
    (toll,) = of(killed("a", 12, 12, by=[ARMY]))
    assert (range_of(toll), len(toll.outside), toll.statements) == ((None, None, None), 1, ())
    assert "only parties" in toll.rule


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (12, None, (12, 12, None)),
        (24, 99, (24, 24, 99)),
        (None, 20, (None, None, 20)),
        (15, 20, (15, 15, 20)),
    ],
)
def test_bounds_and_ranges(low: float | None, high: float | None, expected: tuple[float | None, ...]) -> None:
    assert range_of(of(killed("a", low, high))[0]) == expected


def test_a_bound_above_all_else_leaves_the_high_side_open() -> None:
    assert range_of(of(killed("a", 15, 20), killed("b", 30, None))[0])[2] is None
    assert range_of(of(killed("a", 15, 20), killed("b", 12, None))[0])[2] == 20


def test_overtaken_counts_are_left_out() -> None:
    early = killed("a", 5, 5, published="2019-03-01")
    (toll,) = of(early, killed("b", 12, 12, published="2019-03-03", by=[MONITOR]))
    assert range_of(toll) == (12, 12, 12)
    assert early.key not in toll.statements
    assert "overtaken" in toll.rule


def test_forecasts_and_denied_figures_count_nothing() -> None:
    assert of(killed("a", 5, 5, certainty="forecast"), killed("b", 9, 9, certainty="denied")) == []


def test_parts_are_not_the_whole() -> None:
    found = of(killed("a", 30, 30), killed("b", 5, 5, of="children"), killed("c", 12, 12, of="SDF fighters"))
    assert [(toll.of, toll.best) for toll in found] == [
        (None, 30),
        ("children", 5),
        ("fighters, Syrian Democratic Forces", 12),
    ]


def test_new_counts_and_cumulative_ones_are_not_mixed() -> None:
    quote = "Twenty more people were killed on Tuesday, bringing the toll to 210."
    more = killed("a", 20, 20, start=0, text="Twenty", quote=quote)
    whole = killed("a", 210, 210, start=quote.index("210"), text="210", quote=quote)
    reports = [report("a", published=DAY, figures=[more, whole])]
    found = tolls.of_event(reports, origins.of_event(reports))
    assert [(toll.best, "new" in toll.rule) for toll in found] == [(210, False), (20, True)]


bounds = st.one_of(st.none(), st.integers(1, 500))
counts = (
    st.tuples(bounds, bounds)
    .filter(lambda pair: pair != (None, None))
    .map(lambda pair: pair if None in pair else tuple(sorted(pair)))
)


@given(st.lists(st.tuples(counts, st.sampled_from([None, ARMY, MONITOR, DOCTORS])), min_size=1, max_size=6))
def test_no_number_is_made_up(stated: list[tuple[tuple[int | None, int | None], Any]]) -> None:
    figures = [killed(f"a{n}", low, high, by=[by] if by else []) for n, ((low, high), by) in enumerate(stated)]
    found = of(*figures)
    given_ends = {end for f in figures for end in (f.low, f.high)} | {None}
    by_parties = {f.key for f in figures if f.chain and f.chain[0].party}
    for toll in found:
        assert set(range_of(toll)) <= given_ends
        known = [end for end in range_of(toll) if end is not None]
        assert known == sorted(known)
        assert set(toll.outside) <= by_parties
    kept = [key for toll in found for key in (*toll.statements, *toll.outside)]
    assert len(kept) == len(set(kept))
    assert set(kept) == {f.key for f in figures}


def test_what_cannot_be_of_one_thing_is_a_toll_of_its_own() -> None:
    found = of(killed("a", 12, 12), killed("b", 12, 12, by=[MONITOR]), killed("c", 300_000, 300_000, by=[DOCTORS]))
    assert [range_of(toll) for toll in found] == [(12, 12, 12), (300_000, 300_000, 300_000)]
