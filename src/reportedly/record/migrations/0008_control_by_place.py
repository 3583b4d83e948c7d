"""The list of control is read in its order by an index."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0007_plural_of_addresses"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="controlinterval",
            index=models.Index(fields=["place_name", "held", "first"], name="control_by_place"),
        ),
    ]
