"""The model of linking: Splink's settings as shipped, and its scoring of pairs on DuckDB.

What a pair is compared by stands in models/events/linking.json, Splink's own format: each comparison's levels as SQL,
with the probability of the level among pairs of one event (m) and of two (u). training/linking.py writes it.
Splink builds its SQL anew for every call, which takes longer than running it; so it is asked for its SQL once, and this
is run from then on, on the connection that is kept.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import pyarrow as pa

from reportedly.events import linking_pairs, linking_records
from reportedly.events.mentions import LinkMention

MODEL = ("events", "linking.json")
UNKNOWN = -1
#: Two mentions of which all of this is known are of two events.
APART = (("time", "dates further apart"), ("place", "far apart"))
#: Pairs less probable than this are not worth telling.
LEAST = 0.03
#: Digits by which weights of one comparison differ.
DIGITS = 6
#: The tables of a prediction: mentions that new ones are compared with, new mentions, and the pairs; and how Splink
#: begins the name of the table of pairs that it makes by itself.
OTHERS, NEW, CHOSEN, BLOCKED = "others", "new", "chosen", "__splink__blocked_id_pairs"
#: In Splink's SQL, the pairs with what is compared, and where they are compared.
PAIRED, VECTORS = "blocked_with_cols", "__splink__df_comparison_vectors as ("
#: What more than one level of the model asks for.
REPEATED = {
    "trigger_cosine": 'array_inner_product("vector_l", "vector_r")',
    "topic_cosine": 'array_inner_product("topic_l", "topic_r")',
    "families_shared": 'len(list_intersect("families_l", "families_r"))',
    "families_meet": 'list_has_any("families_l", "families_r")',
    "terms_shared": 'len(list_intersect("terms_l", "terms_r"))',
    "stories": 'list_extract("near_l", "number_r")',
}


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

    def score(self, new: Sequence[LinkMention], old: Sequence[LinkMention]) -> list[Scored]:
        """Every pair of a new mention with an old one or with another new one that blocking brings together."""
        if not new:
            return []
        block = linking_pairs.Block(new, old)
        chosen = block.pairs()
        return self._read(block, self.predict(block, chosen)) if len(chosen) else []

    def predict(self, block: linking_pairs.Block, chosen: linking_pairs.Pairs) -> dict[str, Any]:
        """Splink's prediction for some pairs, by column."""
        prediction = self._prediction
        tables = {
            OTHERS: linking_records.records(block, chosen, 1),
            NEW: linking_records.records(block, chosen, 0),
            CHOSEN: linking_records.blocked(chosen),
        }
        for name, table in tables.items():
            self.connection.register(name, table)
        found: dict[str, Any] = self.connection.execute(prediction).fetchnumpy()
        for name in tables:
            self.connection.unregister(name)
        return found

    @cached_property
    def connection(self) -> Any:
        """DuckDB in memory, on one core: the others code."""
        import duckdb

        connection = duckdb.connect(":memory:")
        connection.execute("SET threads = 1")
        return connection

    @cached_property
    def _prediction(self) -> str:
        """The SQL that Splink makes of the model, from the pairs in `CHOSEN` on."""
        frame = self.splink(linking_records.SCHEMA.empty_table(), linking_records.SCHEMA.empty_table())
        made: str = re.sub(rf"\b{BLOCKED}_\w+", f'"{CHOSEN}"', frame.sql_used_to_create)
        frame.drop_table_from_database_and_remove_from_cache()
        for name in (OTHERS, NEW):
            self.connection.unregister(name)
        return f"SELECT * FROM ({once(made)}) ORDER BY unique_id_r, unique_id_l"

    def splink(self, others: pa.Table, new: pa.Table) -> Any:
        """Splink's own prediction of two tables of records, those pairs that share a number."""
        from splink import DuckDBAPI, Linker

        api = DuckDBAPI(self.connection)
        left, right = api.register(others, table_name=OTHERS), api.register(new, table_name=NEW)
        linker = Linker(left, self.model, log_level=logging.ERROR, validate_settings=False)
        return linker.inference.predict_between(
            left, right, threshold_match_probability=self.least, warning_mode="never"
        )

    def _read(self, block: linking_pairs.Block, found: dict[str, Any]) -> list[Scored]:
        """Splink gives a level's number only beside all that was compared, so it is read off its weight."""
        columns = [found[f"mw_{name}"].tolist() for name in self.comparisons]
        levels = [
            [table[round(weight, DIGITS)] for weight in column]
            for table, column in zip(self._by_weight, columns, strict=True)
        ]
        keys = [[block.everything[place].key for place in found[f"unique_id_{side}"]] for side in "rl"]
        told = zip(*keys, found["match_probability"].tolist(), zip(*levels, strict=True), strict=True)
        return [Scored(*row) for row in told]

    @cached_property
    def _by_weight(self) -> list[dict[float, int]]:
        """The level of each weight, by comparison; training makes a comparison's weights differ."""
        return [
            {round(bits(item, level), DIGITS): level for level in range(UNKNOWN, len(item["comparison_levels"]) - 1)}
            for item in self.model["comparisons"]
        ]


def once(sql: str) -> str:
    """The prediction with what many levels ask for computed once a pair: DuckDB does it anew for every level."""
    start = sql.index(VECTORS) + len(VECTORS)
    before, behind = sql[:start], sql[start:]
    repeated = {name: asked for name, asked in REPEATED.items() if asked in behind}
    for name, asked in repeated.items():
        behind = behind.replace(asked, name)
    columns = "".join(f", {asked} AS {name}" for name, asked in repeated.items())
    return before + behind.replace(f"from {PAIRED}", f"from (SELECT *{columns} FROM {PAIRED})", 1)


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
