"""Events keep their ids: what is still said after an article was coded anew or changed stays in its event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from reportedly.events.reports import Statement as Report
from reportedly.record import decisions_anchors, writing
from reportedly.record.models import Event, Statement


class Earlier(Struct, frozen=True):
    """An article's statements by the coding that counted before; `same_text` is false if its text has changed."""

    rows: list[Statement]
    same_text: bool

    def kept(self, now: Iterable[Report]) -> dict[str, str]:
        """The events, as linking gave them, of those new statements that were there before: by the new key.

        In a text that was changed, only a sentence that stayed as it was is the same."""
        listed = list(now)
        old = {row.key: (row.linked, writing.report(row)) for row in self.rows if row.linked}
        quotes = {report.key: report.quote for report in listed}
        found = decisions_anchors.align([decisions_anchors.anchor(report) for _, report in old.values()], listed)
        return {
            new: old[key][0]
            for key, new in found.items()
            if new is not None and (self.same_text or quotes[new] == old[key][1].quote)
        }


def stay(assigned: Mapping[str, str], kept: Mapping[str, str], old: set[str]) -> dict[str, str]:
    """What linking assigned, but what was kept stays where it was, and so does what is new together with it."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key, event in assigned.items():
        if key in kept and event not in old:
            groups[event].append(kept[key])
    leads = {event: Counter(earlier).most_common(1)[0][0] for event, earlier in groups.items()}
    return {key: kept.get(key) or leads.get(event, event) for key, event in assigned.items()}


def unused(assigned: Mapping[str, str], known: Iterable[str]) -> dict[str, str]:
    """New ids that the record has had already get a number behind them: an event's id is never given again."""
    fresh = {event for event in assigned.values() if event not in set(known)}
    taken = set(Event.objects.filter(public_id__in=fresh).values_list("public_id", flat=True))
    renamed = {event: _next(event) for event in sorted(taken)}
    return {key: renamed.get(event, event) for key, event in assigned.items()}


def _next(event: str) -> str:
    return f"{event}-{Event.objects.filter(public_id__startswith=f'{event}-').count() + 2}"
