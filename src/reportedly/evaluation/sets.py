"""The gold sets of an evaluation folder, and how to run each set's own scorer.

Every set is a folder with a gold file and a `score.py` that is run as a program: what it measures
is its own affair, so that our figures and anybody else's come from the same code.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from reportedly.data import Article
from reportedly.errors import InputError


@dataclass(frozen=True)
class GoldSet:
    """One gold set: its folder (of the set's name if "" is given), gold file, the runs of its scorer (name, extra
    arguments), and whether what is coded is linked before it is scored."""

    name: str
    gold: str
    runs: tuple[tuple[str, tuple[str, ...]], ...] = field(default=(("", ()),))
    folder: str = ""
    linked: bool = False

    def path(self, folder: Path) -> Path:
        """The gold file below an evaluation folder."""
        return self.place(folder) / self.gold

    def place(self, folder: Path) -> Path:
        """The set's own folder below an evaluation folder."""
        return folder / (self.folder or self.name)


SETS = (
    GoldSet("attribution", "dev.jsonl", (("", ()), ("direct/", ("--kind", "direct")))),
    GoldSet("incidents", "dev.jsonl.gz", (("", ("--json",)),)),
    GoldSet("events", "dev.jsonl"),
    GoldSet("entities", "dev.jsonl"),
    GoldSet("places", "dev.jsonl"),
    GoldSet("dates", "dev.jsonl", (("", ("--json",)),)),
    GoldSet("statements", "dev.jsonl", (("", ("--json",)),)),
    GoldSet("linking", "dev.jsonl.gz", (("", ("--json",)),), linked=True),
    GoldSet("linking-conflict", "conflict_dev.jsonl", (("", ("--json",)),), folder="linking", linked=True),
)


def found(folder: Path) -> list[GoldSet]:
    """The sets that are there."""
    return [gold for gold in SETS if gold.path(folder).is_file()]


def articles(path: Path) -> Iterator[Article]:
    """The articles of a gold file, without what is gold in them."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    known = set(Article.__struct_fields__)
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                yield msgspec.convert({key: value for key, value in row.items() if key in known}, Article)
            except (ValueError, msgspec.ValidationError) as error:
                raise InputError(f"{path}:{number}: {error}") from None


def score(gold: GoldSet, folder: Path, coded: Path) -> dict[str, float]:
    """Run the set's scorer on a file of coded articles.

    Returns:
        Every figure that it prints, by name ("content_f1", "all/end_to_end/f1").

    Raises:
        InputError: the scorer fails.
    """
    figures = {}
    for prefix, arguments in gold.runs:
        command = [sys.executable, str(gold.place(folder) / "score.py"), str(gold.path(folder)), str(coded), *arguments]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            raise InputError(f"{gold.name}: its scorer failed: {run.stderr.strip().splitlines()[-1:]}")
        figures.update({prefix + name: value for name, value in _read(run.stdout)})
    return figures


def _read(printed: str) -> Iterator[tuple[str, float]]:
    if printed.lstrip().startswith("{"):
        yield from _flat(json.loads(printed))
        return
    for line in printed.splitlines():
        name, _, rest = line.replace("\t", " ").partition(" ")
        first = rest.split()[:1]
        if first and first[0].replace(".", "", 1).isdigit():
            yield name, float(first[0])


def _flat(tree: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}/")
        elif isinstance(value, int | float):
            yield prefix + key, float(value)
