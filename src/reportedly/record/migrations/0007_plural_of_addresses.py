"""A word of the administration; no table changes."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0006_figures_by_size"),
    ]

    operations = [
        migrations.AlterModelOptions(name="address", options={"verbose_name_plural": "addresses"}),
    ]
