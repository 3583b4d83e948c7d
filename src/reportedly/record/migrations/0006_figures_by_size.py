"""The review queue looks up the highest figures and the least certain statements by indexes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0005_events_shown"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("current", True), ("high__isnull", False)), fields=["high"], name="figures_by_high"
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("current", True), ("high__isnull", True)), fields=["low"], name="figures_by_low"
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("current", True)), fields=["certainty", "published"], name="statements_by_certainty"
            ),
        ),
    ]
