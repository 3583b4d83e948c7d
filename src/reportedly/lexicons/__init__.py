"""The words and names that the stages use: data files beside this module, read once.

Three formats, so that a researcher can add to them in an editor:
  *.txt   one entry a line; `#` starts a comment
  *.tsv   a header line, then tab-separated rows; `#` starts a comment line
  *.json  what needs nesting
"""

from __future__ import annotations

import csv
import hashlib
import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

ROOT = files(__name__)
SUFFIXES = (".txt", ".tsv", ".json")


def text(name: str) -> str:
    """The content of one lexicon file, by its name in this folder ("cues.txt")."""
    return ROOT.joinpath(name).read_text(encoding="utf-8")


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a .txt lexicon, comments and blank lines left out."""
    lines = (line.split("#", 1)[0].strip() for line in text(name).splitlines())
    return frozenset(line for line in lines if line)


def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a .tsv lexicon as dicts by header; an empty cell is ""."""
    return rows_of(__name__, name)


@cache
def rows_of(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a .tsv file in any package's folder, as `rows` gives those of a lexicon."""
    content = files(package).joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in content.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    return tuple({key: value.strip() for key, value in row.items() if key} for row in reader)


@cache
def tree(name: str) -> Any:
    """The content of a .json lexicon."""
    return json.loads(text(name))


@lru_cache(maxsize=1)
def version() -> str:
    """A short hash over all lexicon files: it changes when any of them does."""
    digest = hashlib.sha256()
    for item in sorted(ROOT.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(SUFFIXES):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()[:12]
