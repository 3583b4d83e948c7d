"""What search engines and other sites read of a page: schema.org as JSON-LD.

Terms are those of the record's JSON-LD export (docs/exports/jsonld.md), under the addresses of the pages. A
ClaimReview is made only where a person judged: "confirmed" or "rejected". What a machine coded is a Claim.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from reportedly.events.findings import Position
from reportedly.pages.api import downloads
from reportedly.pages.templatetags import reading
from reportedly.pages.views import citing
from reportedly.record.decisions import Decided
from reportedly.record.queries.articles import ArticleLine
from reportedly.record.queries.events import EventLine, EventPage
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.releases import ReleasePage

Node = dict[str, Any]
#: schema.org's ratings go from 1 (false) to 5 (true).
REVIEWS = {"confirm": ("confirmed by a person", 5), "reject": ("rejected by a person", 1)}


def site(request: HttpRequest) -> Node:
    """The site, and how it is searched."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.REPORTEDLY.site_name,
        "url": citing.address(request, "front"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{citing.address(request, 'search')}?q={{words}}",
            "query-input": "required name=words",
        },
    }


def event(request: HttpRequest, page: EventPage) -> Node:
    """An event's page: its leading claims with the articles in which they appear, and reviews of people."""
    address = citing.address(request, "event", page.line.id)
    claims = [claim(request, address, number, one) for number, one in enumerate(page.positions)]
    articles = {one.evidence.article: one.evidence for one in page.reports}
    nodes = [*claims, *(article(request, name, one) for name, one in articles.items())]
    judged = [one for one in page.decisions if one.stands and one.kind in REVIEWS]
    nodes += [review(address, page.line, one) for one in judged[-1:]]
    return {"@context": "https://schema.org", "@graph": nodes}


def claim(request: HttpRequest, address: str, number: int, position: Position) -> Node:
    """A position as a Claim of those who make it."""
    speakers = [one.speakers[0] if one.speakers else one.outlet for one in position.supporters]
    appear = dict.fromkeys(one.article for one in position.supporters)
    return known(
        {
            "@type": "Claim",
            "@id": f"{address}#claim-{number}",
            "name": f"{position.aspect}: {position.label}",
            "author": [{"@type": "Thing", "name": name} for name in dict.fromkeys(speakers) if name],
            "appearance": [{"@id": citing.address(request, "article", one)} for one in appear],
        }
    )


def article(request: HttpRequest, public_id: str, one: Evidence | ArticleLine) -> Node:
    """A report as a NewsArticle; what is not known is missing."""
    return known(
        {
            "@type": "NewsArticle",
            "@id": citing.address(request, "article", public_id),
            "headline": one.title,
            "datePublished": one.published,
            "publisher": {"@type": "NewsMediaOrganization", "name": one.outlet} if one.outlet else None,
            "url": one.url,
        }
    )


def page_of_article(request: HttpRequest, line: ArticleLine) -> Node:
    """An article's page."""
    return {"@context": "https://schema.org", **article(request, line.id, line)}


def release(request: HttpRequest, page: ReleasePage) -> Node:
    """A release as a Dataset, with the files that can be had."""
    address = citing.address(request, "release", page.line.name)
    files = [
        known(
            {
                "@type": "DataDownload",
                "name": one.name,
                "description": one.about,
                "contentUrl": citing.address(request, "release-file", page.line.name, one.name),
                "encodingFormat": downloads.media_type(one.name).partition(";")[0],
                "contentSize": f"{one.bytes} B",
                "sha256": one.sha256,
            }
        )
        for one in page.files
        if one.kept
    ]
    return known(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": address,
            "url": address,
            "name": f"{settings.REPORTEDLY.site_name}, release {page.line.name}",
            "description": f"Sourced events of war from news reports: {reading.released(page.line)}.",
            "version": page.line.name,
            "identifier": f"sha256:{page.line.sha256}",
            "datePublished": page.line.made.date().isoformat(),
            "creator": {"@type": "Organization", "name": settings.REPORTEDLY.site_name},
            "isBasedOn": citing.address(request, "release", page.line.previous) if page.line.previous else None,
            "distribution": files,
        }
    )


def review(address: str, line: EventLine, decided: Decided) -> Node:
    """What a person judged of the whole event."""
    words, rating = REVIEWS[decided.kind]
    return {
        "@type": "ClaimReview",
        "url": address,
        "claimReviewed": line.label,
        "datePublished": decided.made[:10],
        "author": {"@type": "Organization", "name": settings.REPORTEDLY.site_name},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": rating,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": words,
        },
    }


def known(node: Node) -> Node:
    """The fields that say something."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
