"""Ids of everything that has a page, for a sitemap."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from reportedly.record.models import Article, Event, Release

Listed = tuple[str, datetime.datetime]


def events() -> QuerySet[Event, Listed]:
    """The public ids of the events that lists show, each with the time of its last change (UTC), in a fixed order."""
    shown = Event.objects.filter(merged_into=None, articles__gt=0, background=False).exclude(judgement="rejected")
    return shown.order_by("pk").values_list("public_id", "updated")


def articles() -> QuerySet[Article, Listed]:
    """The public ids of all articles, each with the time at which it was added (UTC), in a fixed order."""
    return Article.objects.order_by("pk").values_list("public_id", "added")


def releases() -> QuerySet[Release, Listed]:
    """The names of the releases for everybody, each with the time at which it was made (UTC), in a fixed order."""
    return Release.public().order_by("pk").values_list("name", "made")
