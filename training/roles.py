"""Teach the encoder's head for the roles of incidents:  python training/roles.py FOLDER [--cache FOLDER]

FOLDER holds train.jsonl.gz (MUC-3/4's articles with incident templates) and its scorer, which says what
counts as the same filler. The encoder itself stays as it is: the head sees the output of its fourth and of its
last layer. It is taught on entities, not on mentions (a filler is right if one of its mentions is), with the
log-odds of an entity's mentions pooled as at run time (`statements/incidents_heads`).

Writes the output "roles" into models/encoder/model.onnx, the layer behind it into models/roles.npz, and the log-odds
of five heads that did not see the article they judge into the cache, for training/incidents.py, which comes next.
Seeded. Run it in the environment with torch, after `finish.py`; about four minutes on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from export import quantise
from incidents_key import role_labels
from onnx import TensorProto, helper, numpy_helper
from scorers import scorer
from torch import Tensor, nn
from torch.nn import functional as F

from reportedly import settings
from reportedly.evaluation import parsed, sets
from reportedly.models import tagging
from reportedly.statements import incidents_candidates as candidates
from reportedly.statements import incidents_features, incidents_heads, language, reading
from reportedly.statements.encoder import MODEL_DIR, Encoder
from reportedly.statements.incidents_candidates import Entity

OUT = MODEL_DIR.parent / incidents_heads.FILE
PRODUCT = "/roles/MatMul"
MIDDLE, LAST = 3, 5
"""The layers whose output the head sees: the first above the cased features, and the last."""
SIZE, DROPOUT, RATE, EPOCHS, BATCH, FOLDS, SEED = 64, 0.3, 1e-3, 4, 8, 5, 0


@dataclass(frozen=True)
class Sample:
    """An article: of its mentions the vectors [mentions, 1536] (the head's two layers, the mean of the words'), the
    entity that each belongs to, and the roles of the entities [entities, 5]."""

    vectors: Tensor
    entity: Tensor
    roles: Tensor


def outputs(graph: Any) -> Any:
    """Adds nodes that join the two layers to ``graph``; the name of what they give, [1, length, 768]."""
    names = [f"/layers.{layer}/norm2/LayerNormalization_output_0" for layer in (MIDDLE, LAST)]
    graph.node.append(helper.make_node("Concat", names, ["roles_input"], axis=-1))
    return "roles_input"


def extended(source: Path, target: Path, weights: np.ndarray | None = None) -> None:
    """Writes the model with an output "roles": what the head sees, times ``weights`` [768, width] if given."""
    model = onnx.load(source)
    forget(model.graph)
    joined = outputs(model.graph)
    if weights is None:
        width = 2 * 384
        model.graph.node.append(helper.make_node("Identity", [joined], ["roles"]))
    else:
        width = weights.shape[1]
        model.graph.initializer.append(numpy_helper.from_array(weights.astype(np.float32), "roles_weights"))
        model.graph.node.append(helper.make_node("MatMul", [joined, "roles_weights"], ["roles"], name=PRODUCT))
    model.graph.output.append(helper.make_tensor_value_info("roles", TensorProto.FLOAT, [1, "length", width]))
    props = {item.key: item.value for item in model.metadata_props} | {"roles": str(width)}
    onnx.save(model, target)
    if weights is not None:  # in eight bits: in full precision this product alone would be a twentieth of the network
        quantise(target, target)
    model = onnx.load(target)
    helper.set_model_props(model, props)
    onnx.save(model, target)


def forget(graph: Any) -> None:
    """Takes an earlier head, and whatever only it needed, out of ``graph``."""
    _keep(graph.output, lambda item: item.name != "roles")
    before = -1
    while before != len(graph.node):
        before = len(graph.node)
        used = {name for node in graph.node for name in node.input} | {item.name for item in graph.output}
        _keep(graph.node, lambda node, used=used: bool(used & set(node.output)))
    used = {name for node in graph.node for name in node.input}
    _keep(graph.initializer, lambda item: item.name in used)


def _keep(part: Any, wanted: Callable[[Any], bool]) -> None:
    kept = [item for item in part if wanted(item)]
    del part[:]
    part.extend(kept)


def read(folder: Path, cache: Path, encoder: Encoder) -> list[Sample]:
    """The articles of the training part, read by an encoder that tells what the head sees."""
    nlp = language.parser(settings.load())
    nlp.remove_pipe(parsed.READER)
    articles = list(sets.articles(folder / "train.jsonl.gz"))
    with gzip.open(folder / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    score, made = scorer(folder), []
    for article, key, doc in zip(articles, gold, parsed.docs(nlp, articles, cache), strict=True):
        doc._.article = article
        doc._.reading = reading.read(doc, encoder)
        reading.name(doc, tagging.entity_spans(doc._.reading))
        where = incidents_features.sentences(doc, frozenset())
        listed = candidates.entities(doc, list(candidates.mentions(doc, where.first, where.number)))
        made.append(sample(doc, listed, role_labels(score, key, doc, listed)))
    return made


def sample(doc: Any, listed: list[Entity], roles: list[list[int]]) -> Sample:
    """One article's vectors and labels."""
    logits = reading.of(doc)
    width = logits.roles.shape[1]
    number = np.repeat(np.arange(len(listed)), [len(entity.mentions) for entity in listed])
    if not len(number):
        none = torch.zeros(0, dtype=torch.long)
        return Sample(torch.zeros(0, 2 * width, dtype=torch.float16), none, torch.zeros(0, len(incidents_heads.ROLES)))
    places = incidents_heads.places(doc, logits, listed)
    around = np.stack([logits.roles[a:b].mean(0) for _, a, b in places])
    vectors = np.concatenate([logits.roles[places[:, 0]], around], axis=1).astype(np.float16)
    reading.forget(doc)
    return Sample(torch.from_numpy(vectors), torch.from_numpy(number), torch.tensor(roles, dtype=torch.float32))


