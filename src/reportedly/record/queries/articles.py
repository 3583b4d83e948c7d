"""Articles by the words of their headlines and texts."""

from __future__ import annotations

from django.db.models import Q

from reportedly.record import search
from reportedly.record.models import Article
from reportedly.record.queries import matching
from reportedly.record.queries.filters import Filter
from reportedly.record.search import Hit


def hits(words: str, chosen: Filter) -> list[Hit]:
    """The articles with all words and phrases, the latest first, with their sentences. Of the filter the days (of
    publication), the source (an outlet, or a speaker it quotes) and the page count.

    Raises:
        QueryError: there is no word to search for.
    """
    among = Article.objects.all()
    among = among.filter(day__gte=chosen.since) if chosen.since else among
    among = among.filter(day__lte=chosen.until) if chosen.until else among
    if chosen.source:
        known = matching.sources(chosen.source)
        quoted = Q(statements__voices__source__in=known["speaker"], statements__current=True)
        among = among.filter(Q(outlet__in=known["outlet"]) | quoted).distinct()
    return search.hits(words, among, chosen.limit, chosen.offset)
