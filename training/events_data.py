"""Training windows of the event encoder: word pieces, which of them are triggers, and the chains of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from examples import IGNORE, covered
from tokenizers import Tokenizer
from torch import Tensor

from reportedly.events.encoder_windows import ROOM, stretches, view
from reportedly.models.windows import Ints, Pieces, pieces_of, sentence_starts


@dataclass
class Story:
    """An article's pieces, its sentences' beginnings and its gold."""

    gold: dict[str, Any]
    pieces: Pieces
    sentences: list[int]


@dataclass
class Example:
    """One window: [length] pieces and tags, and for every trigger its positions and its chain."""

    ids: Ints
    shapes: Ints
    tags: Ints
    triggers: list[Ints]
    chains: list[str]
    topic: str
    subtopic: str
    places: list[tuple[str, int]]
    """Article and number of the mention, for evaluation."""


def stories(articles: list[dict[str, Any]], tokenizer: Tokenizer) -> list[Story]:
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return [Story(a, pieces_of(a["text"], tokenizer), sentence_starts(a["text"])) for a in articles]


def pieces_under(pieces: Pieces, mention: dict[str, Any]) -> Ints:
    """The pieces of a trigger, all its parts."""
    parts = mention.get("parts") or [mention]
    return np.concatenate([np.arange(w.start, w.stop) for w in (covered(pieces, p["start"], p["end"]) for p in parts)])


def tags_of(story: Story) -> Ints:
    """O, B, I of the first piece of every word in the annotated ranges, ``IGNORE`` elsewhere."""
    pieces = story.pieces
    tags: Ints = np.full(len(pieces.ids), IGNORE, dtype=np.int64)
    for stretch in story.gold["annotated"]:
        tags[covered(pieces, stretch["start"], stretch["end"])] = 0
    for mention in story.gold["mentions"]:
        first = (mention.get("parts") or [mention])[0]
        where = covered(pieces, first["start"], first["end"])
        tags[where] = 2
        tags[where.start : where.start + 1] = 1
    inner = np.r_[False, pieces.words[1:] == pieces.words[:-1]]
    tags[inner] = IGNORE
    return tags


def examples(story: Story, room: int = ROOM, labelled_only: bool = True) -> list[Example]:
    """The windows of a story; only those that hold something annotated, if so asked."""
    pieces, gold = story.pieces, story.gold
    tags = tags_of(story)
    under = [pieces_under(pieces, m) for m in gold["mentions"]]
    found = []
    for start, end in stretches(pieces, story.sentences, room):
        inside = [i for i, where in enumerate(under) if len(where) and start <= where[0] < end]
        if not inside and labelled_only and (tags[start:end] == IGNORE).all():
            continue
        window = view(pieces, start, end)
        before = int(np.argmax(window.pieces >= 0))
        labels: Ints = np.full(len(window.ids), IGNORE, dtype=np.int64)
        labels[window.pieces >= 0] = tags[start:end]
        found.append(
            Example(
                window.ids,
                window.shapes,
                labels,
                [under[i][under[i] < end] - start + before for i in inside],
                [gold["mentions"][i]["chain"] for i in inside],
                gold.get("topic", ""),
                gold.get("subtopic", ""),
                [(gold["id"], i) for i in inside],
            )
        )
    return found


def collate(group: list[Example]) -> dict[str, Tensor]:
    """A padded batch; ``pool`` [triggers, windows * length] averages the pieces of each trigger."""
    length = max(len(e.ids) for e in group)
    ids = torch.zeros(len(group), length, dtype=torch.long)
    shapes, tags = torch.zeros_like(ids), torch.full_like(ids, IGNORE)
    mask = torch.full((len(group), 1, 1, length), -1e4)
    pool = torch.zeros(sum(len(e.triggers) for e in group), len(group) * length)
    owner, row = [], 0
    for n, e in enumerate(group):
        size = len(e.ids)
        ids[n, :size], shapes[n, :size] = torch.from_numpy(e.ids), torch.from_numpy(e.shapes)
        tags[n, :size] = torch.from_numpy(e.tags)
        mask[n, ..., :size] = 0.0
        for where in e.triggers:
            pool[row, torch.from_numpy(where) + n * length] = 1.0 / len(where)
            owner.append(n)
            row += 1
    owners = torch.tensor(owner, dtype=torch.long)
    return {"ids": ids, "shapes": shapes, "tags": tags, "mask": mask, "pool": pool, "owner": owners}
