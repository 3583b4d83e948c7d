"""A web page becomes an Article: trafilatura finds the body, what it leaves of the chrome is dropped."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from reportedly.articles import chrome, metadata
from reportedly.data import Article
from reportedly.errors import ReadError

_TAGS = re.compile(r"<\s*(?:!doctype|html|head|body|article|div|p|meta|title|script)\b", re.IGNORECASE)
_BYLINE = re.compile(r"^by\s+|\s*\|.*$", re.IGNORECASE)
#: A body of fewer characters than this is a teaser, an error page or a menu, not a report.
LEAST = 80


def is_page(text: str) -> bool:
    """True if a text looks like HTML."""
    return len(_TAGS.findall(text[:20000])) >= 2


def article(source: str, text: str, url: str | None) -> Article:
    """The report on a page.

    Args:
        source: the input as the user named it, for messages. text: the page's HTML. url: its address.

    Raises:
        ReadError: there is no article on the page.
    """
    tree = _whole(text)
    extracted = bare_extraction(text, url=url, with_metadata=True, include_comments=False, include_tables=False)
    if tree is None or not isinstance(extracted, Document) or not extracted.text:
        raise ReadError(source, "no article found on the page")
    fields = metadata.from_page(tree, extracted, url)
    body = _body(extracted.text, fields)
    if len(body) < LEAST:
        raise ReadError(source, "no article found on the page")
    return Article(text=body, **fields)


def _whole(text: str) -> lxml_html.HtmlElement | None:
    """The page's own tree: trafilatura's may have lost scripts and meta tags."""
    try:
        return lxml_html.fromstring(text.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _body(text: str, fields: metadata.Fields) -> str:
    """Paragraphs apart by a blank line, without chrome and without what has a field of its own:
    the headline, the byline, the outlet's or agency's name on a line by itself."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [re.sub(r"^[-•*]\s+", "", line) for line in lines if line]
    own = {_bare(value) for key in ("title", "author", "publisher") if (value := fields.get(key))}
    while lines and (_bare(lines[0]) in own or _bare(_BYLINE.sub("", lines[0])) in own):
        lines = lines[1:]
    return "\n\n".join(chrome.without(lines))


def _bare(line: str) -> str:
    return "".join(filter(str.isalnum, line.lower()))
