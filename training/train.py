"""Fine-tunes the encoder; resumes where it was cut off.

    python training/train.py --silver RUN/silver.jsonl.gz --base MINILM_FOLDER --run RUN --epochs 6
    python training/train.py --silver RUN/silver.jsonl.gz --base MINILM_FOLDER --run RUN --minutes 70
    python training/train.py --silver RUN/silver.jsonl.gz --teacher RUN/checkpoint.pt --run NARROW --epochs 4

The learning rate falls linearly to zero, over the epochs (the same weights each time) or over a
budget of wall-clock time (on a busy machine, to be done in time).  From ``--round-at`` on the layers
round as the shipped network does.  The weights of the last part are averaged (stochastic weight
averaging, Izmailov et al. 2018).

With ``--teacher`` instead of ``--base`` the network begins as the teacher without its least important heads and
inner neurons (prune.py), and learns what the teacher says of each piece besides the labels (distillation, Hinton et
al. 2015), also where there are no labels.  That makes it a quarter cheaper to run.
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
from examples import IGNORE, Corpus, Example, collate
from finish import load as finished
from network import Network, pretrained
from prune import importance, narrowed
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

MODELS = Path(__file__).parent.parent / "src" / "reportedly" / "models" / "encoder"
SEED, BATCH, MASKED, SHARE = 29, 8, 0.1, 0.12
RATE, HEAD_RATE, DECAY, WARM_UP = 1.5e-4, 1e-3, 0.01, 80
TAUGHT_HEAD_RATE = 1.5e-4  # of the head of a network that begins as its teacher
SAID = 0.5  # weight of what the teacher says beside the labels
AVERAGE_FROM, AVERAGE_EVERY = 0.75, 20  # share of the budget; steps
CHECKPOINT_EVERY = 600  # seconds
NARROW = (8, 1152)  # of 12 and 1536: a quarter less to compute
MEASURED = 60  # batches on which it is measured what matters to the teacher
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


Heads = tuple[Tensor, Tensor, Tensor]


def label_loss(net: Network, batch: dict[str, Tensor], heads: Heads) -> tuple[Tensor, list[float]]:
    """Sum of the heads' losses; a head without labels in this batch adds nothing (not NaN)."""
    roles, sides, kinds = heads

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


def teacher_loss(teacher: Network, batch: dict[str, Tensor], heads: Heads) -> Tensor:
    """How far the heads are from what the teacher says of the pieces, of which it sees all: cross entropy a piece."""
    with torch.no_grad():
        told = teacher(batch["unmasked"], batch["shapes"], batch["mask"])
    real = (batch["weight"] > 0).float()
    each = [-(t.softmax(-1) * s.log_softmax(-1)).sum(-1) for t, s in zip(told, heads, strict=True)]
    weighed = each[0] + 0.4 * each[1] + 0.5 * each[2]
    return (weighed * real).sum() / real.sum().clamp(min=1.0)


def loss_of(net: Network, batch: dict[str, Tensor], teacher: Network | None = None) -> tuple[Tensor, list[float]]:
    """The loss of a batch, and that of each head for the report."""
    heads = net(batch["ids"], batch["shapes"], batch["mask"])
    total, parts = label_loss(net, batch, heads)
    if teacher is not None:
        total = (1 - SAID) * total + SAID * teacher_loss(teacher, batch, heads)
    return total, parts


def optimiser(net: Network, head_rate: float = HEAD_RATE) -> torch.optim.AdamW:
    """AdamW with a higher rate for what starts from nothing: the head, the chain and the shapes."""
    fresh = [p for n, p in net.named_parameters() if n.startswith(FRESH)]
    rest = [p for n, p in net.named_parameters() if not n.startswith(FRESH)]
    groups = [{"params": rest, "lr": RATE, "peak": RATE}, {"params": fresh, "lr": head_rate, "peak": head_rate}]
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


def step(
    net: Network, adam: torch.optim.AdamW, group: list[Example], state: State, teacher: Network | None
) -> list[float]:
    """One update; returns the losses."""
    rng = random.Random(f"{SEED}-{state.epoch}-{state.batch}")
    torch.manual_seed(SEED + state.step)
    batch = collate(group, rng, MASKED)
    total, parts = loss_of(net, batch, teacher)
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


def beginning(args: argparse.Namespace, corpus: Corpus) -> tuple[Network, Network | None]:
    """The network before its first step, and its teacher if it has one."""
    if args.teacher is None:
        return pretrained(args.base).train(), None
    teacher = finished(args.teacher)
    some = [collate(group, random.Random(SEED), 0.0) for group in corpus.batches(0)[:MEASURED]]
    narrow = narrowed(teacher, importance(teacher, some, lambda net, batch: loss_of(net, batch)[0]), tuple(args.width))
    return narrow.train(), teacher.eval()


def train(args: argparse.Namespace) -> None:
    """Steps until the schedule is done; a checkpoint every ten minutes and at SIGTERM."""
    tokenizer = Tokenizer.from_file(str(MODELS / "tokenizer.json"))
    corpus = Corpus(args.silver, tokenizer, BATCH, args.share, SEED, args.limit)
    net, teacher = beginning(args, corpus)
    adam = optimiser(net, HEAD_RATE if teacher is None else TAUGHT_HEAD_RATE)
    path = args.run / "checkpoint.pt"
    state = restore(path, net, adam)
    stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stop.append(number))
    groups = corpus.batches(state.epoch)
    saved, last = state.elapsed, time.monotonic()
    while not stop and (done := progress(args, state, len(groups))) < 1.0:
        set_rate(adam, state, done)
        net.round_layers(done >= args.round_at)
        parts = step(net, adam, groups[state.batch], state, teacher)
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
            groups = corpus.batches(state.epoch)
        if state.elapsed - saved > CHECKPOINT_EVERY:
            save(path, net, adam, state)
            saved = state.elapsed
    if not stop:
        add_to_average(net, state)
    save(path, net, adam, state)
    if stop:
        raise SystemExit("stopped; the same command goes on from here")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--silver", type=Path, required=True)
    begins = parser.add_mutually_exclusive_group(required=True)
    begins.add_argument("--base", type=Path, help="MiniLM's published weights")
    begins.add_argument("--teacher", type=Path, help="a checkpoint, to be narrowed")
    parser.add_argument("--share", type=float, default=SHARE, help="of the texts without attributions, an epoch")
    parser.add_argument("--width", type=int, nargs=2, default=NARROW, help="heads and inner neurons a layer keeps")
    parser.add_argument("--run", type=Path, required=True)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--epochs", type=float, default=None)
    length.add_argument("--minutes", type=float, default=90.0, help="wall-clock time in all, earlier runs included")
    parser.add_argument("--round-at", type=float, default=0.6, help="share after which the layers round to eight bits")
    parser.add_argument("--limit", type=int, default=None, help="texts to read, for a trial run")
    args = parser.parse_args()
    args.run.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
