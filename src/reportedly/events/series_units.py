"""Units that measure the same, so that a figure in square miles can stand in a series in square kilometres."""

from __future__ import annotations

#: The unit that a family goes by, and how many of it one unit is.
FAMILIES = {
    "sq km": ("sq km", 1.0),
    "km2": ("sq km", 1.0),
    "sq mile": ("sq km", 2.589988),
    "hectare": ("sq km", 0.01),
    "acre": ("sq km", 0.0040469),
    "sq m": ("sq km", 0.000001),
}


def family(unit: str | None) -> str:
    """The unit by which a unit's family goes; the unit itself if it is alone, "" for none."""
    return FAMILIES.get(unit or "", (unit or "", 1.0))[0]


def in_family(value: float, unit: str | None) -> float:
    """A number in its family's unit."""
    return value * FAMILIES.get(unit or "", ("", 1.0))[1]
