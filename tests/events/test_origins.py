"""Reports are led back to whoever they rest on; what rests on the same is one origin."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reportedly import settings
from reportedly.articles.reader import Reader
from reportedly.data import Article
from reportedly.events import copies, flatten, origins, origins_names
from reportedly.events.findings import Dependency, Origin
from reportedly.events.reports import EventReport, Said
from tests.conftest import Coder
from tests.events.making import denial, figure, report, said

EXAMPLES = Path(__file__).parents[2] / "examples" / "baghuz"

SDF = said("Syrian Democratic Forces", "SYR-SDF", party=True)
ARMY = said("Syrian armed forces", "SYR-MIL", party=True)
STATE_TV = Said(name="state television")


def _only(found: tuple[Origin, ...]) -> Origin:
    assert len(found) == 1, [(one.kind, one.name, one.articles) for one in found]
    return found[0]


def _shape(found: tuple[Origin, ...]) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(one.kind, one.name, one.articles) for one in found]


def _links(origin: Origin) -> set[tuple[str, str, str]]:
    return {(one.article, one.kind, one.on) for one in origin.chain}


def test_the_bbc_quotes_state_television_that_quotes_the_army() -> None:
    found = _only(
        origins.of_event(
            [
                report("army", by=[ARMY], outlet="The Ridge Post"),
                report("bbc", by=[ARMY, STATE_TV], outlet="BBC", quote="Syrian state television quoted the army."),
            ]
        )
    )
    assert (found.kind, found.name, found.articles) == ("speaker", "Syrian armed forces", ("army", "bbc"))
    assert ("bbc", "outlet", "state television") in _links(found)
    assert "through Syrian state media" in found.because


def test_what_an_outlet_rests_on_may_be_told_by_another_report() -> None:
    """One report says that state television quotes the army, the other only that state television says so."""
    found = _only(
        origins.of_event(
            [
                report("a", by=[ARMY, STATE_TV], quote="State television in Damascus quoted the army."),
                report("b", by=[STATE_TV], quote="Syrian state television said the village was shelled."),
            ]
        )
    )
    assert found.name == "Syrian armed forces"


def test_a_cited_outlet_rests_on_what_its_own_article_rests_on() -> None:
    cites = report("b", by=[said("Reuters", "INT-REUTERS")], outlet="The Ridge Post")
    quoting = origins.of_event([report("r", by=[SDF], outlet="Reuters"), cites])
    assert _shape(quoting) == [("speaker", "Syrian Democratic Forces", ("b", "r"))]
    own = origins.of_event([report("r", outlet="Reuters"), cites])
    assert _shape(own) == [("outlet", "Reuters", ("b", "r"))]


def test_outlets_that_cite_each_other_are_one_origin() -> None:
    found = origins.of_event(
        [
            report("a", by=[said("Reuters", "INT-REUTERS")], outlet="BBC"),
            report("b", by=[said("BBC", "INT-BBC")], outlet="Reuters"),
        ]
    )
    assert _only(found).articles == ("a", "b")


def test_a_spokesman_and_the_body_are_one_origin() -> None:
    spokesman = Said(name="Mustafa Bali", speaker="Mustafa Bali", organisation="Syrian Democratic Forces")
    found = _only(
        origins.of_event(
            [
                report("a", by=[SDF]),
                report("b", by=[spokesman]),
                report("c", by=[Said(name="Bali", speaker="Bali")]),
                report("d", by=[Said(name="SDF", organisation="S.D.F.")]),
            ]
        )
    )
    assert (found.name, found.articles) == ("Syrian Democratic Forces", ("a", "b", "c", "d"))
    assert found.because == "4 articles rest on Syrian Democratic Forces; Bali and Mustafa Bali speak for it"


def test_persons_of_one_last_name_stay_apart_if_their_first_names_differ() -> None:
    def person(name: str) -> Said:
        return Said(name=name, speaker=name)

    found = origins.of_event(
        [
            report("a", by=[person("Rima Daher")]),
            report("b", by=[person("Karim Daher")]),
            report("c", by=[person("Daher")]),
        ]
    )
    assert len(found) == 3
    same = origins.of_event([report("a", by=[person("Rima Daher")]), report("c", by=[person("Daher")])])
    assert _only(same).articles == ("a", "c")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SDF", "the Syrian Democratic Forces"),
        ("White House", "Washington"),
        ("Kremlin", "Russia"),
        ("AFP", "Agence France-Presse"),
        ("BBC News", "the BBC"),
        ("Syrian Arab News Agency", "SANA"),
        ("the Ridge Post", "The Ridge Post"),
    ],
)
def test_names_of_one_source(one: str, other: str) -> None:
    first, second = origins_names.body(one), origins_names.body(other)
    assert first is not None and second is not None
    assert first.key == second.key


def test_a_bare_noun_is_nobody_and_hosts_are_outlets() -> None:
    assert origins_names.body("the government") is None
    assert origins_names.publisher("www.bbc.co.uk") == origins_names.publisher("BBC")
    assert origins_names.publisher("theguardian.com").name == "The Guardian"
    assert origins_names.publisher("nobody-knows.example").name == "nobody-knows.example"


def test_an_article_that_reports_itself_and_quotes_has_two_origins() -> None:
    found = origins.of_event([report("a", outlet="The Ridge Post"), report("a", 50, by=[SDF], outlet="The Ridge Post")])
    assert _shape(found) == [
        ("speaker", "Syrian Democratic Forces", ("a",)),
        ("own", "The Ridge Post", ("a",)),
    ]


def test_own_reports_of_one_outlet_are_one_origin_and_of_two_outlets_two() -> None:
    same = [report("a", outlet="The Ridge Post"), report("b", outlet="Ridge Post")]
    assert _shape(origins.of_event(same)) == [("own", "The Ridge Post", ("a", "b"))]
    assert len(origins.of_event([*same, report("c", outlet="Harbour Times")])) == 2
    assert len(origins.of_event([report("a", outlet=None), report("b", outlet=None)])) == 2


def test_the_paper_that_somebody_speaks_to_is_no_link() -> None:
    told = Said(name="Mustafa Bali", speaker="Mustafa Bali", actor="SYR-SDF", channel="The Ridge Post")
    found = _only(origins.of_event([report("a", by=[told], outlet="The Ridge Post")]))
    assert _links(found) == {("a", "speaker", "Mustafa Bali")}
    other = _only(origins.of_event([report("b", by=[told], outlet="Harbour Times")]))
    assert ("b", "outlet", "The Ridge Post") in _links(other)


def test_copies_are_one_origin_their_unnamed_sources_too() -> None:
    copied = Dependency(article="c", on="o", kind="copy", similarity=0.93)
    unnamed = [said("two officials")]
    reports = [
        report("o", outlet="Northern Wire"),
        report("o", 50, by=unnamed, outlet="Northern Wire"),
        report("c", outlet="Daily Meridian"),
        report("c", 50, by=unnamed, outlet="Daily Meridian"),
    ]
    found = origins.of_event(reports, [copied])
    assert _shape(found) == [("copy", "Northern Wire", ("c", "o")), ("speaker", None, ("c", "o"))]
    assert next(one for one in found[0].chain if one.kind == "copy").similarity == 0.93
    assert len(origins.of_event(reports)) == 4


def test_a_copy_of_a_copy_and_one_of_an_article_that_tells_nothing_of_the_event() -> None:
    given = [Dependency(article="c", on="b", kind="copy"), Dependency(article="b", on="a", kind="copy")]
    assert _only(origins.of_event([report("a"), report("c")], given)).articles == ("a", "c")
    two = [Dependency(article="b", on="gone", kind="copy"), Dependency(article="c", on="gone", kind="copy")]
    found = _only(origins.of_event([report("b"), report("c")], two))
    assert (found.name, found.articles) == ("Outlet of b", ("b", "c"))
    circle = [Dependency(article="a", on="b", kind="copy"), Dependency(article="b", on="a", kind="copy")]
    assert _only(origins.of_event([report("a"), report("b")], circle)).articles == ("a", "b")


def test_papers_that_credit_one_agency_are_one_origin() -> None:
    credit = [Dependency(article=article, on="Reuters", kind="outlet") for article in ("a", "b")]
    reports = [report("a"), report("b"), report("r", outlet="Reuters")]
    assert _shape(origins.of_event(reports, credit)) == [("outlet", "Reuters", ("a", "b", "r"))]
    assert len(origins.of_event(reports)) == 3


def test_of_several_credited_agencies_the_one_that_the_event_knows() -> None:
    credit = [Dependency(article="a", on=name, kind="outlet") for name in ("Agence France-Presse", "Reuters")]
    found = origins.of_event([report("a"), report("r", outlet="Reuters")], credit)
    assert _shape(found) == [("outlet", "Reuters", ("a", "r"))]


def test_a_sentence_of_another_article_is_its_report() -> None:
    line = "The column of {} trucks left the village shortly after noon and drove north along the river."
    reports = [
        report("a", published="2019-03-01", quote=line.format("forty")),
        report("b", published="2019-03-02", quote=line.format("forty").replace("The column", "A column")),
    ]
    found = _only(origins.of_event(reports))
    assert (found.kind, found.name) == ("copy", "Outlet of a")
    assert ("b", "copy", "a") in _links(found)
    other = report(
        "b", published="2019-03-02", quote="Trucks were seen leaving along the river in the afternoon of Friday."
    )
    assert len(origins.of_event([reports[0], other])) == 2


def test_unnamed_sources_are_one_an_article_and_bodies_without_a_name_one_an_event() -> None:
    found = origins.of_event(
        [
            report("a", by=[said("a witness")]),
            report("a", 50, by=[said("he")]),
            report("b", by=[said("witnesses")]),
        ]
    )
    assert _shape(found) == [("speaker", None, ("a",)), ("speaker", None, ("b",))]
    assert "a witness" in found[0].because
    police = origins.of_event([report("a", by=[said("police")]), report("b", by=[said("the local police")])])
    assert _only(police).articles == ("a", "b")
    unicef = said("Unicef", "INT-UNICEF")
    paper = origins.of_event([report("a", by=[said("a report by Unicef")]), report("b", by=[unicef])])
    assert _only(paper).articles == ("a", "b")
    fled = origins.of_event([report("a", by=[said("a man whom Unicef had sent home")]), report("b", by=[unicef])])
    assert len(fled) == 2
    army = origins.of_event([report("a", by=[said("an army officer")]), report("b", by=[ARMY])])
    assert _only(army).name == "Syrian armed forces"


def test_hearsay_is_no_own_report() -> None:
    found = origins.of_event([report("a", certainty="reported"), report("a", 50)])
    assert [one.kind for one in found] == ["own", "speaker"]


def test_state_media_without_a_name_are_the_agency_that_others_name() -> None:
    found = origins.of_event(
        [
            report("a", by=[said("Sana")]),
            report("b", by=[Said(name="Syrian state media")]),
            report("c", by=[Said(name="state media")]),
        ]
    )
    assert _only(found).name == "Sana"


def test_every_statement_has_one_origin_figures_and_denials_too() -> None:
    toll = figure("a", 12, 12, by=[said("Syrian Observatory for Human Rights", "SYR-SOHR", party=False)])
    against = denial("a", [SDF])
    found = origins.of_event([report("a", figures=[toll], against=(against,))])
    known = origins.by_statement(found)
    assert sorted(known) == sorted(["a/event/0-5", toll.key, against.key])
    assert len(set(known.values())) == 3
    assert origins.count([toll.key, against.key, "nobody/event/0-5"], found) == 2


def test_the_order_of_reports_does_not_matter() -> None:
    reports: list[EventReport] = [
        report("a", by=[ARMY, STATE_TV], quote="Syrian state television quoted the army."),
        report("b", by=[STATE_TV], quote="State television said so."),
        report("c", by=[SDF]),
        report("c", 50),
        report("d", by=[Said(name="Bali", speaker="Bali")]),
        report("e", by=[Said(name="Mustafa Bali", speaker="Mustafa Bali", organisation="SDF")]),
        report("f", outlet="Reuters"),
        report("g"),
        report("h", by=[said("police")]),
    ]
    given = [
        Dependency(article="g", on="f", kind="copy", similarity=0.8),
        Dependency(article="c", on="Reuters", kind="outlet"),
    ]
    expected = origins.of_event(reports, given)
    draw = random.Random(3)
    for _ in range(20):
        draw.shuffle(reports)
        draw.shuffle(given)
        assert origins.of_event(reports, given) == expected


def test_the_syndicated_example_is_one_origin(coder: Coder) -> None:
    read = [item for item in Reader(settings.load()).read(str(EXAMPLES)) if isinstance(item, Article)]
    pair = [one for one in read if one.publisher in ("Northern Wire", "Daily Meridian")]
    coded = [
        coder(
            one.text, id=str(one.publisher), publisher=str(one.publisher), published=str(one.published or "2019-02-22")
        )
        for one in pair
    ]
    copied = copies.dependency(coded[0].id or "", coded[0].text, coded[1].id or "", coded[1].text)
    assert copied is not None
    reports = [one for article in coded for one in flatten.reports(article).events if one.text == "surrounded"]
    assert {one.article for one in reports} == {"Northern Wire", "Daily Meridian"}
    assert _shape(origins.of_event(reports, [copied])) == [
        ("copy", "Northern Wire", ("Daily Meridian", "Northern Wire"))
    ]
