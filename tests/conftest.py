"""Shared fixtures: the pipeline is loaded once for the whole run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from reportedly import settings
from reportedly.data import Article, CodedArticle
from reportedly.statements import language

Coder = Callable[..., CodedArticle]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The English model with every stage."""
    return language.load(settings.load())


@pytest.fixture(scope="session")
def coder(nlp: Language) -> Coder:
    """Code one text: `coder("…", published="2019-03-01")`."""

    def code(text: str, **fields: str) -> CodedArticle:
        return next(language.code(nlp, [Article(text=text, **fields)]))

    return code
