"""What the record is asked: filters, evidence, pages, on both databases; and in how many SQL queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reportedly.errors import QueryError
from reportedly.record.models import Event, Statement
from reportedly.record.queries import (
    actors,
    control,
    disputes,
    events,
    figures,
    filters,
    matching,
    places,
    sources,
    statements,
)
from tests.record import war
from tests.record.factories import Draft


@pytest.fixture(scope="module", autouse=True)
def told(shared_record: str) -> Iterator[str]:
    """The made-up war; nothing here changes it."""
    war.build()
    yield shared_record


#: The words by which the events of the made-up war are told.
TRIGGERS = ("shelled", "gathered", "met", "captured", "holds", "arrested", "displaced")


def found(**chosen: Any) -> list[str]:
    """The words of the events that a filter holds."""
    labels = [line.label for line in events.listed(filters.read(**chosen))]
    return [next(word for word in TRIGGERS if word in label.split()) for label in labels]


def test_events_come_with_who_says_so_and_how_well_supported() -> None:
    line = next(line for line in events.listed(filters.read()) if "shelled" in line.label)
    assert (line.articles, line.outlets, line.origins, line.disputed) == (2, 2, 3, True)
    assert line.says == ("rescuers", "The Monitor")
    assert [one.statement for one in line.support] == ["a1/event/9-16", "a2/event/9-16"]
    assert line.support[0].quote.startswith("The army shelled the market in Hajin")
    assert line.urls == {"a1": "https://harbour.example/a1", "a2": "https://news.example/a2"}
    assert line.place is not None and (line.place.name, line.place.precision) == ("Hajin", "point")
    assert line.certainty == "fact" and not line.verified


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, ["arrested", "captured", "met", "gathered", "shelled"]),
        ({"since": "2019-03-05"}, ["arrested", "captured"]),
        ({"until": "2019-03-02"}, ["shelled"]),  # by its own day, not that of its reports
        ({"since": "2019-03-02", "until": "2019-03-04"}, ["met", "gathered"]),  # no day: that of the report
        ({"place": "hajin"}, ["shelled"]),
        ({"place": "Syria"}, ["captured", "gathered", "shelled"]),  # a country: all in it
        ({"place": "Fiji"}, ["arrested"]),
        ({"place": "g34450040"}, ["captured"]),
        ({"place": "Nowhere"}, []),
        ({"actor": "SYR-SDF"}, ["captured"]),
        ({"actor": "syrian democratic forces"}, ["captured"]),
        ({"actor": "ISIS"}, ["captured"]),  # an alias; actor or recipient
        ({"actor": "syrian armed forces"}, ["shelled"]),  # the registry names no such alias, the record does
        ({"actor": "Nobody"}, []),
        ({"type": "coerce"}, ["arrested"]),
        ({"source": "Harbour Times"}, ["captured", "shelled"]),
        ({"source": "The Monitor"}, ["shelled"]),
        ({"source": "speaker:rescuers"}, ["shelled"]),
        ({"search": "market hajin"}, ["shelled"]),
        ({"search": '"captured baghuz"'}, ["captured"]),
        ({"search": '"baghuz captured"'}, []),
        ({"actor": "ISIS", "source": "Ridge Post"}, []),  # that it holds a town is a state, no event
        ({"actor": "ISIS", "source": "Ridge Post", "background": True}, ["holds"]),
        ({"limit": 2}, ["arrested", "captured"]),
        ({"limit": 2, "offset": 3}, ["gathered", "shelled"]),
        ({"offset": 40}, []),
    ],
)
def test_events_are_filtered(chosen: dict[str, Any], expected: list[str]) -> None:
    assert found(**chosen) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"box": "40,34,41.5,35"}, ["captured", "shelled"]),
        ({"box": "40.9,34.4,41,34.5"}, ["captured"]),
        ({"near": "34.69,40.83", "radius": 10.0}, ["shelled"]),
        ({"near": "34.69,40.83", "radius": 30.0}, ["captured", "shelled"]),
        ({"near": "34.69,40.83", "radius": 28.0}, ["shelled"]),
        # The country's middle lies inside, but the event may be anywhere in it: only a box as large as that holds it.
        ({"box": "37,34,39,36"}, []),
        ({"box": "20,20,60,50"}, ["captured", "gathered", "shelled"]),
        ({"near": "35,38", "radius": 300.0}, ["captured", "shelled"]),
        ({"near": "35,38", "radius": 600.0}, ["captured", "gathered", "shelled"]),
        # Across the 180th meridian.
        ({"box": "179,-18,-179,-16"}, ["arrested"]),
        ({"box": "-179,-18,179,-16"}, []),
        ({"near": "-16.9,179.9", "radius": 30.0}, ["arrested"]),
        ({"near": "-16.9,179.9", "radius": 20.0}, []),
        ({"box": "40,34,41.5,35", "place": "Hajin"}, ["shelled"]),
    ],
)
def test_events_in_a_box_or_circle(chosen: dict[str, Any], expected: list[str]) -> None:
    assert found(**chosen) == expected


def test_an_event_in_full() -> None:
    (line,) = events.listed(filters.read(place="Hajin"))
    page = events.page(line.id)
    assert [(p.label, p.stance) for p in page.positions if p.aspect == "happened"] == [
        ("it happened", "lead"),
        ("it did not happen", "contradicts"),
    ]
    denial = page.positions[1].supporters[0]
    assert (denial.statement, denial.party) == ("a2/event/105-112", True) and "denied" in denial.quote
    assert [(toll.measure, toll.best) for toll in page.tolls] == [("killed", 15.0)] and page.tolls[0].rule
    assert len(page.origins) == 3 and page.grade is not None and page.grade.credibility_because
    assert [report.evidence.statement for report in page.reports] == [
        "a1/event/9-16",
        "a2/event/9-16",
        "a2/event/105-112",
    ]
    linked = page.reports[1]
    assert linked.linked_with == "a1/event/9-16" and linked.probability == 0.9
    assert [step.comparison for step in linked.steps] == ["prior", "stem"]
    assert page.number == 3 and page.decisions == () and page.merged_into is None
    assert [dispute.event for dispute in page.disputes] == [line.id]


def test_a_statement_in_full_with_what_was_coded() -> None:
    report = statements.one("a1/event/9-16")
    assert report.coded["type"] == "ASSAULT" and report.decided == {} and report.current
    assert report.evidence.speakers == ("rescuers",) and report.evidence.url == "https://harbour.example/a1"
    assert report.evidence.certainty == "reported" and report.evidence.outlet == "Harbour Times"


def test_figures_are_series_with_their_sources_and_ranges() -> None:
    lines = {line.latest.measure: line for line in figures.listed(filters.read())}
    assert list(lines) == ["detained", "displaced", "fighters", "killed"]
    killed = lines["killed"]
    assert (killed.points, killed.articles, killed.low, killed.high) == (2, 2, 12.0, 15.0)
    assert killed.latest.place == "Hajin" and killed.latest.evidence.says == "The Monitor"
    displaced = lines["displaced"]
    assert displaced.id == displaced.latest.evidence.statement and displaced.latest.low == 3500.0
    points = figures.one(displaced.id)
    assert [(point.low, str(point.first)) for point in points] == [(2000.0, "2019-03-07"), (3500.0, "2019-03-09")]
    assert [point.evidence.statement for point in figures.one(points[0].evidence.statement)] == [
        point.evidence.statement for point in points
    ]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"measure": "killed"}, ["killed"]),
        ({"since": "2019-03-08", "until": "2019-03-31"}, ["displaced"]),
        ({"place": "Hajin"}, ["killed"]),
        ({"source": "Aid Group"}, ["displaced"]),
        ({"source": "Northern Wire", "measure": "fighters"}, ["fighters"]),
        ({"near": "34.45,40.95"}, ["displaced"]),
        ({"search": "aid group"}, ["displaced"]),
        ({"limit": 1, "offset": 1}, ["displaced"]),
        ({"measure": "money"}, []),
    ],
)
def test_figures_are_filtered(chosen: dict[str, Any], expected: list[str]) -> None:
    assert [line.latest.measure for line in figures.listed(filters.read(**chosen))] == expected


def test_series_behind_many_figures_of_others_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    every = [line.id for line in figures.listed(filters.read())]
    monkeypatch.setattr(figures, "LOOKED_AT", 2)
    assert [line.id for line in figures.listed(filters.read())] == every
    assert [line.id for line in figures.listed(filters.read(limit=2, offset=1))] == every[1:3]


def test_what_many_statements_meet_gives_the_same_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, dict[str, Any]]] = [
        (module, chosen)
        for module in (events, figures, control, disputes, sources, actors, places)
        for chosen in (
            {"actor": "ISIS"},
            {"source": "Ridge Post"},
            {"source": "The Monitor"},
            {"search": "hajin"},
            {"place": "Syria"},
            {"box": "40,34,41.5,35", "actor": "SYR-SDF"},
            {"near": "34.69,40.83", "radius": 30.0},
            {"measure": "displaced"},
            {"type": "ASSAULT"},
        )
    ]
    few = [module.listed(filters.read(**chosen)) for module, chosen in asked]
    monkeypatch.setattr(matching, "FEW", 0)
    assert [module.listed(filters.read(**chosen)) for module, chosen in asked] == few
    assert sum(map(len, few)) > 60


def test_who_holds_a_place_according_to_whom() -> None:
    lines = control.listed(filters.read())
    told = {line.actor: line for line in lines}
    assert set(told) == {"Islamic State", "Syrian Democratic Forces"}
    taken = told["Syrian Democratic Forces"]
    assert str(taken.first) == "2019-03-05" and taken.last is None and taken.contested
    assert [one.statement for one in taken.evidence] == ["a4/control/25-33"]
    assert [one.statement for one in taken.against] == ["a5/control/14-19"]
    assert taken.evidence[0].says == "Syrian Democratic Forces" and taken.evidence[0].party
    assert [line.actor for line in control.one("baghuz")] == [line.actor for line in lines]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"actor": "SYR-SDF"}, 1),
        ({"place": "Baghuz"}, 2),
        ({"place": "Hajin"}, 0),
        ({"since": "2019-06-01"}, 2),  # not known to have been lost
        ({"until": "2019-03-04"}, 1),  # since when Islamic State has it is not told
        ({"source": "Ridge Post"}, 2),  # what it reports is evidence of the one and against the other
        ({"box": "40,34,41,35"}, 2),
        ({"near": "0,0"}, 0),
        ({"search": "spokesman"}, 2),
    ],
)
def test_control_is_filtered(chosen: dict[str, Any], expected: int) -> None:
    assert len(control.listed(filters.read(**chosen))) == expected


def test_disputes_are_claims_side_by_side() -> None:
    lines = {line.kind: line for line in disputes.listed(filters.read())}
    assert set(lines) == {"control", "event"}
    claims = {position.label: [one.statement for one in position.supporters] for position in lines["control"].positions}
    assert sorted(keys for keys in claims.values()) == [["a4/control/25-33"], ["a5/control/14-19"]]
    event = lines["event"]
    assert event.event and [len(position.supporters) for position in event.positions] == [2, 1]
    assert event.urls["a1"] == "https://harbour.example/a1"
    assert [line.kind for line in disputes.about(event.event)] == ["event"]
    assert [line.kind for line in disputes.about("a5/control/14-19")] == ["control"]
    assert disputes.about("a6") == []


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"place": "Hajin"}, ["event"]),
        ({"source": "The Monitor"}, ["event"]),
        ({"actor": "INT-ISIS"}, ["control"]),
        ({"type": "ASSAULT"}, ["event"]),
        ({"since": "2019-03-04"}, ["control"]),
        ({"until": "2019-03-02"}, ["event"]),
        ({"search": "denied"}, ["event"]),
        ({"box": "40.9,34.4,41,34.5"}, ["control"]),
        ({"measure": "money"}, []),
    ],
)
def test_disputes_are_filtered(chosen: dict[str, Any], expected: list[str]) -> None:
    assert [line.kind for line in disputes.listed(filters.read(**chosen))] == expected


def test_sources_keep_the_two_judgements_apart() -> None:
    lines = {line.id: line for line in sources.listed(filters.read())}
    assert lines["outlet:ridge post"].statements > 0 and lines["speaker:syrian armed forces"].contradicted == 1
    assert lines["speaker:syrian armed forces"].party is True
    assert {line.proposed for line in lines.values()} == {"F"} and all(line.because for line in lines.values())
    assert all(line.reliability is None and line.set_by is None for line in lines.values())
    page = sources.page("the monitor")
    assert page.line.id == "speaker:the monitor" and {one.article for one in page.latest} == {"a2"}
    assert sum(page.credibility.values()) == 1
    with pytest.raises(QueryError, match="no such source"):
        sources.page("Nobody")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"source": "rescuers"}, {"speaker:rescuers"}),
        ({"place": "Baghuz", "measure": "displaced"}, {"speaker:aid group", "outlet:northern wire"}),
        ({"since": "2019-04-01"}, {"outlet:eastgate"}),
    ],
)
def test_sources_are_filtered(chosen: dict[str, Any], expected: set[str]) -> None:
    assert {line.id for line in sources.listed(filters.read(**chosen))} == expected


def test_actors_and_places() -> None:
    every = {line.registry_id: line.statements for line in actors.listed(filters.read())}
    assert every == {"SYR-MIL": 3, "SYR-SDF": 2, "INT-ISIS": 2}
    assert [line.registry_id for line in actors.listed(filters.read(place="Hajin"))] == ["SYR-MIL"]
    assert [line.name for line in actors.listed(filters.read(actor="SDF"))] == ["Syrian Democratic Forces"]
    page = actors.page("SDF")
    assert page.roles == {"holder": 1, "actor": 1} and len(page.control) == 1 and len(page.events) == 1
    assert [line.name for line in places.listed(filters.read())][:2] == ["Hajin", "Baghuz"]
    assert [line.name for line in places.listed(filters.read(box="40,34,40.9,35"))] == ["Hajin"]
    assert {line.name for line in places.listed(filters.read(source="Harbour Times"))} == {"Hajin", "Baghuz"}
    assert {line.name for line in places.listed(filters.read(place="Syria"))} == {"Hajin", "Baghuz", "Syria"}
    place = places.page("Baghuz")
    assert len(place.control) == 2 and len(place.events) == 1 and [line.points for line in place.figures] == [2]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: events.page("e-none"),
        lambda: statements.one("a1/event/0-1"),
        lambda: figures.one("a1/figure/0-1"),
        lambda: control.one("Nowhere"),
        lambda: disputes.about("nothing"),
        lambda: actors.page("Nobody"),
        lambda: places.page("Nowhere"),
    ],
)
def test_an_id_that_is_not_there_is_told(ask: Callable[[], Any]) -> None:
    with pytest.raises(QueryError):
        ask()


# ---- how many SQL queries


ASKED: dict[str, tuple[int, Callable[[], Any]]] = {
    "events": (4, lambda: events.listed(filters.read())),
    "events, all filters": (
        14,
        lambda: events.listed(
            filters.read(place="Syria", box="30,30,45,40", near="34.69,40.83", radius=600.0, actor="SYR-MIL",
                         source="Ridge Post", search="market", type="ASSAULT", since="2019", until="2019")
        ),
    ),
    "an event": (14, lambda: events.page(events_id())),
    "figures": (7, lambda: figures.listed(filters.read())),
    "a series": (6, lambda: figures.one(series_id())),
    "control": (5, lambda: control.listed(filters.read())),
    "disputes": (5, lambda: disputes.listed(filters.read())),
    "sources": (2, lambda: sources.listed(filters.read())),
    "a source": (7, lambda: sources.page("the monitor")),
    "actors": (1, lambda: actors.listed(filters.read())),
    "places": (1, lambda: places.listed(filters.read())),
    "places, filtered": (7, lambda: places.listed(filters.read(since="2019"))),
}  # fmt: skip


def events_id() -> str:
    return Event.objects.filter(disputed=True).values_list("public_id", flat=True)[0]


def series_id() -> str:
    return Statement.objects.filter(measure="displaced").values_list("key", flat=True)[0]


def test_the_number_of_queries_is_bounded_and_does_not_grow(told: str) -> None:
    before = {name: _count(ask) for name, (_, ask) in ASKED.items()}
    assert {name: count for name, count in before.items() if count > ASKED[name][0]} == {}
    adder = war.adding()
    for number in range(6):
        draft = Draft(f"b{number}", f"Outlet {number}", "2019-03-04")
        draft.sentence("The army shelled the market in Hajin on Friday, killing 14 people, witnesses said.")
        draft.place("Hajin", *war.HAJIN).date("Friday", "2019-03-01").said("witnesses", "said")
        draft.figure("14").event("shelled", ("14",), mode="heavy-weapons", actor=[war.ARMY])
        draft.sentence(f"By 9 March 400{number} people had been displaced from Baghuz, officials said.")
        draft.place("Baghuz", *war.BAGHUZ).date("9 March", "2019-03-09").said("officials", "said")
        draft.figure(f"400{number}", measure="displaced")
        adder.add(draft.article())
    after = {name: _count(ask) for name, (_, ask) in ASKED.items()}
    assert after == before
    assert events.page(events_id()).number == 9


def _count(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)
