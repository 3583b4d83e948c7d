"""Train the parse-based attribution finder: which token is a cue, and what are its content and source.

    python training/attribution_cues.py TRAIN.jsonl.gz [--folds 5] [--dev DEV.jsonl]

Reads attributions in the coded-article format (PolNeAR's scheme), parses the articles with the
project's language model, and fits two conditional log-linear models with L2 (L-BFGS): one over the
contents of a cue and "none", one over the sources. Writes the lemmas of cues to
lexicons/attributions_cues.tsv and the weights to models/attributions.json.gz. With --folds it prints
the cross-validated F1 by threshold and writes nothing. Needs scipy, which is not needed at run time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from reportedly import settings
from reportedly.evaluation import parsed, sets
from reportedly.statements import attributions_finder as finder
from reportedly.statements import language
from reportedly.statements.attributions_candidates import contents, sources
from reportedly.statements.attributions_features import (
    content_context,
    content_features,
    cue_features,
    source_features,
)
from reportedly.statements.attributions_parse import Parse

#: Weights below this are left out: they change nothing and make every look-up slower.
LEAST = 0.06
ROOT = Path(__file__).parent.parent / "src" / "reportedly"


class Problem:
    """A conditional choice: rows of features, grouped; some rows of each group are right."""

    def __init__(self):
        self.groups, self.vocabulary, self.counts = [], {}, Counter()

    def add(self, rows, right):
        if any(right):
            for row in rows:
                self.counts.update(row)
            self.groups.append((rows, right))

    def fit(self, l2, least=3, maxiter=60):
        names = [f for f, n in self.counts.items() if n >= least]
        index = {f: i for i, f in enumerate(names)}
        cols, ptr, right, group = [], [0], [], []
        for g, (rows, marks) in enumerate(self.groups):
            for row, mark in zip(rows, marks, strict=False):
                cols.extend(index[f] for f in row if f in index)
                ptr.append(len(cols))
                right.append(mark)
                group.append(g)
        x = csr_matrix((np.ones(len(cols), dtype=np.float32), cols, ptr), shape=(len(right), len(names)))
        right, group = np.array(right, bool), np.array(group)
        first = np.searchsorted(group, np.arange(len(self.groups)))
        xt = x.T.tocsr()

        def loss(w):
            s = x @ w
            top = np.maximum.reduceat(s, first)[group]
            e = np.exp(s - top)
            z = np.add.reduceat(e, first)
            good = np.add.reduceat(np.where(right, e, 0), first)
            p = e / z[group]
            q = np.where(right, e, 0) / good[group]
            value = float(np.sum(np.log(z) - np.log(good))) + l2 / 2 * float(w @ w)
            return value, xt @ (p - q) + l2 * w

        found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": maxiter})
        print(
            f"  {len(self.groups)} groups, {len(right)} rows, {len(names)} features, loss {found.fun:.0f}", flush=True
        )
        return {f: float(v) for f, v in zip(names, found.x, strict=False) if abs(v) >= LEAST}


def covered(spans, words):
    starts, ends = words
    found = set()
    for start, end in spans:
        found.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return found


def iou(a, b):
    return len(a & b) / len(a | b) if a or b else 1.0


class Example:
    """An article: its parse, and per gold attribution the cue's head and the covered words."""

    def __init__(self, row, doc):
        self.row, self.parse = row, Parse(doc)
        p = self.parse
        number, self.words_at = 0, []
        for i in range(p.size):
            self.words_at.append(number)
            number += p.is_word(i)
        self.words_at.append(number)
        self.gold = []
        for a in row["attributions"]:
            spans = {role: {w for s in a[role] for w in self.words_in(s)} for role in ("source", "cue", "content")}
            cue = [i for s in a["cue"] for i in range(bisect_right(p.end, s["start"]), bisect_left(p.start, s["end"]))]
            inside = set(cue)
            roots = [i for i in cue if p.head[i] not in inside or p.head[i] == i]
            self.gold.append((roots[0] if roots else None, spans["source"], spans["content"]))

    def words_in(self, span):
        first, last = bisect_right(self.parse.end, span["start"]), bisect_left(self.parse.start, span["end"])
        return range(self.words_at[first], self.words_at[last]) if last > first else ()

    def words_of(self, candidate):
        return {w for a, b in candidate.ranges for w in range(self.words_at[a], self.words_at[b])}


def cue_lexicon(examples, least=2, rate=0.03):
    """Lemmas with their class that are cues at least `least` times and in `rate` of their uses."""
    cues, uses = Counter(), Counter()
    for e in examples:
        p = e.parse
        uses.update((p.lemma[i], finder.word_class(p.tag[i])) for i in range(p.size))
        cues.update((p.lemma[r], finder.word_class(p.tag[r])) for r, _, _ in e.gold if r is not None)
    return {key for key, n in cues.items() if n >= least and n / uses[key] >= rate and key[0].strip()}


