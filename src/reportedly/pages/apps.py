from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The app `pages`: views, templates and static files."""

    name = "reportedly.pages"
    label = "pages"
    verbose_name = "The pages"
