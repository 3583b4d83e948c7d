"""Made-up coded articles in any number, to measure how the record grows. Nothing in them is true.

A world of events is drawn first (who, whom, where, when, how many), then articles that report them: each event in
one to four articles of different outlets, so that linking, positions and series have something to do. About twenty
statements an article. The same seed gives the same articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from msgspec import structs

from reportedly.data import (
    Attribution,
    CodedArticle,
    Control,
    DateExpression,
    Event,
    Figure,
    Participant,
    Place,
    Span,
    Versions,
)

#: Statements that an article has on average, attributions included.
STATEMENTS_AN_ARTICLE = 20
_EVENTS_AN_ARTICLE = 5
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 2000
_PLACES = 1500
_ACTORS = 150
_OUTLETS = 120
_SHARE_OF_CONTROL = 0.3
_VERBS = (("shelled", "ASSAULT", "artillery"), ("raided", "ASSAULT", "firearms"), ("detained", "COERCE", "arrest"))
_SYLLABLES = ("ba", "gho", "ra", "qa", "ham", "tel", "mar", "din", "sha", "dir", "zor", "kha", "nus", "yr", "al", "mi")


class Happening(NamedTuple):
    """One made-up event."""

    verb: tuple[str, str, str]
    actor: Participant
    recipient: Participant
    place: Place
    day: date
    toll: int


class World:
    """The outlets, places, actors and events that articles report on."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.actors = [self._actor(number) for number in range(_ACTORS)]
        self.places = [self._place(number) for number in range(_PLACES)]
        reports = articles * _EVENTS_AN_ARTICLE
        self.events = [self._event() for _ in range(int(reports / 2.5) + 1)]

    def _name(self) -> str:
        return "".join(self.random.choice(_SYLLABLES) for _ in range(3)).capitalize()

    def _actor(self, number: int) -> Participant:
        name = f"{self._name()} Brigade {number}"
        return Participant(start=0, end=0, text=name, name=name, id=f"SYN-{number}", kind="organisation", sector="REB")

    def _place(self, number: int) -> Place:
        name = f"{self._name()} {number}"
        return Place(
            start=0,
            end=0,
            text=name,
            name=name,
            geonameid=90_000_000 + number,
            latitude=round(self.random.uniform(30, 40), 4),
            longitude=round(self.random.uniform(36, 48), 4),
            country=self.random.choice(("SY", "IQ")),
            precision="point",
        )

    def _event(self) -> Happening:
        actor, recipient = self.random.sample(self.actors, 2)
        day = _FIRST_DAY + timedelta(days=self.random.randrange(_DAYS))
        toll = self.random.randint(2, 60)
        return Happening(self.random.choice(_VERBS), actor, recipient, self.random.choice(self.places), day, toll)


def articles(number: int, seed: int = 1) -> Iterator[CodedArticle]:
    """That many coded articles, in order of publication; ids "synthetic-0", "synthetic-1" …"""
    world = World(number, seed)
    world.events.sort(key=lambda event: event.day)
    position = 0.0
    step = len(world.events) / max(1, number)
    for count in range(number):
        near = world.events[max(0, int(position) - 2) : int(position) + 6]
        chosen = world.random.sample(near, min(_EVENTS_AN_ARTICLE, len(near)))
        yield _Writer(world, f"synthetic-{count}").article(sorted(chosen, key=lambda event: event.day))
        position += step


class _Writer:
    """Writes one article sentence by sentence and notes what stands where."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.random, self.text = world, world.random, ""
        self.coded = CodedArticle(text="", id=name)

    def article(self, events: list[Happening]) -> CodedArticle:
        """The article that reports these events, published the day after the last."""
        coded = self.coded
        for event in events:
            self._sentence(event)
        last = events[-1]
        coded.text = self.text.rstrip()
        coded.title = f"{last.actor.name} {last.verb[0]} near {last.place.name}"
        coded.published = (last.day + timedelta(days=1)).isoformat()
        coded.publisher = f"Outlet {self.random.randrange(_OUTLETS)}"
        coded.url = f"https://outlet.invalid/{coded.id}"
        coded.coder = Versions(program="synthetic", model="none", lexicons="none")
        return coded

    def _put(self, words: str, behind: str = " ") -> Span:
        start = len(self.text)
        self.text += words + behind
        return Span(start, start + len(words))

    def _sentence(self, event: Happening) -> None:
        start = len(self.text)
        actor = self._participant(event.actor, behind=" ")
        did = self._put(event.verb[0])
        recipient = self._participant(event.recipient, behind=" in ")
        self._place_and_day(event)
        killed = self._figure("killed", event.toll + self.random.choice((0, 0, 0, 1, 5)), " people and displacing ")
        displaced = self._figure("displaced", self.random.randint(1, 90) * 100, " families, ")
        self._attribution(event, start, displaced.end + len(" families"))
        self.coded.sentences.append(Span(start, len(self.text) - 1))
        self.coded.figures += [killed, displaced]
        self._report(event, did, actor, recipient)

    def _place_and_day(self, event: Happening) -> None:
        where = self._put(event.place.name or "", " on ")
        when = self._put(event.day.strftime("%d %B %Y"), ", killing ")
        self.coded.places.append(structs.replace(event.place, start=where.start, end=where.end))
        day = event.day.isoformat()
        said = DateExpression(start=when.start, end=when.end, text=self.text[when.start : when.end], from_=day, to=day)
        self.coded.dates.append(said)

    def _attribution(self, event: Happening, start: int, end: int) -> None:
        speaker = self._put(f"a spokesman for {event.actor.name}")
        cue = self._put("said", ". ")
        said = Attribution(source=[speaker], cue=[cue], content=[Span(start, end)], party=True)
        said.speaker, said.organisation = self.text[speaker.start : speaker.end], event.actor.name
        self.coded.attributions.append(said)

    def _figure(self, measure: Literal["killed", "displaced"], value: int, behind: str) -> Figure:
        span, index = self._put(str(value), behind), len(self.coded.places) - 1
        figure = Figure(start=span.start, end=span.end, text=str(value), low=value, high=value, measure=measure)
        figure.unit, figure.of = ("person", "people") if measure == "killed" else ("family", "families")
        figure.attribution, figure.place, figure.date = len(self.coded.attributions), index, index
        figure.certainty = "reported"
        return figure

    def _report(self, event: Happening, did: Span, actor: Participant, recipient: Participant) -> None:
        coded, index = self.coded, len(self.coded.places) - 1
        report = Event(start=did.start, end=did.end, text=event.verb[0], type=event.verb[1], mode=event.verb[2])
        report.actor, report.recipient, report.certainty = [actor], [recipient], "reported"
        report.place, report.date, report.attribution = index, index, len(coded.attributions) - 1
        report.figures = [len(coded.figures) - 2]
        if self.random.random() < _SHARE_OF_CONTROL:
            report.control = Control(relation="captures", actor=event.actor.name, place=event.place.name)
        coded.events.append(report)

    def _participant(self, who: Participant, behind: str) -> Participant:
        span = self._put(who.name or "", behind)
        return structs.replace(who, start=span.start, end=span.end)
