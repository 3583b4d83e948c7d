"""What search engines ask of a site: robots.txt and the sitemap."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from reportedly.pages.views import citing
from reportedly.record.queries import listing

if TYPE_CHECKING:  # at run time Django's class takes no parameter
    _Base = Sitemap[Any]
else:
    _Base = Sitemap

#: Addresses in one file of the sitemap.
FILE = 5000
#: What is of no use in an index: what only people ask for, and what only staff may see.
CLOSED = ("search", "respond", "sign-in", "sign-out", "staff", "admin", "api")


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt."""
    lines = ["User-agent: *", *(f"Disallow: /{name}" for name in CLOSED)]
    lines += ["", f"Sitemap: {citing.absolute(request, reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def index(request: HttpRequest) -> HttpResponse:
    """The index of the sitemap's files, under the site's public address."""
    files = []
    for section, kind in SITEMAPS.items():
        path = reverse("sitemap-section", args=[section])
        pages = range(1, kind().paginator.num_pages + 1)
        files += [citing.absolute(request, path + (f"?p={page}" if page > 1 else "")) for page in pages]
    listed = [{"location": address} for address in files]
    return render(request, "sitemap_index.xml", {"sitemaps": listed}, content_type="application/xml")


class _Site(_Base):
    limit = FILE

    def get_domain(self, site: Any = None) -> str:
        """The host of the site's public address, where the settings have one."""
        public: str = settings.REPORTEDLY.site_address
        return public.split("://", 1)[1].rstrip("/") if public else super().get_domain(site)

    def get_protocol(self, protocol: str | None = None) -> str:
        """The scheme of the site's public address, else that of the request."""
        public: str = settings.REPORTEDLY.site_address
        return public.split("://", 1)[0] if public else protocol or "http"


class Sections(_Site):
    """The lists."""

    def items(self) -> list[str]:
        """The names of their addresses."""
        return ["front", "figures", "control", "disputes", "sources", "actors", "places", "releases", "about"]

    def location(self, item: str) -> str:
        """The path of a list."""
        return reverse(item)


class Pages(_Site):
    """Pages of one kind, each with the time of its last change: events, articles (when they were added), releases."""

    def __init__(self, name: str, listed: Callable[[], Any]) -> None:
        self.name, self.listed = name, listed

    def items(self) -> Any:
        """What the pages are of, by what their addresses end in, with the time of the last change."""
        return self.listed()

    def location(self, item: tuple[str, datetime.datetime]) -> str:
        """The path of a page."""
        return reverse(self.name, args=[item[0]])

    def lastmod(self, item: tuple[str, datetime.datetime]) -> datetime.datetime:
        """When it was last changed."""
        return item[1]


SITEMAPS: dict[str, Callable[[], _Site]] = {
    "sections": Sections,
    "events": partial(Pages, "event", listing.events),
    "articles": partial(Pages, "article", listing.articles),
    "releases": partial(Pages, "release", listing.releases),
}
