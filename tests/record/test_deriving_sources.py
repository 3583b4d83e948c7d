"""The counts of sources are kept by difference: they stay what counting all events would give."""

from __future__ import annotations

from collections import Counter

from reportedly import settings
from reportedly.events import sources
from reportedly.record import decisions_making, deriving_events, deriving_sources
from reportedly.record.adding import Adder
from reportedly.record.decisions_making import By
from reportedly.record.identity import fold
from reportedly.record.models import Event, Source
from tests.record import war
from tests.record.factories import StemLinker

ADA = By("ada", "read the article")


def kept() -> dict[str, Counter[str]]:
    """The counts as they are kept, by source; sources without any are left out."""
    columns = (*deriving_sources.COUNTS, "judged")
    found = {row.key: Counter({name: getattr(row, name) for name in columns}) for row in Source.objects.all()}
    return {key: +counts for key, counts in found.items() if +counts}


def counted() -> dict[str, Counter[str]]:
    """The same counted over all events."""
    found: dict[str, Counter[str]] = {}
    for event in Event.objects.exclude(judgement="rejected"):
        findings = deriving_events.findings(event)
        for (name, kind), entries in (sources.entries(event.public_id, findings) if findings else {}).items():
            counts = deriving_sources.counted(entries)
            counts["judged"] = int(counts["borne"] + counts["failed"] > 0)
            found[f"{kind}:{fold(name)}"] = found.get(f"{kind}:{fold(name)}", Counter()) + counts
    return {key: +counts for key, counts in found.items() if +counts}


def test_counts_stay_right_whatever_happens_to_events(war_record: str) -> None:
    assert kept() == counted() and kept()["speaker:syrian armed forces"]["contradicted"] == 1
    event = Event.objects.get(disputed=True).public_id
    other = Event.objects.get(label__contains="met").public_id
    merged = decisions_making.merge(event, [other], ADA)[0]
    assert kept() == counted()
    decisions_making.undo(merged.id, ADA)
    rejected = decisions_making.reject(event, ADA)
    assert kept() == counted() and "speaker:syrian armed forces" not in kept()
    decisions_making.undo(rejected.id, ADA)
    decisions_making.split(event, ["a2/event/9-16"], ADA)
    assert kept() == counted()
    draft = next(draft for draft in war.drafts() if draft.coded.id == "a2")
    draft.coded.coder.program = "2"  # type: ignore[union-attr]
    Adder(settings.load(), StemLinker(), recode=True).add(draft.article())  # type: ignore[arg-type]
    assert kept() == counted()
