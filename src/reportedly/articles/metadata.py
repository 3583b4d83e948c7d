"""What a page says about itself: JSON-LD first, then OpenGraph and other meta tags, then the visible
page as trafilatura reads it. A field that nothing states stays None."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html
from trafilatura.settings import Document

#: schema.org types that are a report (https://schema.org/Article and its subtypes).
ARTICLE_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
                 "LiveBlogPosting", "BlogPosting", "Report", "WebPage")  # fmt: skip
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?")

Fields = dict[str, str | None]


def from_page(tree: lxml_html.HtmlElement, extracted: Document, url: str | None) -> Fields:
    """The metadata fields of data.Article that a page states.

    Args:
        tree: the parsed page. extracted: what trafilatura found. url: where it was fetched, if it was.
    """
    found: Fields = {}
    for source in (_json_ld(tree), _meta_tags(tree), _trafilatura(extracted)):
        for key, value in source.items():
            if value and not found.get(key):
                found[key] = " ".join(value.split())
    for key in ("published", "modified"):
        found[key] = iso_date(found.get(key))
    found["url"] = _absolute(found.get("url"), url)
    if found.get("publisher") is None and found["url"]:
        found["publisher"] = (urlsplit(found["url"]).hostname or "").removeprefix("www.") or None
    found["title"] = _without_site(found.get("title"), found.get("publisher"))
    return found


def iso_date(value: str | None) -> str | None:
    """An ISO date or date-time at the head of a string, else None."""
    match = _DATE.match((value or "").strip())
    return match.group().replace(" ", "T", 1) if match else None


def _absolute(found: str | None, url: str | None) -> str | None:
    """The canonical address; one that leads to another site is not believed."""
    if found is None:
        return url
    absolute = urljoin(url or "", found)
    if urlsplit(absolute).scheme not in ("http", "https"):
        return url
    return absolute


def _without_site(title: str | None, publisher: str | None) -> str | None:
    """ "Camp falls | The Daily" is "Camp falls" where the outlet is The Daily."""
    if title is None or publisher is None:
        return title
    for separator in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(separator)
        if found and tail.strip().lower() == publisher.lower():
            return head.strip()
    return title


def _json_ld(tree: lxml_html.HtmlElement) -> Fields:
    best: Fields = {}
    for item in _json_ld_items(tree):
        kinds = item.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(kind in ARTICLE_TYPES for kind in kinds) and (item.get("headline") or not best):
            best = _json_ld_fields(item)
            if item.get("headline"):
                return best
    return best


def _json_ld_items(tree: lxml_html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            found = json.loads(script.text or "", strict=False)
        except ValueError:
            continue  # many pages carry broken JSON-LD; the other sources serve
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict):
                yield from (entry for entry in item.get("@graph", [item]) if isinstance(entry, dict))


def _json_ld_fields(item: dict[str, Any]) -> Fields:
    return {
        "title": _string(item.get("headline") or item.get("name")),
        "published": _string(item.get("datePublished")),
        "modified": _string(item.get("dateModified")),
        "author": _string(item.get("author")),
        "publisher": _string(item.get("publisher")),
        "url": _string(item.get("mainEntityOfPage")) or _string(item.get("url")),
        "language": _language(_string(item.get("inLanguage"))),
    }


def _string(value: Any) -> str | None:
    """The name of a JSON-LD value: a string, an object with a name or an id, or a list of these."""
    if isinstance(value, list):
        return ", ".join(name for name in map(_string, value) if name) or None
    if isinstance(value, dict):
        return _string(value.get("name") or value.get("alternateName") or value.get("@id"))
    return value.strip() or None if isinstance(value, str) else None


def _meta_tags(tree: lxml_html.HtmlElement) -> Fields:
    named: dict[str, str] = {}
    for tag in tree.iterfind(".//meta[@content]"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if key and tag.get("content", "").strip():
            named.setdefault(key.lower(), tag.get("content").strip())
    canonical = tree.xpath("string(.//link[@rel='canonical']/@href)")
    author = named.get("author") or named.get("article:author")
    return {
        "title": named.get("og:title") or named.get("twitter:title"),
        "published": named.get("article:published_time") or named.get("datepublished") or named.get("date"),
        "modified": named.get("article:modified_time") or named.get("og:updated_time"),
        "publisher": named.get("og:site_name") or named.get("application-name"),
        "author": None if author and author.startswith("http") else author,
        "url": canonical or named.get("og:url"),
        "language": _language(tree.get("lang") or named.get("og:locale")),
    }


def _language(value: str | None) -> str | None:
    code = (value or "").strip().lower()[:2]
    return code if code.isalpha() and len(code) == 2 else None


def _trafilatura(extracted: Document) -> Fields:
    return {
        "title": extracted.title,
        "published": extracted.date,
        "author": extracted.author,
        "publisher": extracted.sitename,
        "url": extracted.url,
    }
