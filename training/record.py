"""Keep a cross-validated figure beside the weights, for the measured table.

A set without a training part is one that the shipped weights have seen whole: what they score on it
is no figure. Each trainer of such weights writes what cross-validation gave, with the folds, here.
"""

from __future__ import annotations

import json
from pathlib import Path

FILE = Path("src/reportedly/models/cross_validated.json")


def record(gold: str, figures: dict[str, float]) -> None:
    """Keep figures of a set by the scorer's names ("all/end_to_end/f1"), rounded to four places."""
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    kept[gold] = {name: round(value, 4) for name, value in figures.items()}
    FILE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
