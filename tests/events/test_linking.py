"""Reports of one event are linked, others are not; every link explains itself; new articles join what is there."""

from __future__ import annotations

import itertools
import math
import re

import pytest

from reportedly.data import CodedArticle, DateExpression, Entity, Event, Participant, Place, Span
from reportedly.events import flatten
from reportedly.events.linking import Linker, Shelf
from reportedly.events.linking_told import contradicting, log_odds
from reportedly.events.mentions import LinkMention
from reportedly.settings import Settings

#: Three reports of one strike, two of another in another town on another day, and one of something else.
TEXTS = {
    "harbour": "Air strike kills 14 at Tal Hamra market. An air strike on the market of Tal Hamra killed 14 people on "
    "Tuesday, rescuers said. Jets of the Federal Air Force bombed the market at noon, the mayor Idris Qanbar said.",
    "courier": "Fourteen dead as jets hit Tal Hamra. Fourteen people died on Tuesday when warplanes bombed a market in Tal "
    "Hamra, mayor Idris Qanbar told the Courier. The Federal Air Force did not comment on the strike.",
    "gazette": "Mayor mourns victims of Tal Hamra. Two days after the bombing of the market in Tal Hamra, in which 14 people "
    "were killed, mayor Idris Qanbar called for an inquiry into the air strike by the Federal Air Force.",
    "post": "Shelling of Wadi Sefin leaves 3 dead. Artillery of the Northern Front shelled a school in Wadi Sefin on Friday "
    "and killed 3 teachers, the governor Lamia Dorran said. The attack damaged the roof of the school.",
    "wire": "Teachers killed in Wadi Sefin. Three teachers were killed on Friday when shells hit their school in Wadi Sefin, "
    "governor Lamia Dorran said, accusing the Northern Front of the attack.",
    "sport": "Northport win the cup. Northport beat Eastgate 2-1 in the final on Sunday; captain Olaf Brisk scored twice.",
}
NAMES = {
    "Tal Hamra": "Location",
    "Wadi Sefin": "Location",
    "Federal Air Force": "Organisation",
    "Northern Front": "Organisation",
    "Idris Qanbar": "Person",
    "Lamia Dorran": "Person",
    "Olaf Brisk": "Person",
    "Northport": "Location",
    "Eastgate": "Location",
}
CODED = {"harbour": "killed", "courier": "bombed", "post": "shelled", "wire": "killed"}


def article(name: str) -> CodedArticle:
    text = TEXTS[name]
    bounds = [0, *(match.end() for match in re.finditer(r"[.!] ", text)), len(text)]
    entities = [
        Entity(start=match.start(), end=match.end(), text=written, type=kind)  # type: ignore[arg-type]
        for written, kind in NAMES.items()
        for match in re.finditer(written, text)
    ]
    found = re.search(CODED[name], text) if name in CODED else None
    events = [Event(start=found.start(), end=found.end(), text=found.group(), type="ASSAULT")] if found else []
    return CodedArticle(
        id=name,
        text=text,
        published="2031-05-08",
        sentences=[Span(start, end) for start, end in itertools.pairwise(bounds)],
        entities=entities,
        events=events,
    )


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(Settings())


@pytest.fixture(scope="module")
def linked(linker: Linker) -> dict[str, CodedArticle]:
    return {str(one.id): one for one in linker.link([article(name) for name in TEXTS])}


def event_of(linked: dict[str, CodedArticle], name: str, word: str) -> str:
    return next(str(event.event) for event in linked[name].events if event.text == word)


def events(linked: dict[str, CodedArticle], name: str) -> set[str]:
    return {str(event.event) for event in linked[name].events}


def test_reports_of_one_event_share_its_id(linked: dict[str, CodedArticle]) -> None:
    assert event_of(linked, "harbour", "killed") in events(linked, "courier")
    assert event_of(linked, "courier", "bombed") in events(linked, "harbour")
    assert event_of(linked, "wire", "killed") in events(linked, "post")


def test_a_later_reference_leads_to_the_old_event_and_is_no_new_one(linked: dict[str, CodedArticle]) -> None:
    shared = events(linked, "gazette") & events(linked, "harbour")
    assert shared
    assert all(event.aside for event in linked["gazette"].events if event.event in shared)


def test_another_event_of_the_same_kind_is_another(linked: dict[str, CodedArticle]) -> None:
    strike = events(linked, "harbour") | events(linked, "courier") | events(linked, "gazette")
    shelling = events(linked, "post") | events(linked, "wire")
    assert strike.isdisjoint(shelling)
    assert events(linked, "sport").isdisjoint(strike | shelling)


