"""Series: the figures of one measure, counted group, place and actor over time.

Every figure is a point with its source and its range; nothing is summed or averaged. A later point `revises` an
earlier one where it corrects, overtakes or contradicts it (series_revisions). The rules are in docs/series.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from reportedly.events.counting import kind
from reportedly.events.findings import Dependency, SeriesPoint
from reportedly.events.holding_places import is_part
from reportedly.events.reports import FigureReport, Location
from reportedly.events.series_groups import group, whose
from reportedly.events.series_revisions import Point, point, revisions, source
from reportedly.events.series_units import family

#: Measures that are followed over time. A duration, an age, a share, a distance or a sum of money is of too many
#: things to be compared by its measure alone.
FOLLOWED = frozenset(
    {
        "killed",
        "injured",
        "missing",
        "abducted",
        "detained",
        "surrendered",
        "displaced",
        "evacuated",
        "returned",
        "fighters",
        "civilians",
        "population",
        "attacks",
        "weapons",
        "area",
    }
)


class Key(NamedTuple):
    """Which series a figure belongs to; plain strings, "" where it has none.

    `place` is "geonames:ID/PRECISION" or "name:NAME", or "source:NAME" for a figure whose place is not told, which
    only its own source's figures can be compared with. `actor` is a registry id or a name: whose people are counted.
    """

    measure: str
    unit: str
    group: str
    place: str
    actor: str


def key(figure: FigureReport) -> Key | None:
    """The series of a figure; None for one that is not comparable with others.

    That is a measure that is not followed, a figure without number, counted group or day, one that has neither a
    place nor a known source or is of a part of a country that is not told apart from the others, and a denied one.
    """
    if figure.measure not in FOLLOWED or (figure.low is None and figure.high is None):
        return None
    if figure.certainty == "denied" or not (figure.days or figure.published):
        return None
    counted, where = group(figure), _where(figure)
    if counted is None or where is None:
        return None
    return Key(figure.measure, family(figure.unit), counted, where, whose(figure))


def _where(figure: FigureReport) -> str | None:
    if figure.place is not None:
        return None if is_part(figure.place) else place_key(figure.place)
    said = source(figure)
    return f"source:{said}" if said and figure.chain else None


def place_key(place: Location) -> str:
    """What makes two figures be of one place: GeoNames' id with the precision that is meant, else the name.

    A camp is not its district, and a town is not what lies around it: nothing is merged."""
    if place.geonameid is not None:
        return f"geonames:{place.geonameid}/{place.precision or 'point'}"
    return f"name:{' '.join(place.name.casefold().split())}"


def grouped(figures: Iterable[FigureReport]) -> dict[Key, tuple[FigureReport, ...]]:
    """The figures of every series, each once, in an order that is not that of the input."""
    found: dict[Key, dict[str, FigureReport]] = defaultdict(dict)
    for figure in figures:
        series = key(figure)
        if series is not None:
            found[series][figure.key] = figure
    return {series: tuple(found[series][name] for name in sorted(found[series])) for series in sorted(found)}


def build(figures: Sequence[FigureReport], copies: Sequence[Dependency] = ()) -> tuple[SeriesPoint, ...]:
    """The points of one series, by the days that they hold for.

    Args:
        figures: figures of one `key`, in any order.
        copies: articles that copy others; their figures are points, but revise nothing.
    """
    points = sorted((point(figure, kind(figure)) for figure in {f.key: f for f in figures}.values()), key=Point.order)
    copied = {copy.article for copy in copies if copy.kind == "copy"}
    revised = revisions(points, copied)
    return tuple(_point(one, *revised.get(one.figure.key, (None, ""))) for one in points)


def _point(one: Point, revises: str | None, because: str) -> SeriesPoint:
    return finding(one.figure, one.counting, forecast=one.forecast, revises=revises, because=because)


def build_all(figures: Iterable[FigureReport], copies: Sequence[Dependency] = ()) -> dict[Key, tuple[SeriesPoint, ...]]:
    """All series of some figures."""
    return {series: build(members, copies) for series, members in grouped(figures).items()}


def finding(
    figure: FigureReport,
    counting: Literal["new", "cumulative"] | None,
    *,
    forecast: bool,
    revises: str | None,
    because: str,
) -> SeriesPoint:
    """A figure as a point of its series, with what it revises and why."""
    return SeriesPoint(
        statement=figure.key,
        measure=figure.measure,
        unit=figure.unit,
        of=figure.of,
        actor=figure.actor,
        place=figure.place,
        days=figure.days,
        low=figure.low,
        high=figure.high,
        approximate=figure.approximate,
        counting=counting,
        forecast=forecast,
        speakers=tuple(said.name for said in figure.chain if said.name),
        outlet=figure.outlet,
        published=figure.published,
        revises=revises,
        because=because,
    )
