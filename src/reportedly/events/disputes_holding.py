"""Disagreements on who holds a place, whether it was taken, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from reportedly.data import Relation
from reportedly.events import holding, holding_actors, origins, positions_days
from reportedly.events.disputes_shape import position, shaped
from reportedly.events.findings import Dependency, Disagreement, Origin
from reportedly.events.positions_support import Origins, order
from reportedly.events.reports import ControlReport, Days, Statement

#: What a disagreement is about, and for each of its sides the keys of its statements.
Pair = tuple[str, dict[str, set[str]]]
DENIED = "it is denied"
VERBS: dict[Relation, str] = {
    "captures": "took it",
    "holds": "holds it",
    "loses": "lost it",
    "besieges": "besieges it",
    "contests": "fights for it",
}


def of_control(reports: Sequence[ControlReport], copies: Sequence[Dependency] = ()) -> tuple[Disagreement, ...]:
    """What statements of control disagree about, place by place.

    Several claims that are denied or contradicted in the same way are one disagreement; so are takings of one place by
    one side that are told of different days.
    """
    found = []
    for key, listed in sorted(by_place(reports).items()):
        found += list(_of_place(key, listed, copies))
    return tuple(found)


def by_place(reports: Sequence[ControlReport]) -> dict[str, list[ControlReport]]:
    """Statements by place; one that gives only a name goes with the mapped place of that name, if there is but one."""
    places = holding.by_place(reports)
    mapped: dict[str, set[str]] = defaultdict(set)
    for key, listed in places.items():
        for report in listed:
            if report.place is not None and report.place.geonameid is not None:
                mapped[report.place.name.casefold()].add(key)
    found: dict[str, list[ControlReport]] = defaultdict(list)
    for key, listed in sorted(places.items()):
        known = mapped.get((listed[0].place_name or "").casefold(), set()) if key.startswith("name:") else set()
        found[next(iter(known)) if len(known) == 1 else key].extend(listed)
    return dict(found)


def _of_place(key: str, reports: Sequence[ControlReport], copies: Sequence[Dependency]) -> Iterator[Disagreement]:
    statements: dict[str, Statement] = {s.key: s for report in reports for s in (report, *report.against)}
    known = origins.of_event(reports, copies)
    name = next((report.place.name for report in reports if report.place), reports[0].place_name or key)
    for about, sides in _joined([*_told(reports), *_other_days(reports)]):
        groups = [(label, [statements[key] for key in sorted(keys)]) for label, keys in sorted(sides.items())]
        groups.sort(key=lambda group: _rank(group[1], known))
        listed = [
            position(label, "contradicts" if number else "lead", said, known, _because(label) if number else "")
            for number, (label, said) in enumerate(groups)
        ]
        if len({source for _, said in groups for source in Origins(known).sources(said)}) > 1:
            yield shaped("control", f"{name}: {about}", listed, [one for _, said in groups for one in said])


def _because(label: str) -> str:
    return "denies it" if label == DENIED else "cannot both be right"


def _rank(said: Sequence[Statement], known: Sequence[Origin]) -> tuple[int, bool, tuple[bool, str, str]]:
    """As of all positions: most independent origins, then the earliest; a mere denial leads nothing."""
    earliest = min(said, key=order)
    return -len(Origins(known).sources(said)), not isinstance(earliest, ControlReport), order(earliest)


def _told(reports: Sequence[ControlReport]) -> Iterator[Pair]:
    """What `holding` finds: denied takings and rival holders."""
    of = {report.key: report for report in reports}
    for found in holding.disagreements(reports):
        sides: dict[str, set[str]] = defaultdict(set)
        for label, keys in zip(found.labels, found.sides, strict=True):
            for key in keys:
                said = of.get(key)
                denied = said is None or label.startswith("denied")
                sides[DENIED if denied or said is None else claim(said)].add(key)
        if len(sides) > 1:
            yield found.about, dict(sides)


def _other_days(reports: Sequence[ControlReport]) -> Iterator[Pair]:
    """Takings by one side that are told of days that contradict each other; what is only expected is not taken."""
    taken = [r for r in reports if r.relation == "captures" and r.certainty in ("fact", "reported", None) and r.days]
    for one, two in combinations(sorted(taken, key=order), 2):
        if one.days is None or two.days is None or holding_actors.rivals(_holder(one), _holder(two)):
            continue
        if positions_days.relate(_interval(one.days), _interval(two.days))[0] == "contradicts":
            yield "when it was taken", {claim(one): {one.key}, claim(two): {two.key}}


def _holder(report: ControlReport) -> holding_actors.Holder:
    return holding_actors.holder(report.actor or "", report.actor_id, report.place.country if report.place else None)


def _interval(days: Days) -> tuple[str, str]:
    return days.first or "", days.last or ""


def claim(report: ControlReport) -> str:
    """A statement of control for people: "Syrian Democratic Forces took it, 2019-03-23"."""
    verb = VERBS[report.relation]
    who = holding_actors.holder(report.actor or "somebody", report.actor_id).name
    when = positions_days.label(report.days) if report.days and report.relation in ("captures", "loses") else ""
    return ", ".join(filter(None, (f"{who} {verb}", when)))


def _joined(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs that share a statement as one, with all that they are about."""
    groups: list[list[Pair]] = []
    for pair in pairs:
        joined = [group for group in groups if any(_keys(pair) & _keys(other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(other for group in joined for other in group), pair])
    for group in groups:
        sides: dict[str, set[str]] = defaultdict(set)
        for _, each in group:
            for label, keys in each.items():
                sides[label] |= keys
        yield " and ".join(dict.fromkeys(about for about, _ in group)), dict(sides)


def _keys(pair: Pair) -> set[str]:
    return set().union(*pair[1].values())
