"""The event encoder's int8 graph and head, where the program looks for them.

python training/events_export.py --checkpoint RUN/events.pt [--out FOLDER] [--fp32]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
from events_network import EventNetwork
from export import quantise, to_onnx
from network import HIDDEN
from torch import Tensor, nn

FOLDER = Path(__file__).parent.parent / "src" / "reportedly" / "models" / "events"


class Graph(nn.Module):
    """What runs on every window: tags [1, length, 3] and states [1, length, 384]."""

    def __init__(self, net: EventNetwork) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        states = self.net.hidden(ids, shapes)
        return self.net.tag(states), states


def save_head(net: EventNetwork, path: Path) -> None:
    """The layers of the vectors, in half precision, and the share of the topic."""
    trigger, context = net.inner.weight.split([HIDDEN, HIDDEN], 1)
    head = {"trigger": trigger, "context": context, "inner_bias": net.inner.bias}
    head |= {"outer": net.outer.weight, "outer_bias": net.outer.bias}
    head |= {"topic": net.topic.weight, "topic_bias": net.topic.bias, "share": torch.tensor(net.share)}
    np.savez(path, **{name: value.detach().numpy().astype(np.float16) for name, value in head.items()})


def export(net: EventNetwork, folder: Path, fp32: bool = False) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_head(net, folder / "head.npz")
    graph, outputs = Graph(net), ("tags", "states")
    if fp32:
        to_onnx(graph, folder / "model.onnx", outputs)
        return
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "fp32.onnx"
        to_onnx(graph, plain, outputs)
        quantise(plain, folder / "model.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--fp32", action="store_true", help="no quantisation, to measure what it costs")
    args = parser.parse_args()
    net = EventNetwork()
    net.load_state_dict(torch.load(args.checkpoint, weights_only=True))
    export(net, args.out, args.fp32)
    for path in sorted(args.out.iterdir()):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
