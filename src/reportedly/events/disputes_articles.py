"""Disagreements within one article: its contrasts, those that share a side together, numbers as numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence

from reportedly.data import Span
from reportedly.events import disputes_numbers, origins
from reportedly.events.disputes_shape import position, shaped
from reportedly.events.findings import Dependency, Disagreement
from reportedly.events.flatten_contrasts import says_no
from reportedly.events.reports import Contrast, FigureReport, Reports, Statement

#: A label made of the words of a side is this long, in characters.
LONGEST = 60


def of_article(
    article: Reports, copies: Sequence[Dependency] = (), figures: Sequence[FigureReport] = ()
) -> tuple[Disagreement, ...]:
    """The disagreements of an article's contrasts, in text order."""
    found: list[Disagreement] = []
    for linked in _linked(article.contrasts):
        numbers = list(disputes_numbers.of_contrasts(linked, article.figures, figures, copies))
        found += numbers or [_of_sides(linked, article, copies)]
    return tuple(found)


def _linked(contrasts: Iterable[Contrast]) -> Iterator[list[Contrast]]:
    """Contrasts that share a side ("he said that …, which could not be verified", "the army denied that …")."""
    groups: list[list[Contrast]] = []
    for contrast in contrasts:
        joined = [group for group in groups if any(_share(contrast, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(other for group in joined for other in group), contrast])
    yield from sorted(groups, key=lambda group: min((c.a.start, c.b.start) for c in group))


def _share(one: Contrast, two: Contrast) -> bool:
    return any(same_side(a, b) for a in (one.a, one.b) for b in (two.a, two.b))


def same_side(one: Statement, two: Statement) -> bool:
    """True if two sides are of the same words by the same speakers."""
    return Span(one.start, one.end).overlaps(Span(two.start, two.end)) and one.chain == two.chain


def _of_sides(linked: Sequence[Contrast], article: Reports, copies: Sequence[Dependency]) -> Disagreement:
    sides = list(_sides(linked))
    known = origins.of_event(sides, copies)
    denials = {(c.a if c.denial == "a" else c.b).start for c in linked if c.denial}
    listed = [position(_label(sides[0], denials), "lead", [sides[0]], known)]
    for side in sides[1:]:
        if side.chain and side.chain == sides[0].chain:
            listed.append(position(_label(side, denials), "beside", [side], known, "the same source says both"))
        else:
            because = "denies it" if side.start in denials else "set against it in the article"
            listed.append(position(_label(side, denials), "contradicts", [side], known, because))
    about = next((c.about for c in linked if c.about), None)
    about = about or textwrap.shorten(_label(sides[0], denials), LONGEST, placeholder="…")
    return shaped("article", about, listed, sides)


def _sides(linked: Iterable[Contrast]) -> Iterator[Statement]:
    """The sides in text order, one that two contrasts share only once, in its fewest words."""
    given = sorted((side for c in linked for side in (c.a, c.b)), key=lambda side: (side.end - side.start, side.start))
    kept: list[Statement] = []
    for side in given:
        if not any(same_side(side, other) for other in kept):
            kept.append(side)
    yield from sorted(kept, key=lambda side: side.start)


def _label(side: Statement, denials: Collection[int]) -> str:
    """The words of a side; of what is denied, that it is ("denied: anybody was hurt")."""
    words = " ".join(side.text.split()).removeprefix("that ")
    return f"denied: {words}" if side.start in denials and not says_no(side.text) else words
