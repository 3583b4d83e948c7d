"""Our figures beside the peers' and the floors."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import msgspec
from rich import box
from rich.console import Console
from rich.table import Table

from reportedly.data import CodedArticle
from reportedly.engines import local
from reportedly.errors import InputError, ReportedlyError
from reportedly.evaluation import sets
from reportedly.events.linking import Linker
from reportedly.lexicons import rows_of
from reportedly.settings import Settings

#: A figure may lie this much below its floor: the floors are rounded to four places.
ROUNDING = 0.00005


@dataclass(frozen=True)
class Row:
    """One figure of one set: ours, the target, the floor, and what a peer gets on the same data.

    Where weights that we ship were trained on the very set, `ours` is what cross-validation gave;
    `measured`, which the floor guards, is then not comparable with anybody's.
    """

    set: str
    figure: str
    measured: float
    target: str
    peer: str
    floor: float | None
    cross_validated: float | None = None

    @property
    def fell(self) -> bool:
        """True if what was measured is below the floor."""
        return self.floor is not None and self.measured < self.floor - ROUNDING

    @property
    def ours(self) -> float:
        """The figure to compare with others."""
        return self.measured if self.cross_validated is None else self.cross_validated


def measure(folder: Path, only: list[str], floors: Path, settings: Settings) -> tuple[list[Row], list[str]]:
    """Code and score the sets.

    Returns:
        The figures, and a line for each set of which articles failed (they count as not coded).

    Raises:
        ReportedlyError: no set is there.
    """
    found = [gold for gold in sets.found(folder) if not only or gold.name in only]
    if not found:
        raise ReportedlyError(f"{folder}: no evaluation set is there")
    wanted = read_floors(floors)
    listed: list[Row] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        for gold in found:
            coded = Path(temporary) / f"{gold.name}.jsonl"
            _, number = local.code([_input(gold, folder, Path(temporary))], coded, settings, lambda done: None)
            if number:
                first = json.loads(local.failures(coded).read_text(encoding="utf-8").splitlines()[0])
                failed.append(f"{gold.name}: {number} articles failed, the first ({first['id']}) by: {first['reason']}")
            if gold.linked:
                _link(coded, settings)
            listed += _rows(gold.name, sets.score(gold, folder, coded), wanted)
    return listed, failed


def _link(path: Path, settings: Settings) -> None:
    """Link the coded articles of a file, in their place."""
    articles = [msgspec.json.decode(line, type=CodedArticle) for line in path.read_bytes().splitlines() if line]
    with path.open("wb") as file:
        file.writelines(msgspec.json.encode(article) + b"\n" for article in Linker(settings).link(articles))


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
    known = [row for row in rows_of("reportedly.evaluation", "peers.tsv") if row["set"] == name]
    folded = cross_validated().get(name, {})
    missing = [row["figure"] for row in known if row["figure"] not in scored]
    if missing:
        raise InputError(f"{name}: its scorer gives no figure of the name {missing[0]}")
    return [
        Row(
            name,
            row["label"],
            scored[row["figure"]],
            row["target"],
            row["peer"],
            floors.get(f"{name} {row['figure']}"),
            folded.get(row["figure"]),
        )
        for row in known
    ]


def cross_validated() -> dict[str, dict[str, float]]:
    """The figures that the trainers of weights kept, by set and the scorer's name for them."""
    kept = files("reportedly.models").joinpath("cross_validated.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, float]] = json.loads(kept)
    return found


def show(rows: list[Row], console: Console) -> None:
    """Print the table; a figure below its floor is marked."""
    table = Table(title="Dev sets", title_justify="left", box=box.SIMPLE_HEAD)
    for name in ("set", "figure"):
        table.add_column(name)
    for name in ("ours", "measured", "floor", "target"):
        table.add_column(name, justify="right")
    table.add_column("peer on the same data")
    for row in rows:
        floor = "" if row.floor is None else f"{row.floor:.3f}"
        ours = f"{row.ours:.3f}" + (" cv" if row.cross_validated is not None else "") + (" FELL" if row.fell else "")
        table.add_row(
            row.set,
            row.figure,
            ours,
            f"{row.measured:.3f}",
            floor,
            row.target,
            row.peer,
            style="red" if row.fell else "",
        )
    console.print(table)
    console.print(
        "cv: by cross-validation, since weights that we ship were trained on this set; floors guard what is measured."
    )
