"""Addresses that stay good, and how to cite an event."""

from __future__ import annotations

import datetime
import re

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from msgspec import Struct

from reportedly.account import words
from reportedly.record.queries.events import EventLine


class Citation(Struct, frozen=True, kw_only=True):
    """How to cite something, as text and as BibTeX, and its stable address."""

    plain: str
    bibtex: str
    address: str


def address(request: HttpRequest, name: str, *args: str) -> str:
    """The whole address of a page: under the site's public address where the settings have one."""
    return absolute(request, reverse(name, args=args))


def absolute(request: HttpRequest, path: str) -> str:
    """A path as a whole address."""
    public: str = settings.REPORTEDLY.site_address
    return f"{public.rstrip('/')}{path}" if public else request.build_absolute_uri(path)


def event(request: HttpRequest, line: EventLine) -> Citation:
    """The citation of an event's page as of today; it says whether a person confirmed it."""
    today = timezone.now().date()
    where = address(request, "event", line.id)
    state = "confirmed by a person" if line.verified else "machine coding, not verified"
    site = settings.REPORTEDLY.site_name
    seen = words.day(today.isoformat())
    plain = f"{site}: “{line.label}”, event {line.id} ({state}). {where} (as of {seen})."
    return Citation(plain=plain, bibtex=_bibtex(line, site, state, where, today), address=where)


def _bibtex(line: EventLine, site: str, state: str, where: str, today: datetime.date) -> str:
    fields = {
        "title": _escaped(line.label),
        "author": f"{{{_escaped(site)}}}",
        "year": str(today.year),
        "howpublished": f"\\url{{{where}}}",
        "note": f"event {line.id}, {state}; as of {today.isoformat()}",
    }
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{reportedly-{line.id},\n{inner}\n}}"


def _escaped(text: str) -> str:
    """A text in which BibTeX and LaTeX read nothing as a command."""
    plain = text.replace("\\", " ").replace("→", "to")
    return re.sub(r"([&%$#_{}])", r"\\\1", plain)
