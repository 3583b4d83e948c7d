"""Full-text search: the same on both databases, and nothing that a user types is syntax."""

from __future__ import annotations

import pytest

from reportedly import settings
from reportedly.errors import QueryError
from reportedly.record import search
from reportedly.record.adding import Adder
from reportedly.record.models import Article, Statement
from reportedly.record.queries import articles, filters
from tests.record.factories import Draft, StemLinker


@pytest.fixture
def told(record: str) -> str:
    """Three articles."""
    first = Draft("a1", "Harbour Times", "2019-03-02", title="Shells hit a market")
    first.sentence("US-backed fighters fought a final battle at Al-Bāghūz on Friday.").event("fought", type="ASSAULT")
    first.sentence("The final toll was 15,000, rescuers said.").said("rescuers", "said").figure("15,000", 15000, 15000)
    second = Draft("a2", "Ridge Post", "2019-03-05", title="The battle that was final")
    second.sentence("The battle was not the final one, a monitor said.").said("a monitor", "said").event("battle")
    third = Draft("a3", "Ridge Post", "2019-03-07", title="Élan")
    third.sentence("Nobody fought at Hajin.").event("fought", polarity="negative")
    adder = Adder(settings.load(), StemLinker())  # type: ignore[arg-type]
    for draft in (first, second, third):
        adder.add(draft.article())
    return record


def found(query: str) -> list[str]:
    return sorted(search.articles(query).values_list("public_id", flat=True))


QUERIES = [
    ("battle", ["a1", "a2"]),
    ("final battle", ["a1", "a2"]),
    ('"final battle"', ["a1"]),
    ("BATTLE, final!", ["a1", "a2"]),
    ("us backed", ["a1"]),
    ("US-backed", ["a1"]),
    ("baghuz", ["a1"]),
    ("Bāghūz", ["a1"]),
    ("15,000", ["a1"]),
    ("15000", []),
    ("000 15", ["a1"]),  # two words, in any order
    ('"000 15"', []),
    ("elan", ["a3"]),
    ('"market us"', []),  # no phrase reaches from the headline into the text
    ("fight", []),  # no stemming
    ('"final battle" fought', ["a1"]),
    ('fought "final battle', ["a1"]),
]


def test_articles_by_words_and_phrases(told: str) -> None:
    assert [(query, found(query)) for query, _ in QUERIES] == QUERIES


HOSTILE = [
    'fought" OR "x',
    "fought OR battle",
    "NEAR(fought battle)",
    "fought*",
    "fought & !battle | (",
    "title:fought",
    "fought'; DROP TABLE record_article; --",
    "^fought",
    "fought \\ ' \" %s %(x)s {}",
    "fought\x00battle",
    "-fought",
    "fought:*",
    "<-> fought",
]


def test_what_people_type_is_never_syntax(told: str) -> None:
    for query in HOSTILE:
        expected = set(search.words(query))
        for article in search.articles(query).select_related("revision"):
            assert article.revision is not None
            assert expected <= set(search.words(f"{article.title} {article.revision.text}")), query
        for statement in search.statements(query):
            assert expected <= set(search.words(statement.quote)), query
    assert found("fought*") == ["a1", "a3"] and found("-fought") == ["a1", "a3"]
    assert Article.objects.count() == 3


@pytest.mark.parametrize("query", ["", "   ", "***", '""', "؟ — …", "\x00"])
def test_a_query_without_a_word_is_told(query: str) -> None:
    with pytest.raises(QueryError, match="no word"):
        search.phrases(query)


def test_hits_lead_to_the_sentences_with_the_words(told: str) -> None:
    (hit,) = search.hits('"final battle"')
    assert (hit.article, hit.outlet, hit.url) == ("a1", "Harbour Times", "https://news.example/a1")
    assert [sentence.quote for sentence in hit.sentences] == [
        "US-backed fighters fought a final battle at Al-Bāghūz on Friday."
    ]
    text = Article.objects.select_related("revision").get(public_id="a1").revision.text  # type: ignore[union-attr]
    assert text[hit.sentences[0].start : hit.sentences[0].end] == hit.sentences[0].quote


def test_hits_are_filtered_by_day_and_source(told: str) -> None:
    assert [hit.article for hit in articles.hits("battle", filters.read())] == ["a2", "a1"]
    assert [hit.article for hit in articles.hits("battle", filters.read(since="2019-03-03"))] == ["a2"]
    assert [hit.article for hit in articles.hits("battle", filters.read(source="harbour times"))] == ["a1"]
    assert [hit.article for hit in articles.hits("battle", filters.read(source="a monitor"))] == ["a2"]
    assert articles.hits("battle", filters.read(source="Nobody")) == []
    assert [hit.article for hit in articles.hits("battle", filters.read(limit=1, offset=1))] == ["a1"]


def test_statements_by_their_sentence(told: str) -> None:
    assert {row.layer for row in search.statements("rescuers toll")} == {"figure", "said"}
    assert search.statements("market").count() == 0  # a headline is no statement's sentence


def test_a_changed_article_is_found_by_its_new_text_alone(told: str) -> None:
    changed = Draft("a1", "Harbour Times", "2019-03-02", title="Shells hit a market")
    changed.sentence("Fighters fought a last skirmish.").event("fought")
    Adder(settings.load(), StemLinker()).add(changed.article())  # type: ignore[arg-type]
    assert found("skirmish") == ["a1"] and found("baghuz") == []
    assert search.statements("baghuz").count() == 0 and search.statements("skirmish").count() == 1
    assert Statement.objects.filter(current=False).count() == 3  # kept, and no longer found
