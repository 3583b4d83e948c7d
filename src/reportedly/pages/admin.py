"""Django's administration, for administrators: accounts, and a look at every table of the record.

The record is read there and never written: what people change in it, they change by decisions. Only a reader's response can be deleted, for good. Texts, codings and
findings are left out, since they are long and have pages of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from reportedly.record import models

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Model]
else:
    Base = admin.ModelAdmin


class ReadOnly(Base):
    """A table that is shown and not changed."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class Deletable(ReadOnly):
    """A table of which rows can go for good: a reader who responded may ask to be forgotten."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For administrators, who alone come here."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


#: The columns of each table's list, and those by which it is searched.
TABLES: dict[type[Model], tuple[tuple[str, ...], tuple[str, ...]]] = {
    models.Article: (("public_id", "title", "day", "added"), ("=public_id", "title")),
    models.Address: (("url", "article"), ("url",)),
    models.Statement: (("key", "layer", "text", "judgement", "current"), ("=key",)),
    models.Event: (("public_id", "label", "judgement", "updated"), ("=public_id", "label")),
    models.Source: (("key", "kind", "name", "said"), ("name",)),
    models.Actor: (("key", "name", "named"), ("name",)),
    models.Place: (("key", "name", "country", "named"), ("name",)),
    models.Decision: (("id", "kind", "target", "user", "made", "reason"), ("=target", "=user")),
    models.Release: (("name", "made", "folder"), ("name",)),
    models.Response: (("id", "kind", "target", "name", "state", "made"), ("=target", "name", "email")),
    models.OutletSetting: (("outlet", "whole_text", "user", "changed"), ("outlet__name",)),
    models.Job: (("source", "user", "made", "state", "new", "known", "failed"), ("source", "=user")),
}
#: What is too long to be shown there.
HIDDEN = ("report", "because", "features", "findings", "link_keys")

for table, (columns, searched) in TABLES.items():
    shown = [field.name for field in table._meta.fields if field.name not in HIDDEN]
    related = [field.name for field in table._meta.fields if field.is_relation and field.name in columns]
    given: dict[str, Any] = {
        "list_display": columns,
        "search_fields": searched,
        "fields": shown,
        "readonly_fields": shown,
        "list_select_related": related or False,
        "ordering": ("-pk",),
    }
    kind = Deletable if table is models.Response else ReadOnly
    admin.site.register(table, type(f"{table.__name__}Admin", (kind,), given))

admin.site.site_header = admin.site.site_title = "Administration of the record"
admin.site.site_url = "/staff"
