"""Stage `certainty`: how sure the article is of each event and figure.

Denied goes before possible and forecast, these before reported, and reported before fact. What a
source says without a hedge is reported: the article stands for the words, not for what they say.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from reportedly.data import Attribution, Certainty, Event, Figure
from reportedly.statements import layers, spans
from reportedly.statements.binding_intervals import Sources
from reportedly.statements.certainty_actors import settle
from reportedly.statements.certainty_scope import Cue, cues, over

SLOT = "certainty"
layers.declare()

READS = ["doc._.attributions", "doc._.figures", "doc._.events"]


@Language.component("reportedly_certainty", requires=READS, assigns=["doc._.events", "doc._.figures"])
def run(doc: Doc) -> Doc:
    """Fill `certainty` of events and figures, `hedged` of figures, and `confidence` of actors."""
    spoken = _Spoken(doc)
    for event in doc._.events:
        event.certainty = _event(doc, event, spoken)
        settle(event, doc._.attributions)
    for figure in doc._.figures:
        found = list(over(spans.tokens_at(doc, figure.start, figure.end).root))
        found += _inside(doc, figure)
        innermost = spoken.innermost(figure)
        said = spoken.cues(innermost)
        figure.certainty = _certainty(found, said, innermost)
        figure.hedged = figure.hedged or any(cue.hedge for cue in (*found, *said))
    return doc


def _event(doc: Doc, event: Event, spoken: _Spoken) -> Certainty:
    trigger = spans.tokens_at(doc, event.start, event.end).root
    innermost = spoken.innermost(event)
    if _presupposed(event, trigger):
        return "fact" if innermost is None else "reported"
    found = list(over(trigger))
    if event.control is not None and event.control.relation == "contests":
        found = [cue for cue in found if not cue.purpose and cue.certainty != "denied"]
    certainty = _certainty(found, spoken.cues(innermost), innermost)
    return "denied" if event.polarity == "negative" and certainty in ("fact", "reported") else certainty


def _presupposed(event: Event, trigger: Token) -> bool:
    """True for "the Isis-held town", "their stronghold": taken as given, whatever is said of it."""
    if event.control is None or event.control.relation != "holds" or trigger.dep_ == "attr":
        return False
    return trigger.pos_ in ("NOUN", "PROPN") or trigger.dep_ == "amod"


def _inside(doc: Doc, figure: Figure) -> list[Cue]:
    """The cues among a figure's own words: "an estimated 500"."""
    tokens = spans.tokens_at(doc, figure.start, figure.end)
    table = cues()
    found = (table["adverb"].get(token.lower_) or table["adjective"].get(token.lower_) for token in tokens)
    return [cue for cue in found if cue is not None]


def _certainty(found: list[Cue], said: list[Cue], attribution: int | None) -> Certainty:
    levels = [cue.certainty for cue in (*found, *said) if cue.certainty != "fact"]
    if "denied" in levels:
        return "denied"
    strong = next((level for level in levels if level in ("possible", "forecast")), None)
    if strong is not None:
        return strong
    return "reported" if attribution is not None or "reported" in levels else "fact"


class _Spoken:
    """The cues of the attributions of an article, by their number."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._known: dict[int, list[Cue]] = {}
        self._sources = Sources(doc._.attributions)

    def innermost(self, item: Event | Figure) -> int | None:
        """The innermost attribution that something stands in, whether it tells of a source or not."""
        found = self._sources.of(item.start, item.end)
        return item.attribution if found is None else found

    def cues(self, number: int | None) -> list[Cue]:
        """What the cue of an attribution, and of those around it, says of the content."""
        if number is None:
            return []
        if number not in self._known:
            self._known[number] = []  # an attribution that stands within itself would never end
            attribution = self.doc._.attributions[number]
            own = self._read(attribution)
            around = self.cues(attribution.within)
            self._known[number] = [*own, *(self._passed_on(cue, attribution) for cue in around)]
        return self._known[number]

    def _passed_on(self, cue: Cue, inner: Attribution) -> Cue:
        """What an outer cue says of what is said within: who denies that X said it does not deny it.

        "Denied claims that …" does: a claim is no more than its content.
        """
        if cue.certainty != "denied" or any(token.tag_[:2] == "NN" for token in self._tokens(inner)):
            return cue
        return Cue("reported", True)

    def _read(self, attribution: Attribution) -> list[Cue]:
        table, found, negated = cues()["cue"], [], False
        for token in self._tokens(attribution):
            cue = table.get(token.lemma_.lower())
            if cue is not None:
                found.append(cue)
            negated = negated or token.dep_ == "neg" or any(child.dep_ == "neg" for child in token.children)
        return [_unsaid(found)] if negated else found

    def _tokens(self, attribution: Attribution) -> Iterator[Token]:
        for span in attribution.cue:
            yield from spans.tokens_at(self.doc, span.start, span.end)


def _unsaid(found: list[Cue]) -> Cue:
    """'Could not confirm that …' leaves it open; 'did not deny that …' is short of saying it."""
    return Cue("reported", True) if any(cue.certainty == "denied" for cue in found) else Cue("possible", True)
