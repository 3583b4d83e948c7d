"""Fine-tunes the encoder; resumes where it was cut off.

    python training/train.py --silver RUN/silver.jsonl.gz --base MINILM_FOLDER --run RUN --epochs 6
    python training/train.py --silver RUN/silver.jsonl.gz --base MINILM_FOLDER --run RUN --minutes 70

The learning rate falls linearly to zero, over the epochs (the same weights each time) or over a
budget of wall-clock time (on a busy machine, to be done in time).  With ``--unfreeze-at`` the lower
half of the network is frozen for the first part of that and its output kept, which makes an epoch
half as dear; then it is unfrozen (gradual unfreezing, Howard and Ruder 2018).  From ``--round-at`` on the
layers round as the shipped network does.  The weights of the last part are averaged (stochastic weight
averaging, Izmailov et al. 2018).
"""

from __future__ import annotations

import argparse
import random
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from crf import words_of
from examples import IGNORE, MASK, Example, batches, collate, load
from network import Network, pretrained
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

MODELS = Path(__file__).parent.parent / "src" / "reportedly" / "models" / "encoder"
SEED, BATCH, MASKED, SHARE = 13, 8, 0.06, 0.12
RATE, HEAD_RATE, DECAY, WARM_UP = 1.5e-4, 1e-3, 0.01, 80
AVERAGE_FROM, AVERAGE_EVERY = 0.75, 20  # share of the budget; steps
CHECKPOINT_EVERY = 600  # seconds
FRESH = ("head.", "chain.", "shapes.")
CHAIN = 0.5  # weight of the CRF's loss beside that of the single pieces


@dataclass
class State:
    """What a checkpoint holds besides the weights."""

    epoch: int = 0
    batch: int = 0
    step: int = 0
    elapsed: float = 0.0
    averaged: int = 0
    shown: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0, 0.0])
    average: dict[str, Tensor] = field(default_factory=dict)


def remember(net: Network, group: list[Example]) -> None:
    """Computes what the frozen lower layers make of the windows that come for the first time."""
    new = [e for e in group if e.hidden is None]
    if new:
        batch = collate(new, random.Random(0), 0.0)
        with torch.no_grad():
            hidden = net.eval().lower(batch["ids"], batch["mask"])
        net.train()
        for example, values in zip(new, hidden, strict=True):
            example.hidden = values[: len(example.ids)].half()


def kept(net: Network, group: list[Example], masked: Tensor) -> Tensor:
    """The lower layers' output, kept from an earlier visit, with the masked pieces blanked: [batch, length, 384]."""
    remember(net, group)
    rows = [example.hidden for example in group if example.hidden is not None]
    hidden = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True).float()
    return net.dropout(hidden.masked_fill(masked[:, :, None], 0.0))


def loss_of(net: Network, batch: dict[str, Tensor], lower: Tensor) -> tuple[Tensor, list[float]]:
    """Sum of the heads' losses; a head without labels in this batch adds nothing (not NaN)."""
    roles, sides, kinds = net.upper(lower, batch["shapes"], batch["mask"])

    def entropy(logits: Tensor, name: str, weight: Tensor | None = None) -> Tensor:
        each = F.cross_entropy(logits.flatten(0, 1), batch[name].flatten(), ignore_index=IGNORE, reduction="none")
        trust = (batch[name].flatten() != IGNORE).float() if weight is None else weight.flatten()
        return (each * trust).sum() / trust.sum().clamp(min=1.0)

    chain = net.chain.loss(*words_of(roles, batch["attribution"], batch["first"]))
    parts = [entropy(roles, "attribution"), entropy(sides, "side"), entropy(kinds, "entity", batch["weight"]), chain]
    # A batch of unlabelled windows must not weigh more than its labels do.
    share = (batch["attribution"] != IGNORE).float().sum() / batch["weight"].gt(0).sum().clamp(min=1)
    total = share * (0.5 * parts[0] + CHAIN * parts[3] + 0.4 * parts[1]) + 0.5 * parts[2]
    return total, [float(part.detach()) for part in parts]


