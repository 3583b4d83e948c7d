"""Coding what comes in: a few articles in this process, many on all cores, in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from reportedly.data import Article, CodedArticle, Versions, to_dict
from reportedly.errors import ComponentError, ReadError
from reportedly.record.incoming import Incoming, Known
from reportedly.settings import Settings

if TYPE_CHECKING:  # spaCy takes seconds to load, and coded articles need none of it
    from spacy.language import Language

    from reportedly.engines.worker import Done, Row

#: Articles that are coded before starting workers, each of which loads the language model, is worth it.
FEW = 6
Ready = CodedArticle | ReadError | Known
_decode = msgspec.json.Decoder(CodedArticle).decode


def coder(settings: Settings) -> Versions:
    """What codes articles now, without loading the language model.

    Raises:
        ComponentError: the model is not installed.
    """
    import spacy.util

    import reportedly
    from reportedly import lexicons
    from reportedly.statements import language

    try:
        meta = spacy.util.get_model_meta(spacy.util.get_package_path(settings.model))
    except (ImportError, OSError):
        raise ComponentError(f"language model {settings.model}: not installed") from None
    return Versions(
        program=reportedly.__version__, model=language.named(meta, settings.recogniser), lexicons=lexicons.version()
    )


def code(incoming: Iterator[Incoming], settings: Settings) -> Iterator[Ready]:
    """What comes in, coded, in its order; what is coded already, and errors, pass through."""
    alone = (settings.workers or os.cpu_count() or 1) == 1
    nlp: Language | None = None
    done = 0
    for item in incoming:
        if isinstance(item, CodedArticle | ReadError | Known):
            yield item
        elif done < FEW or alone:
            nlp = nlp or _load(settings)
            yield _code_one(nlp, item)
            done += 1
        else:
            yield from _on_all_cores(chain([item], incoming), settings)


def _load(settings: Settings) -> Language:
    from reportedly.statements import language

    return language.load(settings)


def _code_one(nlp: Language, article: Article) -> Ready:
    from reportedly.statements import language

    try:
        return next(language.code(nlp, [article]))
    except Exception as error:  # noqa: BLE001 - a stage may be anybody's: whatever it raises, the other articles go on
        return ReadError(where(article), f"could not be coded ({type(error).__name__}: {error})".splitlines()[0])


def where(article: Article) -> str:
    """By what a complaint names an article."""
    return article.url or article.id or article.title or "an article without a name"


def _on_all_cores(incoming: Iterator[Incoming], settings: Settings) -> Iterator[Ready]:
    from reportedly.engines import local
    from reportedly.engines.worker import Done, Row

    under_way: deque[Incoming] = deque()

    def rows() -> Iterator[Row | Done]:
        for item in incoming:
            under_way.append(item)
            if isinstance(item, CodedArticle | ReadError | Known):
                yield Done("", None)
            else:
                yield Row(where(item), to_dict(item))

    for done in local.in_order(rows(), settings):
        item = under_way.popleft()
        yield item if isinstance(item, CodedArticle | ReadError | Known) else _result(done)


def _result(done: Done) -> Ready:
    if done.line is None:
        return ReadError(done.where, done.reason or "could not be coded")
    return _decode(done.line)