def test_the_coding_stays_and_mentions_come_behind(linked: dict[str, CodedArticle]) -> None:
    for name in TEXTS:
        before, after = article(name), linked[name]
        for index, event in enumerate(before.events):
            assert (after.events[index].start, after.events[index].type) == (event.start, event.type)
        assert all(event.aside == "mention" for event in after.events[len(before.events) :])
        assert all(event.text == after.text[event.start : event.end] for event in after.events)
        assert all(event.event for event in after.events)


def test_the_same_input_gives_the_same_ids(linker: Linker, linked: dict[str, CodedArticle]) -> None:
    again = {str(one.id): one for one in linker.link([article(name) for name in TEXTS])}
    assert {name: again[name].events for name in TEXTS} == {name: linked[name].events for name in TEXTS}


def test_mentions_bear_the_keys_of_reports(linker: Linker) -> None:
    for name in CODED:
        keys = [mention.key for mention in linker.mentions(article(name)) if mention.coded is not None]
        assert keys == [report.key for report in flatten.reports(article(name)).events]


def test_a_link_explains_its_score(linker: Linker) -> None:
    new, old = linker.mentions(article("harbour")), linker.mentions(article("courier"))
    best = max(linker.match(new, old), key=lambda match: match.probability)
    steps = linker.explain(best)
    assert best.probability > 0.5
    assert math.isclose(sum(step.bits for step in steps) * math.log(2), log_odds(best.probability), abs_tol=0.01)
    assert {step.comparison for step in steps} >= {"prior", "meaning", "story", "time", "place"}
    assert next(step for step in steps if step.comparison == "story").bits > 0


def pairs_of(ids: dict[str, str]) -> set[tuple[str, str]]:
    keys = sorted(ids)
    return {(a, b) for a, b in itertools.combinations(keys, 2) if ids[a] == ids[b]}


def one_by_one(linker: Linker, order: list[str]) -> dict[str, str]:
    """As a store does it: each article is looked up, matched and assigned when it comes."""
    shelf, ids = Shelf(), {}
    for name in order:
        new = linker.mentions(article(name))
        old = shelf.beside([new])
        known = {mention.key: ids[mention.key] for mention in old}
        ids.update(linker.assign(new, linker.match(new, old), known, old))
        shelf.put([new])
    return ids


@pytest.mark.parametrize("order", [list(TEXTS), list(reversed(TEXTS))])
def test_articles_added_one_by_one_give_nearly_what_all_together_give(linker: Linker, order: list[str]) -> None:
    together = {
        mention.key: str(event.event)
        for one in linker.link([article(name) for name in TEXTS])
        for mention, event in zip(linker.mentions(article(str(one.id))), one.events, strict=True)
    }
    single = one_by_one(linker, order)
    assert single.keys() == together.keys()
    shared = pairs_of(single) & pairs_of(together)
    assert 2 * len(shared) / (len(pairs_of(single)) + len(pairs_of(together))) > 0.8


def test_an_article_alone_is_linked(linker: Linker) -> None:
    (alone,) = linker.link([article("post")])
    assert len(events({"post": alone}, "post")) > 1


def test_an_article_without_mentions_is_left_as_it_is(linker: Linker) -> None:
    nothing = CodedArticle(id="empty", text="", published=None)
    assert list(linker.link([nothing])) == [nothing]


def test_an_article_without_an_id_is_refused(linker: Linker) -> None:
    with pytest.raises(ValueError, match="without an id"):
        linker.mentions(CodedArticle(text="They fled."))


def test_what_is_coded_is_compared(linker: Linker) -> None:
    coded = article("post")
    coded.places = [Place(start=0, end=1, text="S", latitude=35.0, longitude=40.0, precision="point")]
    coded.dates = [DateExpression(start=0, end=1, text="S", from_="2031-05-02", to="2031-05-02")]
    coded.events[0].place = coded.events[0].date = 0
    coded.events[0].actor = [Participant(start=0, end=1, text="S", id="northern-front")]
    first = linker.mentions(coded)[0]
    assert isinstance(first, LinkMention)
    assert (first.first, first.actors) == ("2031-05-02", ("northern-front",))
    assert first.place is not None and first.place.within == 5.0
    assert {key[0] for key in linker.keys(first)} == {"w", "a"}


def test_two_tolls_of_one_account_are_of_two_events() -> None:
    few, many, same = (
        LinkMention(
            key=str(dead), article="a", start=0, end=1, text="x", stem="kill", figures=(("killed", dead, dead),)
        )
        for dead in (12, 1306, 20)
    )
    assert set(contradicting([few, many, same])) == {("12", "1306"), ("1306", "20")}
