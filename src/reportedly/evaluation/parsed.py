"""Parsed gold articles kept on disk, so that work on one stage need not wait for the parser.

The parse of the language model is kept (DocBin) below a cache folder, named after the model and a
hash of the articles; the stages then run on it as they do after a fresh parse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from reportedly.data import Article, CodedArticle
from reportedly.statements import language, layers

STAND_FOR = {"reportedly_attributes": "attribute_ruler", "reportedly_lemmas": "lemmatizer"}


def code(nlp: Language, articles: Iterable[Article], cache: Path) -> Iterator[CodedArticle]:
    """Code articles, with the parse from the cache where it is there."""
    listed = list(articles)
    by = language.versions(nlp)
    for article, doc in zip(listed, _parsed(nlp, listed, cache), strict=True):
        doc._.article = article
        for name, stage in nlp.pipeline:
            if name not in _model_pipes(nlp):
                doc = stage(doc)
        yield language.coded(doc, by)


def _model_pipes(nlp: Language) -> list[str]:
    stages = set(layers.ORDER)
    return [name for name in nlp.pipe_names if name.removeprefix("reportedly_") not in stages]


def _parsed(nlp: Language, articles: list[Article], cache: Path) -> Iterator[Doc]:
    pipes = _model_pipes(nlp)
    # The tables give the same parse as the model's components that they stand for, so they share the cache.
    named = [STAND_FOR.get(name, name) for name in pipes]
    key = hashlib.sha256("\0".join([*named, nlp.meta["name"], *(a.text for a in articles)]).encode()).hexdigest()[:16]
    path = cache / f"{nlp.meta['name']}-{key}.spacy"
    if not path.exists():
        with nlp.select_pipes(enable=pipes):
            docs = list(nlp.pipe([a.text for a in articles], batch_size=16))
        cache.mkdir(parents=True, exist_ok=True)
        for doc in docs:
            doc.user_data = {}
        DocBin(docs=docs, store_user_data=False).to_disk(path)
    return DocBin().from_disk(path).get_docs(nlp.vocab)
