"""Addresses of the example record's pages, found by what is on them and not by ids that change with the coder."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse

from reportedly.record.models import Article, Event, Place, Source, Statement
from reportedly.record.queries import events, figures
from reportedly.record.queries.filters import Filter


def fullest_event() -> str:
    """The disputed event with most figures of people killed, and of these with most articles."""
    lines = [one for one in events.listed(Filter(limit=1000)) if one.disputed]
    chosen = max(lines, key=lambda one: (_killed(one.id), one.articles, one.id))
    return reverse("event", args=[chosen.id])


def _killed(event: str) -> int:
    return sum(one.measure == "killed" for one in events.page(event).tolls)


def placed_event() -> str:
    """An event with a place."""
    row = Event.objects.filter(place__latitude__isnull=False, articles__gt=0, precision="point").order_by("pk").first()
    assert row is not None
    return reverse("event", args=[row.public_id])


def article() -> str:
    """The article with most statements."""
    counts = {row: row.statements.count() for row in Article.objects.all()}
    return reverse("article", args=[max(counts, key=lambda row: (counts[row], row.public_id)).public_id])


def series() -> str:
    """The series with most figures."""
    line = max(figures.listed(Filter(limit=500)), key=lambda one: one.points)
    return reverse("figures-series", args=[line.id])


def statement() -> Statement:
    """The figure of the example pages behind "more than 20,000 civilians"."""
    return Statement.objects.get(layer="figure", current=True, quote__contains="More than 20,000 civilians")


def every() -> list[str]:
    """A page of each kind that a reader can see."""
    source = Source.objects.filter(kind="outlet").order_by("pk").first()
    place = Place.objects.filter(name="Baghuz").first()
    assert source is not None and place is not None
    named = ["front", "figures", "control", "disputes", "sources", "actors", "places"]
    named += ["releases", "about", "search", "sign-in"]
    return [
        *map(reverse, named),
        fullest_event(),
        placed_event(),
        article(),
        series(),
        quote(reverse("sources-one", args=[source.key]), safe="/%"),
        reverse("places-one", args=[place.key]),
        reverse("actors-one", args=["Turkey"]),
        reverse("search") + "?q=baghuz",
        "/no-such-page",
    ]
