"""A linear-chain CRF over the words of a window (Lafferty, McCallum and Pereira 2001).

The network's logits of a word's first piece are its emissions; what is learned here is which label
follows which. Decoding needs no torch: `reportedly.models.tagging.viterbi` adds the same table.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

FORBIDDEN = -1e4


def legal_moves(size: int) -> Tensor:
    """[size, size]: 0 where a label may follow another, ``FORBIDDEN`` where not (labels go O, B, I, B, I, ...)."""
    table = torch.zeros(size, size)
    for inner in range(2, size, 2):
        table[:, inner] = FORBIDDEN
        table[inner - 1 : inner + 1, inner] = 0.0
    return table


class Chain(nn.Module):
    """What is learned: the score of each move, and of each label at the beginning of a window."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(size, size))
        self.first = nn.Parameter(torch.zeros(size))
        self.register_buffer("legal", legal_moves(size), persistent=False)

    def loss(self, emissions: Tensor, labels: Tensor, lengths: Tensor) -> Tensor:
        """Negative log-likelihood a word.

        ``emissions`` is [batch, words, labels], ``labels`` [batch, words], ``lengths`` [batch]; words
        beyond a window's length count for nothing.
        """
        inside = torch.arange(labels.shape[1])[None] < lengths[:, None]
        table = self.moves + self.legal
        whole = self._partition(emissions, inside, table)
        picked = emissions.gather(2, labels[:, :, None])[:, :, 0] * inside
        steps = table[labels[:, :-1], labels[:, 1:]] * inside[:, 1:]
        told = picked.sum(1) + steps.sum(1) + self.first[labels[:, 0]] * inside[:, 0]
        return (whole - told).sum() / inside.sum().clamp(min=1)

    def _partition(self, emissions: Tensor, inside: Tensor, table: Tensor) -> Tensor:
        """The log of the sum over all label sequences: [batch]."""
        # An inner label cannot begin a window.
        begin = self.first + self.legal[0]
        score = begin + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            moved = torch.logsumexp(score[:, :, None] + table, 1) + emissions[:, t]
            score = torch.where(inside[:, t, None], moved, score)
        return torch.logsumexp(score, 1) * inside[:, 0]


def words_of(emissions: Tensor, labels: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The first pieces of the words, moved together.

    Args:
        emissions: [batch, length, labels]; labels: [batch, length]; first: [batch, length], true at
            the first piece of each word that has a label.

    Returns:
        emissions [batch, words, labels], labels [batch, words] and how many words each window has [batch].
    """
    order = torch.argsort((~first).to(torch.int8), dim=1, stable=True)
    lengths = first.sum(1)
    order = order[:, : max(1, int(lengths.max()))]
    chosen = labels.gather(1, order).clamp(min=0)
    return emissions.gather(1, order[:, :, None].expand(-1, -1, emissions.shape[2])), chosen, lengths
