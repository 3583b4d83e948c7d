"""An article's page: for the public the sentences that statements come from, never the whole text."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.pages.views import citing, metadata
from reportedly.record import search
from reportedly.record.models import Article, Statement
from reportedly.record.queries import statements


def article(request: HttpRequest, public_id: str) -> HttpResponse:
    """Headline, outlet, date, address, and the coded sentences in the order of the text."""
    row = Article.objects.select_related("outlet").filter(public_id=public_id).first()
    if row is None:
        raise Http404(f"{public_id}: no such article in the record")
    chosen = Statement.objects.filter(article=row, current=True).exclude(aside__gt="").order_by("start", "pk")
    sentences: dict[str, list[statements.Report]] = {}
    for report in statements.reports(chosen):
        sentences.setdefault(report.evidence.quote, []).append(report)
    url = search.addresses([row.pk]).get(row.pk)
    known = next((reports[0].evidence for reports in sentences.values()), None)
    content = {
        "article": row,
        "url": url,
        "sentences": sentences.items(),
        "address": citing.address(request, "article", public_id),
        "metadata": metadata.page_of_article(request, known) if known else None,
    }
    return render(request, "pages/article.html", content)