class Head(nn.Module):
    """Log-odds of the roles of entities; its input [mentions, 1536] is standardised first."""

    def __init__(self, mean: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.mean, self.scale = mean, scale
        self.dropout = nn.Dropout(DROPOUT)
        self.inner = nn.Linear(len(mean), SIZE)
        self.outer = nn.Linear(SIZE, len(incidents_heads.ROLES))
        nn.init.constant_(self.outer.bias, -4.0)

    def forward(self, vectors: Tensor, entity: Tensor, count: int) -> Tensor:
        x = self.dropout((vectors.float() - self.mean) / self.scale)
        logits = self.outer(self.dropout(F.silu(self.inner(x))))
        index = entity[:, None].expand_as(logits)
        top = torch.full((count, logits.shape[1]), -1e9).scatter_reduce(0, index, logits.detach(), "amax")
        total = torch.zeros_like(top).scatter_add(0, index, torch.exp(logits - top[entity]))
        sizes = torch.bincount(entity, minlength=count)
        return top + torch.log(total) - incidents_heads.POOL * torch.log(sizes)[:, None]

    def stored(self) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """The weights for the graph [768, 2 x SIZE], and what stands behind it."""
        inner = (self.inner.weight / self.scale).detach().numpy()
        bias = (self.inner.bias - (self.inner.weight / self.scale) @ self.mean).detach().numpy()
        half = inner.shape[1] // 2
        behind = {
            "bias": bias,
            "weights": self.outer.weight.detach().numpy().T,
            "base": self.outer.bias.detach().numpy(),
        }
        return np.concatenate([inner[:, :half].T, inner[:, half:].T], axis=1), behind


def joined(samples: list[Sample]) -> tuple[Tensor, Tensor, Tensor]:
    """Several articles as one."""
    starts = np.cumsum([0, *(len(s.roles) for s in samples)])
    entity = torch.cat([s.entity + int(start) for s, start in zip(samples, starts, strict=False)])
    return torch.cat([s.vectors for s in samples]), entity, torch.cat([s.roles for s in samples])


def fit(samples: list[Sample]) -> Head:
    """A head for these articles."""
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    some = torch.cat([s.vectors for s in samples[:200]]).float()
    head = Head(some.mean(0), some.std(0) + 1e-3)
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    steps = EPOCHS * (len(samples) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.0, 1 - step / steps))
    for _ in range(EPOCHS):
        order = rng.permutation(len(samples))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            vectors, entity, roles = joined([samples[i] for i in order[start : start + BATCH]])
            logits = head(vectors, entity, len(roles))
            loss = F.binary_cross_entropy_with_logits(logits, roles, reduction="sum") / BATCH
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return head.eval()


def judged(head: Head, samples: list[Sample]) -> list[np.ndarray]:
    """The log-odds [entities, 5] of each article."""
    with torch.no_grad():
        return [head(s.vectors, s.entity, len(s.roles)).numpy() for s in samples]


def held_out(samples: list[Sample]) -> list[np.ndarray]:
    """The same for each article, by a head that has not seen it."""
    found: dict[int, np.ndarray] = {}
    order = np.random.default_rng(SEED).permutation(len(samples))
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS].tolist())
        head = fit([s for i, s in enumerate(samples) if i not in out])
        found |= zip(sorted(out), judged(head, [samples[i] for i in sorted(out)]), strict=True)
    return [found[i] for i in range(len(samples))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--cache", type=Path, default=Path(".cache/parsed"))
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        extended(MODEL_DIR / "model.onnx", Path(temporary) / "model.onnx")
        (Path(temporary) / "tokenizer.json").write_bytes((MODEL_DIR / "tokenizer.json").read_bytes())
        samples = read(given.folder, given.cache, Encoder(Path(temporary)))
    table = held_out(samples)
    truth, odds = torch.cat([s.roles for s in samples]).numpy(), np.concatenate(table)
    hits, found = ((odds > -0.8) & (truth > 0)).sum(0), (odds > -0.8).sum(0)
    print("held out, F1 of each role:", np.round(2 * hits / np.maximum(found + truth.sum(0), 1), 3))
    weights, behind = fit(samples).stored()
    extended(MODEL_DIR / "model.onnx", MODEL_DIR / "model.onnx", weights)
    np.savez_compressed(OUT, **behind)
    np.savez(given.cache / incidents_heads.HELD_OUT, sizes=[len(rows) for rows in table], odds=odds)


if __name__ == "__main__":
    main()
