"""The words an account uses for codes, amounts and dates."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from reportedly.data import Figure

TITLES = {
    "events": "Events",
    "figures": "Figures",
    "attributions": "Who said what",
    "control": "Control",
    "disputes": "In dispute",
}
UNVERIFIED = "Machine coding, not verified."
CERTAINTY = {
    "fact": "stated as fact",
    "reported": "reported",
    "possible": "possible",
    "forecast": "expected",
    "denied": "denied",
}
#: Measures in a unit of their own; the unit of all others is the thing counted.
MEASURED = ("area", "distance", "money", "duration", "age")
#: What stands before a place's name where it is less exact than a point.
PRECISION = {"near": "near ", "area": "in the area of "}


def number(value: float) -> str:
    """1234567.0 as "1,234,567", 2.5 as "2.5"."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def amount(figure: Figure) -> str:
    """A figure's value with its range or bound: "15,000–20,000", "at least 30", "about 600"."""
    low, high = figure.low, figure.high
    suffix = {"percent": "%"}.get(figure.unit or "", "")
    if low is None and high is None:
        return figure.text
    if low is None:
        return f"up to {number(high or 0)}{suffix}"
    if high is None:
        return f"at least {number(low)}{suffix}"
    if low == high:
        return ("about " if figure.approximate else "") + number(low) + suffix
    return f"{number(low)}–{number(high)}{suffix}" + (
        f" (“{' '.join(figure.text.split())}”)" if figure.approximate else ""
    )


def counted(figure: Figure) -> str | None:
    """What a figure counts, with its unit where that is another thing: "fighters", "of them", "year (war)"."""
    unit = None if figure.unit in ("person", "percent") else figure.unit
    if figure.of is None:
        return unit
    if figure.unit == "percent":
        return f"of {figure.of}"
    return f"{unit} ({figure.of})" if unit and figure.measure in MEASURED else figure.of


@lru_cache(maxsize=4096)
def day(value: str) -> str:
    """ "2019-03-19" as "19 March 2019"; what is no date is left as it is."""
    try:
        found = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{found.day} {found:%B %Y}"


def interval(start: str | None, end: str | None) -> str | None:
    """Days from and to, as people write them; None where both sides are open."""
    if start and end:
        return _both(start, end)
    if start:
        return f"from {day(start)}"
    return f"until {day(end)}" if end else None


def _both(start: str, end: str) -> str:
    if start == end:
        return day(start)
    a, b = date.fromisoformat(start), date.fromisoformat(end)
    if (a.day, a.month, b.day, b.month, a.year) == (1, 1, 31, 12, b.year):
        return str(a.year)
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day}–{b.day} {b:%B %Y}"
    return f"{a.day} {a:%B}{'' if a.year == b.year else f' {a.year}'} – {day(end)}"
