"""Stage `disputes`: statements of one article that contradict or qualify each other.

Five kinds of evidence: a contrasting word between two views, two numbers for one thing, a denial or
doubt, an answer that only points back, and two parties that speak against each other. Each pair is shown to the reader, so a pair is
only made where both sides can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Dispute, Span
from reportedly.statements import (
    disputes_answers,
    disputes_contrast,
    disputes_denials,
    disputes_figures,
    disputes_totals,
    layers,
)
from reportedly.statements.disputes_contrast import Pair
from reportedly.statements.disputes_labels import label
from reportedly.statements.disputes_statements import Account

SLOT = "disputes"
layers.declare()

READS = ["doc._.attributions", "doc._.figures", "doc._.events", "doc._.places", "doc._.dates"]


@Language.component("reportedly_disputes", requires=READS, assigns=["doc._.disputes"])
def run(doc: Doc) -> Doc:
    """Find the article's disputes, each pair of stretches once, in text order."""
    if len(doc) == 0:
        return doc
    account = Account(doc)
    found: list[Dispute] = []
    for one, other in _pairs(account):
        first, second = sorted((one, other), key=lambda statement: statement.span)
        if first.span.overlaps(second.span) or any(_repeats(d, first.span, second.span) for d in found):
            continue
        found.append(Dispute(a=first.span, b=second.span, about=label(doc, first, second)))
    doc._.disputes = sorted(found, key=lambda dispute: (dispute.a, dispute.b))
    return doc


def _pairs(account: Account) -> Iterator[Pair]:
    yield from disputes_denials.pairs(account)
    yield from disputes_figures.pairs(account)
    yield from disputes_totals.pairs(account)
    yield from disputes_contrast.pairs(account)
    yield from disputes_answers.pairs(account)


def _repeats(dispute: Dispute, a: Span, b: Span) -> bool:
    """True if both sides overlap those of a pair that is there already."""
    return dispute.a.overlaps(a) and dispute.b.overlaps(b)
