"""The disputes of the example pages: for each page the pairs that its sentences must give, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from reportedly.articles.reader import Reader
from reportedly.data import Article, CodedArticle, Span
from reportedly.settings import Settings
from reportedly.statements import language

EXAMPLES = Path(__file__).parents[2] / "examples" / "baghuz"

#: For each page, words of the two sides of each dispute.
DISPUTES = {
    "01": [
        ("More than 20,000 civilians", "put the number at around 37,000"),
        ("at least 12 people were killed", "could not be verified"),
        ("at least 12 people were killed", "its aircraft had struck a house"),
    ],
    "02": [
        ("as many as 300 militants remained", "another put the number at several hundred"),
        ("asked for safe passage", "any talks on a passage were being held"),
    ],
    "04": [
        ("About 3,000 Islamic State fighters", "far higher than the few hundred"),
        ("About 3,000 Islamic State fighters", "no more than 1,200"),
        ("the militants were being moved to Iraq", "The coalition rejected the claim"),
    ],
    "05": [
        ("1,306 militants were killed", "at least 730 fighters"),
        ("between 190 and 630 civilians", "fewer than 20 deaths"),
    ],
    "06": [
        ("US-backed forces overran the tented camp", "the battle was not finished"),
        ("the village had been fully liberated", "The SDF denied this"),
    ],
    "07": [
        ("would be gone by the evening", "they had not finished"),
        ("would be gone by tonight", "fighters were still being chased"),
        ("called their presence an occupation", "a charge that Washington rejects"),
    ],
    "08": [("The victory was hailed", "is not the end of the group")],
    "09": [
        ("At least 140 people", "put the toll at 123"),
        ("they had only asked for water", "anybody was hurt"),
    ],
}


@pytest.fixture(scope="module")
def pages(nlp: Language) -> dict[str, CodedArticle]:
    """The coded example pages by their number."""
    names = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in (".html", ".txt"))
    read = [next(Reader(Settings()).read(str(EXAMPLES / name))) for name in names]
    articles = [article for article in read if isinstance(article, Article)]
    coded = language.code(nlp, articles)
    return {name[:2]: article for name, article in zip(names, coded, strict=True)}


def words(article: CodedArticle, span: Span) -> str:
    """The words of one side of a dispute."""
    return article.text[span.start : span.end].replace("\n", " ")


@pytest.mark.parametrize("page", sorted(DISPUTES))
def test_the_disputes_of_a_page(pages: dict[str, CodedArticle], page: str) -> None:
    article = pages[page]
    found = [(words(article, dispute.a), words(article, dispute.b)) for dispute in article.disputes]
    for one, other in DISPUTES[page]:
        assert any(one in a and other in b for a, b in found), (one, other)
    assert len(found) == len(DISPUTES[page]), found
