"""Addresses that stay good, and how to cite an event or a release."""

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
from reportedly.record.queries.releases import ReleaseLine


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
    note = f"event {line.id}, {state}; as of {today.isoformat()}"
    return Citation(plain=plain, bibtex=_bibtex(line.id, line.label, site, today, where, note), address=where)


def release(request: HttpRequest, line: ReleaseLine) -> Citation:
    """The citation of a release: what it holds is fixed, by the hash of its events."""
    where, site, day = address(request, "release", line.name), settings.REPORTEDLY.site_name, line.made.date()
    state = (
        f"{words.number(line.counts['events'])} events, {words.number(line.counts['confirmed'])} confirmed by people"
    )
    told = f"release {line.name} of {words.day(day.isoformat())} ({state})"
    plain = f"{site}: {told}. {where} (SHA-256 of its events: {line.sha256})."
    note = f"{state}; SHA-256 of its events: {line.sha256}"
    key = f"release-{line.name}"
    return Citation(
        plain=plain, bibtex=_bibtex(key, f"{site}, release {line.name}", site, day, where, note), address=where
    )


def _bibtex(key: str, title: str, site: str, day: datetime.date, where: str, note: str) -> str:
    fields = {
        "title": _escaped(title),
        "author": f"{{{_escaped(site)}}}",
        "year": str(day.year),
        "howpublished": f"\\url{{{where}}}",
        "note": note,
    }
    inner = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{reportedly-{key},\n{inner}\n}}"


def _escaped(text: str) -> str:
    """A text in which BibTeX and LaTeX read nothing as a command."""
    plain = text.replace("\\", " ").replace("→", "to")
    return re.sub(r"([&%$#_{}])", r"\\\1", plain)
