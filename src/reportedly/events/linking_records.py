"""Mentions as the records that Splink compares, in Arrow: one table for each side of the pairs.

Columns that hold a list for each mention are put together from one flat array, since an article may be compared with
thousands of mentions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from reportedly.events import linking_keys, linking_pairs, linking_terms
from reportedly.events.encoder import DIM, TRIGGER
from reportedly.events.linking_pairs import Block, Pairs
from reportedly.events.mentions import LinkMention

SCHEMA = pa.schema(
    [
        ("unique_id", pa.int64()),
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
#: The pairs to compare, as Splink keeps them once it has blocked: positions of a mention of each side.
BLOCKED = pa.schema([("match_key", pa.string()), ("join_key_l", pa.int64()), ("join_key_r", pa.int64())])


def blocked(chosen: Pairs) -> pa.Table:
    """The chosen pairs: the new mention is Splink's right."""
    keys = pa.repeat(pa.scalar("0"), len(chosen))
    return pa.table([keys, pa.array(chosen[:, 1]), pa.array(chosen[:, 0])], schema=BLOCKED)


def records(block: Block, chosen: Pairs, side: int) -> pa.Table:
    """The mentions that are the first (`side` 0: new ones) or the second of some pairs, by their position.

    Each has the numbers of its pairs, by which Splink can bring them together, and how like its article is to every
    new one (`near`), the new ones being numbered from 1 (`number`).
    """
    order = np.argsort(chosen[:, side], kind="stable")
    places, counts = np.unique(chosen[:, side], return_counts=True)
    mentions = [block.everything[place] for place in places.tolist()]
    columns: dict[str, Any] = {"unique_id": places, "pairs": _lists(order, counts), **_columns(mentions)}
    near = [block.likeness[mention.article] for mention in mentions]
    columns["near"] = _lists(np.concatenate(near), [len(item) for item in near])
    fresh = [block.fresh.get(mention.article) for mention in mentions]
    columns["number"] = [None if number is None else number + 1 for number in fresh]
    unknown = pa.array([not mention.vector for mention in mentions])
    for name, vectors in linking_pairs.vectors(mentions).items():
        columns[name] = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1], mask=unknown)
    fields = {field.name: field.type for field in SCHEMA}
    return pa.table([_typed(columns[name], kind) for name, kind in fields.items()], schema=SCHEMA)


def _typed(values: Any, kind: pa.DataType) -> pa.Array:
    return values.cast(kind) if isinstance(values, pa.Array) else pa.array(values, kind)


def _lists(values: NDArray[Any], lengths: Sequence[int] | NDArray[np.int64]) -> pa.Array:
    """Lists of some lengths, one after the other in `values`."""
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values))


def _columns(mentions: Sequence[LinkMention]) -> dict[str, Any]:
    """What stands in the mentions themselves, by column."""
    first, last = zip(*(linking_keys.days(mention) for mention in mentions), strict=True)
    places = [mention.place for mention in mentions]
    terms = np.frombuffer(b"".join(mention.sentence for mention in mentions), dtype=linking_terms.TERM)
    return {
        "article": [mention.article for mention in mentions],
        "stem": [mention.stem for mention in mentions],
        "families": [linking_terms.families(mention.stem) or None for mention in mentions],
        "type": [mention.type for mention in mentions],
        "mode": [mention.mode for mention in mentions],
        "first": first,
        "last": last,
        "dated": [bool(mention.first or mention.last) for mention in mentions],
        "latitude": [place.latitude if place else None for place in places],
        "longitude": [place.longitude if place else None for place in places],
        "within": [place.within if place else None for place in places],
        "actors": [mention.actors or None for mention in mentions],
        "recipients": [mention.recipients or None for mention in mentions],
        "killed": [toll(mention) for mention in mentions],
        "terms": _lists(terms.astype(np.int64), [len(mention.sentence) // terms.itemsize for mention in mentions]),
    }


def toll(mention: LinkMention) -> float | None:
    """The one toll of dead that the article ties to it, "at least 12" as 12; None for none or several."""
    tolls = {high if low is None else low for measure, low, high in mention.figures if measure == "killed"}
    return tolls.pop() if len(tolls) == 1 else None