def optimiser(net: Network) -> torch.optim.AdamW:
    """AdamW with a higher rate for what starts from nothing: the head, the chain and the shapes."""
    fresh = [p for n, p in net.named_parameters() if n.startswith(FRESH)]
    rest = [p for n, p in net.named_parameters() if not n.startswith(FRESH)]
    groups = [{"params": rest, "lr": RATE, "peak": RATE}, {"params": fresh, "lr": HEAD_RATE, "peak": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=DECAY, foreach=True)


def progress(args: argparse.Namespace, state: State, per_epoch: int) -> float:
    """How much of the training is done, 0 to 1: the share of the steps, or of the time."""
    if args.epochs is not None:
        return float(state.step / (args.epochs * per_epoch))
    return float(state.elapsed / (args.minutes * 60.0))


def set_rate(adam: torch.optim.AdamW, state: State, done: float) -> None:
    """Warm-up, then linear decay to zero."""
    scale = min(1.0, (state.step + 1) / WARM_UP) * max(0.0, 1.0 - done)
    for group in adam.param_groups:
        group["lr"] = group["peak"] * scale


def add_to_average(net: Network, state: State) -> None:
    """Running mean of the trained weights."""
    state.averaged += 1
    for name, value in net.state_dict().items():
        if value.is_floating_point() and not name.startswith("words."):
            old = state.average.get(name, value)
            state.average[name] = old + (value - old) / state.averaged


def save(path: Path, net: Network, adam: torch.optim.AdamW, state: State) -> None:
    """Writes beside the checkpoint first, so that a cut leaves the last whole one."""
    content: dict[str, Any] = {"net": net.state_dict(), "adam": adam.state_dict(), "state": vars(state)}
    torch.save(content, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def restore(path: Path, net: Network, adam: torch.optim.AdamW) -> State:
    if not path.exists():
        return State()
    content = torch.load(path, weights_only=False)
    net.load_state_dict(content["net"])
    adam.load_state_dict(content["adam"])
    return State(**content["state"])


def step(net: Network, adam: torch.optim.AdamW, group: list[Example], state: State, frozen: bool) -> list[float]:
    """One update; returns the losses."""
    rng = random.Random(f"{SEED}-{state.epoch}-{state.batch}")
    torch.manual_seed(SEED + state.step)
    batch = collate(group, rng, MASKED)
    lower = kept(net, group, batch["ids"] == MASK) if frozen else net.lower(batch["ids"], batch["mask"])
    total, parts = loss_of(net, batch, lower)
    adam.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_((p for p in net.parameters() if p.grad is not None), 1.0)
    adam.step()
    return parts


def report(state: State, parts: list[float], per_epoch: int) -> None:
    """Running means of the losses (roles, sides, entities, chain), every twenty steps."""
    state.shown = [0.98 * old + 0.02 * new for old, new in zip(state.shown, parts, strict=True)]
    if state.step % 20 == 0:
        figures = " ".join(f"{value / (1 - 0.98**state.step):.4f}" for value in state.shown)
        print(f"{state.elapsed / 60:.1f} min, epoch {state.epoch} {state.batch}/{per_epoch}: {figures}", flush=True)


def train(args: argparse.Namespace) -> None:
    """Steps until the schedule is done; a checkpoint every ten minutes and at SIGTERM."""
    examples = load(args.silver, Tokenizer.from_file(str(MODELS / "tokenizer.json")), args.limit)
    net = pretrained(args.base).train()
    adam = optimiser(net)
    path = args.run / "checkpoint.pt"
    state = restore(path, net, adam)
    stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stop.append(number))
    groups = batches(examples, BATCH, SHARE, SEED, state.epoch)
    saved, last = state.elapsed, time.monotonic()
    while not stop and (done := progress(args, state, len(groups))) < 1.0:
        set_rate(adam, state, done)
        net.round_layers(done >= args.round_at)
        parts = step(net, adam, groups[state.batch], state, done < args.unfreeze_at)
        now = time.monotonic()
        state.elapsed, last = state.elapsed + now - last, now
        state.step, state.batch = state.step + 1, state.batch + 1
        report(state, parts, len(groups))
        if done <= AVERAGE_FROM:  # a finished run that is stretched begins its mean anew
            state.averaged, state.average = 0, {}
        elif state.step % AVERAGE_EVERY == 0:
            add_to_average(net, state)
        if state.batch == len(groups):
            state.epoch, state.batch = state.epoch + 1, 0
            groups = batches(examples, BATCH, SHARE, SEED, state.epoch)
        if state.elapsed - saved > CHECKPOINT_EVERY:
            save(path, net, adam, state)
            saved = state.elapsed
    if not stop:
        add_to_average(net, state)
    save(path, net, adam, state)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--silver", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--epochs", type=float, default=None)
    length.add_argument("--minutes", type=float, default=90.0, help="wall-clock time in all, earlier runs included")
    parser.add_argument(
        "--unfreeze-at", type=float, default=0.0, help="share of the training after which all is trained"
    )
    parser.add_argument("--round-at", type=float, default=0.6, help="share after which the layers round to eight bits")
    parser.add_argument("--limit", type=int, default=None, help="texts to read, for a trial run")
    args = parser.parse_args()
    args.run.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
