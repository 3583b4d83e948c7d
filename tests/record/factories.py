"""Articles and a linker for the record's tests: made up, small, and without any model.

draft = Draft("a1", "Harbour Times", "2019-03-02", url="https://harbour.example/a1")
draft.sentence("Shells hit the market in Hajin on Friday, killing 12 people, rescuers said.")
draft.place("Hajin", 34.69, 40.83).date("Friday", "2019-03-01").said("rescuers", "said")
draft.figure("12", measure="killed").event("hit", figures=("12",))
coded = draft.article()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

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
from reportedly.events import mentions
from reportedly.events.clustering import event_id
from reportedly.events.linking import Match, Step
from reportedly.events.mentions import LinkMention

SDF = {"name": "Syrian Democratic Forces", "id": "SYR-SDF", "country": "SYR", "sector": "REB"}
ISIS = {"name": "Islamic State", "id": "INT-ISIS", "sector": "REB"}


class Draft:
    """An article being coded by hand. What is added belongs to the last sentence; a stretch is named by its words, and
    what is bound (place, date, speaker, figures) is what the sentence has of it, unless it is named."""

    def __init__(
        self, id: str, outlet: str | None = "Harbour Times", published: str | None = "2019-03-02", **more: Any
    ) -> None:
        self.coded = CodedArticle(
            id=id,
            text="",
            title=more.pop("title", f"Report {id}"),
            publisher=outlet,
            published=published,
            url=more.pop("url", f"https://news.example/{id}"),
            coder=Versions(program=more.pop("program", "1"), model="m", lexicons="l"),
            **more,
        )
        self.here = Span(0, 0)
        self.bound: dict[str, int | None] = {}

    def sentence(self, text: str) -> Draft:
        """Add a sentence."""
        start = len(self.coded.text) + (1 if self.coded.text else 0)
        self.coded.text += (" " if self.coded.text else "") + text
        self.here = Span(start, start + len(text))
        self.coded.sentences.append(self.here)
        self.bound = {}
        return self

    def span(self, words: str) -> Span:
        """Where words stand in the sentence."""
        start = self.coded.text.index(words, self.here.start)
        assert start < self.here.end
        return Span(start, start + len(words))

    def _stretch(self, words: str) -> dict[str, Any]:
        span = self.span(words)
        return {"start": span.start, "end": span.end, "text": words}

    def place(self, words: str, latitude: float | None = None, longitude: float | None = None, **more: Any) -> Draft:
        """A place; a point in Syria if nothing else is said."""
        given = {"name": words, "country": "SY", "precision": "point"} | more
        if latitude is not None:
            given.setdefault("geonameid", int(abs(latitude) * 1000) * 1000 + int(abs(longitude or 0)))
        self.coded.places.append(Place(**self._stretch(words), latitude=latitude, longitude=longitude, **given))
        self.bound["place"] = len(self.coded.places) - 1
        return self

    def date(self, words: str, first: str | None, last: str | None = None) -> Draft:
        """A date; one day if no last one is given."""
        self.coded.dates.append(DateExpression(**self._stretch(words), from_=first, to=last or first))
        self.bound["date"] = len(self.coded.dates) - 1
        return self

    def said(self, source: str, cue: str, **more: Any) -> Draft:
        """Somebody says the whole sentence."""
        said = Attribution(source=[self.span(source)], cue=[self.span(cue)], content=[self.here], **more)
        self.coded.attributions.append(said)
        self.bound["attribution"] = len(self.coded.attributions) - 1
        return self

    def figure(self, words: str, low: float | None = None, high: float | None = None, **more: Any) -> Draft:
        """A figure; its words are its number if no other is given."""
        value = float(words) if low is None and high is None else None
        given = {"measure": "killed", "unit": "person", "of": "people", "certainty": self._certainty()} | more
        stretch = {
            **self._stretch(words),
            "low": low if value is None else value,
            "high": high if value is None else value,
        }
        self.coded.figures.append(Figure(**stretch, **self.bound, **given))
        return self

    def event(self, words: str, figures: Sequence[str] = (), **more: Any) -> Draft:
        """An event; an assault if nothing else is said. Actors and recipients are dictionaries of a participant."""
        parts = {name: [self._who(who) for who in more.pop(name, ())] for name in ("actor", "recipient")}
        numbers = [
            i for i, one in enumerate(self.coded.figures) if one.text in figures and one.start >= self.here.start
        ]
        given = {"type": "ASSAULT", "mode": "artillery", "certainty": self._certainty()} | more
        self.coded.events.append(Event(**self._stretch(words), figures=numbers, **parts, **self.bound, **given))
        return self

    def control(self, words: str, relation: str, actor: str | None, place: str | None, **more: Any) -> Draft:
        """A statement of control."""
        who = [self._who({"name": actor, "text": actor, "id": more.pop("id", None)})] if actor else []
        control = Control(relation=relation, actor=actor, place=place)  # type: ignore[arg-type]
        given = {"type": None, "certainty": self._certainty()} | more
        self.coded.events.append(Event(**self._stretch(words), control=control, actor=who, **self.bound, **given))
        return self

    def _certainty(self) -> str:
        return "reported" if self.bound.get("attribution") is not None else "fact"

    def _who(self, given: Mapping[str, Any]) -> Participant:
        text = given.get("text") or given["name"]
        inside = text in self.coded.text[self.here.start : self.here.end]
        span = self.span(text) if inside else Span(self.here.start, self.here.start)
        return Participant(start=span.start, end=span.end, **{**given, "text": text})

    def article(self) -> CodedArticle:
        """The coded article."""
        return msgspec.json.decode(msgspec.json.encode(self.coded), type=CodedArticle)


class StemLinker:
    """Links mentions of one trigger word that are not of different days: no model, the same at each call."""

    def mentions(self, article: CodedArticle) -> list[LinkMention]:
        """The coded events of an article."""
        found = [mentions.Found(one.start, one.end, coded=number) for number, one in enumerate(article.events)]
        return mentions.describe(article, found)

    def keys(self, mention: LinkMention) -> list[str]:
        """The trigger's stem."""
        return [f"stem:{mention.stem}"]

    def story(self, mentions: Sequence[LinkMention]) -> list[int]:
        """The stems of an article's triggers, as numbers."""
        return sorted({sum(map(ord, mention.stem)) for mention in mentions})

    def match(self, new: Sequence[LinkMention], old: Sequence[LinkMention]) -> list[Match]:
        """Pairs of one stem."""
        pairs = [(a, b) for number, a in enumerate(new) for b in (*old, *new[number + 1 :])]
        return [
            Match(a=a.key, b=b.key, probability=0.9, levels=(1,))
            for a, b in pairs
            if a.stem == b.stem and (a.first == b.first or not a.first or not b.first)
        ]

    def explain(self, match: Match) -> list[Step]:
        """Two steps that add up to the log-odds of 0.9, in bits."""
        return [Step(comparison="prior", level="", bits=-3.0), Step(comparison="stem", level="the same", bits=6.17)]

    def assign(
        self,
        new: Sequence[LinkMention],
        matches: Iterable[Match],
        events: Mapping[str, str],
        old: Sequence[LinkMention] = (),
    ) -> dict[str, str]:
        """The event of whatever a mention matches first."""
        found = dict(events)
        listed = list(matches)
        for mention in new:
            near = [m.b if m.a == mention.key else m.a for m in listed if mention.key in (m.a, m.b)]
            known = [found[key] for key in near if key in found]
            found[mention.key] = known[0] if known else event_id([mention.key])
        return {mention.key: found[mention.key] for mention in new}
