"""What an account says, line by line, before any layout: the same for the terminal and the page.

Every line has the number of the sentence that it comes from. Nothing is said here that the coded
article does not say: a field that is not known is not in the line.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from reportedly import lexicons
from reportedly.account import words
from reportedly.data import Attribution, CodedArticle, Event, Figure, Participant, Span


@dataclass
class Line:
    """One line: its parts by name (when, where, who …), the stretch it is about, and its sentences."""

    layer: str
    parts: dict[str, str]
    span: Span
    sentence: int
    quotes: list[str] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)


@dataclass
class Account:
    """An article's account: the sections in the order in which they are shown."""

    article: CodedArticle
    sections: dict[str, list[Line]]


class Viewer:
    """Builds the lines of one coded article."""

    def __init__(self, article: CodedArticle) -> None:
        self.article = article
        self.starts = [span.start for span in article.sentences]

    def sentence(self, start: int) -> int:
        """The number (from 0) of the sentence that holds an offset."""
        return max(0, bisect_right(self.starts, start) - 1)

    def quote(self, start: int) -> str:
        """The sentence that holds an offset, on one line."""
        if not self.article.sentences:
            return " ".join(self.article.text.split())
        span = self.article.sentences[self.sentence(start)]
        return " ".join(self.article.text[span.start : span.end].split())

    def line(self, layer: str, parts: dict[str, str | None], span: Span) -> Line:
        """A line with the parts that are known."""
        number = self.sentence(span.start)
        return Line(layer, {k: v for k, v in parts.items() if v}, span, number, [self.quote(span.start)], [number])

    # ---- the parts that several sections share

    def place(self, index: int | None) -> str | None:
        """A place's name, with its precision where it is not a point."""
        if index is None:
            return None
        place = self.article.places[index]
        name = place.name or place.text
        return f"{words.PRECISION[place.precision]}{name}" if place.precision in words.PRECISION else name

    def date(self, index: int | None) -> str | None:
        """A date or range of dates; the text's own words where it stays open."""
        if index is None:
            return None
        found = self.article.dates[index]
        return words.interval(found.from_, found.to) or found.text

    def source(self, index: int | None) -> str | None:
        """Who says it, through which channel."""
        if index is None:
            return None
        said = self.article.attributions[index]
        name = self.speaker(said)
        via = f" ({said.channel})" if said.channel else ""
        chain = self.source(said.within) if said.within is not None and said.within != index else None
        return f"{name}{via}" + (f", quoted by {chain}" if chain and chain != name else "")

    def speaker(self, said: Attribution) -> str:
        """The resolved speaker with the organisation, or the text's own words."""
        written = " ".join(" … ".join(self.article.text[s.start : s.end] for s in said.source).split())
        if written in lexicons.words("account_pronouns.txt"):
            written = f"somebody not named (“{written}”)"
        name = said.speaker or said.organisation or written or "an unnamed source"
        behind = f", {said.organisation}" if said.organisation and said.organisation not in name else ""
        return f"{name}{behind}" + (" [party to the conflict]" if said.party else "")

    def figure(self, index: int) -> str:
        """A figure in a few words: "15,000–20,000 people", "about 4 sq km", "5 year (war)"."""
        found = self.article.figures[index]
        return f"{words.amount(found)} {words.counted(found) or ''}".strip()

    # ---- the sections

    def events(self) -> list[Line]:
        """Every event that has a type; statements of control have their own section."""
        return [self._event(event) for event in self.article.events if event.type]

    def _event(self, event: Event) -> Line:
        what = (event.type or "").lower() + (f" ({event.mode})" if event.mode else "")
        parts = {
            "when": self.date(event.date),
            "where": self.place(event.place),
            "what": f"{what}: {event.text}",
            "who": _who(event.actor, event.recipient),
            "figures": "; ".join(self.figure(i) for i in event.figures) or None,
            "source": self.source(event.attribution),
            "certainty": words.CERTAINTY[event.certainty] + (", negated" if event.polarity == "negative" else ""),
        }
        return self.line("events", parts, Span(event.start, event.end))

    def figures(self) -> list[Line]:
        """Every figure."""
        return [self._figure(i, figure) for i, figure in enumerate(self.article.figures)]

    def _figure(self, index: int, figure: Figure) -> Line:
        parts = {
            "what": self.figure(index),
            "measure": None if figure.measure == "other" else figure.measure,
            "where": self.place(figure.place),
            "when": self.date(figure.date),
            "source": self.source(figure.attribution),
            "certainty": words.CERTAINTY.get(figure.certainty or "") or None,
        }
        return self.line("figures", parts, Span(figure.start, figure.end))

    def attributions(self) -> list[Line]:
        """Who said what."""
        return [self._said(i, said) for i, said in enumerate(self.article.attributions) if said.content]

    def _said(self, index: int, said: Attribution) -> Line:
        content = " … ".join(" ".join(self.article.text[s.start : s.end].split()) for s in said.content)
        cue = " … ".join(" ".join(self.article.text[s.start : s.end].split()) for s in said.cue)
        parts = {"source": self.source(index), "cue": cue, "kind": said.kind, "what": content}
        return self.line("attributions", parts, said.content[0])

    def control(self) -> list[Line]:
        """Who holds, captures, loses, besieges or contests which place."""
        return [self._control(event) for event in self.article.events if event.control]

    def _control(self, event: Event) -> Line:
        control = event.control
        assert control is not None
        parts = {
            "who": control.actor,
            "what": control.relation,
            "where": control.place,
            "when": self.date(event.date),
            "source": self.source(event.attribution),
            "certainty": words.CERTAINTY[event.certainty],
        }
        return self.line("control", parts, Span(event.start, event.end))

    def disputes(self) -> list[Line]:
        """Pairs of statements that contradict or qualify each other."""
        return [self._dispute(d.a, d.b, d.about) for d in self.article.disputes]

    def _dispute(self, a: Span, b: Span, about: str | None) -> Line:
        line = self.line("disputes", {"what": about or "the same matter"}, a)
        line.quotes = [" ".join(self.article.text[s.start : s.end].split()) for s in (a, b)]
        line.sentences = [self.sentence(a.start), self.sentence(b.start)]
        return line


def _who(actor: list[Participant], recipient: list[Participant]) -> str | None:
    left, right = (", ".join(map(_participant, side)) for side in (actor, recipient))
    return f"{left or '?'} → {right}" if right else left or None


def _participant(participant: Participant) -> str:
    """The article's words, with the name behind them where they do not say it."""
    text = " ".join(participant.text.split())
    name = participant.name
    if not name or name.lower() in text.lower():
        return text
    return name if text.lower() in name.lower() else f"{text} ({name})"


def account(article: CodedArticle) -> Account:
    """The account of a coded article."""
    viewer = Viewer(article)
    sections = {
        "events": viewer.events(),
        "figures": viewer.figures(),
        "attributions": viewer.attributions(),
        "control": viewer.control(),
        "disputes": viewer.disputes(),
    }
    return Account(article, sections)
