"""A narrower network from a taught one: without the heads and inner neurons that matter least.

What matters is measured as Molchanov et al. (2017) and Michel et al. (2019) do: how much the loss would change, to the
first order, were the output of a head or neuron zero; its mean size over windows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from network import HEAD, Layer, Network, Width
from torch import Tensor, nn

Loss = Callable[[Network, dict[str, Tensor]], Tensor]


@dataclass
class Importance:
    """Of one layer: ``heads`` [heads] and ``inner`` [neurons]."""

    heads: Tensor
    inner: Tensor


def importance(net: Network, batches: Iterable[dict[str, Tensor]], loss: Loss) -> list[Importance]:
    """What each head and neuron of every layer matters to ``loss`` on some batches."""
    net.eval()
    seen: dict[nn.Module, Tensor] = {}

    def keep(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        inputs[0].retain_grad()
        seen[module] = inputs[0]

    products = [module for layer in net.layers for module in (layer.out, layer.down)]
    hooks = [module.register_forward_pre_hook(keep) for module in products]
    sums = {module: torch.zeros(module.in_features) for module in products}
    head_sums = {layer.out: torch.zeros(layer.heads) for layer in net.layers}
    for batch in batches:
        net.zero_grad()
        loss(net, batch).backward()
        for module, value in seen.items():
            change = (value.detach() * value.grad).sum(1)
            sums[module] += change.abs().sum(0)
            if module in head_sums:
                head_sums[module] += change.view(len(change), -1, HEAD).sum(2).abs().sum(0)
    for hook in hooks:
        hook.remove()
    net.zero_grad()
    return [Importance(head_sums[layer.out], sums[layer.down]) for layer in net.layers]


def narrowed(net: Network, measured: list[Importance], width: Width) -> Network:
    """A copy of ``net`` with the most important heads and neurons of each layer, so many of each in every layer.

    With one threshold for all layers the last ones would keep next to nothing: on texts that the network has learnt by
    heart their gradients are small.
    """
    narrow = Network(net.words.table.shape[0], widths=[width] * len(net.layers))
    new = narrow.state_dict()
    new.update({name: value for name, value in net.state_dict().items() if not name.startswith("layers.")})
    for i, (layer, told) in enumerate(zip(net.layers, measured, strict=True)):
        heads = told.heads.topk(width[0]).indices.sort().values
        neurons = told.inner.topk(width[1]).indices.sort().values
        new.update({f"layers.{i}.{name}": value for name, value in _kept(layer, heads, neurons).items()})
    narrow.load_state_dict(new)
    return narrow


def _kept(layer: Layer, heads: Tensor, neurons: Tensor) -> dict[str, Tensor]:
    """The weights of a layer, by name, for some of its heads and neurons."""
    state = dict(layer.state_dict())
    rows = (heads[:, None] * HEAD + torch.arange(HEAD)).flatten()
    threefold = torch.cat([rows + part * layer.heads * HEAD for part in range(3)])
    for name in ("weight", "bias"):
        state[f"qkv.{name}"] = state[f"qkv.{name}"][threefold]
        state[f"up.{name}"] = state[f"up.{name}"][neurons]
    state["out.weight"] = state["out.weight"][:, rows]
    state["down.weight"] = state["down.weight"][:, neurons]
    return state
