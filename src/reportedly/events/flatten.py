"""A coded article becomes reports: positions in its lists are followed, so that each statement stands alone."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import UNSET

from reportedly import lexicons
from reportedly.data import Attribution, CodedArticle, Event, Figure, Place, Span
from reportedly.events import flatten_contrasts
from reportedly.events.reports import (
    ControlReport,
    Days,
    EventReport,
    FigureReport,
    Layer,
    Location,
    Reports,
    Said,
    SaidReport,
)

#: A chain of quotations longer than this is a slip of the coder that refers to itself.
LONGEST_CHAIN = 6
#: Characters before and behind a statement that are quoted where a coder gave no sentences.
AROUND = 150
#: Why a mention that only linking has added is no event: nothing of it was coded, so its certainty is not known.
BARE = "mention"


def reports(article: CodedArticle) -> Reports:
    """All statements of a coded article that has an id, in text order.

    Raises:
        ValueError: the article has no id, by which its statements would be known.
    """
    return _Flattener(article).reports()


def sentence(article: CodedArticle, starts: Sequence[int], start: int) -> Span:
    """The sentence that holds an offset, given where sentences start; where a coder gave none, the words around it,
    never a whole text."""
    if not starts:
        return Span(max(0, start - AROUND), min(len(article.text), start + AROUND))
    return article.sentences[max(0, bisect_right(starts, start) - 1)]


def location(place: Place) -> Location:
    """A place of an article by itself; its name where it is known, else the article's words."""
    return Location(
        name=place.name or place.text,
        geonameid=place.geonameid,
        latitude=place.latitude,
        longitude=place.longitude,
        country=place.country,
        precision=place.precision,
    )