def train(examples, l2=1.0, l2s=1.0):
    lexicon = cue_lexicon(examples)
    content, source, is_cue = Problem(), Problem(), Problem()
    for e in examples:
        p = e.parse
        by_root = {}
        for root, s, c in e.gold:
            if root is not None:
                by_root.setdefault(root, []).append((s, c))
        for cue in finder.cues(p, lexicon):
            gold = by_root.get(cue, [])
            cands = contents(p, cue)
            context = content_context(p, cue, cands)
            fits = [max((iou(e.words_of(k), c) for _, c in gold), default=0) for k in cands]
            best = max(fits, default=0)
            right = [f >= 0.5 and f >= best - 0.25 for f in fits]
            rows = [content_features(p, cue, k, context) for k in cands]
            own = cue_features(p, cue)
            rows.append(["none:" + f for f in own])
            is_cue.add([own, []], [bool(gold), not gold])
            content.add(rows, [*right, not gold])
            for s, c in gold:
                fit = [iou(e.words_of(k), c) for k in cands]
                if max(fit, default=0) < 0.5:
                    continue
                chosen = cands[int(np.argmax(fit))]
                options = sources(p, cue)
                kinds = frozenset(k.kind for k in options)
                values = [iou(e.words_of(k), s) for k in options]
                top = max(values)
                source.add(
                    [source_features(p, cue, k, chosen, kinds) for k in options],
                    [v >= 0.5 and v >= top - 0.1 for v in values],
                )
    return lexicon, {"content": content.fit(l2), "source": source.fit(l2s), "cue": is_cue.fit(l2)}


def examples(path, nlp):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    docs = parsed._parsed(nlp, list(sets.articles(path)), Path(".cache/parsed"))
    return [Example(row, doc) for row, doc in zip(rows, docs, strict=False)]


def predictions(e, lexicon, models, floor=0.05):
    """(score, source words, content words) of every attribution that scores at least `floor`."""
    return [
        (f.score, e.words_of(f.source), e.words_of(f.content)) for f in finder.choices(e.parse, lexicon, models, floor)
    ]


def measure(found, listed, thresholds):
    """F1 of content and of content with source at each threshold, as the scorer counts them."""
    for threshold in thresholds:
        hits = full = predicted = gold = 0
        for preds, e in zip(found, listed, strict=False):
            kept = [x for x in preds if x[0] >= threshold]
            pairs = sorted(
                (
                    (-iou(g[2], k[2]), -iou(g[1], k[1]), i, j)
                    for i, g in enumerate(e.gold)
                    for j, k in enumerate(kept)
                    if iou(g[2], k[2]) >= 0.5
                )
            )
            a, b = set(), set()
            for _c, s, i, j in pairs:
                if i not in a and j not in b:
                    a.add(i)
                    b.add(j)
                    hits += 1
                    full += -s >= 0.5
            predicted += len(kept)
            gold += len(e.gold)
        print(
            f"  {threshold:.2f}: content P {hits / predicted:.3f} R {hits / gold:.3f} F1 {2 * hits / (predicted + gold):.4f}"
            f"  full F1 {2 * full / (predicted + gold):.4f}",
            flush=True,
        )


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("train", type=Path)
    options.add_argument("--dev", type=Path)
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--only", type=int, default=0, help="of the folds, run only this many")
    options.add_argument("--l2", type=float, default=5.0)
    given = options.parse_args()
    nlp = language.load(settings.load())
    listed = examples(given.train, nlp)
    thresholds = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]
    if given.folds:
        found, tested = [], []
        for fold in range(given.only or given.folds):
            lexicon, models = train([e for i, e in enumerate(listed) if i % given.folds != fold], given.l2, given.l2)
            held = [e for i, e in enumerate(listed) if i % given.folds == fold]
            found += [predictions(e, lexicon, models) for e in held]
            tested += held
            print(f"fold {fold}", file=sys.stderr)
        measure(found, tested, thresholds)
        return
    lexicon, models = train(listed, given.l2, given.l2)
    rows = sorted(lexicon)
    head = "# Heads of cues: lemma and word class (V verb, N noun, J adjective, R adverb, O other)\nlemma\tclass\n"
    (ROOT / "lexicons" / "attributions_cues.tsv").write_text(head + "".join(f"{a}\t{b}\n" for a, b in rows))
    packed = {name: {f: round(v * 1000) for f, v in weights.items()} for name, weights in models.items()}
    data = json.dumps(packed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    (ROOT / "models" / "attributions.json.gz").write_bytes(gzip.compress(data, mtime=0))
    if given.dev:
        dev = examples(given.dev, nlp)
        measure([predictions(e, lexicon, models) for e in dev], dev, thresholds)


if __name__ == "__main__":
    main()
