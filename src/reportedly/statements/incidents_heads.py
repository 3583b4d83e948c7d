"""The text encoder's view of who and what plays a part in an incident: a head of its own, taught on MUC-3/4.

The network tells two vectors for every word: one counts where the word is the head of a mention, the other
is averaged over the mention's words. Their sum goes through one hidden layer to the log-odds of the five roles.
An entity's mentions are then pooled. `training/roles.py` makes the weights; what the head says is one more
feature of the role models (`incidents_judge`), beside syntax and word classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from reportedly.models.tagging import Logits
from reportedly.statements import columns, reading
from reportedly.statements.incidents_candidates import Entity
from reportedly.statements.incidents_model import ROLES, Floats

FILE = "roles.npz"
#: Where training keeps what heads say that have not seen the article.
HELD_OUT = "roles-held-out.npz"
Words = NDArray[np.int64]
#: The steps of the log-odds: a feature says of each that is passed that it is.
STEPS = np.arange(-7.0, 3.0, 0.75)
#: What the logarithm of the number of mentions is multiplied by before it is taken off: half-way between mean and sum.
POOL = 0.5


@dataclass(frozen=True)
class Head:
    """The part behind the network's vectors: `bias` [size] of the hidden layer, `weights` [size, 5], `base` [5]."""

    bias: Floats
    weights: Floats
    base: Floats

    def logits(self, own: Floats, around: Floats) -> Floats:
        """Log-odds of the roles [mentions, 5]; `own` and `around` are [mentions, size]."""
        hidden = own + around + self.bias
        hidden = hidden / (1 + np.exp(-np.clip(hidden, -30, 30)))  # SiLU (Elfwing et al. 2018)
        return np.asarray(hidden @ self.weights + self.base, np.float32)


@lru_cache(maxsize=1)
def load() -> Head:
    """The head that is shipped with the package."""
    with as_file(files("reportedly.models").joinpath(FILE)) as path, np.load(path, allow_pickle=False) as stored:
        return Head(*(stored[name].astype(np.float32) for name in ("bias", "weights", "base")))


def places(doc: Doc, logits: Logits, entities: Sequence[Entity]) -> Words:
    """Of each mention [mentions, 3]: the encoder's word at its head, its first word and the one after its last."""
    read = columns.of(doc)
    listed = [mention for entity in entities for mention in entity.mentions]
    heads = np.array([read.start[mention.head.i] for mention in listed])
    starts = np.array([read.start[mention.start] for mention in listed])
    ends = np.array([read.start[mention.end - 1] + len(read.text[mention.end - 1]) for mention in listed])
    last = len(logits.starts) - 1
    at = np.minimum(np.searchsorted(logits.ends, heads, side="right"), last)
    first = np.minimum(np.searchsorted(logits.ends, starts, side="right"), last)
    after = np.maximum(np.searchsorted(logits.starts, ends, side="left"), first + 1)
    return np.stack([at, first, after], axis=1)


def pooled(mentions: Floats, entities: Sequence[Entity]) -> Floats:
    """Log-odds of entities from those of their mentions, in this order."""
    counts = np.array([len(entity.mentions) for entity in entities])
    starts = np.cumsum(counts) - counts
    total = np.logaddexp.reduceat(mentions, starts, axis=0)
    return np.asarray(total - POOL * np.log(counts)[:, None], np.float32)


def odds(doc: Doc, entities: Sequence[Entity]) -> Floats | None:
    """The log-odds of the roles of each entity [entities, 5]; None if the encoder's weights have no such head."""
    if not entities or not reading.encoder().roles:
        return None
    logits = reading.of(doc)
    if not logits.roles.size:
        return None
    size = logits.roles.shape[1] // 2
    at, first, after = places(doc, logits, entities).T
    running = np.zeros((len(logits.roles) + 1, size))
    np.cumsum(logits.roles[:, size:], axis=0, dtype=np.float64, out=running[1:])
    around = (running[after] - running[first]) / (after - first)[:, None]
    return pooled(load().logits(logits.roles[at, :size], around.astype(np.float32)), entities)


def marks(table: Floats | None, count: int) -> list[set[str]]:
    """The features of `count` entities, from their log-odds."""
    if table is None:
        return [set() for _ in range(count)]
    passed = table[:, :, None] > STEPS
    names = [[f"R{role}>{step}" for step in range(len(STEPS))] for role in range(len(ROLES))]
    return [{names[role][step] for role, step in zip(*np.nonzero(row), strict=True)} for row in passed]
