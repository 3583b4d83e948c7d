"""An article whole, with layers to switch on and off: for staff, and for all where the outlet allows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from msgspec import Struct

from reportedly.data import CodedArticle, Span
from reportedly.pages import roles
from reportedly.record import decisions_anchors, responses, search
from reportedly.record.models import Article, Statement
from reportedly.record.queries import statements
from reportedly.record.queries.statements import Report

#: The layers, with what they are called; those that are on at first.
LAYERS = {
    "entities": "Entities",
    "figures": "Figures",
    "events": "Events",
    "attributions": "Attributions",
    "control": "Control",
    "places": "Places",
    "dates": "Dates",
}
FIRST = ("figures", "events", "control")
#: The layer of a statement's own layer.
OF = {"figure": "figures", "event": "events", "control": "control", "said": "attributions"}
_coded = msgspec.json.Decoder(CodedArticle).decode


class Piece(Struct, frozen=True):
    """A stretch of text that the same marks cover. `layers` are those marks' layers, in the order of `LAYERS`."""

    text: str
    layers: tuple[str, ...]

    @property
    def classes(self) -> str:
        """The names of its layers as classes of HTML."""
        return " ".join(f"of-{layer}" for layer in self.layers)


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence of the text with the statements that were coded from it. `gap` is true where a paragraph ends before
    it."""

    pieces: tuple[Piece, ...]
    statements: tuple[tuple[str, Report], ...]
    gap: bool


@never_cache
def whole_text(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The text sentence by sentence, marked by layer, each with its statements."""
    row = Article.objects.select_related("outlet", "coding").filter(public_id=public_id).first()
    if row is None or row.coding is None:
        raise Http404(f"{public_id}: no such article in the record")
    if not readable(request, row):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied("the whole text needs the role reader")
    chosen = Statement.objects.filter(article=row, current=True).order_by("start", "pk")
    content = {
        "article": row,
        "url": search.addresses([row.pk]).get(row.pk),
        "layers": [(name, label, name in FIRST) for name, label in LAYERS.items()],
        "sentences": sentences(_coded(bytes(row.coding.coded)), statements.reports(chosen)),
    }
    return render(request, "pages/whole_text.html", content)


def readable(request: HttpRequest, row: Article) -> bool:
    """True if who asks may read an article whole."""
    if request.user.is_authenticated and roles.at_least(request.user, "reader"):
        return True
    return responses.whole_text(row.public_id)


def sentences(article: CodedArticle, reports: Iterable[Report]) -> list[Sentence]:
    """The text in sentences; what stands between two of them belongs to the one before."""
    said = _by_start(reports)
    marks = [*_marks(article), *_told(said)]
    starts = [one.start for one in article.sentences] or [0]
    bounds = [0, *starts[1:], len(article.text)]
    found = []
    for begin, end in pairwise(bounds):
        mine = [pair for start, pair in said if begin <= start < end]
        gap = begin > 0 and "\n" in article.text[:begin][-2:]
        found.append(Sentence(pieces=_pieces(article.text, begin, end, marks), statements=tuple(mine), gap=gap))
    return found


def _by_start(reports: Iterable[Report]) -> list[tuple[int, tuple[str, Report]]]:
    found = []
    for one in reports:
        key = decisions_anchors.parse(one.evidence.statement)
        if key is not None:
            found.append((key.span.start, (OF.get(one.evidence.layer, "events"), one)))
    return found


def _told(said: Iterable[tuple[int, tuple[str, Report]]]) -> Iterator[tuple[Span, str]]:
    """The words of events and of control: also of events that linking has found and the coder has not."""
    for start, (layer, one) in said:
        if layer in ("events", "control"):
            yield Span(start, start + len(one.evidence.text)), layer


def _marks(article: CodedArticle) -> Iterator[tuple[Span, str]]:
    for name in ("entities", "figures", "places", "dates"):
        yield from ((Span(one.start, one.end), name) for one in getattr(article, name))
    for said in article.attributions:
        yield from ((span, "attributions") for span in (*said.source, *said.cue))


def _pieces(text: str, begin: int, end: int, marks: Iterable[tuple[Span, str]]) -> tuple[Piece, ...]:
    inside = [(span, layer) for span, layer in marks if span.start < end and span.end > begin]
    cuts = sorted({begin, end, *(min(max(at, begin), end) for span, _ in inside for at in (span.start, span.end))})
    by_piece: dict[int, set[str]] = defaultdict(set)
    for span, layer in inside:
        for at in cuts:
            if span.start <= at < span.end:
                by_piece[at].add(layer)
    return tuple(Piece(text[a:b], tuple(name for name in LAYERS if name in by_piece[a])) for a, b in pairwise(cuts))
