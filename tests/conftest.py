"""Shared fixtures: the pipeline is loaded once for the whole run."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from spacy.language import Language

from reportedly import settings
from reportedly.data import Article, CodedArticle
from reportedly.statements import language

# Django is set up once a process: with the site's apps, which hold the record's, whichever tests come first.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reportedly.pages.configuration")

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