class _Flattener:
    def __init__(self, article: CodedArticle) -> None:
        if not article.id:
            raise ValueError("an article without an id has no statements that can be named")
        self.article, self.id = article, article.id
        self.starts = [span.start for span in article.sentences]
        self.used: Counter[str] = Counter()
        self.cues = [cue for said in article.attributions for cue in said.cue]
        self.contrasts = flatten_contrasts.contrasts(article, lambda span: self._where("side", span), self._chain)

    def reports(self) -> Reports:
        article = self.article
        figures = [self._figure(figure) for figure in article.figures]
        events = [self._event(event, figures) for event in article.events if event.type or event.control is None]
        control = [self._control(event) for event in article.events if event.control is not None]
        said = [self._attribution(i, item) for i, item in enumerate(article.attributions) if item.content]
        return Reports(
            events=tuple(events),
            figures=tuple(figures),
            control=tuple(control),
            said=tuple(said),
            contrasts=self.contrasts,
        )

    def _shared(self, layer: Layer, item: Event | Figure) -> dict[str, Any]:
        stated = {"text": item.text, "chain": tuple(self._chain(item.attribution)), "certainty": item.certainty}
        return {**self._where(layer, Span(item.start, item.end)), **stated}

    def _where(self, layer: Layer, span: Span) -> dict[str, Any]:
        sentence = self._sentence(span.start)
        return {
            "key": self._key(layer, span),
            "article": self.id,
            "start": span.start,
            "end": span.end,
            "sentence": sentence,
            "quote": " ".join(self.article.text[sentence.start : sentence.end].split()),
            "outlet": self.article.publisher,
            "published": self.article.published,
        }

    def _key(self, layer: Layer, item: Span) -> str:
        key = f"{self.id}/{layer}/{item.start}-{item.end}"
        self.used[key] += 1
        return key if self.used[key] == 1 else f"{key}~{self.used[key]}"

    def _sentence(self, start: int) -> Span:
        return sentence(self.article, self.starts, start)

    def _chain(self, index: int | None) -> Iterator[Said]:
        """From whoever says it outwards to whoever quotes that."""
        for _ in range(LONGEST_CHAIN):
            if index is None:
                return
            said = self.article.attributions[index]
            yield self._said(said)
            index = said.within if said.within != index else None

    def _said(self, said: Attribution) -> Said:
        return Said(
            name=said.speaker or _name(said.organisation) or self._source(said) or said.channel or "",
            speaker=said.speaker,
            organisation=said.organisation,
            channel=said.channel,
            actor=said.actor,
            party=said.party,
        )

    def _source(self, said: Attribution) -> str:
        """The words for a source; for a pronoun those that the same sentence has before it, if there are any."""
        written = self._words(said.source)
        if written.casefold() not in _pronouns():
            return written
        sentence, start = self._sentence(said.source[0].start), said.source[0].start
        before = [item.source for item in self.article.attributions if item.source]
        named = [
            words for source in before if sentence.start <= source[0].start < start and (words := self._words(source))
        ]
        return next((words for words in reversed(named) if words.casefold() not in _pronouns()), written)

    def _words(self, spans: list[Span]) -> str:
        return " … ".join(" ".join(self.article.text[span.start : span.end].split()) for span in spans)

    def _attribution(self, index: int, said: Attribution) -> SaidReport:
        return SaidReport(
            **self._where("said", Span(said.content[0].start, said.content[-1].end)),
            text=self._words(said.content),
            chain=tuple(self._chain(index)),
            cue=self._words(said.cue),
            kind=said.kind,
        )

    def _place(self, index: int | None) -> Location | None:
        return None if index is None else location(self.article.places[index])

    def _days(self, index: int | None) -> Days | None:
        if index is None:
            return None
        found = self.article.dates[index]
        return Days(first=found.from_, last=found.to) if found.from_ or found.to else None

    def _figure(self, figure: Figure) -> FigureReport:
        return FigureReport(
            **self._shared("figure", figure),
            hedged=figure.hedged,
            low=figure.low,
            high=figure.high,
            measure=figure.measure,
            unit=figure.unit,
            of=figure.of,
            actor=figure.actor,
            approximate=figure.approximate,
            place=self._place(figure.place),
            days=self._days(figure.date),
        )

    def _event(self, event: Event, figures: list[FigureReport]) -> EventReport:
        shared = self._shared("event", event)
        if event.aside == BARE:
            shared["certainty"] = None
        return EventReport(
            **shared,
            hedged=event.certainty in ("possible", "forecast"),
            type=event.type,
            mode=event.mode,
            actor=tuple(event.actor),
            recipient=tuple(event.recipient),
            place=self._place(event.place),
            days=self._days(event.date),
            figures=tuple(figures[index] for index in event.figures),
            polarity=event.polarity,
            incident=None if event.incident is UNSET else event.incident,
            instrument=tuple(self.article.text[span.start : span.end] for span in event.instrument),
            aside=None if event.aside is UNSET else event.aside,
            against=flatten_contrasts.denials(Span(event.start, event.end), self.contrasts, self.cues),
        )

    def _control(self, event: Event) -> ControlReport:
        control = event.control
        assert control is not None
        return ControlReport(
            **self._shared("control", event),
            hedged=event.certainty in ("possible", "forecast"),
            relation=control.relation,
            actor=control.actor,
            actor_id=next(
                (item.id for item in event.actor if item.id and control.actor in (item.name, item.text)), None
            ),
            place_name=control.place,
            place=self._controlled(event.place, control.place),
            days=self._days(event.date),
            against=flatten_contrasts.denials(Span(event.start, event.end), self.contrasts, self.cues),
        )

    def _controlled(self, index: int | None, name: str | None) -> Location | None:
        """The place that is held: the event's own if it bears the name, else one of the article that does."""
        candidates: Iterable[Place] = self.article.places
        if index is not None:
            candidates = [self.article.places[index], *self.article.places]
        return next((location(place) for place in candidates if name in (place.name, place.text)), None)


def _name(organisation: str | None) -> str | None:
    """An organisation's name; None for a bare noun ("ministry"), which says less than the article's words."""
    return organisation if organisation and not organisation[:1].islower() else None


def _pronouns() -> frozenset[str]:
    return lexicons.words("account_pronouns.txt")
