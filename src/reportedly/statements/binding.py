"""Stage `binding`: connects events and figures with who says them, where, when, and how many.

Every connection is an index into a list of the article; what cannot be told stays None.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from reportedly.data import Event, Figure
from reportedly.statements import layers, spans
from reportedly.statements.binding_clauses import Anchors, saying
from reportedly.statements.binding_described import compared, described
from reportedly.statements.binding_figures import Counts
from reportedly.statements.binding_intervals import Sources

SLOT = "binding"
layers.declare()

#: PLOVER types of deeds that are done to a place.
GROUND = frozenset({"ASSAULT", "MOBILIZE", "RETREAT"})

READS = ["doc._.attributions", "doc._.places", "doc._.dates", "doc._.figures", "doc._.events"]


@Language.component("reportedly_binding", requires=READS, assigns=["doc._.events", "doc._.figures"])
def run(doc: Doc) -> Doc:
    """Fill `attribution`, `place`, `date` of events and figures, and `figures` of events."""
    if not doc._.events and not doc._.figures:
        return doc
    binder = _Binder(doc)
    for figure in doc._.figures:
        binder.bind(figure)
    binder.describe(doc._.figures)
    compared(doc, doc._.figures)
    counts = Counts(doc, doc._.figures)
    for event in doc._.events:
        binder.bind(event)
        if not event.figures:
            event.figures = counts.of(_trigger(doc, event), tolls=event.type is not None)
    return doc


class _Binder:
    """Binds the items of one article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.sources = Sources(doc._.attributions)
        deeds = frozenset(_trigger(doc, event).i for event in doc._.events if _on_the_ground(event))
        verbs = saying(doc, doc._.attributions)
        self.verbs, self.deeds = verbs, deeds
        self.places = Anchors(doc, doc._.places, self.sources, verbs, deeds)
        self.dates = Anchors(doc, doc._.dates, self.sources, verbs, deeds)
        self.countries = {n for n, place in enumerate(doc._.places) if place.precision == "country"}

    def bind(self, item: Event | Figure) -> None:
        """Fill what is still unknown of one item."""
        trigger = _trigger(self.doc, item)
        said = self.sources.of(item.start, item.end)
        if item.attribution is None:
            item.attribution = self.sources.said_by(item.start, item.end)
        if item.place is None:
            item.place = self.places.nearest(trigger, said)
            if item.place is None:
                item.place = self.places.carried(trigger, self.countries)
        if item.date is None:
            found = self.dates.nearest(trigger, said)
            item.date = found if found is None or not _standing(item) or self.dates.hangs_on(found, trigger) else None

    def describe(self, figures: list[Figure]) -> None:
        """Give figures without a place the one that a noun ("the camp") stands for beside them."""
        if all(figure.place is not None for figure in figures):
            return
        found = described(self.doc)
        anchors = Anchors(self.doc, [place for place, _ in found], self.sources, self.verbs, self.deeds)
        for figure in figures:
            if figure.place is None:
                said = self.sources.of(figure.start, figure.end)
                nearest = anchors.nearest(_trigger(self.doc, figure), said)
                figure.place = None if nearest is None else found[nearest][1]


def _standing(item: Event | Figure) -> bool:
    """True for "left the rebels’ stronghold on Friday": the day is not that of the holding."""
    return isinstance(item, Event) and item.control is not None and item.control.relation == "holds"


def _on_the_ground(event: Event) -> bool:
    """True if an event's direct object may be where it happens ("shelled Homs", "left Homs")."""
    return event.control is not None or event.type in GROUND


def _trigger(doc: Doc, item: Event | Figure) -> Token:
    return spans.tokens_at(doc, item.start, item.end).root
