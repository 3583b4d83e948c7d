"""What every template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

SECTIONS = (
    ("front", "Events"),
    ("figures", "Figures"),
    ("control", "Control"),
    ("disputes", "Disputes"),
    ("sources", "Sources"),
    ("actors", "Actors"),
    ("places", "Places"),
    ("about", "About"),
)
#: The section of pages whose address has another name.
WITHIN = {"event": "front", "article": "front"}


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name, its sections, and which of them this page is in."""
    match = request.resolver_match
    section = (match.url_name or "").split("-")[0] if match else ""
    return {
        "site_name": settings.REPORTEDLY.site_name,
        "sections": SECTIONS,
        "section": WITHIN.get(section, section),
        "tiles": settings.REPORTEDLY.tiles,
    }
