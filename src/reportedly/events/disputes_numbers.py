"""Numbers that disagree outside of any event: in contrasts of one article, and in different articles.

Within an article the coder has found that two statements are set against each other; what is left to see is whether
their numbers are of one thing. Across articles nothing says so: only numbers of the same thing at the same place,
over the same days, are held against each other, and of what is there at one time only those told within two days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportedly.data import Span
from reportedly.events import origins, positions_days, positions_numbers, positions_places
from reportedly.events.disputes_shape import shaped
from reportedly.events.findings import Dependency, Disagreement, Position
from reportedly.events.positions_numbers import GROWING, Matter
from reportedly.events.positions_support import Origins, day, order
from reportedly.events.reports import Contrast, FigureReport, Statement

#: Counts of what is there at one time are compared if they are of the same day, or one day apart.
NEAR = 1


def of_contrasts(
    linked: Sequence[Contrast],
    own: Iterable[FigureReport],
    others: Iterable[FigureReport],
    copies: Sequence[Dependency],
) -> Iterator[Disagreement]:
    """The disagreements on numbers in contrasts of one article, matter by matter; `others` are figures of other
    articles, of which those are put in that one of the sources gives too."""
    sides = [side for contrast in linked for side in (contrast.a, contrast.b)]
    inside = [figure for figure in own if any(_within(figure, side) for side in sides)]
    elsewhere = list(others)
    for matter, figures in positions_numbers.by_matter(inside).items():
        if not any(_set_against(contrast, figures) for contrast in linked):
            continue
        same = [o for o in elsewhere if positions_numbers.matter(o) == matter and any(_repeats(o, f) for f in figures)]
        every = list({figure.key: figure for figure in (*figures, *same)}.values())
        found = positions_numbers.of_matter(matter, every, Origins(origins.of_event(every, copies)), set_against=True)
        if _disagree(found):
            yield shaped("figure", about(matter, figures), found, every)


def _within(figure: FigureReport, side: Statement) -> bool:
    return side.article == figure.article and Span(side.start, side.end).covers(Span(figure.start, figure.end))


def _set_against(contrast: Contrast, figures: Sequence[FigureReport]) -> bool:
    """True if both sides of a contrast have a figure of the matter, and not the same."""
    left, right = ({(f.low, f.high) for f in figures if _within(f, side)} for side in (contrast.a, contrast.b))
    return bool(left and right) and left != right


def _repeats(one: FigureReport, two: FigureReport) -> bool:
    """True if two figures are the same number by the same named source, be it once as a bound ("at least 123")."""
    if not one.chain or not two.chain or one.article == two.article or one.low is None or one.low != two.low:
        return False
    first, second = one.chain[0], two.chain[0]
    if first.actor or second.actor:
        return first.actor == second.actor
    return first.name == second.name and (first.speaker or first.organisation) is not None


def _disagree(found: Iterable[Position]) -> bool:
    return any(position.stance in ("contradicts", "out of date") for position in found)


def of_figures(figures: Sequence[FigureReport], copies: Sequence[Dependency] = ()) -> tuple[Disagreement, ...]:
    """Figures of different articles that count the same thing at the same place and time and cannot all be right."""
    found = []
    for matter, listed in positions_numbers.by_matter(sorted(figures, key=order)).items():
        for same in _together(listed):
            positions = positions_numbers.of_matter(matter, same, Origins(origins.of_event(same, copies)))
            if any(position.stance == "contradicts" for position in positions):
                found.append(shaped("figure", about(matter, same), positions, same))
    return tuple(found)


def _together(figures: Sequence[FigureReport]) -> Iterator[list[FigureReport]]:
    """Figures of one matter that are of the same place and days, if they are of several articles."""
    left = list(figures)
    while left:
        first, rest = left[0], left[1:]
        same = [first, *(other for other in rest if comparable(first, other))]
        left = [other for other in rest if other not in same]
        if len({figure.article for figure in same}) > 1:
            yield same


def comparable(one: FigureReport, two: FigureReport) -> bool:
    """True if two figures of one matter are certainly of the same place and time."""
    if one.place is None or two.place is None or one.place.precision == "country":
        return False
    if positions_places.relate(one.place, two.place)[0] != "agrees":
        return False
    if one.measure in GROWING:
        return one.days is not None and one.days == two.days and None not in (one.days.first, one.days.last)
    return bool(as_of(one)) and bool(as_of(two)) and positions_days.apart(as_of(one), as_of(two)) <= NEAR


def as_of(figure: FigureReport) -> str:
    """The ISO day that a count of what is there is of: the last one given, else that of publication; "" if unknown."""
    return (figure.days and (figure.days.last or figure.days.first)) or day(figure)


def about(matter: Matter, figures: Sequence[FigureReport]) -> str:
    """A label: "killed, militants, Baghuz"."""
    place = next((figure.place.name for figure in figures if figure.place), None)
    return ", ".join(filter(None, (*matter.aspect.split("/")[1:], place)))
