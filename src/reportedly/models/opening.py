"""Opens what a folder of weights holds: an ONNX network and a tokenizer, for one CPU thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportedly.errors import ComponentError


def tokenizer(path: Path) -> Any:
    """The tokenizer of a file, neither cutting nor padding.

    Raises:
        ComponentError: the file is missing.
    """
    from tokenizers import Tokenizer

    opened = Tokenizer.from_file(str(present(path)))
    opened.no_truncation()
    opened.no_padding()
    return opened


def session(path: Path) -> Any:
    """An onnxruntime session on one thread.

    Raises:
        ComponentError: the file is missing.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(present(path)),
        options,
        providers=["CPUExecutionProvider"],
        # On a CPU the fused kernel is several times slower than the two that it replaces.
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def present(path: Path) -> Path:
    """The path of a file that is there.

    Raises:
        ComponentError: it is missing.
    """
    if not path.exists():
        raise ComponentError(f"{path}: the weights are missing")
    return path
