"""Teaches the event encoder: triggers and chains of ECB+, topics by imitation of MiniLM.

    python training/events_train.py --base MINILM_FOLDER --run RUN
    python training/events_train.py --base MINILM_FOLDER --run RUN --without 3 8 14 22 26 31

The lower three layers stay as they came for the first part (gradual unfreezing, Howard and Ruder 2018).
A checkpoint is written after every epoch; the same command goes on from there.  With ``--without``,
topics are kept out, for choices that must not be made on the dev set.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import torch
from corpora import DEFAULT_DATA, read
from events_data import Example, Story, collate, examples, stories
from events_network import EventNetwork, mean_of
from examples import IGNORE, MASK
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

TOKENIZER = Path(__file__).parent.parent / "src" / "reportedly" / "models" / "encoder" / "tokenizer.json"
BATCH, MASKED = 20, 0.06
RATE, HEAD_RATE, SLOPE_RATE, DECAY, WARM_UP = 1e-4, 1e-3, 1e-2, 0.01, 30
ROOMS = (90, 150)
"""Pieces in a training window at least and at most: drawn anew each epoch, so that no window comes twice."""
BANK = 400
IMITATION = 10.0
"""Weight of the topics' loss, a mean square of differences between cosines and so a small number."""


@dataclass
class Bank:
    """What the last batches gave, without gradients: more pairs than one batch holds."""

    triggers: list[Tensor] = field(default_factory=list)
    chains: list[str] = field(default_factory=list)
    topics: list[Tensor] = field(default_factory=list)
    taught: list[Tensor] = field(default_factory=list)

    def add(self, vectors: Tensor, chains: list[str], topics: Tensor, taught: Tensor) -> None:
        self.triggers = [*self.triggers, *vectors.detach()][-BANK:]
        self.chains = [*self.chains, *chains][-BANK:]
        self.topics = [*self.topics, *topics.detach()][-BANK:]
        self.taught = [*self.taught, *taught][-BANK:]


def batches(texts: list[Story], rng: random.Random) -> list[list[Example]]:
    """Windows of two topics each, so that both the other subtopic and another topic are beside an event."""
    room = rng.randint(*ROOMS)
    topics = defaultdict(list)
    for story in texts:
        for example in examples(story, room):
            topics[example.topic].append(example)
    halves = []
    for group in topics.values():
        rng.shuffle(group)
        parts = max(1, round(len(group) / (BATCH / 2)))
        halves += [group[i::parts] for i in range(parts)]
    rng.shuffle(halves)
    return [[e for half in halves[i : i + 2] for e in half] for i in range(0, len(halves), 2)]


def pair_loss(net: EventNetwork, vectors: Tensor, chains: list[str], bank: Bank) -> Tensor:
    """Same event or not, for every pair in the batch and with the bank.

    Those that are the same count as much as those that are not; among the latter, the ones that
    the network believes to be the same weigh more.
    """
    names = [*chains, *bank.chains]
    number = {name: i for i, name in enumerate(dict.fromkeys(names))}
    labels = torch.tensor([number[name] for name in names])
    every = torch.cat([vectors, torch.stack(bank.triggers)]) if bank.triggers else vectors
    once = torch.ones(len(chains), len(names), dtype=torch.bool)
    once[:, : len(chains)] = torch.triu(once[:, : len(chains)], 1)
    same = labels[: len(chains), None] == labels[None]
    logits = net.scale * (vectors @ every.T) - net.bias
    right, wrong = logits[same & once], logits[~same & once]
    weight = torch.sigmoid(wrong.detach()) + 0.02
    # A batch without one of the two kinds of pairs must add 0, not 0/0.
    missed = F.softplus(-right).sum() / max(1, right.numel())
    return missed + (F.softplus(wrong) * weight).sum() / weight.sum().clamp(min=1e-6)


def topic_loss(topics: Tensor, taught: Tensor, bank: Bank) -> Tensor:
    """How far the cosines of windows are from those of MiniLM as it came."""
    every = torch.cat([topics, torch.stack(bank.topics)]) if bank.topics else topics
    wanted = torch.cat([taught, torch.stack(bank.taught)]) if bank.taught else taught
    return (topics @ every.T - taught @ wanted.T).square().mean()


