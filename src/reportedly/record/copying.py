"""Whose text an article is: near-copies, looked up by their keys and decided on the texts, and credited agencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Count, Q

from reportedly.events import copies, copies_credits, findings
from reportedly.record import chunks, hashing
from reportedly.record.models import Article, CopyBand, Credit, Dependency, Revision

#: Of the articles that share a key with a new one, those that share most are compared, at most so many.
COMPARED = 40
#: A key that more articles share than these is a formula ("The Associated Press contributed to this report").
COMMON = 200


def renew(article: Article, revision: Revision) -> set[int]:
    """Find anew what an article copies, credits, and who copies it, after its text has come or changed.

    Returns:
        The other articles, by primary key, that copy it now and did not before, or do no longer.
    """
    copies_of = Dependency.objects.filter(on=article)
    before = set(copies_of.values_list("article", "similarity"))
    CopyBand.objects.filter(article=article).delete()
    Dependency.objects.filter(Q(article=article) | Q(on=article)).delete()
    bands = sorted({hashing.number(key) for key in copies.bands(copies.signature(revision.text))})
    for other in _candidates(article, bands):
        assert other.revision is not None
        _keep(article, revision, other, other.revision)
    CopyBand.objects.bulk_create(CopyBand(band=band, article=article) for band in bands)
    _renew_credits(article, revision)
    return {other for other, _ in before.symmetric_difference(copies_of.values_list("article", "similarity"))}


def _renew_credits(article: Article, revision: Revision) -> None:
    Credit.objects.filter(article=article).delete()
    credited = copies_credits.credited(revision.text, revision.publisher or None)
    Credit.objects.bulk_create(Credit(article=article, name=name) for name in credited)


def _candidates(article: Article, bands: Sequence[int]) -> Iterable[Article]:
    """The articles that share most keys with an article, in the order in which they were added."""
    counts = CopyBand.objects.filter(band__in=bands).values("band").annotate(n=Count("pk")).filter(n__lte=COMMON)
    telling = [row["band"] for row in counts]
    shared = CopyBand.objects.filter(band__in=telling).exclude(article=article).values("article")
    nearest = shared.annotate(n=Count("pk")).order_by("-n", "article")[:COMPARED]
    found = Article.objects.filter(pk__in=[row["article"] for row in nearest], revision__isnull=False)
    return found.select_related("revision").order_by("pk")


def _keep(article: Article, revision: Revision, other: Article, its: Revision) -> None:
    found = copies.dependency(
        article.public_id,
        revision.text,
        other.public_id,
        its.text,
        published=article.published or None,
        other_published=other.published or None,
    )
    if found is None:
        return
    first, on = (article, other) if found.article == article.public_id else (other, article)
    Dependency.objects.create(article=first, on=on, similarity=found.similarity or 0.0)


def among(articles: Iterable[int]) -> list[findings.Dependency]:
    """What articles, by their primary keys, copy or credit: another article, be it none of these, or an agency."""
    return [one for chunk in chunks.split(sorted(articles)) for one in (*_copies(chunk), *_credits(chunk))]


def _copies(articles: list[int]) -> Iterator[findings.Dependency]:
    rows = Dependency.objects.filter(article__in=articles).order_by("pk")
    for article, on, similarity in rows.values_list("article__public_id", "on__public_id", "similarity"):
        yield findings.Dependency(article=article, on=on, kind="copy", similarity=similarity)


def _credits(articles: list[int]) -> Iterator[findings.Dependency]:
    rows = Credit.objects.filter(article__in=articles).order_by("pk")
    for article, name in rows.values_list("article__public_id", "name"):
        yield findings.Dependency(article=article, on=name, kind="outlet")
