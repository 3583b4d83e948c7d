"""The coding stages by name: the built-in ones and those of installed packages alike.

A stage is a spaCy component factory, declared in a package's entry points under `spacy_factories`
(spaCy finds those itself) and listed with its place in the flow under `reportedly.stages`. The
built-in stages use the same mechanism, so that any of them can be replaced: a stage of another
package that takes the same slot wins over the built-in one if the setting `components` names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import entry_points

from reportedly.errors import ComponentError

GROUP = "reportedly.stages"


@dataclass(frozen=True)
class Stage:
    """One stage: the slot it fills (`dates`) and the spaCy factory that fills it."""

    slot: str
    factory: str


def installed() -> dict[str, Stage]:
    """All installed stages by factory name. An entry point reads `FACTORY = "SLOT"` as its value's
    last part: `reportedly_dates = "reportedly.statements.dates:SLOT"`."""
    found = {}
    for point in entry_points(group=GROUP):
        slot = point.load()
        if not isinstance(slot, str):
            raise ComponentError(f"stage {point.name}: its entry point must load the name of its slot")
        found[point.name] = Stage(slot, point.name)
    return found


def choose(order: tuple[str, ...], named: str) -> list[Stage]:
    """The stage of every slot in `order`; `named` is a comma-separated list of factories that win.

    Raises:
        ComponentError: a named stage is not installed, or a slot is filled by none.
    """
    stages = installed()
    wanted = [name.strip() for name in named.split(",") if name.strip()]
    for name in wanted:
        if name not in stages:
            raise ComponentError(f"stage {name}: not installed (installed: {', '.join(sorted(stages))})")
    chosen = {stages[name].slot: stages[name] for name in wanted}
    for stage in stages.values():
        if stage.factory.startswith("reportedly_"):
            chosen.setdefault(stage.slot, stage)
    missing = [slot for slot in order if slot not in chosen]
    if missing:
        raise ComponentError(f"no stage is installed for: {', '.join(missing)}")
    return [chosen[slot] for slot in order]
