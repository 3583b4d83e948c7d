"""Export of the trained network to one int8 ONNX file that runs without torch."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import onnx
import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn


def to_onnx(net: nn.Module, path: Path, outputs: tuple[str, ...] = ("attribution", "side", "entity")) -> None:
    """Writes the fp32 graph: inputs ``ids`` and ``shapes`` [1, length], ``outputs`` [1, length, ...]."""
    inputs = ("ids", "shapes")
    torch.onnx.export(
        net.eval(),
        (torch.ones(1, 16, dtype=torch.long), torch.zeros(1, 16, dtype=torch.long)),
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        opset_version=17,
        dynamo=False,
        dynamic_axes={name: {1: "length"} for name in (*inputs, *outputs)},
    )


def quantise(source: Path, target: Path, reduce_range: bool = False, keep: str = "/head/") -> None:
    """Dynamic int8, one scale per output channel; activations are quantised as they come.

    Products whose name begins with ``keep`` stay as they are.
    """
    graph = onnx.load(source, load_external_data=False).graph
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=reduce_range,
        op_types_to_quantize=["MatMul", "Gemm"],
        nodes_to_exclude=[node.name for node in graph.node if node.name.startswith(keep)],
    )


def export(net: Network, target: Path, reduce_range: bool = False) -> None:
    """The int8 model of ``net`` at ``target``."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "fp32.onnx"
        to_onnx(net, plain)
        quantise(plain, target, reduce_range)
    tell_chain(net, target)


def tell_chain(net: Network, path: Path) -> None:
    """Writes the CRF's scores, [7, 7] and [7], into the model's metadata."""
    model = onnx.load(path)
    chain = [values.detach().tolist() for values in (net.chain.moves, net.chain.first)]
    onnx.helper.set_model_props(model, {"chain": json.dumps(chain)})
    onnx.save(model, path)
