"""The English model with the stages on it: one spaCy pipeline from text to statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import reportedly
from reportedly import lexicons, registry
from reportedly.data import LAYERS, Article, CodedArticle, Versions
from reportedly.errors import ComponentError
from reportedly.settings import Settings
from reportedly.statements import attributes, layers, lemmas, reading, spans


def parser(settings: Settings) -> Language:
    """The English model and the text encoder, as the stages need them.

    The names of persons, places and so on are the encoder's unless the setting `recogniser` says otherwise: the
    model's own recogniser, a third of its cost, is then not loaded.

    Raises:
        ComponentError: the model is not installed.
    """
    names = settings.recogniser == "encoder"
    try:
        nlp = spacy.load(settings.model, exclude=["ner"] if names else [])
    except OSError:
        raise ComponentError(f"language model {settings.model}: not installed") from None
    attributes.replace_ruler(nlp)
    lemmas.replace_lemmatizer(nlp)
    reading.add_reader(nlp, names)
    nlp.max_length = settings.max_text + 1
    return nlp


def load(settings: Settings) -> Language:
    """The English model with every stage of `layers.ORDER` on it, checked to fit together."""
    nlp = parser(settings)
    for stage in registry.choose(layers.ORDER, settings.components):
        nlp.add_pipe(stage.factory)
    nlp.add_pipe("reportedly_release")
    return nlp


def document(nlp: Language, article: Article) -> Doc:
    """An article as a Doc that the pipeline can take."""
    doc = nlp.make_doc(article.text)
    doc._.article = article
    return doc


def versions(nlp: Language) -> Versions:
    """What is coding: program, models and lexicons."""
    models = named(nlp.meta, "encoder" if "ner" not in nlp.pipe_names else "model")
    return Versions(program=reportedly.__version__, model=models, lexicons=lexicons.version())


def named(meta: Mapping[str, Any], recogniser: str) -> str:
    """The language model and the encoder that code, with their versions, and whose names they read if not the encoder's."""
    names = " with its names" if recogniser == "model" else ""
    return f"{meta['lang']}_{meta['name']} {meta['version']}{names}, encoder {reading.digest()}"


def coded(doc: Doc, by: Versions) -> CodedArticle:
    """What the stages left on a Doc, as a coded article."""
    article: Article = doc._.article
    fields = {name: getattr(article, name) for name in Article.__struct_fields__}
    text = article.text  # a Doc joins its text anew at every use
    found = ((s.start_char, s.end_char) for s in doc.sents)
    sentences = [spans.trimmed(text, start, end) for start, end in found if not text[start:end].isspace()]
    return CodedArticle(**fields, sentences=sentences, **{layer: doc._.get(layer) for layer in LAYERS}, coder=by)


def code(nlp: Language, articles: Iterable[Article], batch_size: int = 16) -> Iterator[CodedArticle]:
    """Code articles one by one, in order."""
    by = versions(nlp)
    docs = (document(nlp, article) for article in articles)
    for doc in nlp.pipe(docs, batch_size=batch_size):
        yield coded(doc, by)
