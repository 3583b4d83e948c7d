"""Parsed gold articles kept on disk, so that work on one stage need not wait for parser and encoder.

The parse of the language model is kept (DocBin) below a cache folder, named after the model and a hash of the
articles, and beside it what the text encoder reads in them, named after its weights too: with new weights the
articles are not parsed again. The stages then run on both as they do after a fresh parse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from reportedly.data import Article, CodedArticle
from reportedly.models.tagging import Logits
from reportedly.statements import language, layers, reading

STAND_FOR = {"reportedly_attributes": "attribute_ruler", "reportedly_lemmas": "lemmatizer"}
READER = "reportedly_reading"


def code(nlp: Language, articles: Iterable[Article], cache: Path) -> Iterator[CodedArticle]:
    """Code articles, with the parse from the cache where it is there."""
    listed = list(articles)
    by = language.versions(nlp)
    for article, doc in zip(listed, docs(nlp, listed, cache), strict=True):
        doc._.article = article
        for name, stage in nlp.pipeline:
            if name not in _model_pipes(nlp):
                doc = stage(doc)
        yield language.coded(doc, by)


def docs(nlp: Language, articles: list[Article], cache: Path) -> Iterator[Doc]:
    """The articles as the first stage finds them: parsed, read by the encoder and named."""
    parsed = _parsed(nlp, articles, cache)
    if READER not in nlp.pipe_names:
        return parsed
    return _read(nlp, parsed, cache / f"reading-{_hash([reading.digest(), _key(nlp, articles)])}.npz")


def _model_pipes(nlp: Language) -> list[str]:
    stages = {*layers.ORDER, READER.removeprefix("reportedly_")}
    return [name for name in nlp.pipe_names if name.removeprefix("reportedly_") not in stages]


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _key(nlp: Language, articles: list[Article]) -> str:
    # The tables give the same parse as the model's components that they stand for, so they share the cache.
    named = [STAND_FOR.get(name, name) for name in _model_pipes(nlp)]
    return _hash([*named, nlp.meta["name"], *(a.text for a in articles)])


def _parsed(nlp: Language, articles: list[Article], cache: Path) -> Iterator[Doc]:
    path = cache / f"{nlp.meta['name']}-{_key(nlp, articles)}.spacy"
    if not path.exists():
        with nlp.select_pipes(enable=_model_pipes(nlp)):
            docs = list(nlp.pipe([a.text for a in articles], batch_size=16))
        cache.mkdir(parents=True, exist_ok=True)
        for doc in docs:
            doc.user_data = {}
        DocBin(docs=docs, store_user_data=False).to_disk(path)
    return DocBin().from_disk(path).get_docs(nlp.vocab)


def _read(nlp: Language, docs: Iterator[Doc], path: Path) -> Iterator[Doc]:
    """The same, with what the encoder reads: from the file, or read now and written there."""
    reader = nlp.get_pipe(READER)
    kept = _kept(path) if path.exists() else None
    made: list[Logits] = []
    for doc in docs:
        if kept is not None:
            doc._.reading = next(kept)
        reader(doc)
        made.append(doc._.reading)
        yield doc
    if kept is None:
        columns: dict[str, Any] = {"sizes": np.array([len(logits.starts) for logits in made])}
        columns |= {f.name: np.concatenate([getattr(logits, f.name) for logits in made]) for f in fields(Logits)}
        np.savez(path, **columns)


def _kept(path: Path) -> Iterator[Logits]:
    with np.load(path) as archive:
        stored = {name: archive[name] for name in archive.files}
    start = 0
    for size in stored.pop("sizes").tolist():
        yield Logits(**{name: values[start : start + size] for name, values in stored.items()})
        start += size
