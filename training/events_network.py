"""The event encoder: MiniLM-L6 with a tagger of triggers and a vector for each trigger.

The vector has two parts, each of a fixed share of its length: what the trigger in its context
says, and what the window is about.  The second imitates what MiniLM, before it was taught
anything about events, makes of the same window: as a sentence encoder it has seen a billion
pairs of texts, and fifty events are too few to teach it that better.
"""

from __future__ import annotations

from pathlib import Path

import torch
from network import HIDDEN, LOWER, Network, pretrained
from torch import Tensor, nn
from torch.nn import functional as F

TAGS, INNER = 3, 256
TRIGGER, TOPIC = 80, 48
"""Dimensions of the two parts of a vector."""

SHARE = 0.4
"""The share of the topic part in the cosine of two vectors."""


class EventNetwork(nn.Module):
    """Hidden states and tags of a window's pieces; vectors of pooled triggers."""

    def __init__(self, base: Path | None = None, dropout: float = 0.1, share: float = SHARE) -> None:
        super().__init__()
        self.body = Network() if base is None else pretrained(base)
        del self.body.head
        self.tag = nn.Linear(HIDDEN, TAGS)
        self.inner = nn.Linear(2 * HIDDEN, INNER)
        self.outer = nn.Linear(INNER, TRIGGER)
        self.topic = nn.Linear(HIDDEN, TOPIC)
        self.drop = nn.Dropout(dropout)
        self.scale = nn.Parameter(torch.tensor(10.0))
        self.bias = nn.Parameter(torch.tensor(5.5))
        self.share = share

    def hidden(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """[batch, length, 384]"""
        return self.upper(self.body.lower(ids, mask), shapes, mask)

    def upper(self, x: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """The hidden states, from the output of the lower layers."""
        x = x + self.body.shapes(shapes)
        for layer in self.body.layers[LOWER:]:
            x = layer(x, mask)
        return x

    def trigger_vectors(self, x: Tensor, mean: Tensor, batch: dict[str, Tensor]) -> Tensor:
        """[triggers, TRIGGER], of length 1; ``mean`` is that of each window."""
        pooled = torch.cat([batch["pool"] @ x.flatten(0, 1), mean[batch["owner"]]], -1)
        return F.normalize(self.outer(torch.relu(self.inner(self.drop(pooled)))), dim=-1)

    def topic_vectors(self, mean: Tensor) -> Tensor:
        """[windows, TOPIC], of length 1."""
        return F.normalize(self.topic(mean), dim=-1)

    def joined(self, triggers: Tensor, topics: Tensor) -> Tensor:
        """[triggers, TRIGGER + TOPIC], of length 1."""
        return torch.cat([triggers * (1.0 - self.share) ** 0.5, topics * self.share**0.5], -1)


def mean_of(x: Tensor, mask: Tensor) -> Tensor:
    """The mean state of each window, padding aside: [batch, 384]."""
    seen = (mask[:, 0, 0] == 0).float()
    return (x * seen[..., None]).sum(1) / seen.sum(1, keepdim=True)
