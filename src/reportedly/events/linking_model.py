"""The model of linking: Splink's settings as shipped, and its scoring of pairs on DuckDB.

What a pair is compared by stands in models/events/linking.json, Splink's own format: each comparison's levels as SQL,
with the probability of the level among pairs of one event (m) and of two (u). training/linking.py writes it.
Splink builds its SQL anew for every call; connection and settings are kept.
"""

from __future__ import annotations

import json
import logging
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import count
from typing import Any

import numpy as np
import pyarrow as pa

from reportedly.events import linking_keys, linking_pairs, linking_terms
from reportedly.events.encoder import DIM, TRIGGER
from reportedly.events.mentions import LinkMention

MODEL = ("events", "linking.json")
UNKNOWN = -1
#: Two mentions of which all of this is known are of two events.
APART = (("time", "dates further apart"), ("place", "far apart"))
#: Pairs less probable than this are not worth telling.
LEAST = 0.03
#: Digits by which weights of one comparison differ.
DIGITS = 6

SCHEMA = pa.schema(
    [
        ("unique_id", pa.string()),
        ("article", pa.string()),
        ("number", pa.int32()),
        ("near", pa.list_(pa.float32())),
        ("pairs", pa.list_(pa.int32())),
        ("stem", pa.string()),
        ("families", pa.list_(pa.int32())),
        ("type", pa.string()),
        ("mode", pa.string()),
        ("first", pa.int32()),
        ("last", pa.int32()),
        ("dated", pa.bool_()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("within", pa.float64()),
        ("actors", pa.list_(pa.string())),
        ("recipients", pa.list_(pa.string())),
        ("killed", pa.float64()),
        ("terms", pa.list_(pa.int64())),
        ("vector", pa.list_(pa.float32(), TRIGGER)),
        ("topic", pa.list_(pa.float32(), DIM - TRIGGER)),
    ]
)


@dataclass(frozen=True)
class Scored:
    """A pair by the keys of its mentions, new one first, its probability and the level of each comparison."""

    a: str
    b: str
    probability: float
    levels: tuple[int, ...]


def load() -> dict[str, Any]:
    """The shipped model, as Splink's settings."""
    text = files("reportedly.models").joinpath(*MODEL).read_text(encoding="utf-8")
    settings: dict[str, Any] = json.loads(text)
    return settings


class Scorer:
    """Scores pairs of mentions by a model, and tells those that are at least so probable to be of one event. The
    connection is opened at the first call."""

    def __init__(self, model: dict[str, Any] | None = None, least: float = LEAST) -> None:
        self._given, self.least = model, least
        self._calls = count()

    @cached_property
    def model(self) -> dict[str, Any]:
        """Splink's settings."""
        return load() if self._given is None else self._given

    @property
    def comparisons(self) -> list[str]:
        """The comparisons' names, in the order of a pair's levels."""
        return [item["output_column_name"] for item in self.model["comparisons"]]

    @cached_property
    def apart(self) -> tuple[tuple[str, int], ...]:
        """The comparisons and their levels that together show two events."""
        return tuple((name, level_of(self.model, name, label)) for name, label in APART)

    @property
    def prior(self) -> float:
        """The log2-odds of one event before anything is compared."""
        share = float(self.model["probability_two_random_records_match"])
        return math.log2(share / (1 - share))

    @cached_property
    def _linker(self) -> Any:
        import duckdb
        from splink import DuckDBAPI, Linker

        connection = duckdb.connect(":memory:")
        connection.execute("SET threads = 1")
        api = DuckDBAPI(connection)
        empty = api.register(SCHEMA.empty_table(), table_name="nothing")
        return Linker(empty, self.model, log_level=logging.ERROR, validate_settings=False)

    def score(self, new: Sequence[LinkMention], old: Sequence[LinkMention]) -> list[Scored]:
        """Every pair of a new mention with an old one or with another new one that blocking brings together."""
        block = linking_pairs.Block(new, old)
        chosen = block.pairs()
        if not chosen:
            return []
        api, number = self._linker._db_api, next(self._calls)
        left = api.register(_records(block, chosen, 1), table_name=f"others_{number}")
        right = api.register(_records(block, chosen, 0), table_name=f"new_{number}")
        frame = self._linker.inference.predict_between(
            left, right, threshold_match_probability=self.least, warning_mode="never"
        )
        found = self._read(frame)
        frame.drop_table_from_database_and_remove_from_cache()
        for table in (left, right):
            api.duckdb_con.unregister(table.physical_name)
        return found

    def _read(self, frame: Any) -> list[Scored]:
        """Splink gives a level's number only beside all that was compared, so it is read off its weight."""
        weights = ", ".join(f"mw_{name}" for name in self.comparisons)
        columns = self._linker._db_api.duckdb_con.execute(
            f"SELECT unique_id_r, unique_id_l, match_probability, {weights} FROM {frame.physical_name} ORDER BY ALL"
        ).fetchnumpy()
        ids, others, probabilities, *evidence = (values.tolist() for values in columns.values())
        levels = [
            [table[round(weight, DIGITS)] for weight in column]
            for table, column in zip(self._by_weight, evidence, strict=True)
        ]
        return [Scored(*row) for row in zip(ids, others, probabilities, zip(*levels, strict=True), strict=True)]

    @cached_property
    def _by_weight(self) -> list[dict[float, int]]:
        """The level of each weight, by comparison; training makes a comparison's weights differ."""
        return [
            {round(bits(item, level), DIGITS): level for level in range(UNKNOWN, len(item["comparison_levels"]) - 1)}
            for item in self.model["comparisons"]
        ]


def _records(block: linking_pairs.Block, chosen: Sequence[linking_pairs.Pair], side: int) -> pa.Table:
    """The mentions that are the first (`side` 0: new ones) or the second of some pairs, as Splink's records.

    Each has the numbers of its pairs, by which Splink brings them together, and how like its article is to every
    new one (`near`), the new ones being numbered from 1 (`number`).
    """
    numbers: dict[int, list[int]] = defaultdict(list)
    for index, pair in enumerate(chosen):
        numbers[pair[side]].append(index)
    places = sorted(numbers)
    mentions = [block.everything[place] for place in places]
    columns = {name: pa.array(values, SCHEMA.field(name).type) for name, values in _columns(mentions).items()}
    columns["pairs"] = pa.array([numbers[place] for place in places], SCHEMA.field("pairs").type)
    columns["near"] = pa.array([block.likeness[mention.article] for mention in mentions], SCHEMA.field("near").type)
    fresh = [block.fresh.get(mention.article) for mention in mentions]
    columns["number"] = pa.array([None if number is None else number + 1 for number in fresh], pa.int32())
    unknown = pa.array([not mention.vector for mention in mentions])
    for name, vectors in linking_pairs.vectors(mentions).items():
        flat = pa.array(vectors.ravel(), pa.float32())
        columns[name] = pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1], mask=unknown)
    return pa.table(columns, schema=SCHEMA)


