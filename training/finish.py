"""Writes the int8 model of a checkpoint where the program looks for it.

python training/finish.py --checkpoint RUN/checkpoint.pt [--last] [--reduce-range] [--out MODEL.onnx]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from export import export, tell_chain, to_onnx
from network import Network, of_weights

MODEL = Path(__file__).parent.parent / "src" / "reportedly" / "models" / "encoder" / "model.onnx"


def load(checkpoint: Path, last: bool = False) -> Network:
    """The network with the averaged weights, or the last ones where there is no average yet."""
    content = torch.load(checkpoint, weights_only=False)
    weights = dict(content["net"])
    if not last:
        weights.update(content["state"]["average"])
    return of_weights(weights).eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--last", action="store_true", help="the last weights, not their mean")
    parser.add_argument("--reduce-range", action="store_true", help="seven bits a weight: no overflow without VNNI")
    parser.add_argument("--fp32", action="store_true", help="no quantisation, to measure what it costs")
    args = parser.parse_args()
    net = load(args.checkpoint, args.last)
    if args.fp32:
        to_onnx(net, args.out)
        tell_chain(net, args.out)
    else:
        export(net, args.out, args.reduce_range)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
