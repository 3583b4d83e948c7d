from __future__ import annotations

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The app `record`; its tables are named `record_…`."""

    name = "reportedly.record"
    label = "record"
    verbose_name = "The record"
    default_auto_field = "django.db.models.BigAutoField"