def _columns(mentions: Sequence[LinkMention]) -> dict[str, list[Any]]:
    """What stands in the mentions themselves, by column."""
    rows = [_row(mention) for mention in mentions]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _row(mention: LinkMention) -> dict[str, Any]:
    first, last = linking_keys.days(mention)
    place = mention.place
    return {
        "unique_id": mention.key,
        "article": mention.article,
        "stem": mention.stem,
        "families": linking_terms.families(mention.stem) or None,
        "type": mention.type,
        "mode": mention.mode,
        "first": first,
        "last": last,
        "dated": bool(mention.first or mention.last),
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "within": place.within if place else None,
        "actors": mention.actors or None,
        "recipients": mention.recipients or None,
        "killed": toll(mention),
        "terms": np.frombuffer(mention.sentence, dtype=linking_terms.TERM).astype(np.int64),
    }


def toll(mention: LinkMention) -> float | None:
    """The one toll of dead that the article ties to it, "at least 12" as 12; None for none or several."""
    tolls = {high if low is None else low for measure, low, high in mention.figures if measure == "killed"}
    return tolls.pop() if len(tolls) == 1 else None


def bits(comparison: dict[str, Any], level: int) -> float:
    """The evidence of a level in bits: log2 of m over u; 0 where the comparison does not know."""
    found = named(comparison, level)
    return math.log2(found["m_probability"] / found["u_probability"]) if not found.get("is_null_level") else 0.0


def level_of(model: dict[str, Any], comparison: str, label: str) -> int:
    """The number of a level by its label."""
    levels = next(item for item in model["comparisons"] if item["output_column_name"] == comparison)[
        "comparison_levels"
    ]
    return len(levels) - 1 - [item["label_for_charts"] for item in levels].index(label)


def named(comparison: dict[str, Any], level: int) -> dict[str, Any]:
    """The level of a comparison by its number: Splink counts from the last, 0, upwards; -1 is "not known"."""
    levels: list[dict[str, Any]] = comparison["comparison_levels"]
    if level == UNKNOWN:
        return next(item for item in levels if item.get("is_null_level"))
    return levels[len(levels) - 1 - level]
