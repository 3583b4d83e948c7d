"""The network: MiniLM-L6 with cased features at its middle, three heads and a CRF on its output.

The encoder is BERT (Devlin et al. 2019) in the size of MiniLM (Wang et al. 2020): written out
here, small, so that what is exported to ONNX is plain matrix arithmetic and dropout stands
only where training on a CPU can afford it (on the embeddings and on the output).

What is shipped computes in eight bits. So that little is lost there, the word embeddings are rounded
before anything is taught (one scale a word), and the last part of the training rounds the weights and
the activations of the layers as the shipped network will (Jacob et al. 2018).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import torch
from crf import Chain
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from reportedly.models.labels import ATTRIBUTION, ENTITY, SHAPES, SIDES

HIDDEN, HEAD = 384, 32
"""The size of a piece's vector, and of a head's part of it."""

Width = tuple[int, int]
"""How many heads and inner neurons a layer has."""

MINILM: tuple[Width, ...] = ((12, 1536),) * 6
"""MiniLM-L6 as published; a narrowed network (prune.py) has fewer of both."""

LOWER = 3
"""The layers below this one see the word pieces only; the cased features come in above them."""


def rounded(layer: nn.Linear, x: Tensor) -> Tensor:
    """``layer(x)`` with the weights and the input rounded as onnxruntime's dynamic int8 does.

    Weights have one scale for each output, the input [batch, length, size] one range for each window.
    """
    with torch.no_grad():
        scale = layer.weight.abs().amax(1).clamp(min=1e-8) / 127.0
        low, high = x.amin((1, 2)).clamp(max=0.0), x.amax((1, 2)).clamp(min=0.0)
        step = ((high - low) / 255.0).clamp(min=1e-8)
        zero = (-low / step).round().clamp(0, 255).int()
    weight = torch.fake_quantize_per_channel_affine(
        layer.weight, scale, torch.zeros_like(scale, dtype=torch.int32), 0, -127, 127
    )
    return F.linear(torch.fake_quantize_per_channel_affine(x, step, zero, 0, 0, 255), weight, layer.bias)


class Layer(nn.Module):
    """One transformer block, post-norm: [batch, length, 384] in and out."""

    eight_bits = False
    """Whether the matrix products round as the shipped network does."""

    def __init__(self, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(HIDDEN, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, inner)
        self.down = nn.Linear(inner, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def times(self, layer: nn.Linear, x: Tensor) -> Tensor:
        return rounded(layer, x) if self.eight_bits else layer(x)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        seen = self.attended(x) if torch.onnx.is_in_onnx_export() else self.attention(x, mask)
        x = self.norm1(x + self.times(self.out, seen))
        return self.norm2(x + self.times(self.down, F.gelu(self.times(self.up, x))))

    def attention(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """What each piece takes from those it looks at: [batch, length, heads * 32]."""
        batch, length, _ = x.shape
        qkv = self.times(self.qkv, x).view(batch, length, 3, self.heads, HEAD).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask)
        return seen.transpose(1, 2).reshape(batch, length, -1)

    def attended(self, x: Tensor) -> Tensor:
        """`attention` of one window, written so that onnxruntime copies as little as it can: three products need no
        splitting, and transpositions of a [length, heads, 32] go into the products behind them."""
        size = self.heads * HEAD
        weights, biases = self.qkv.weight, self.qkv.bias
        parts = [F.linear(x, weights[i : i + size], biases[i : i + size]) for i in range(0, 3 * size, size)]
        query, key, value = (part.reshape(-1, self.heads, HEAD).transpose(0, 1) for part in parts)
        seen = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(HEAD), -1) @ value
        return seen.transpose(0, 1).reshape(1, -1, size)


class Words(nn.Module):
    """The word embeddings, in eight bits with one scale a word; they are not taught."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.register_buffer("table", torch.zeros(vocabulary, HIDDEN, dtype=torch.int8))
        self.register_buffer("scale", torch.zeros(vocabulary, 1))

    def fill(self, weight: Tensor) -> None:
        """Rounds ``weight`` [vocabulary, 384]."""
        self.scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127.0
        self.table = (weight / self.scale).round().to(torch.int8)

    def forward(self, ids: Tensor) -> Tensor:
        return self.table[ids].float() * self.scale[ids]


class Network(nn.Module):
    """Word pieces and their shapes in; logits of the three heads out.

    ``ids`` and ``shapes`` are [batch, length]; the outputs are [batch, length, 7] (BIO of source,
    cue, content), [batch, length, 3] (the side on which a content's cue, or a cue's source,
    lies) and [batch, length, 37] (BIO of OntoNotes' entity kinds).
    """

    def __init__(self, vocabulary: int = 30522, dropout: float = 0.1, widths: Sequence[Width] = MINILM) -> None:
        super().__init__()
        self.words = Words(vocabulary)
        self.positions = nn.Embedding(512, HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(heads, inner) for heads, inner in widths)
        self.head = nn.Linear(HIDDEN, len(ATTRIBUTION) + len(SIDES) + len(ENTITY))
        self.chain = Chain(len(ATTRIBUTION))
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def round_layers(self, on: bool = True) -> None:
        """From now on the layers compute as they will in eight bits."""
        for layer in self.layers:
            layer.eight_bits = on

    def lower(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """The output of the lower layers: [batch, length, 384]."""
        x = self.dropout(self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]]))
        for layer in self.layers[:LOWER]:
            x = layer(x, mask)
        return x

    def upper(self, x: Tensor, shapes: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """The logits, from the output of the lower layers."""
        x = x + self.shapes(shapes)
        for layer in self.layers[LOWER:]:
            x = layer(x, mask)
        a, s, e = self.head(self.dropout(x)).split([len(ATTRIBUTION), len(SIDES), len(ENTITY)], -1)
        return a, s, e

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        return self.upper(self.lower(ids, mask), shapes, mask)


def of_weights(weights: dict[str, Tensor]) -> Network:
    """The network that a checkpoint's weights are of, as wide as they are."""
    layers = [f"layers.{i}." for i in range(len(MINILM)) if f"layers.{i}.up.weight" in weights]
    widths = [(weights[f"{i}out.weight"].shape[1] // HEAD, weights[f"{i}up.weight"].shape[0]) for i in layers]
    net = Network(weights["words.table"].shape[0], widths=widths)
    net.load_state_dict(weights)
    return net


def pretrained(folder: Path) -> Network:
    """The network with MiniLM's published weights and fresh heads."""
    state = load_file(folder / "model.safetensors")
    state = {name.removeprefix("bert."): value for name, value in state.items()}
    net = Network(vocabulary=json.loads((folder / "config.json").read_text())["vocab_size"])
    new = net.state_dict()
    # There is one token type, so its vector is a constant that every position carries.
    new["positions.weight"] = (
        state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    )
    for kind in ("weight", "bias"):
        new[f"norm.{kind}"] = state[f"embeddings.LayerNorm.{kind}"]
        for i in range(len(MINILM)):
            old = f"encoder.layer.{i}."
            names = [f"{old}attention.self.{part}.{kind}" for part in ("query", "key", "value")]
            new[f"layers.{i}.qkv.{kind}"] = torch.cat([state[name] for name in names])
            for ours, theirs in PARTS.items():
                new[f"layers.{i}.{ours}.{kind}"] = state[f"{old}{theirs}.{kind}"]
    net.load_state_dict(new)
    net.words.fill(state["embeddings.word_embeddings.weight"])
    return net


PARTS = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}