def read_lower(teacher: EventNetwork, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """What MiniLM's lower layers make of the windows, and its own vectors of these."""
    with torch.no_grad():
        lower = teacher.body.lower(batch["ids"], batch["mask"])
        mean = mean_of(teacher.upper(lower, batch["shapes"], batch["mask"]), batch["mask"])
        return lower, F.normalize(mean, dim=-1)


def losses(net: EventNetwork, teacher: EventNetwork, group: list[Example], bank: Bank, frozen: bool) -> list[Tensor]:
    """Those of the tags, of the pairs and of the topics; some pieces are hidden from the network."""
    batch = collate(group)
    lower, taught = read_lower(teacher, batch)
    blank = torch.rand(batch["ids"].shape) < MASKED
    if frozen:
        lower = net.drop(lower.masked_fill(blank[:, :, None], 0.0))
    else:
        lower = net.body.lower(batch["ids"].masked_fill(blank, MASK), batch["mask"])
    x = net.upper(lower, batch["shapes"], batch["mask"])
    tags = F.cross_entropy(net.tag(net.drop(x)).flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORE)
    mean = mean_of(x, batch["mask"])
    topics = net.topic_vectors(mean)
    chains = [chain for example in group for chain in example.chains]
    # The topics are taught by imitation only: fifty events would be learned by heart.
    vectors = net.joined(net.trigger_vectors(x, mean, batch), topics.detach()[batch["owner"]])
    parts = [tags, pair_loss(net, vectors, chains, bank), topic_loss(topics, taught, bank)]
    bank.add(vectors, chains, topics, taught)
    return parts


def optimiser(net: EventNetwork, rate: float) -> torch.optim.AdamW:
    """AdamW; what starts from nothing learns faster than MiniLM's weights."""
    groups: dict[float, list[Tensor]] = {rate: [], HEAD_RATE: [], SLOPE_RATE: []}
    for name, value in net.named_parameters():
        if value.requires_grad:
            fresh = not name.startswith("body.") or "shapes" in name
            groups[SLOPE_RATE if name in ("scale", "bias") else HEAD_RATE if fresh else rate].append(value)
    return torch.optim.AdamW([{"params": g, "lr": r, "peak": r} for r, g in groups.items()], weight_decay=DECAY)


def run_epoch(
    net: EventNetwork, teacher: EventNetwork, adam: torch.optim.AdamW, groups: list[list[Example]],
    epoch: int, args: argparse.Namespace,
) -> list[float]:  # fmt: skip
    """One pass over the windows, the rate falling linearly over all epochs; the mean of each loss."""
    bank, sums, steps = Bank(), torch.zeros(3), args.epochs * len(groups)
    for n, group in enumerate(groups):
        done = epoch * len(groups) + n
        scale = min(1.0, (done + 1) / WARM_UP) * max(0.02, 1.0 - done / steps)
        for g in adam.param_groups:
            g["lr"] = g["peak"] * scale
        parts = losses(net, teacher, group, bank, epoch < args.frozen)
        adam.zero_grad(set_to_none=True)
        (parts[0] + parts[1] + IMITATION * parts[2]).backward()
        torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.grad is not None], 1.0)
        adam.step()
        sums += torch.stack([p.detach() for p in parts])
    return (sums / len(groups)).tolist()


def train(args: argparse.Namespace, texts: list[Story]) -> None:
    """All epochs, each with its own seed, from the checkpoint if there is one."""
    net, teacher = EventNetwork(args.base).train(), EventNetwork(args.base).eval()
    adam, first, began = optimiser(net, args.rate), 0, time.monotonic()
    checkpoint = args.run / "checkpoint.pt"
    if checkpoint.exists():
        stored = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(stored["net"])
        adam.load_state_dict(stored["adam"])
        first = stored["epoch"]
    for epoch in range(first, args.epochs):
        torch.manual_seed(args.seed + epoch)
        rng = random.Random(args.seed + epoch)
        means = run_epoch(net, teacher, adam, batches(texts, rng), epoch, args)
        shown = " ".join(f"{v:.4f}" for v in means)
        print(f"epoch {epoch + 1}, {time.monotonic() - began:.0f} s: tags, pairs, topics {shown}", flush=True)
        content = {"net": net.state_dict(), "adam": adam.state_dict(), "epoch": epoch + 1}
        torch.save(content, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA / "linking")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--frozen", type=int, default=4, help="epochs in which the lower layers stay as they came")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], help="topics that are kept out")
    args = parser.parse_args()
    args.run.mkdir(parents=True, exist_ok=True)
    articles = [a for a in read(args.data / "train.jsonl.gz") if a["topic"] not in args.without]
    torch.manual_seed(args.seed)
    train(args, stories(articles, Tokenizer.from_file(str(TOKENIZER))))


if __name__ == "__main__":
    main()
