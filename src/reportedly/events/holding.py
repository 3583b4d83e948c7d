"""Who holds a place since when, according to whom, contested or not.

Derived from statements of control alone. A taking or loss that is told as having happened, by a sentence that names
the holder and the place, opens or closes an interval; what is expected, possible, denied or filled in from other
sentences does not. Contradictory claims are kept beside each other. The rules are in docs/control-history.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from reportedly.events.findings import ControlInterval
from reportedly.events.holding_claims import Claim, claims, days_between
from reportedly.events.holding_intervals import CONTRADICTING_DAYS, Place, contradictions, intervals, outright
from reportedly.events.holding_places import place_key
from reportedly.events.reports import ControlReport

__all__ = ["Disagreement", "disagreements", "history", "place_key"]


class Disagreement(Struct, frozen=True, kw_only=True):
    """Statements on one place that cannot all be right. `sides` are groups of statements' keys that agree among
    themselves; `labels` say for each what it claims."""

    place: str
    about: Literal["who holds it", "whether it was taken"]
    sides: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]


def history(reports: Sequence[ControlReport]) -> tuple[ControlInterval, ...]:
    """The intervals in which somebody held a place, in time.

    Args:
        reports: statements on one place (`place_key`), in any order; those of a place that cannot be told are
            left out.

    Returns:
        Intervals of different holders may overlap: allies' do, and contradictory claims do (`against`).
    """
    places = by_place(reports)
    return tuple(interval for key in sorted(places) for interval in intervals(Place(key, claims(places[key]))))


def by_place(reports: Iterable[ControlReport]) -> dict[str, list[ControlReport]]:
    """Statements of control by the place that they are of."""
    found: dict[str, list[ControlReport]] = defaultdict(list)
    for report in reports:
        key = place_key(report)
        if key is not None:
            found[key].append(report)
    return dict(found)


def disagreements(reports: Iterable[ControlReport]) -> Iterator[Disagreement]:
    """What statements of control disagree about, by place."""
    places = by_place(reports)
    for key in sorted(places):
        place = Place(key, claims(places[key]))
        yield from _denied(place)
        yield from _rival_holders(place)


def _denied(place: Place) -> Iterator[Disagreement]:
    """Takings that somebody denies: in the same article, or in another within days."""
    denied = [claim for claim in place.claims if claim.report.certainty == "denied"]
    for claim in place.claims:
        if claim.relation not in ("captures", "holds", "loses") or claim.report.certainty == "forecast":
            continue
        denials = {denial.key for denial in claim.report.against}
        if claim.report.certainty != "denied":
            denials |= {other.key for other in denied if _denies(other, claim)}
        if denials:
            yield Disagreement(
                place=place.key,
                about="whether it was taken" if claim.relation != "holds" else "who holds it",
                sides=((claim.key,), tuple(sorted(denials))),
                labels=(label(claim), f"denied: {label(claim)}"),
            )


def _denies(denial: Claim, claim: Claim) -> bool:
    """True for a denied statement of the same thing about the same time."""
    if denial.report.certainty != "denied" or denial.relation != claim.relation or not claim.holder.key:
        return False
    near = denial.told is not None and claim.told is not None and days_between(denial.told, claim.told)
    same = denial.holder.key == claim.holder.key or bool(denial.holder.ties & claim.holder.ties)
    return same and near is not False and near <= CONTRADICTING_DAYS


def _rival_holders(place: Place) -> Iterator[Disagreement]:
    """Holders of whom it is told that they held the place at one time, each pair of sides once."""
    found = place.spells()
    told: set[frozenset[str]] = set()
    for spell in found:
        for rival, against in contradictions(place, spell, found):
            here, there = _keys(outright(spell) or spell.held), _keys(against)
            pair = frozenset((*here, *there))
            if here and there and pair not in told:
                told.add(pair)
                yield Disagreement(
                    place=place.key,
                    about="who holds it",
                    sides=(here, there),
                    labels=(f"{spell.holder.name} holds it", f"{rival.name} holds it"),
                )


def _keys(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.key for claim in claims}))


def label(claim: Claim) -> str:
    """What a claim says, in a few words."""
    verb = {"captures": "took it", "holds": "holds it", "loses": "lost it"}.get(claim.relation, claim.relation)
    return f"{claim.holder.name} {verb}"
