"""A plain-text file, often saved from a page, becomes an Article: the first line is the headline."""

from __future__ import annotations

import re
from datetime import date

from reportedly.articles import chrome, metadata
from reportedly.data import Article
from reportedly.errors import ReadError

#: A first line longer than this, or one that ends as a sentence, is the report's first paragraph.
LONGEST_HEADLINE = 200
#: Byline, place and date lines stand among the first few below the headline.
HEAD_LINES = 6
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_BYLINE = re.compile(
    r"(?:[Bb][Yy]|[Ww]ritten by|[Rr]eported by)\s+([A-Z][\w.'’-]+(?:[ ,]+(?:and\s+)?[A-Z][\w.'’-]+){0,8})", re.UNICODE
)
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?)\s+(\d{4})"
)
_STAMP = re.compile(
    r"(?:published|updated|posted|last modified|first published|modified|on|date)?\s*(?:on|at)?[:\s]*", re.IGNORECASE
)


def article(source: str, text: str, url: str | None = None) -> Article:
    """The report in a text file.

    Raises:
        ReadError: nothing but chrome is in it.
    """
    lines = chrome.without(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    while lines and not lines[0].strip():
        lines.pop(0)
    title = _headline(lines)
    rest = lines[1:] if title else lines
    author, published, rest = _head(rest)
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in rest)).strip()
    if not body:
        title, body = None, title or ""
    if not body:
        raise ReadError(source, "no article found in the text")
    return Article(text=body, title=title, author=author, published=published, url=url)


def _headline(lines: list[str]) -> str | None:
    """The first line, if it stands as a headline does: short, no full stop, followed by more text."""
    if len([line for line in lines if line.strip()]) < 2:
        return None
    first = lines[0].strip()
    if len(first) > LONGEST_HEADLINE or first.endswith((".", ",", ";", ":")):
        return None
    return first


def _head(lines: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Author and publication date from the lines below the headline, and the lines without them."""
    author = published = None
    kept = []
    for number, line in enumerate(lines):
        bare = line.strip()
        if number < HEAD_LINES and author is None and len(bare) < 80 and (match := _BYLINE.fullmatch(bare)):
            author = match.group(1)
        elif number < HEAD_LINES and published is None and (stamp := _date_line(bare)):
            published = stamp
        else:
            kept.append(line)
    return author, published, kept


def _date_line(line: str) -> str | None:
    """The date of a line that holds nothing else ("Published: 3 March 2019, 14:05 GMT")."""
    rest = line[_STAMP.match(line).end() :] if _STAMP.match(line) else line  # type: ignore[union-attr]
    if len(rest) > 50:
        return None
    if found := metadata.iso_date(rest):
        return found
    rest = re.sub(r"^(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?\s+", "", rest, flags=re.IGNORECASE)
    match = _WORDED.match(rest)
    return _worded(match) if match else None


def _worded(match: re.Match[str]) -> str | None:
    day = int(match.group(1) or match.group(4))
    name = (match.group(2) or match.group(3)).lower()
    months = [
        number
        for number, month in enumerate(_MONTHS, 1)
        if month == name or month[:3] == name.rstrip(".") or (name == "sept" and number == 9)
    ]
    try:
        return date(int(match.group(5)), months[0], day).isoformat() if months else None
    except ValueError:
        return None
