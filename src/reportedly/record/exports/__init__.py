"""Exports: the record in the formats of other people's tools, one module a format.

A format is found by the entry point of its name in the group `reportedly.exports`; the built-in ones are declared
in the same way, so that a package of yours can add one or replace one:

    [project.entry-points."reportedly.exports"]
    my_format = "my_package.my_format:FORMAT"
"""

from __future__ import annotations

from importlib.metadata import entry_points

from reportedly.errors import ComponentError
from reportedly.record.exports.formats import Format

GROUP = "reportedly.exports"
#: Formats that hold whole articles, which are no public download.
PRIVATE = ("articles",)


def names() -> list[str]:
    """The names of all installed formats, sorted."""
    return sorted({point.name for point in entry_points(group=GROUP)})


def named(name: str) -> Format:
    """An installed format. One of another package wins over a built-in one of the same name.

    Raises:
        ComponentError: there is none of that name, or its entry point is not a format.
    """
    points = list(entry_points(group=GROUP, name=name))
    if not points:
        raise ComponentError(f"export format {name}: not installed (installed: {', '.join(names())})")
    points.sort(key=lambda point: point.value.startswith("reportedly."))
    found = points[0].load()
    if not isinstance(found, Format):
        raise ComponentError(f"export format {name}: its entry point must load a Format")
    return found
