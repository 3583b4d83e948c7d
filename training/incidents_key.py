"""The answer keys of the incidents set: its own scorer says what counts as the same filler."""

from __future__ import annotations

from typing import Any

SLOTS = ("perpetrator individual", "perpetrator organisation", "victim", "physical target", "instrument")


def role_labels(score: Any, gold: dict[str, Any], doc: Any, listed: list[Any]) -> list[list[int]]:
    """For each entity and role, whether one of its mentions is a filler of the key."""
    fillers = score.gold_roles(gold)[1]
    made = []
    for entity in listed:
        texts = [{doc[m.start : m.end].text} for m in entity.mentions]
        made.append([int(any(f.matches(t) for f in fillers[slot] for t in texts)) for slot in SLOTS])
    return made
