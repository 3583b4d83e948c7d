"""The account as one self-contained HTML page: no script, no other file, no call to any host."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from reportedly.account import words
from reportedly.account.view import Account
from reportedly.data import LAYERS, CodedArticle, Span

#: Start, end and CSS class of one highlighted stretch.
Mark = tuple[int, int, str]
#: The layers that the text is highlighted by, with what the reader calls them.
SHOWN = {
    "entities": "Names",
    "places": "Places",
    "dates": "Dates",
    "figures": "Figures",
    "attributions": "Who said what",
    "events": "Events",
}


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(loader=PackageLoader("reportedly.account"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page.html")


def render(accounts: list[Account]) -> str:
    """The HTML page of one or more accounts."""
    shown = [{"account": account, "sentences": sentences(account.article)} for account in accounts]
    return _template().render(
        shown=shown, layers=SHOWN, titles=words.TITLES, day=words.day, unverified=words.UNVERIFIED
    )


def sentences(article: CodedArticle) -> list[list[tuple[str, str]]]:
    """The text sentence by sentence, each as pieces (text, CSS classes of the layers on it).

    Layers overlap, so the text is cut at every edge of any span; what lies between two sentences
    goes with the one before.
    """
    starts = [0, *(span.start for span in article.sentences[1:])]
    ends = [*starts[1:], len(article.text)]
    inside: list[list[Mark]] = [[] for _ in starts]
    for mark in _marks(article):
        for number in range(bisect_right(starts, mark[0]) - 1, bisect_left(starts, mark[1])):
            inside[number].append(mark)
    return [_pieces(article.text, *stretch) for stretch in zip(starts, ends, inside, strict=True)]


def _marks(article: CodedArticle) -> list[Mark]:
    found = []
    for layer in LAYERS:
        if layer == "attributions":
            for said in article.attributions:
                found += [(span, "source") for span in said.source] + [(span, "content") for span in said.content]
        elif layer in SHOWN:
            found += [(Span(item.start, item.end), layer) for item in getattr(article, layer)]
    return [(span.start, span.end, name) for span, name in found]


def _pieces(text: str, start: int, end: int, inside: list[Mark]) -> list[tuple[str, str]]:
    edges = sorted({start, end, *(e for a, b, _ in inside for e in (a, b) if start < e < end)})
    return [
        (text[a:b], " ".join(sorted({name for x, y, name in inside if x <= a and b <= y}))) for a, b in pairwise(edges)
    ]
