"""Our figures beside the peers' and the floors."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from reportedly.engines import local
from reportedly.errors import InputError, ReportedlyError
from reportedly.evaluation import sets
from reportedly.lexicons import rows_of
from reportedly.settings import Settings

#: A figure may lie this much below its floor: the floors are rounded to four places.
ROUNDING = 0.00005


@dataclass(frozen=True)
class Row:
    """One figure of one set: ours, the first target, the floor, and what a peer gets on the same data."""

    set: str
    figure: str
    ours: float
    target: str
    peer: str
    floor: float | None

    @property
    def fell(self) -> bool:
        """True if ours is below the floor."""
        return self.floor is not None and self.ours < self.floor - ROUNDING


def measure(folder: Path, only: list[str], floors: Path, settings: Settings) -> list[Row]:
    """Code and score the sets.

    Raises:
        ReportedlyError: no set is there, or coding failed for an article.
    """
    found = [gold for gold in sets.found(folder) if not only or gold.name in only]
    if not found:
        raise ReportedlyError(f"{folder}: no evaluation set is there")
    wanted = read_floors(floors)
    listed = []
    with tempfile.TemporaryDirectory() as temporary:
        for gold in found:
            coded = Path(temporary) / f"{gold.name}.jsonl"
            _, failed = local.code([_input(gold, folder, Path(temporary))], coded, settings, lambda done: None)
            if failed:
                raise ReportedlyError(
                    f"{gold.name}: {failed} articles failed: {local.failures(coded).read_text().splitlines()[0]}"
                )
            listed += _rows(gold.name, sets.score(gold, folder, coded), wanted)
    return listed


def _input(gold: sets.GoldSet, folder: Path, temporary: Path) -> Path:
    """The articles of a set without what is gold in them."""
    path = temporary / f"{gold.name}-input.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for article in sets.articles(gold.path(folder)):
            fields = {key: getattr(article, key) for key in article.__struct_fields__}
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    return path


def read_floors(path: Path) -> dict[str, float]:
    """The floors by "set figure".

    Raises:
        InputError: the file is not a JSON object of numbers.
    """
    if not path.exists():
        return {}
    try:
        return {key: float(value) for key, value in json.loads(path.read_text(encoding="utf-8")).items()}
    except (ValueError, AttributeError) as error:
        raise InputError(f"{path}: {error}") from None


def _rows(name: str, scored: dict[str, float], floors: dict[str, float]) -> list[Row]:
    known = [row for row in rows_of(__package__, "peers.tsv") if row["set"] == name]
    return [
        Row(
            name,
            row["label"],
            scored.get(row["figure"], 0.0),
            row["target"],
            row["peer"],
            floors.get(f"{name} {row['figure']}"),
        )
        for row in known
    ]


def show(rows: list[Row], console: Console) -> None:
    """Print the table; a figure below its floor is marked."""
    table = Table(title="Dev sets", title_justify="left")
    for name in ("set", "figure"):
        table.add_column(name)
    for name in ("ours", "floor", "target"):
        table.add_column(name, justify="right")
    table.add_column("peer on the same data")
    for row in rows:
        floor = "" if row.floor is None else f"{row.floor:.3f}"
        ours = f"{row.ours:.3f}" + (" FELL" if row.fell else "")
        table.add_row(row.set, row.figure, ours, floor, row.target, row.peer, style="red" if row.fell else "")
    console.print(table)
