"""An index in the order in which events are shown: SQLite does not look a bare boolean up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0004_tokens")]
    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["since", "until"], condition=models.Q(("background", False)), name="events_shown"
            ),
        ),
    ]
