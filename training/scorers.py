"""The gold sets' own scorers, which are files beside the sets and no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any


def scorer(folder: Path) -> Any:
    """The ``score.py`` of a set's folder as a module."""
    name = f"{folder.resolve().name}_score"
    spec = importlib.util.spec_from_file_location(name, folder / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where a dataclass looks for its own types
    spec.loader.exec_module(module)
    return module
